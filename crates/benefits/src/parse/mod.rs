//! From lines to items.

mod cursor;
pub(crate) mod expr;
mod program;

use crate::problem::{Fault, Outcome, Place, fault};
use crate::syntax::{
    Body, ChoiceItem, DefineItem, Expr, FactItem, Grid, Item, Origin, ParameterItem, Scope, SourceClause,
    TableItem,
};
use crate::text::lines::{Line, lines};
use crate::text::tokens::{Spot, Token};
use crate::text::words::Key;
use cursor::Cursor;

/// A parsed file: its items, and what could not be read.
pub(crate) struct Parsed {
    pub items: Vec<Item>,
    pub faults: Vec<Fault>,
}

/// Files that tables may be read from: `csv 「…」` asks with the name as written.
pub(crate) type CsvText<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Reads a rule file. An item that cannot be read does not keep the others back.
pub(crate) fn file(text: &str, number: u16, csv: CsvText<'_>) -> Parsed {
    let mut parsed = Parsed { items: Vec::new(), faults: Vec::new() };
    let lines = match lines(text, number) {
        Ok(lines) => lines,
        Err(fault) => {
            parsed.faults.push(fault);
            return parsed;
        }
    };
    let mut origin = Origin::default();
    for line in &lines {
        match item(line, &mut origin, csv) {
            Ok(Some(item)) => parsed.items.push(item),
            Ok(None) => {}
            Err(fault) => parsed.faults.push(fault),
        }
    }
    parsed
}

