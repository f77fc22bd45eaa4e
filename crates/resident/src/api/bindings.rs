//! The interface in TypeScript: every type that crosses it, and a map from each command to its arguments and result.

use std::collections::BTreeMap;
use std::path::PathBuf;

use ts_rs::{Config, TS, TypeVisitor};

use super::{ApiError, SyncProgress, visit_commands};

const HEAD: &str = "\
// Written by `cargo run -p madoguchi-resident --features bindings --bin resident-bindings` from crates/resident/src/api.
// Not to be changed by hand: a test compares it with what Rust says.
";

/// Is shown each command.
pub(super) trait Visit {
    /// A command with its arguments and its result.
    fn command<A: TS + 'static, R: TS + 'static>(&mut self, name: &str);
}

struct Writer {
    config: Config,
    types: BTreeMap<String, String>,
    commands: Vec<String>,
}

impl TypeVisitor for Writer {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        // What stands in a file of its own is a type of ours; the others are TypeScript's.
        if T::output_path().is_none() || T::inline(&self.config) == "Record<string, never>" {
            return;
        }
        let name = T::ident(&self.config);
        if self.types.contains_key(&name) {
            return;
        }
        let docs = T::docs().unwrap_or_default();
        let declaration = format!("{docs}export {}\n", T::decl(&self.config));
        self.types.insert(name, declaration);
        T::visit_dependencies(self);
    }
}

impl Visit for Writer {
    fn command<A: TS + 'static, R: TS + 'static>(&mut self, name: &str) {
        let (args, result) = (self.name::<A>(), self.name::<R>());
        self.commands.push(format!("  {name}: {{ args: {args}; result: {result} }};\n"));
    }
}

impl Writer {
    fn name<T: TS + 'static>(&mut self) -> String {
        self.visit::<T>();
        T::visit_generics(self);
        match T::inline(&self.config) {
            nothing if nothing == "Record<string, never>" => nothing,
            _ => T::name(&self.config),
        }
    }
}

/// The whole file.
pub fn typescript() -> String {
    let config = Config::new().with_large_int("number");
    let mut writer = Writer { config, types: BTreeMap::new(), commands: Vec::new() };
    visit_commands(&mut writer);
    writer.visit::<SyncProgress>();
    writer.visit::<ApiError>();
    let mut out = String::from(HEAD);
    for declaration in writer.types.values() {
        out.push('\n');
        out.push_str(declaration);
    }
    out.push_str("\n/** Every command: its arguments and its result. */\nexport interface Commands {\n");
    out.extend(writer.commands);
    out.push_str("}\n\n/** The name of a command. */\nexport type Command = keyof Commands;\n");
    out
}

/// Where the file is kept.
pub fn path() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/src/ipc/bindings.ts"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::COMMANDS;

    #[test]
    fn every_command_is_in_it_and_no_number_is_a_bigint() {
        let text = typescript();
        for command in COMMANDS {
            assert!(text.contains(&format!("\n  {command}: {{ args: ")), "{command}");
        }
        assert!(text.contains("export type Block =") && text.contains("export type Moment ="));
        assert!(!text.contains("bigint"), "{text}");
    }

    #[test]
    fn the_file_is_current() {
        let Ok(kept) = std::fs::read_to_string(path()) else {
            println!("skipped: no ui/src/ipc/bindings.ts");
            return;
        };
        assert!(kept == typescript(), "{} is not current: run resident-bindings", path().display());
    }
}
