//! A town's own programs as its content on this phone has them: its rules beside the country's, and those in words.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use jiff::civil::Date;
use madoguchi_benefits::problem::Problem;
use madoguchi_benefits::{Household, Rules, calendar};
use madoguchi_model::{CollectionKind, Lang, Town, TownCode, TownProgram, TownRuleFile, fold};
use madoguchi_programs::{LeftOut, RuleText, TownRules, rules};

use super::find::ShownTownProgram;
use super::prose::{self, Around, ProseAnswer};
use super::words::text;
use crate::cache::CacheError;
use crate::edges::JAPAN;
use crate::{Error, OpenTown, Phone};

/// A town's rules, ready to be asked.
#[derive(Debug, Clone)]
pub struct ForTown {
    compiled: Arc<TownRules>,
}

/// The rules that hold in a town: the country's, with what the town's own files add. Files that cannot be used are left out and
/// named ([`ForTown::left_out`]); the country's stand whatever they say.
///
/// They are compiled once, and again when the town publishes others.
pub fn for_town(open: &OpenTown) -> Result<ForTown, Error> {
    let code = &open.town.code;
    // A sync may put others in between: what is read here belongs together.
    let one_moment = open.cache.connection().unchecked_transaction().map_err(CacheError::from)?;
    let state = state(open)?;
    if let Some(compiled) = known(code, &state) {
        return Ok(ForTown { compiled });
    }
    let files = open.cache.records_by_path::<TownRuleFile>(CollectionKind::Rules)?;
    drop(one_moment);
    let mut texts: Vec<RuleText> = Vec::new();
    let mut twice = Vec::new();
    for (path, file) in files {
        // A department takes no other's place: whose collection comes first in the order of names stays.
        if texts.iter().any(|text| text.name == file.id) {
            let what = format!("{path} has a file of the same name as another department");
            let problems = vec![Problem { file: file.id.clone(), line: 1, column: 1, what }];
            twice.push(LeftOut { file: file.id, problems });
        } else {
            texts.push(RuleText { name: file.id, text: file.text });
        }
    }
    let mut compiled = TownRules::compile(code.as_str(), &texts);
    compiled.left_out.extend(twice);
    let compiled = Arc::new(compiled);
    lock().insert(code.clone(), (state, Arc::clone(&compiled)));
    Ok(ForTown { compiled })
}

/// The rules of the town in use; the country's alone where there is none.
pub fn for_town_in_use(phone: &Phone) -> Result<ForTown, Error> {
    match phone.with_town(None, for_town) {
        Err(Error::NoTown | Error::WhichTown) => Ok(ForTown { compiled: Arc::default() }),
        other => other,
    }
}

/// The day's number in Japan, but never before what the town in use has signed already.
pub(crate) fn today(phone: &Phone) -> Result<i32, Error> {
    Ok(day_number(JAPAN.to_datetime(phone.now_here()?).date()).unwrap_or(calendar::FIRST))
}

/// The number of a day from 1 January 1970.
pub fn day_number(day: Date) -> Option<i32> {
    calendar::from_parts(day.year().into(), day.month().into(), day.day().into())
}

type Known = BTreeMap<TownCode, (Vec<String>, Arc<TownRules>)>;

fn lock() -> std::sync::MutexGuard<'static, Known> {
    static KNOWN: Mutex<Known> = Mutex::new(BTreeMap::new());
    KNOWN.lock().unwrap_or_else(PoisonError::into_inner)
}

fn known(code: &TownCode, state: &[String]) -> Option<Arc<TownRules>> {
    lock().get(code).filter(|(of, _)| of == state).map(|(_, compiled)| Arc::clone(compiled))
}

/// Which rule files are there: collections with their hashes.
fn state(open: &OpenTown) -> Result<Vec<String>, CacheError> {
    let rules = |path: &str| {
        CollectionKind::of_target_path(path).map(|(kind, _)| kind) == Some(CollectionKind::Rules)
    };
    let collections = open.cache.collections()?.into_iter().filter(|(path, _)| rules(path));
    Ok(collections.map(|(path, hash)| format!("{path} {hash}")).collect())
}

