//! The commands' own words, in the languages that rule files have.

use madoguchi_benefits::answer::{Per, Verdict};
use madoguchi_resident::programs::AmountReport;

/// A language of the words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tongue {
    Ja,
    Easy,
    En,
}

impl Tongue {
    pub fn of(lang: &str) -> Self {
        match lang {
            "en" => Tongue::En,
            "ja-easy" => Tongue::Easy,
            _ => Tongue::Ja,
        }
    }

    /// Which of three.
    pub fn pick<T>(self, ja: T, easy: T, en: T) -> T {
        match self {
            Tongue::Ja => ja,
            Tongue::Easy => easy,
            Tongue::En => en,
        }
    }

    /// A heading for programs of this verdict.
    pub fn group(self, verdict: Verdict) -> &'static str {
        match verdict {
            Verdict::Eligible => self.pick("受けられます", "もらえます", "Yours"),
            Verdict::Unknown => {
                self.pick("受けられるかもしれません", "もらえるかも しれません", "Perhaps yours")
            }
            Verdict::NotEligible => self.pick("当てはまりません", "もらえません", "Not yours"),
        }
    }

    /// How much, for what time.
    pub fn amount(self, amount: &AmountReport) -> String {
        let yen = match (&amount.low, &amount.high) {
            (Some(low), Some(high)) if low == high => self.yen(low),
            (Some(low), Some(high)) => {
                let (low, high) = (grouped(low), grouped(high));
                self.pick(
                    format!("{low}〜{high}円"),
                    format!("{low}えんから {high}えん"),
                    format!("{low} to {high} yen"),
                )
            }
            (Some(low), None) => {
                let yen = self.yen(low);
                self.pick(format!("{yen}以上"), format!("{yen}か もっと"), format!("at least {yen}"))
            }
            (None, Some(high)) => {
                let yen = self.yen(high);
                self.pick(format!("{yen}まで"), format!("{yen}まで"), format!("up to {yen}"))
            }
            (None, None) => {
                let words = self.pick(
                    "額はまだ分かりません",
                    "いくらかは まだ わかりません",
                    "the amount is not known yet",
                );
                return words.into();
            }
        };
        match (self, amount.per) {
            (_, Per::Once) => yen,
            (Tongue::Ja, Per::Day) => format!("日{yen}"),
            (Tongue::Ja, Per::Month) => format!("月{yen}"),
            (Tongue::Ja, Per::Year) => format!("年{yen}"),
            (Tongue::Easy, Per::Day) => format!("1にちに {yen}"),
            (Tongue::Easy, Per::Month) => format!("1かげつに {yen}"),
            (Tongue::Easy, Per::Year) => format!("1ねんに {yen}"),
            (Tongue::En, Per::Day) => format!("{yen} a day"),
            (Tongue::En, Per::Month) => format!("{yen} a month"),
            (Tongue::En, Per::Year) => format!("{yen} a year"),
        }
    }

    fn yen(self, n: &str) -> String {
        let n = grouped(n);
        self.pick(format!("{n}円"), format!("{n}えん"), format!("{n} yen"))
    }

    /// A number with its unit, as the reasons tell it.
    pub fn number(self, n: &str, unit: Option<&str>) -> String {
        if unit == Some("date") {
            return n.to_owned();
        }
        let n = grouped(n);
        let after = match unit.unwrap_or_default() {
            "yen" => self.pick("円", "えん", " yen"),
            "yen-a-day" => self.pick("円/日", "えん/1にち", " yen a day"),
            "yen-a-month" => self.pick("円/月", "えん/1かげつ", " yen a month"),
            "yen-a-year" => self.pick("円/年", "えん/1ねん", " yen a year"),
            "people" => self.pick("人", "にん", " people"),
            "years" => self.pick("歳", "さい", " years"),
            "months" => self.pick("か月", "かげつ", " months"),
            "days" => self.pick("日", "にち", " days"),
            _ => "",
        };
        format!("{n}{after}")
    }

    /// Months of `2026-12`, as one says them.
    pub fn months(self, months: &[String]) -> String {
        let month = |text: &String| {
            let month = text.rsplit('-').next().unwrap_or_default().trim_start_matches('0');
            self.pick(format!("{month}月"), format!("{month}がつ"), text.clone())
        };
        months.iter().map(month).collect::<Vec<_>>().join(self.pick("、", "、", ", "))
    }

    /// Whose something is, before it.
    pub fn whose(self, person: Option<&str>) -> String {
        person
            .map(|person| self.pick(format!("（{person}）"), format!("（{person}）"), format!("({person}) ")))
            .unwrap_or_default()
    }
}

/// ○ yes, × no, ？ not known.
pub fn mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Eligible => "○",
        Verdict::Unknown => "？",
        Verdict::NotEligible => "×",
    }
}

/// `48050` as 48,050; a fraction keeps its denominator.
pub fn grouped(n: &str) -> String {
    let (whole, rest) =
        n.split_once('/').map_or((n, ""), |(whole, _)| (whole, n.get(whole.len()..).unwrap_or("")));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut told = String::from(sign);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            told.push(',');
        }
        told.push(digit);
    }
    told + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_threes() {
        assert_eq!(grouped("48050"), "48,050");
        assert_eq!(grouped("-1234567"), "-1,234,567");
        assert_eq!(grouped("264029/10000000"), "264,029/10000000");
        assert_eq!(grouped("999"), "999");
    }

    #[test]
    fn amounts_in_three_languages() {
        let amount = |low: Option<&str>, high: Option<&str>| AmountReport {
            per: Per::Month,
            low: low.map(str::to_owned),
            high: high.map(str::to_owned),
        };
        let exact = amount(Some("44080"), Some("44080"));
        assert_eq!(Tongue::Ja.amount(&exact), "月44,080円");
        assert_eq!(Tongue::Easy.amount(&exact), "1かげつに 44,080えん");
        assert_eq!(Tongue::En.amount(&amount(Some("0"), Some("48050"))), "0 to 48,050 yen a month");
        assert_eq!(Tongue::Ja.amount(&amount(Some("10000"), None)), "月10,000円以上");
        assert_eq!(Tongue::Ja.amount(&amount(None, None)), "額はまだ分かりません");
    }
}
