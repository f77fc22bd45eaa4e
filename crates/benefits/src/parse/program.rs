//! The clauses of a program.

use super::cursor::Cursor;
use super::define::body;
use super::{expr, origin_clause, wanted_scope};
use crate::problem::{Outcome, fault};
use crate::syntax::{AmountClause, DeadlineClause, Origin, ProgramItem, Requirement};
use crate::text::lines::Line;
use crate::text::tokens::Token;
use crate::text::words::Key;
use crate::unit::Unit;

pub(super) fn program<'s>(
    mut head: Cursor<'_, 's>,
    line: &Line<'_, 's>,
    file: &Origin,
) -> Outcome<ProgramItem<'s>> {
    let scope = wanted_scope(&mut head)?;
    let named = head.name("a name for the program")?;
    let ty = if head.take_sign(":") { Some(head.type_word()?) } else { None };
    head.done()?;
    let mut item = ProgramItem {
        scope,
        named,
        ty,
        title: vec![],
        summary: vec![],
        kind: None,
        requires: vec![],
        amount: None,
        payment: vec![],
        excludes: vec![],
        deadline: vec![],
        documents: vec![],
        counter: vec![],
        apply: None,
        events: vec![],
        origin: file.clone(),
    };
    let mut own = false;
    for line in &line.below {
        if !origin_clause(line, &mut item.origin, &mut own)? {
            clause(line, &mut item)?;
        }
    }
    Ok(item)
}

fn clause<'s>(line: &Line<'_, 's>, item: &mut ProgramItem<'s>) -> Outcome<()> {
    let mut cursor = Cursor::new(line.flat, line.place);
    let key = line.key();
    cursor.next();
    let twice = match key {
        Some(Key::Title) => !item.title.is_empty(),
        Some(Key::Summary) => !item.summary.is_empty(),
        Some(Key::Kind) => item.kind.is_some(),
        Some(Key::Amount) => item.amount.is_some(),
        Some(Key::Payment) => !item.payment.is_empty(),
        Some(Key::Counter) => !item.counter.is_empty(),
        Some(Key::Apply) => item.apply.is_some(),
        _ => false,
    };
    if twice {
        return fault(line.place, "the program already has such a line; one of them would be lost");
    }
    match key {
        Some(Key::Title) => item.title = cursor.texts("a title")?,
        Some(Key::Summary) => item.summary = cursor.texts("a summary")?,
        Some(Key::Kind) => item.kind = Some(cursor.text("a kind")?.to_owned()),
        Some(Key::Requires) => {
            let text = cursor.texts("what is required")?;
            cursor.sign(":")?;
            let condition = expr::expr(&mut cursor)?;
            let mut articles = Vec::new();
            while cursor.take_key(Key::Article) {
                articles.push(cursor.text("an article")?.to_owned());
            }
            item.requires.push(Requirement { place: line.place, text, condition, articles });
        }
        Some(Key::Amount) => {
            if cursor.take_key(Key::Prose) {
                item.amount = Some((line.place, AmountClause::Prose(cursor.texts("the amount in words")?)));
            } else {
                // Cases may stand below it: the line's nesting matters.
                let mut own = Cursor::new(line.tokens, line.place);
                own.next();
                own.take_sign("=");
                let formula = body(&own, line)?;
                item.amount = Some((line.place, AmountClause::Formula(formula)));
                return Ok(());
            }
        }
        Some(Key::Payment) => {
            cursor.take_key(Key::Months);
            while !cursor.is_empty() {
                let place = cursor.place();
                match cursor.next() {
                    Some(Token::Number(month, None | Some(Unit::Months))) => {
                        let month = month
                            .as_whole()
                            .and_then(|m| u8::try_from(m).ok())
                            .filter(|m| (1..=12).contains(m));
                        let Some(month) = month else {
                            return fault(place, "a month is a number from 1 to 12");
                        };
                        item.payment.push(month);
                    }
                    Some(Token::Sign(",")) => {}
                    _ => return fault(place, "expected months: 2, 4, 6"),
                }
            }
        }
        Some(Key::Excludes) => {
            while !cursor.is_empty() {
                item.excludes.push(cursor.name("a program's name")?);
                cursor.take_sign(",");
            }
        }
        Some(Key::Deadline) => {
            let worded = matches!(cursor.peek(), Some(Token::Text(_)))
                || matches!((cursor.peek(), cursor.peek_at(1)), (Some(Token::Name(_)), Some(Token::Text(_))));
            let mut after = None;
            if !worded {
                let time = expr::expr(&mut cursor)?;
                if !cursor.take_key(Key::After) {
                    return fault(cursor.place(), "expected after DATE: 15日 after 出生日");
                }
                after = Some((time, expr::expr(&mut cursor)?));
            }
            item.deadline.push(DeadlineClause { after, text: cursor.texts("the deadline in words")? });
        }
        Some(Key::Document) => item.documents.push(cursor.texts("a document")?),
        Some(Key::Counter) => item.counter = cursor.texts("a counter")?,
        Some(Key::Apply) => item.apply = Some(cursor.text("an address")?.to_owned()),
        Some(Key::Event) => {
            while !cursor.is_empty() {
                item.events.push(cursor.text("a life event")?.to_owned());
                cursor.take_sign(",");
            }
        }
        _ => {
            return fault(
                line.place,
                "a program has title, summary, kind, requires, amount, payment, excludes, deadline, document, counter, apply, event, article, source, unverified",
            );
        }
    }
    cursor.done()
}