impl ForTown {
    /// The country's rules with the town's.
    pub fn rules(&self) -> &Rules {
        self.compiled.rules()
    }

    /// The town's files that could not be used, with what is wrong in them.
    pub fn left_out(&self) -> &[LeftOut] {
        &self.compiled.left_out
    }

    /// Are these all the rules that the town has written? Not where it publishes none, nor where one of its files is left out.
    pub fn is_whole(&self) -> bool {
        self.compiled.has_own() && self.left_out().is_empty()
    }

    /// Is this program, by its name in the rules, the town's own?
    pub fn is_own(&self, program: &str) -> bool {
        rules().program_number(program).is_none() && self.rules().program_number(program).is_some()
    }

    /// The program of the rules that answers under this title, by its name in the rules.
    pub fn titled(&self, title: &str) -> Option<&str> {
        let wanted = key(title);
        let same = |title: &str| key(title) == wanted;
        let found = self.rules().descriptions().iter().find(|of| text(&of.title, "ja").is_some_and(same));
        found.map(|described| described.name.as_str())
    }
}

/// A title as people compare it.
fn key(title: &str) -> String {
    fold(title).chars().filter(|c| !c.is_whitespace()).collect()
}

/// Answers the town's programs in words for a household on a day, those for households first, in the town's order. What a rule
/// answers under the same title is left to the rule.
pub fn prose(
    open: &OpenTown,
    of: &ForTown,
    household: &Household,
    on: Date,
    now: Timestamp,
    lang: &Lang,
) -> Result<Vec<ProseAnswer>, Error> {
    let about = open.about()?;
    let titles: BTreeSet<String> = titles(of.rules());
    let mut answers = Vec::new();
    for (path, program) in shown(open, now)? {
        if titles.contains(&key(&program.text.title)) {
            continue;
        }
        let around = around(open, about.as_ref(), department(about.as_ref(), &path));
        answers.push(prose::answer(&program, &around, household, on, lang));
    }
    answers.sort_by_key(|answer| (answer.verdict, answer.business));
    Ok(answers)
}

/// Answers one of the town's programs in words for a household on a day.
pub fn ask_about(
    open: &OpenTown,
    of: &ShownTownProgram,
    household: &Household,
    on: Date,
    lang: &Lang,
) -> Result<ProseAnswer, Error> {
    let about = open.about()?;
    let around = around(open, about.as_ref(), of.department.clone());
    Ok(prose::answer(&of.program, &around, household, on, lang))
}

fn around<'a>(open: &'a OpenTown, about: Option<&'a Town>, department: Option<String>) -> Around<'a> {
    Around {
        town: (open.town.code.as_str(), &open.town.name),
        department,
        town_phone: about.and_then(|town| town.phone.as_deref()),
    }
}

fn titles(rules: &Rules) -> BTreeSet<String> {
    rules.descriptions().iter().filter_map(|described| text(&described.title, "ja").map(key)).collect()
}

/// The name of the department whose collection it is.
pub(super) fn department(about: Option<&Town>, path: &str) -> Option<String> {
    let (_, id) = CollectionKind::of_target_path(path)?;
    about?.departments.iter().find(|department| department.id == id).map(|department| department.name.clone())
}

/// The programs that are public at a moment, with their collections.
pub(super) fn shown(open: &OpenTown, now: Timestamp) -> Result<Vec<(String, TownProgram)>, CacheError> {
    let mut statement =
        open.cache.connection().prepare_cached("SELECT path, line FROM programs ORDER BY path, number")?;
    let mut rows = statement.query([])?;
    let mut programs = Vec::new();
    while let Some(row) = rows.next()? {
        let line: String = row.get("line")?;
        let program: TownProgram = serde_json::from_str(&line)?;
        if is_shown(&program, now) {
            programs.push((row.get("path")?, program));
        }
    }
    Ok(programs)
}

/// Is it public at a moment?
pub fn is_shown(program: &TownProgram, now: Timestamp) -> bool {
    program.published_at.is_none_or(|from| from <= now) && program.expires_at.is_none_or(|until| now < until)
}
