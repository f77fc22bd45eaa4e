//! Definitions and functions: formulas and cases.

use super::cursor::Cursor;
use super::{expr, figures, origin_clause, scope};
use crate::problem::{Outcome, fault};
use crate::syntax::{Body, DefineItem, Expr, Origin};
use crate::text::lines::Line;
use crate::text::tokens::{Spot, Token};
use crate::text::words::Key;
use std::borrow::Cow;

pub(super) fn define<'s>(
    mut head: Cursor<'_, 's>,
    line: &Line<'_, 's>,
    file: &Origin,
) -> Outcome<DefineItem<'s>> {
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
    let mut formula: Cow<'_, [Spot<'s>]> = Cow::Borrowed(&[]);
    if head.take_sign("=") {
        formula = Cow::Borrowed(head.rest());
    } else {
        head.done()?;
    }
    for clause in &line.below {
        if origin_clause(clause, &mut item.origin, &mut own)? {
            continue;
        }
        match clause.key() {
            Some(Key::Title) => {
                let mut cursor = Cursor::new(clause.tokens, clause.place);
                cursor.next();
                item.label = cursor.texts("a label")?;
            }
            Some(Key::From) => {
                let mut cursor = Cursor::new(clause.tokens, clause.place);
                cursor.next();
                let from = cursor.date()?;
                cursor.sign(":")?;
                item.variants.push((clause.place, Some(from), body(&cursor, clause)?));
            }
            Some(Key::Cases) => item.variants.push((clause.place, None, cases(clause)?)),
            _ => {
                if formula.is_empty() {
                    formula = Cow::Borrowed(without_sign(clause.flat));
                } else {
                    formula.to_mut().extend_from_slice(clause.flat);
                }
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

/// A formula that is the rest of a line or stands below it: an expression or cases.
pub(super) fn body<'s>(head: &Cursor<'_, 's>, line: &Line<'_, 's>) -> Outcome<Body<'s>> {
    let rest = head.rest();
    if rest.is_empty()
        && let [only] = line.below.as_slice()
        && only.key() == Some(Key::Cases)
    {
        return cases(only);
    }
    if matches!(rest, [Spot { token: Token::Key(Key::Cases), .. }]) {
        return cases(line);
    }
    let all = head.all(line);
    let mut cursor = Cursor::new(if rest.is_empty() { without_sign(all) } else { all }, line.place);
    Ok(Body::Expr(expr::whole(&mut cursor)?))
}

/// A formula that begins below its head may begin with `=`.
fn without_sign<'t, 's>(tokens: &'t [Spot<'s>]) -> &'t [Spot<'s>] {
    match tokens {
        [Spot { token: Token::Sign("="), .. }, formula @ ..] => formula,
        formula => formula,
    }
}

/// `cases` and its branches.
fn cases<'s>(line: &Line<'_, 's>) -> Outcome<Body<'s>> {
    let mut branches: Vec<(Expr<'s>, Expr<'s>)> = Vec::new();
    let mut otherwise = None;
    for branch in &line.below {
        let mut cursor = Cursor::new(branch.flat, branch.place);
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
