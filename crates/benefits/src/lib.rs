//! Benefits as data: rule files in the words of the law, checked, compiled, answered with what is known, and explained.
//!
//! `README.md` beside this is the reference of the language. Data flows one way: [`RuleFile`] → [`Rules::compile`] →
//! [`Evaluation`] of a household → answers.

pub mod answer;
mod batch;
pub mod calendar;
mod compile;
mod evaluate;
mod household;
mod layout;
pub mod number;
mod parse;
pub mod problem;
mod rules;
mod syntax;
mod table;
mod text;
mod unit;
pub mod value;

pub use batch::{Batch, Column};
pub use compile::{RuleFile, limits};
pub use evaluate::{Evaluation, MAX_PEOPLE, Note};
pub use household::{FactFault, FactProblem, Household, Person};
pub use rules::{Choice, Fact, Program, Rules, Type};
pub use unit::Unit;
