//! One entry -> one alert. Nothing is guessed here: what cannot be read is refused with line and name.

use jiff::Timestamp;
use madoguchi_model::{Alert, AlertArea, AlertLevel, Hazard, Lang, fold};

use super::entry::{Entry, Value, yes};
use super::field::Field;
use super::import::Import;
use super::when::When;
use crate::report::Refusal;

impl Import<'_> {
    /// An alert without translations.
    pub(super) fn alert(&mut self, entry: &Entry, id: String, lang: Lang) -> Result<Alert, Refusal> {
        if lang != Lang::ja() {
            return Err(entry.refuse(Field::Lang, "緊急情報には日本語の文が要る"));
        }
        entry.need(Field::Title, "題名")?;
        let level = entry.need(Field::Level, "警戒レベル")?;
        let level = level_of(&level.text).ok_or_else(|| {
            let example = "0〜5、または 高齢者等避難・避難指示・緊急安全確保・解除 など";
            level.refuse(format!("警戒レベル「{}」を読めない（{example}）", level.shown()))
        })?;
        let issued_at = self.issued_at(entry.need(Field::IssuedAt, "発令の日時")?)?;
        let valid_from = self.bound(entry, Field::ValidFrom, "有効開始", When::start)?;
        let valid_until = self.bound(entry, Field::ValidUntil, "有効期限", When::end)?;
        if valid_until.is_some_and(|until| until <= issued_at.max(valid_from.unwrap_or(issued_at))) {
            return Err(entry.refuse(Field::ValidUntil, "有効期限が、発令や有効開始より前にある"));
        }
        let (department_id, department) = self.department(entry);
        if !self.settings.departments.iter().any(|d| d.id == department_id && d.alerts) {
            let name = self.department_name(&department_id);
            let why =
                format!("「{name}」は緊急情報を出せない（town.toml の department に alerts = true がない）");
            return Err(entry.refuse(Field::Department, why));
        }
        Ok(Alert {
            id,
            level,
            drill: drill(entry)?,
            hazard: self.hazard(entry),
            areas: self.areas(entry),
            issued_at,
            valid_from,
            valid_until,
            supersedes: entry.get(Field::Supersedes).map(Value::list).unwrap_or_default(),
            cancels: entry.get(Field::Cancels).map(Value::list).unwrap_or_default(),
            department,
            text: self.text(entry, &department_id, false)?,
            translations: Default::default(),
            link: self.link(entry),
            source: 0,
        })
    }

    fn issued_at(&mut self, value: &Value) -> Result<Timestamp, Refusal> {
        match self.when(value, "発令の日時")? {
            When::Moment(at) => Ok(at),
            When::Day(_) => {
                Err(value
                    .refuse(format!("発令の日時「{}」に時刻がない（例 2026-11-21 14:30）", value.shown())))
            }
        }
    }

    /// The beginning or the end of an alert. A day without a time counts whole, and that is reported.
    fn bound(
        &mut self,
        entry: &Entry,
        field: Field,
        what: &str,
        edge: fn(When) -> Option<Timestamp>,
    ) -> Result<Option<Timestamp>, Refusal> {
        let Some(value) = entry.get(field) else { return Ok(None) };
        let when = self.when(value, what)?;
        if let When::Day(_) = when {
            self.report.mend(&format!("{what}に時刻がないので、その日いっぱいを有効とした"));
        }
        let at = edge(when).ok_or_else(|| value.refuse(format!("{what}「{}」を読めない", value.shown())))?;
        Ok(Some(at))
    }

    fn hazard(&mut self, entry: &Entry) -> Option<Hazard> {
        let value = entry.get(Field::Hazard)?;
        let hazard = hazard_of(&value.text);
        if hazard.is_none() {
            let shown = value.shown();
            self.report.mend(&format!("災害の種類「{shown}」は 8 種類のどれでもないので、種類なしとした"));
        }
        hazard
    }

    /// The blocks that an alert names. A word for all of the town must not become a block in which no one lives.
    fn areas(&mut self, entry: &Entry) -> Vec<AlertArea> {
        let names = entry.get(Field::Areas).map(Value::list).unwrap_or_default();
        let town = self.settings.name.get("ja").map_or("", String::as_str);
        let whole = |name: &String| {
            let name = name.strip_prefix(town).unwrap_or(name);
            ["", "全域", "市内全域", "町内全域", "村内全域", "区内全域", "全市", "全町", "全村", "全区"]
                .contains(&name)
        };
        if names.iter().any(whole) {
            return Vec::new();
        }
        let mut areas: Vec<AlertArea> = Vec::new();
        for name in names {
            if !areas.iter().any(|area| area.name == name) {
                areas.push(AlertArea { name, block: None });
            }
        }
        areas
    }
}

