use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize};

use crate::{AgeBounds, Block, Lang, Link, Segment, Translations};

/// 支援制度 as a town's data describes it, in words: nothing in it can be worked out but ages, places and periods.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TownProgram {
    /// Stable name within the town.
    pub id: String,
    /// What it is about; never empty.
    pub segments: Vec<Segment>,
    /// When in life it matters. Events that a newer town knows are left out.
    #[serde(default, deserialize_with = "known_events", skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<LifeEvent>,
    /// Is it for businesses and not for households?
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub business: bool,
    /// The language of `text`, `ja` unless said.
    #[serde(default = "Lang::ja", skip_serializing_if = "is_ja")]
    pub lang: Lang,
    /// The words.
    #[serde(flatten)]
    pub text: ProgramText,
    /// The same in other languages.
    #[serde(default, skip_serializing_if = "Translations::is_empty")]
    pub translations: Translations<ProgramText>,
    /// For which ages it is, where the data bounds them.
    #[serde(default, skip_serializing_if = "AgeBounds::is_none")]
    pub ages: AgeBounds,
    /// Where one must live, where the data says it: all of these places will do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<ProgramArea>,
    /// When one may apply.
    #[serde(default, skip_serializing_if = "Period::is_open")]
    pub applications: Period,
    /// When it is carried out.
    #[serde(default, skip_serializing_if = "Period::is_open")]
    pub runs: Period,
    /// Telephone of who answers questions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Their mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Where to read on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Link>,
    /// What else to read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<NamedLink>,
    /// Forms, and where to apply online.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forms: Vec<NamedLink>,
    /// Words by which the data files it (categories, keywords).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The program's number in the registry of 子育て支援制度 (`psid3.0+9000020131130+10+UM54`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub psid: Option<String>,
    /// When it becomes public; at once where none is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_at: Option<Timestamp>,
    /// After this it is no longer shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// The day on which it was last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<Date>,
    /// The file it came from: index into the collection's sources.
    #[serde(default)]
    pub source: usize,
}

impl TownProgram {
    /// The words in the wanted language, or the town's own where it has none in that; and in which they are.
    pub fn text_in<'a>(&'a self, wanted: &'a Lang) -> (&'a ProgramText, &'a Lang) {
        match self.translations.get(wanted).filter(|_| *wanted != self.lang) {
            Some(text) => (text, wanted),
            None => (&self.text, &self.lang),
        }
    }
}

/// The words of a program in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgramText {
    /// Its name.
    pub title: String,
    /// Another name by which it goes (通称).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub also: Option<String>,
    /// One or two sentences for the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// What it is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub body: Vec<Block>,
    /// For whom, with all conditions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// What one receives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<String>,
    /// What it costs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<String>,
    /// How to apply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub how: Option<String>,
    /// When to apply, in the town's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// What to bring.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<String>,
    /// Where to go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counter: Option<String>,
    /// Whom to ask.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// The law or rule that it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub law: Option<String>,
    /// Everything else that the town's file says of it, under the file's own names, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<(String, String)>,
}

/// A place in which one must live.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgramArea {
    /// 全国地方公共団体コード of a municipality or a prefecture (`131130`, `220000`); none where only words are given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Its name, or the place in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
}

/// From a day to a day, both included; no day, no end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
}

impl Period {
    /// Without beginning and end?
    pub fn is_open(&self) -> bool {
        *self == Period::default()
    }

    /// Is it over on that day?
    pub fn is_over(&self, on: Date) -> bool {
        self.to.is_some_and(|to| to < on)
    }

    /// Does it lie ahead on that day?
    pub fn is_ahead(&self, on: Date) -> bool {
        self.from.is_some_and(|from| on < from)
    }
}

/// A link and what it is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedLink {
    /// What stands there; empty where the data only gives the address.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Where it leads.
    pub href: Link,
}

/// A file of a town's rules: a rule file (`*.rules`) or a table that one of them names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TownRuleFile {
    /// Its path in the town's folder, with `/`.
    pub id: String,
    /// What it says.
    pub text: String,
    /// The file it came from: index into the collection's sources.
    #[serde(default)]
    pub source: usize,
}

macro_rules! life_events {
    ($($variant:ident $code:literal $name:literal;)+) => {
        /// 出来事: what happens in a life that makes programs matter. The same as `event` in rule files.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum LifeEvent {
            $(#[doc = $name] #[serde(rename = $code)] $variant,)+
        }

        impl LifeEvent {
            /// Every event.
            pub const ALL: &'static [LifeEvent] = &[$(LifeEvent::$variant,)+];

            /// The code that is stored and sent.
            pub fn code(self) -> &'static str {
                match self { $(LifeEvent::$variant => $code,)+ }
            }

            /// The Japanese word, as rule files write it.
            pub fn name(self) -> &'static str {
                match self { $(LifeEvent::$variant => $name,)+ }
            }
        }
    };
}

life_events! {
    Birth "birth" "出産";
    JobLoss "job-loss" "離職";
    Illness "illness" "病気";
    Disability "disability" "障害";
    Death "death" "死亡";
    Disaster "disaster" "災害";
    School "school" "進学";
    Divorce "divorce" "離婚";
    Care "care" "介護";
    Moving "moving" "引越し";
}

impl LifeEvent {
    /// Reads a code or the Japanese word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|event| event.code() == text || event.name() == text)
    }
}

fn known_events<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<LifeEvent>, D::Error> {
    let codes = Vec::<String>::deserialize(input)?;
    Ok(codes.iter().filter_map(|code| LifeEvent::parse(code)).collect())
}

fn is_ja(lang: &Lang) -> bool {
    lang.0 == "ja"
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_a_newer_town_says_does_not_hide_a_program() {
        let program: TownProgram = serde_json::from_str(
            r#"{"id": "a", "segments": ["family.babies"], "events": ["birth", "space-travel"], "title": "応援金",
                "translations": {"en": {"title": "Support"}}, "shape": "new"}"#,
        )
        .unwrap();
        assert_eq!(
            (program.segments.as_slice(), program.events.as_slice()),
            (&[Segment::Family][..], &[LifeEvent::Birth][..])
        );
        let (en, vi) = (Lang("en".into()), Lang("vi".into()));
        assert_eq!(program.text_in(&en).0.title, "Support");
        assert_eq!((program.text_in(&vi).0.title.as_str(), program.text_in(&vi).1), ("応援金", &Lang::ja()));
        let again: TownProgram = serde_json::from_str(&serde_json::to_string(&program).unwrap()).unwrap();
        assert_eq!(again, program);
    }

    #[test]
    fn both_ends_of_a_period_belong_to_it() {
        let period = Period { from: Some(date(2026, 11, 4)), to: Some(date(2026, 11, 30)) };
        let at = |day| (period.is_ahead(day), period.is_over(day));
        assert_eq!(at(date(2026, 11, 3)), (true, false));
        assert_eq!((at(date(2026, 11, 4)), at(date(2026, 11, 30))), ((false, false), (false, false)));
        assert_eq!(at(date(2026, 12, 1)), (false, true));
    }

    #[test]
    fn events_are_known_by_code_and_word() {
        for event in LifeEvent::ALL {
            assert_eq!(
                (LifeEvent::parse(event.code()), LifeEvent::parse(event.name())),
                (Some(*event), Some(*event))
            );
        }
        assert_eq!(LifeEvent::parse("宇宙旅行"), None);
    }
}
