//! Definitions and functions: formulas and cases.

use super::cursor::Cursor;
use super::{expr, figures, origin_clause, scope};
use crate::problem::{Outcome, fault};
use crate::syntax::{Body, DefineItem, Expr, Origin};
use crate::text::lines::Line;
use crate::text::tokens::{Spot, Token};
use crate::text::words::Key;

pub(super) fn define(mut head: Cursor<'_>, line: &Line<'_>, file: &Origin) -> Outcome<DefineItem> {
    let scope = scope(&mut head);
    let named = head.name("a name for the definition")?;
    let arguments = if head.take_sign("(") { figures::arguments(&mut head)? } else { Vec::new() };
    if scope.is_none() && arguments.is_empty() {
        return fault(
            named.place,
            "a definition is of a person or a household (人, 世帯), or has arguments in ( )",
        );
    }
    if scope.is_some() && !arguments.is_empty() {
        return fault(named.place, "a definition with arguments belongs to neither a person nor a household");
    }
    head.sign(":")?;
    let ty = head.type_word()?;
    let mut item =
        DefineItem { scope, named, arguments, ty, variants: vec![], label: vec![], origin: file.clone() };
    item.origin.articles.clear();
    let mut own = false;
    // What goes on below the head: clauses aside, it is the formula.
    let mut formula: Vec<Spot<'_>> = Vec::new();
    if head.take_sign("=") {
        formula.extend(head.rest().iter().cloned());
    } else {
        head.done()?;
    }
    for clause in &line.below {
        if origin_clause(clause, &mut item.origin, &mut own)? {
            continue;
        }
        match clause.key() {
            Some(Key::Title) => {
                let mut cursor = Cursor::new(&clause.tokens, clause.place);
                cursor.next();
                item.label = cursor.texts("a label")?;
            }
            Some(Key::From) => {
                let mut cursor = Cursor::new(&clause.tokens, clause.place);
                cursor.next();
                let from = cursor.date()?;
                cursor.sign(":")?;
                item.variants.push((clause.place, Some(from), body(cursor.rest(), clause)?));
            }
            Some(Key::Cases) => item.variants.push((clause.place, None, cases(clause)?)),
            _ => {
                let flat = clause.flat();
                let skip = usize::from(
                    formula.is_empty() && matches!(flat.first().map(|s| &s.token), Some(Token::Sign("="))),
                );
                formula.extend_from_slice(flat.get(skip..).unwrap_or_default());
            }
        }
    }
    if !formula.is_empty() {
        let mut cursor = Cursor::new(&formula, line.place);
        item.variants.push((line.place, None, Body::Expr(expr::whole(&mut cursor)?)));
    }
    if item.variants.is_empty() {
        return fault(item.named.place, format!("{} has no formula: = …", item.named.name));
    }
    Ok(item)
}

/// A formula that starts behind `rest` or below it: an expression or cases.
pub(super) fn body(rest: &[Spot<'_>], line: &Line<'_>) -> Outcome<Body> {
    if rest.is_empty()
        && let [only] = line.below.as_slice()
        && only.key() == Some(Key::Cases)
    {
        return cases(only);
    }
    if matches!(rest, [Spot { token: Token::Key(Key::Cases), .. }]) {
        return cases(line);
    }
    let flat: Vec<Spot<'_>> =
        rest.iter().cloned().chain(line.below.iter().flat_map(|line| line.flat().into_owned())).collect();
    let skip =
        usize::from(rest.is_empty() && matches!(flat.first().map(|s| &s.token), Some(Token::Sign("="))));
    let mut cursor = Cursor::new(flat.get(skip..).unwrap_or_default(), line.place);
    Ok(Body::Expr(expr::whole(&mut cursor)?))
}

/// `cases` and its branches.
fn cases(line: &Line<'_>) -> Outcome<Body> {
    let mut branches: Vec<(Expr, Expr)> = Vec::new();
    let mut otherwise = None;
    for branch in &line.below {
        let flat = branch.flat();
        let mut cursor = Cursor::new(&flat, branch.place);
        if otherwise.is_some() {
            return fault(branch.place, "otherwise / それ以外 is the last branch");
        }
        if cursor.take_key(Key::Otherwise) {
            cursor.sign("->")?;
            otherwise = Some(expr::whole(&mut cursor)?);
        } else {
            let condition = expr::expr(&mut cursor)?;
            cursor.sign("->")?;
            branches.push((condition, expr::whole(&mut cursor)?));
        }
    }
    if branches.is_empty() {
        return fault(line.place, "below cases stand the branches: CONDITION -> VALUE");
    }
    Ok(Body::Cases { branches, otherwise, place: line.place })
}
