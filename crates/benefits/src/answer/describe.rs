//! What a program is, apart from any household: texts, sources, what is not verified.

use crate::calendar;
use crate::rules::{NodeId, Op, Program, Rules};
use crate::syntax::{Origin, Scope, Texts};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A text by language (`ja`, `ja-easy`, `en`).
pub type Words = BTreeMap<String, String>;

/// Something that a program requires.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Requirement {
    /// In words.
    pub text: Words,
    /// Where the law says so.
    pub articles: Vec<String>,
}

/// Where a rule comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct SourceAnswer {
    /// The law or page.
    pub text: String,
    /// Its address.
    pub url: Option<String>,
    /// The day on which it was compared: `2026-11-26`.
    pub checked: Option<String>,
}

/// A program in words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Description {
    /// Its name in rules, which identifies it.
    pub name: String,
    /// Whether each person has an answer of their own.
    pub per_person: bool,
    /// How residents call it.
    pub title: Words,
    /// What it is.
    pub summary: Words,
    /// 手当, 給付, 貸付, 減免, 保険, 年金, サービス, 税.
    pub kind: Option<String>,
    /// What is required.
    pub requires: Vec<Requirement>,
    /// The amount in words, where no number says it.
    pub prose: Words,
    /// Months in which it is paid.
    pub payment_months: Vec<u8>,
    /// Until when one must have asked.
    pub deadlines: Vec<Words>,
    /// What to bring.
    pub documents: Vec<Words>,
    /// Where to ask.
    pub counter: Words,
    /// The form's address.
    pub apply: Option<String>,
    /// When in life it matters.
    pub events: Vec<String>,
    /// Law articles.
    pub articles: Vec<String>,
    /// Where it and the figures that it uses come from.
    pub sources: Vec<SourceAnswer>,
    /// What is not verified: of the program itself and of every figure, table and definition that it uses.
    pub unverified: Vec<String>,
}

impl Rules {
    /// Every program in words, in the order of [`Rules::programs`]: told at the first call, the same for every household.
    pub fn descriptions(&self) -> &[Description] {
        self.descriptions.get_or_init(|| self.programs.iter().map(|program| self.told(program)).collect())
    }

    /// A program in words, by its number in [`Rules::programs`].
    pub fn describe(&self, program: u32) -> Option<&Description> {
        self.descriptions().get(program as usize)
    }

    fn told(&self, program: &Program) -> Description {
        let mut used = Used {
            rules: self,
            seen: BTreeSet::new(),
            sources: BTreeSet::new(),
            unverified: BTreeSet::new(),
        };
        used.program(program);
        let requires = program.requires.iter();
        Description {
            name: program.name.clone(),
            per_person: program.scope == Scope::Person,
            title: words(&program.title),
            summary: words(&program.summary),
            kind: program.kind.clone(),
            requires: requires
                .map(|r| Requirement { text: words(&r.text), articles: r.articles.clone() })
                .collect(),
            prose: words(&program.prose),
            payment_months: program.payment.clone(),
            deadlines: program.deadlines.iter().map(|d| words(&d.text)).collect(),
            documents: program.documents.iter().map(words).collect(),
            counter: words(&program.counter),
            apply: program.apply.clone(),
            events: program.events.clone(),
            articles: program.origin.articles.clone(),
            sources: used.sources.into_iter().collect(),
            unverified: used.unverified.into_iter().collect(),
        }
    }

    /// What residents are asked for a fact: label, question, why it is asked.
    pub fn asking(&self, fact: u32) -> Option<(Words, Words, Words)> {
        let fact = self.facts.get(fact as usize)?;
        Some((words(&fact.label), words(&fact.question), words(&fact.why)))
    }

    /// A program's number by its name.
    pub fn program_number(&self, name: &str) -> Option<u32> {
        match self.names.get(name) {
            Some(crate::rules::Name::Program(id)) => Some(*id),
            _ => None,
        }
    }
}

/// Texts with the tags of the app's languages.
pub(crate) fn words(texts: &Texts) -> Words {
    let tag = |lang: &str| if lang == "easy" { "ja-easy".to_owned() } else { lang.to_owned() };
    texts.iter().map(|(lang, text)| (tag(lang), text.to_string())).collect()
}

/// Everything that a program uses, for its sources.
struct Used<'r> {
    rules: &'r Rules,
    seen: BTreeSet<(bool, u32)>,
    sources: BTreeSet<SourceAnswer>,
    unverified: BTreeSet<String>,
}

impl Used<'_> {
    fn program(&mut self, program: &Program) {
        self.origin(&program.origin);
        for required in &program.requires {
            self.definition(required.definition);
        }
        for id in program.amount.iter().chain(program.deadlines.iter().filter_map(|d| d.day.as_ref())) {
            self.definition(*id);
        }
    }

    fn origin(&mut self, origin: &Origin) {
        for source in origin.sources.iter() {
            self.sources.insert(SourceAnswer {
                text: source.text.clone(),
                url: source.url.clone(),
                checked: source.checked.map(calendar::format),
            });
        }
        self.unverified.extend(origin.unverified.iter().cloned());
    }

    fn definition(&mut self, id: u32) {
        let Some(definition) =
            self.rules.definitions.get(id as usize).filter(|_| self.seen.insert((true, id)))
        else {
            return;
        };
        self.unverified.extend(definition.origin.unverified.iter().cloned());
        for (_, node) in &definition.variants {
            self.node(*node);
        }
    }

    fn node(&mut self, id: NodeId) {
        let rules = self.rules;
        let Some(node) = rules.node(id) else { return };
        match &node.op {
            Op::Definition(id, _) | Op::HouseholdDefinition(id) => self.definition(*id),
            Op::Parameter(id) | Op::ParameterAt(id, _) => {
                if let Some(parameter) = rules.parameters.get(*id as usize) {
                    self.origin(&parameter.origin);
                }
            }
            Op::Lookup { table, .. } | Op::Has { table, .. } => {
                if let Some(table) = rules.tables.get(*table as usize) {
                    self.origin(&table.origin);
                }
            }
            Op::Call { function, .. } => {
                if let Some(function) =
                    rules.functions.get(*function as usize).filter(|_| self.seen.insert((false, *function)))
                {
                    for (_, node) in &function.variants {
                        self.node(*node);
                    }
                }
            }
            _ => {}
        }
        for part in crate::compile::parts(&node.op) {
            self.node(part);
        }
    }
}
