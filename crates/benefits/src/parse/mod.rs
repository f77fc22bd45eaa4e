//! From lines to items.

mod cursor;
mod define;
pub(crate) mod expr;
mod figures;
mod program;

use crate::problem::{Fault, Outcome, fault};
use crate::syntax::{ChoiceItem, FactItem, Item, Origin, Scope, SourceClause};
use crate::text::lines::{Line, Lines};
use crate::text::tokens::Token;
use crate::text::words::Key;
use cursor::Cursor;
use std::sync::Arc;

/// A parsed file: its items, and what could not be read.
pub(crate) struct Parsed<'s> {
    pub items: Vec<Item<'s>>,
    pub faults: Vec<Fault>,
}

/// Files that tables may be read from: `csv 「…」` asks with the name as written.
pub(crate) type CsvText<'a, 's> = &'a dyn Fn(&str) -> Option<&'s str>;

/// Reads a rule file. An item that cannot be read does not keep the others back.
pub(crate) fn file<'s>(text: &'s str, number: u16, csv: CsvText<'_, 's>) -> Parsed<'s> {
    let mut parsed = Parsed { items: Vec::new(), faults: Vec::new() };
    let lines = match Lines::of(text, number) {
        Ok(lines) => lines,
        Err(fault) => {
            parsed.faults.push(fault);
            return parsed;
        }
    };
    let mut origin = Origin::default();
    for line in &lines.nested() {
        match item(line, &mut origin, csv) {
            Ok(Some(item)) => parsed.items.push(item),
            Ok(None) => {}
            Err(fault) => parsed.faults.push(fault),
        }
    }
    parsed
}

fn item<'s>(line: &Line<'_, 's>, origin: &mut Origin, csv: CsvText<'_, 's>) -> Outcome<Option<Item<'s>>> {
    let mut head = Cursor::new(line.tokens, line.place);
    let key = line.key();
    head.next();
    Ok(Some(match key {
        Some(Key::Source) => {
            // A new source at the left edge is for all that follows it.
            origin.sources = Arc::new(vec![source(&mut head)?]);
            alone(&head, line)?;
            return Ok(None);
        }
        Some(Key::Article) => {
            origin.articles = vec![head.text("an article")?.to_owned()];
            alone(&head, line)?;
            return Ok(None);
        }
        Some(Key::Unverified) => {
            origin.unverified = vec![head.text("what is not verified")?.to_owned()];
            alone(&head, line)?;
            return Ok(None);
        }
        Some(Key::Choice) => {
            let named = head.name("a name for the choice")?;
            head.sign("=")?;
            let words = Cursor::new(head.all(line), line.place).words_until("")?;
            Item::Choice(ChoiceItem { named, words })
        }
        Some(Key::Fact) => Item::Fact(fact(head, line)?),
        Some(Key::Parameter) => Item::Parameter(figures::parameter(head, line, origin)?),
        Some(Key::Table) => Item::Table(figures::table(head, line, origin, csv)?),
        Some(Key::Define) => Item::Define(define::define(head, line, origin)?),
        Some(Key::Program) => Item::Program(program::program(head, line, origin)?),
        _ => {
            return fault(
                line.place,
                "expected fact, parameter, table, define, choice, program or source (事実, 定数, 表, 定義, 選択, 制度, 出典)",
            );
        }
    }))
}

/// A clause at the left edge stands alone: whatever is indented below it would be lost.
fn alone(head: &Cursor<'_, '_>, line: &Line<'_, '_>) -> Outcome<()> {
    head.done()?;
    match line.below.first() {
        Some(below) => fault(below.place, "this line is indented below a clause that takes no more"),
        None => Ok(()),
    }
}

fn source(cursor: &mut Cursor<'_, '_>) -> Outcome<SourceClause> {
    let text = cursor.text("a source")?.to_owned();
    let url = if matches!(cursor.peek(), Some(Token::Text(_))) {
        Some(cursor.text("an address")?.to_owned())
    } else {
        None
    };
    let checked = if cursor.take_key(Key::Checked) { Some(cursor.date()?) } else { None };
    Ok(SourceClause { text, url, checked })
}

/// Takes source, article and unverified clauses; tells whether the line was one.
fn origin_clause(line: &Line<'_, '_>, origin: &mut Origin, own: &mut bool) -> Outcome<bool> {
    let mut cursor = Cursor::new(line.tokens, line.place);
    let key = line.key();
    cursor.next();
    match key {
        Some(Key::Source) => {
            if !*own {
                origin.sources = Arc::default();
            }
            *own = true;
            Arc::make_mut(&mut origin.sources).push(source(&mut cursor)?);
        }
        Some(Key::Article) => {
            let mut cursor = Cursor::new(line.flat, line.place);
            cursor.next();
            while !cursor.is_empty() {
                origin.articles.push(cursor.text("an article")?.to_owned());
                cursor.take_sign(",");
            }
            return Ok(true);
        }
        Some(Key::Unverified) => origin.unverified.push(cursor.text("what is not verified")?.to_owned()),
        _ => return Ok(false),
    }
    cursor.done()?;
    Ok(true)
}

fn scope(cursor: &mut Cursor<'_, '_>) -> Option<Scope> {
    if cursor.take_key(Key::Person) {
        Some(Scope::Person)
    } else if cursor.take_key(Key::Household) {
        Some(Scope::Household)
    } else {
        None
    }
}

fn wanted_scope(cursor: &mut Cursor<'_, '_>) -> Outcome<Scope> {
    let place = cursor.place();
    scope(cursor).map_or_else(|| fault(place, "expected person or household (人, 世帯) here"), Ok)
}

fn fact<'s>(mut head: Cursor<'_, 's>, line: &Line<'_, 's>) -> Outcome<FactItem<'s>> {
    let scope = wanted_scope(&mut head)?;
    let named = head.name("a name for the fact")?;
    head.sign(":")?;
    let ty = head.type_word()?;
    head.done()?;
    let mut item = FactItem {
        scope,
        named,
        ty,
        range: None,
        default: None,
        label: vec![],
        question: vec![],
        why: vec![],
    };
    for clause in &line.below {
        let mut cursor = Cursor::new(clause.flat, clause.place);
        let key = clause.key();
        cursor.next();
        match key {
            Some(Key::Default) => item.default = Some(expr::whole(&mut cursor)?),
            Some(Key::Title) => item.label = cursor.texts("a label")?,
            Some(Key::Question) => item.question = cursor.texts("a question")?,
            Some(Key::Why) => item.why = cursor.texts("a reason")?,
            Some(Key::Range) => {
                let low = if cursor.take_sign("..") { None } else { Some(expr::expr(&mut cursor)?) };
                if low.is_some() {
                    cursor.sign("..")?;
                }
                let high = if cursor.is_empty() { None } else { Some(expr::expr(&mut cursor)?) };
                item.range = Some((low, high));
            }
            Some(Key::Source | Key::Article | Key::Unverified) => continue,
            _ => return fault(clause.place, "a fact has default, label, question, why and range"),
        }
        cursor.done()?;
    }
    Ok(item)
}
