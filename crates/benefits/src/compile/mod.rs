//! From items to rules: names are found, types and units fitted, tables laid out, circles refused.

mod call;
mod coverage;
mod cycles;
mod expr;
mod grid;
mod items;
mod program;
mod read;
mod types;

pub(crate) use cycles::parts;
pub(crate) use expr::MAX_PEOPLE_BOUND;

use crate::problem::{Fault, Place, Problem};
use crate::rules::{Name, Node, NodeId, Op, Rules, Type};
use crate::syntax::Item;

/// A rule file to compile.
#[derive(Clone, Debug)]
pub struct RuleFile {
    /// How problems name it.
    pub name: String,
    /// What it says.
    pub text: String,
    /// Tables beside it: name and content.
    pub tables: Vec<(String, String)>,
}

/// The sizes that rules may have, so that a town's file cannot exhaust a phone.
pub mod limits {
    /// Bytes of all files together.
    pub const BYTES: usize = 8 * 1024 * 1024;
    /// Steps of all formulas together.
    pub const NODES: usize = 200_000;
    /// How deep one expression may be. `1 + 1 + 1 …` is as deep as it is long.
    pub const EXPRESSION: u32 = 120;
    /// How deep formulas may call each other, in steps: what the stack of a phone's thread bears. The programs of the
    /// country need 80.
    pub const DEPTH: u32 = 300;
    /// Steps that one formula may take, for as many people as a household may have.
    pub const STEPS: u64 = 5_000_000;
    /// Cells of a table.
    pub const CELLS: usize = 100_000;
    /// Different bounds of the bands that a table has for one key.
    pub const BOUNDS: usize = 4_000;
    /// Words of a choice.
    pub const WORDS: usize = 64;
    /// Files.
    pub const FILES: usize = 2_000;
}

impl Rules {
    /// Checks and compiles rule files; all that is wrong in them is named at once.
    pub fn compile(files: &[RuleFile]) -> Result<Self, Vec<Problem>> {
        let mut compiler = Compiler { rules: Self::default(), faults: Vec::new(), inside: 0 };
        compiler.rules.files = files.iter().map(|file| file.name.clone()).collect();
        let bytes: usize =
            files.iter().map(|f| f.text.len() + f.tables.iter().map(|t| t.1.len()).sum::<usize>()).sum();
        if bytes > limits::BYTES || files.len() > limits::FILES {
            let what = format!(
                "the rules have {bytes} bytes in {} files; {} bytes in {} are allowed",
                files.len(),
                limits::BYTES,
                limits::FILES
            );
            return Err(vec![Problem { file: String::new(), line: 0, column: 0, what }]);
        }
        let mut items: Vec<Item<'_>> = Vec::new();
        for parsed in read::all(files) {
            items.extend(parsed.items);
            compiler.faults.extend(parsed.faults);
        }
        compiler.run(items);
        if compiler.faults.is_empty() { Ok(compiler.rules) } else { Err(compiler.problems(files)) }
    }
}

/// What is being compiled, and what was found wrong so far.
pub(crate) struct Compiler {
    pub rules: Rules,
    pub faults: Vec<Fault>,
    /// How deep inside an expression.
    pub inside: u32,
}

impl Compiler {
    fn run(&mut self, mut items: Vec<Item<'_>>) {
        self.choices(&items);
        self.declare(&mut items);
        self.tables(&items);
        self.formulas(&items);
        if self.faults.is_empty() {
            self.refuse_circles();
        }
    }

    fn problems(mut self, files: &[RuleFile]) -> Vec<Problem> {
        self.faults.sort_by_key(|fault| fault.place);
        let problem = |Fault { place, what }: Fault| {
            let file = files.get(usize::from(place.file));
            let line = file
                .and_then(|file| file.text.lines().nth(place.line.saturating_sub(1) as usize))
                .unwrap_or_default();
            let before = line.get(..place.column.saturating_sub(1) as usize).unwrap_or(line);
            Problem {
                file: file.map(|file| file.name.clone()).unwrap_or_default(),
                line: place.line,
                column: u32::try_from(before.chars().count() + 1).unwrap_or(u32::MAX),
                what,
            }
        };
        self.faults.into_iter().map(problem).collect()
    }

    /// Keeps what is wrong, and goes on.
    pub fn keep<T>(&mut self, outcome: Result<T, Fault>) -> Option<T> {
        outcome.map_err(|fault| self.faults.push(fault)).ok()
    }

    pub fn node(&mut self, op: Op, ty: Type, place: Place) -> NodeId {
        let id = u32::try_from(self.rules.nodes.len()).unwrap_or(u32::MAX);
        if self.rules.nodes.len() == limits::NODES {
            self.faults
                .push(Fault { place, what: format!("the rules have more than {} steps", limits::NODES) });
        }
        if self.rules.nodes.len() <= limits::NODES {
            self.rules.nodes.push(Node { op, ty, place });
        }
        id
    }

    pub fn find(&self, name: &str) -> Option<Name> {
        self.rules.names.get(name).copied()
    }
}