fn item(line: &Line<'_>, origin: &mut Origin, csv: CsvText<'_>) -> Outcome<Option<Item>> {
    let mut head = Cursor::new(&line.tokens, line.place);
    let key = line.key();
    head.next();
    Ok(Some(match key {
        Some(Key::Source) => {
            // A new source at the left edge is for all that follows it.
            origin.sources = vec![source(&mut head)?];
            alone(&head, line)?;
            return Ok(None);
        }
        Some(Key::Article) => {
            origin.articles = vec![head.text("an article")?];
            alone(&head, line)?;
            return Ok(None);
        }
        Some(Key::Unverified) => {
            origin.unverified = vec![head.text("what is not verified")?];
            alone(&head, line)?;
            return Ok(None);
        }
        Some(Key::Choice) => {
            let named = head.name("a name for the choice")?;
            head.sign("=")?;
            let flat: Vec<Spot<'_>> = head
                .rest()
                .iter()
                .cloned()
                .chain(line.below.iter().flat_map(|line| line.flat().into_owned()))
                .collect();
            let words = Cursor::new(&flat, line.place).words_until("")?;
            Item::Choice(ChoiceItem { named, words })
        }
        Some(Key::Fact) => Item::Fact(fact(head, line)?),
        Some(Key::Parameter) => Item::Parameter(parameter(head, line, origin)?),
        Some(Key::Table) => Item::Table(table(head, line, origin, csv)?),
        Some(Key::Define) => Item::Define(define(head, line, origin)?),
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
fn alone(head: &Cursor<'_>, line: &Line<'_>) -> Outcome<()> {
    head.done()?;
    match line.below.first() {
        Some(below) => fault(below.place, "this line is indented below a clause that takes no more"),
        None => Ok(()),
    }
}

fn source(cursor: &mut Cursor<'_>) -> Outcome<SourceClause> {
    let text = cursor.text("a source")?;
    let url =
        if matches!(cursor.peek(), Some(Token::Text(_))) { Some(cursor.text("an address")?) } else { None };
    let checked = if cursor.take_key(Key::Checked) { Some(cursor.date()?) } else { None };
    Ok(SourceClause { text, url, checked })
}

/// Takes source, article and unverified clauses; tells whether the line was one.
fn origin_clause(line: &Line<'_>, origin: &mut Origin, own: &mut bool) -> Outcome<bool> {
    let mut cursor = Cursor::new(&line.tokens, line.place);
    let key = line.key();
    cursor.next();
    match key {
        Some(Key::Source) => {
            if !*own {
                origin.sources.clear();
            }
            *own = true;
            origin.sources.push(source(&mut cursor)?);
        }
        Some(Key::Article) => {
            let flat = line.flat();
            let mut cursor = Cursor::new(&flat, line.place);
            cursor.next();
            while !cursor.is_empty() {
                origin.articles.push(cursor.text("an article")?);
                cursor.take_sign(",");
            }
            return Ok(true);
        }
        Some(Key::Unverified) => origin.unverified.push(cursor.text("what is not verified")?),
        _ => return Ok(false),
    }
    cursor.done()?;
    Ok(true)
}

fn scope(cursor: &mut Cursor<'_>) -> Option<Scope> {
    if cursor.take_key(Key::Person) {
        Some(Scope::Person)
    } else if cursor.take_key(Key::Household) {
        Some(Scope::Household)
    } else {
        None
    }
}

fn wanted_scope(cursor: &mut Cursor<'_>) -> Outcome<Scope> {
    let place = cursor.place();
    scope(cursor).map_or_else(|| fault(place, "expected person or household (人, 世帯) here"), Ok)
}

fn fact(mut head: Cursor<'_>, line: &Line<'_>) -> Outcome<FactItem> {
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
        let flat = clause.flat();
        let mut cursor = Cursor::new(&flat, clause.place);
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

fn parameter(mut head: Cursor<'_>, line: &Line<'_>, file: &Origin) -> Outcome<ParameterItem> {
    let named = head.name("a name for the parameter")?;
    head.sign(":")?;
    let ty = head.type_word()?;
    let mut origin = file.clone();
    let mut own = false;
    let mut versions = Vec::new();
    if head.take_sign("=") {
        versions.push((line.place, None, Some(expr::expr(&mut head)?)));
    }
    head.done()?;
    for clause in &line.below {
        if origin_clause(clause, &mut origin, &mut own)? {
            continue;
        }
        let flat = clause.flat();
        let mut cursor = Cursor::new(&flat, clause.place);
        let key = clause.key();
        cursor.next();
        match key {
            Some(Key::From) => {
                let from = cursor.date()?;
                cursor.sign(":")?;
                versions.push((clause.place, Some(from), Some(expr::expr(&mut cursor)?)));
                value_origin(&mut cursor, &mut origin)?;
            }
            Some(Key::Until) => versions.push((clause.place, Some(cursor.date()?), None)),
            Some(Key::Title) => {
                cursor.texts("a label")?;
            }
            _ => return fault(clause.place, "a parameter has from, until, source, article and unverified"),
        }
        cursor.done()?;
    }
    if versions.is_empty() {
        return fault(named.place, format!("{} has no value: from DATE: VALUE", named.name));
    }
    Ok(ParameterItem { named, ty, versions, origin })
}

/// A source, article or remark behind a single value.
fn value_origin(cursor: &mut Cursor<'_>, origin: &mut Origin) -> Outcome<()> {
    loop {
        if cursor.take_key(Key::Source) {
            origin.sources.push(source(cursor)?);
        } else if cursor.take_key(Key::Article) {
            origin.articles.push(cursor.text("an article")?);
        } else if cursor.take_key(Key::Unverified) {
            origin.unverified.push(cursor.text("what is not verified")?);
        } else {
            return Ok(());
        }
    }
}

fn arguments(head: &mut Cursor<'_>) -> Outcome<Vec<(crate::syntax::Named, crate::syntax::TypeWord)>> {
    let mut arguments = Vec::new();
    while !head.take_sign(")") {
        let named = head.name("a name")?;
        head.sign(":")?;
        arguments.push((named, head.type_word()?));
        if !head.take_sign(",") {
            head.sign(")")?;
            break;
        }
    }
    Ok(arguments)
}

fn table(mut head: Cursor<'_>, line: &Line<'_>, file: &Origin, csv: CsvText<'_>) -> Outcome<TableItem> {
    let named = head.name("a name for the table")?;
    head.sign("(")?;
    let keys = arguments(&mut head)?;
    head.sign(":")?;
    let ty = head.type_word()?;
    head.done()?;
    let mut item = TableItem { named, keys, ty, grids: vec![], column: None, origin: file.clone() };
    let mut own = false;
    let mut rows = Vec::new();
    for clause in &line.below {
        if let Some(cells) = &clause.cells {
            rows.push((clause.place, owned(cells)));
            continue;
        }
        if origin_clause(clause, &mut item.origin, &mut own)? {
            // Rows indented below the source are the table's all the same.
            rows.extend(
                clause
                    .below
                    .iter()
                    .filter_map(|line| line.cells.as_ref().map(|cells| (line.place, owned(cells)))),
            );
            continue;
        }
        let mut cursor = Cursor::new(&clause.tokens, clause.place);
        let key = clause.key();
        cursor.next();
        match key {
            Some(Key::From) => {
                let from = Some(cursor.date()?);
                cursor.take_sign(":");
                let mut dated = Vec::new();
                for below in &clause.below {
                    match (&below.cells, below.key()) {
                        (Some(cells), _) => dated.push((below.place, owned(cells))),
                        (None, Some(Key::Csv)) => dated.extend(csv_rows(below, csv)?),
                        _ if origin_clause(below, &mut item.origin, &mut own)? => {}
                        _ => return fault(below.place, "below from stand the rows: | … | … |"),
                    }
                }
                item.grids.push(Grid { place: clause.place, from, rows: dated });
            }
            Some(Key::Csv) => {
                rows.extend(csv_rows(clause, csv)?);
                continue;
            }
            Some(Key::Column) => item.column = Some(cursor.text("a column's head")?),
            _ => {
                return fault(
                    clause.place,
                    "a table has rows, from, csv, column, source, article and unverified",
                );
            }
        }
        cursor.done()?;
    }
    if !rows.is_empty() {
        item.grids.push(Grid { place: line.place, from: None, rows });
    }
    if item.grids.is_empty() {
        return fault(item.named.place, format!("the table {} has no rows", item.named.name));
    }
    Ok(item)
}

fn owned(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

fn csv_rows(line: &Line<'_>, csv: CsvText<'_>) -> Outcome<Vec<(Place, Vec<String>)>> {
    let mut cursor = Cursor::new(&line.tokens, line.place);
    cursor.next();
    let name = cursor.text("a file's name")?;
    cursor.done()?;
    let Some(text) = csv(&name) else {
        return fault(line.place, format!("there is no file {name} beside this one"));
    };
    // These tables hold numbers and names: no quotes, no line breaks in cells.
    let rows = text.trim_start_matches('\u{feff}').lines().filter(|line| !line.trim().is_empty());
    Ok(rows
        .map(|row| {
            (line.place, row.split(',').map(|cell| cell.trim().trim_matches('"').to_owned()).collect())
        })
        .collect())
}

fn define(mut head: Cursor<'_>, line: &Line<'_>, file: &Origin) -> Outcome<DefineItem> {
    let scope = scope(&mut head);
    let named = head.name("a name for the definition")?;
    let arguments = if head.take_sign("(") { arguments(&mut head)? } else { Vec::new() };
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
fn body(rest: &[Spot<'_>], line: &Line<'_>) -> Outcome<Body> {
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