/// Whether it is a drill. A title that says so and a flag that is missing do not go together.
fn drill(entry: &Entry) -> Result<bool, Refusal> {
    match entry.get(Field::Drill) {
        Some(value) => yes(&value.text).ok_or_else(|| {
            value.refuse(format!("訓練かどうか「{}」を読めない（true か false）", value.shown()))
        }),
        None if entry.words(Field::Title).is_some_and(|title| title.contains("訓練")) => {
            Err(entry.refuse(Field::Drill, "題名に「訓練」とあるので、drill に true か false を書く"))
        }
        None => Ok(false),
    }
}

/// Reads `4`, `警戒レベル4`, `避難指示`, or both when they agree.
fn level_of(text: &str) -> Option<AlertLevel> {
    let folded: String = fold(text).split_whitespace().collect();
    let rest = folded.strip_prefix("警戒").unwrap_or(&folded);
    let rest = rest.strip_prefix("レベル").unwrap_or(rest);
    let digit = rest.chars().next().and_then(|c| c.to_digit(10)).and_then(|digit| u8::try_from(digit).ok());
    let word = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "()[]【】「」:・".contains(c));
    let word = word.trim_end_matches([')', ']', '】', '」']);
    let digits = rest.chars().take_while(char::is_ascii_digit).count();
    match (digit, named_level(word)) {
        (Some(_), _) if digits != 1 => None,
        (Some(digit), None) if word.is_empty() => AlertLevel::try_from(digit).ok(),
        (Some(digit), Some(named)) if u8::from(named) == digit => Some(named),
        (None, named) if rest == folded => named,
        _ => None,
    }
}

fn named_level(word: &str) -> Option<AlertLevel> {
    Some(match word {
        "解除" => AlertLevel::Cleared,
        "早期注意情報" => AlertLevel::One,
        "大雨注意報" | "洪水注意報" | "高潮注意報" | "大雨・洪水注意報" | "氾濫注意情報" => {
            AlertLevel::Two
        }
        "高齢者等避難" => AlertLevel::Three,
        "避難指示" => AlertLevel::Four,
        "緊急安全確保" => AlertLevel::Five,
        _ => return None,
    })
}

/// One of the eight dangers by its exact name; a cause (大雨) is none of them.
fn hazard_of(text: &str) -> Option<Hazard> {
    let word = fold(text.trim());
    if let Some((hazard, _)) = Hazard::ALL.iter().find(|(_, name)| fold(name) == word) {
        return Some(*hazard);
    }
    Some(match word.as_str() {
        "flood" | "河川氾濫" => Hazard::Flood,
        "landslide" | "土砂災害" | "崖崩れ" | "がけ崩れ" | "土石流" | "地滑り" | "地すべり" => {
            Hazard::Landslide
        }
        "storm-surge" => Hazard::StormSurge,
        "earthquake" => Hazard::Earthquake,
        "tsunami" => Hazard::Tsunami,
        "fire" | "火事" | "火災" | "大規模火災" => Hazard::Fire,
        "inland-flood" | "内水" | "内水浸水" => Hazard::InlandFlood,
        "volcano" | "火山" | "火山噴火" => Hazard::Volcano,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_numbers_or_the_words_of_the_guideline() {
        for (text, level) in [
            ("4", 4),
            ("４", 4),
            ("レベル４", 4),
            ("警戒レベル4", 4),
            ("避難指示", 4),
            ("警戒レベル４　避難指示", 4),
            ("警戒レベル4【避難指示】", 4),
            ("0", 0),
            ("解除", 0),
            ("早期注意情報", 1),
            ("大雨注意報", 2),
            ("高齢者等避難", 3),
            ("緊急安全確保", 5),
        ] {
            assert_eq!(level_of(text).map(u8::from), Some(level), "{text}");
        }
    }

    #[test]
    fn a_level_that_is_none_or_contradicts_itself_is_not_guessed() {
        for text in [
            "",
            "6",
            "44",
            "-1",
            "避難勧告",
            "大雨警報",
            "3 避難指示",
            "レベル",
            "警戒",
            "4くらい",
            "4.5",
            "警戒レベル避難指示",
        ] {
            assert_eq!(level_of(text), None, "{text}");
        }
    }

    #[test]
    fn only_the_eight_dangers_are_dangers() {
        assert_eq!(hazard_of("洪水"), Some(Hazard::Flood));
        assert_eq!(hazard_of("土砂災害"), Some(Hazard::Landslide));
        assert_eq!(hazard_of("崖崩れ、土石流及び地滑り"), Some(Hazard::Landslide));
        assert_eq!(hazard_of("大雨"), None);
        for (hazard, _) in Hazard::ALL {
            let code = serde_json::to_value(hazard).unwrap();
            assert_eq!(hazard_of(code.as_str().unwrap()), Some(*hazard));
        }
    }
}
