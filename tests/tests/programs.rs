//! The programs that ship: what every fact and program must say, which figures end, and that docs/programs.md tells what the files tell.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use madoguchi_benefits::answer::{Answer, Description, Outcome, Verdict, Words};
use madoguchi_benefits::{Evaluation, Household, RuleFile, Rules, calendar};
use madoguchi_resident::programs::HouseholdFile;
use madoguchi_tests::repository;
use madoguchi_tests::rules::folder;
use serde_json::{Value, json};

/// The last day by which a figure that is set anew must have ended.
const LATEST: &str = "2027-12-31";

/// Figures without an end: a law, an order or an ordinance sets them until another one does, and nobody announces them each year.
const PERMANENT: &[&str] = &[
    // 児童手当法 and its order, those of before October 2024 included.
    "児童手当_三歳未満",
    "児童手当_三歳以上",
    "児童手当_第三子以降",
    "児童手当_特例給付",
    "児童手当_所得制限限度額",
    "児童手当_所得上限限度額",
    // Income limits of allowances that no price index moves.
    "全部支給の限度額_扶養なし",
    "一部支給の限度額_扶養なし",
    "児童扶養手当の扶養義務者の限度額_扶養なし",
    "特別児童扶養手当の受給者の限度額_扶養なし",
    "扶養義務者の基本限度額",
    // Birth, training, school: amounts of orders.
    "妊婦支援給付_一回目",
    "妊婦支援給付_二回目",
    "出産育児一時金_産科医療補償制度の対象",
    "出産育児一時金_対象外",
    "訓練促進給付金_非課税世帯",
    "訓練促進給付金_課税世帯",
    "訓練促進給付金_最後の一年の加算",
    "就学支援金の限度額",
    "就学支援金の高専の限度額",
    "授業料減免の上限",
    "入学金減免の上限",
    "給付奨学金_自宅",
    "給付奨学金_自宅外",
    // Of days before April 2026 only.
    "就学支援金の私立の限度額",
    "就学支援金の所得の線",
    "就学支援金の加算の線",
    // Tax and insurance laws.
    "扶養親族の所得限度",
    "非課税限度の基本額",
    "非課税限度の加算額",
    "所得税の基礎控除額",
    "所得税の配偶者控除額",
    "所得税の配偶者特別控除額",
    "ひとり親控除額",
    "勤労学生の所得限度",
    "住民税の基礎控除額",
    "住民税の配偶者控除額",
    "住民税の配偶者特別控除額",
    "人的控除の差_配偶者",
    "均等割の標準の額",
    "森林環境税",
    "標準報酬月額の等級",
    "厚生年金の標準報酬月額_下限",
    "厚生年金保険料率",
    // Classes of towns and what is lent or paid for rent by them.
    "生活保護級地",
    "住宅扶助_都道府県",
    "住宅扶助_市",
    "生活支援費_限度額_単身",
    "生活支援費_限度額_二人以上",
    "住宅入居費_限度額",
    "一時生活再建費_限度額",
    "緊急小口資金_限度額",
    "就学支度費_限度額",
    "不動産担保型生活資金_限度額",
    "教育支援費_限度額",
    // Holds no figure at all.
    "最低生活費の表",
    // Disaster laws.
    "災害弔慰金_生計維持者",
    "災害弔慰金_その他の人",
    "災害障害見舞金_生計維持者",
    "災害障害見舞金_その他の人",
    "援護資金_限度額",
    "援護資金_所得限度額",
    "援護資金_住居滅失の所得限度額",
    "再建支援金_基礎",
    "再建支援金_加算",
    // The same since they began.
    "発症者健康管理手当",
    "調査研究協力謝金",
    // Ordinances of 東京都.
    "児童育成手当_育成",
    "児童育成手当_障害",
    "重度心身障害者手当の額",
];

fn files() -> &'static [RuleFile] {
    static FILES: OnceLock<Vec<RuleFile>> = OnceLock::new();
    FILES.get_or_init(|| folder(&repository().join("programs")).expect("programs"))
}

fn rules() -> &'static Rules {
    static RULES: OnceLock<Rules> = OnceLock::new();
    RULES.get_or_init(|| {
        Rules::compile(files()).unwrap_or_else(|problems| {
            let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
            panic!("{}", lines.join("\n"))
        })
    })
}

fn descriptions() -> Vec<Description> {
    rules().descriptions().to_vec()
}

/// Which of the three languages a text lacks.
fn lacks(words: &Words) -> Vec<&'static str> {
    let there = |tag: &str| words.get(tag).is_some_and(|text| !text.trim().is_empty());
    ["ja", "ja-easy", "en"].into_iter().filter(|tag| !there(tag)).collect()
}

fn none(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_fact_is_asked_and_says_why_in_three_languages() {
    assert!(rules().facts.len() > 50);
    let mut wrong = Vec::new();
    for (fact, id) in rules().facts.iter().zip(0u32..) {
        let (label, question, why) = rules().asking(id).expect("a fact");
        for (what, words) in [("label", &label), ("question", &question), ("why", &why)] {
            wrong.extend(lacks(words).iter().map(|tag| format!("{}: no {what} in {tag}", fact.name)));
        }
        // What is left out is unknown.
        if fact.default.is_some() {
            wrong.push(format!("{}: a default", fact.name));
        }
    }
    none(&wrong);
}

#[test]
fn every_program_says_what_it_is_in_three_languages() {
    let kinds = ["手当", "給付", "貸付", "減免", "保険", "年金", "サービス", "税"];
    let mut wrong = Vec::new();
    for program in descriptions() {
        let mut say = |what: &str| wrong.push(format!("{}: {what}", program.name));
        let one = |what: &str, words: &Words| -> Vec<String> {
            lacks(words).iter().map(|tag| format!("no {what} in {tag}")).collect()
        };
        let mut texts = one("title", &program.title);
        texts.extend(one("summary", &program.summary));
        if program.requires.is_empty() {
            texts.push("requires nothing".into());
        }
        texts.extend(program.requires.iter().flat_map(|r| one("requirement", &r.text)));
        texts.extend(program.deadlines.iter().flat_map(|words| one("deadline", words)));
        texts.extend(program.documents.iter().flat_map(|words| one("document", words)));
        if !program.prose.is_empty() {
            texts.extend(one("amount in words", &program.prose));
        }
        if !program.counter.is_empty() {
            texts.extend(one("counter", &program.counter));
        }
        texts.iter().for_each(|text| say(text));
        if !program.kind.as_deref().is_some_and(|kind| kinds.contains(&kind)) {
            say("no kind");
        }
        if program.counter.is_empty() && program.apply.is_none() {
            say("neither a counter nor a form");
        }
        if !program.sources.iter().any(|source| source.checked.is_some()) {
            say("no source names the day on which it was compared");
        }
        if program.articles.is_empty() {
            say("no law");
        }
    }
    none(&wrong);
}

#[test]
fn no_file_has_a_default() {
    for file in files() {
        for (number, line) in file.text.lines().enumerate() {
            let word = line.split_whitespace().next().unwrap_or_default();
            assert!(!matches!(word, "default" | "既定"), "{}:{}", file.name, number + 1);
        }
    }
}

/// A parameter or table as its file has it.
struct Figure {
    name: String,
    /// Where.
    place: String,
    /// The day from which it has no value.
    end: Option<String>,
}

/// A block of rows that a day begins.
#[derive(Default)]
struct Block {
    from: Option<String>,
    rows: Vec<String>,
}

impl Block {
    /// Says that nothing is known from its day on: no cell but the keys has a value.
    fn is_empty(&self) -> bool {
        let without_value = |row: &String| {
            let cells: Vec<&str> = row.trim().trim_matches('|').split('|').map(str::trim).collect();
            cells.iter().skip(1).all(|cell| *cell == "-")
        };
        self.rows.len() > 1 && self.rows.iter().skip(1).all(without_value)
    }
}

fn figures() -> Vec<Figure> {
    let mut found = Vec::new();
    for file in files() {
        let lines: Vec<&str> = file.text.lines().collect();
        for (number, line) in lines.iter().enumerate() {
            let Some(head) =
                ["parameter ", "定数 ", "table ", "表 "].iter().find_map(|w| line.strip_prefix(w))
            else {
                continue;
            };
            let name = head.split([' ', '(']).next().expect("a name").to_owned();
            let own = lines[number + 1..].iter().take_while(|l| l.starts_with(' ') || l.is_empty());
            let mut end = None;
            let mut block = Block::default();
            for line in own.map(|line| line.trim()) {
                match line.split_whitespace().collect::<Vec<_>>()[..] {
                    ["until" | "終了", day] => end = Some(day.to_owned()),
                    ["from" | "適用", day] => {
                        block = Block { from: Some(day.to_owned()), rows: vec![] };
                    }
                    _ if line.starts_with('|') => block.rows.push(line.to_owned()),
                    _ => {}
                }
            }
            if block.is_empty() {
                end = block.from;
            }
            found.push(Figure { name, place: format!("{}:{}", file.name, number + 1), end });
        }
    }
    found
}

#[test]
fn a_figure_of_a_year_ends_and_the_others_are_known_by_name() {
    let figures = figures();
    assert!(figures.len() > 80, "{}", figures.len());
    let permanent: BTreeSet<&str> = PERMANENT.iter().copied().collect();
    assert_eq!(permanent.len(), PERMANENT.len(), "a name twice");
    let mut wrong = Vec::new();
    for figure in &figures {
        let place = format!("{} ({})", figure.name, figure.place);
        match (&figure.end, permanent.contains(figure.name.as_str())) {
            (None, false) => wrong.push(format!("{place}: neither ends nor is known to last")),
            (Some(_), true) => wrong.push(format!("{place}: ends, and is listed as lasting")),
            (Some(end), false) if end.as_str() > LATEST => wrong.push(format!("{place}: ends late, {end}")),
            _ => {}
        }
    }
    let names: BTreeSet<&str> = figures.iter().map(|figure| figure.name.as_str()).collect();
    wrong.extend(permanent.difference(&names).map(|name| format!("{name}: there is no such figure")));
    none(&wrong);
}

fn day(text: &str) -> i32 {
    calendar::parse(text).unwrap_or_else(|| panic!("{text} is no day"))
}

fn read(file: &Value) -> Household {
    HouseholdFile::read(&file.to_string()).unwrap_or_else(|e| panic!("{e}")).household
}

fn example(name: &str) -> Value {
    let path = repository().join("docs/households").join(format!("{name}.json"));
    serde_json::from_str(&std::fs::read_to_string(path).expect("an example")).expect("JSON")
}

fn answer(household: &Value, on: &str, program: &str) -> Answer {
    let household = read(household);
    let mut evaluation = Evaluation::of(rules(), day(on), &household).unwrap_or_else(|p| panic!("{p:?}"));
    evaluation.answer_of(program).unwrap_or_else(|| panic!("no program {program}"))
}

fn outcome(household: &Value, on: &str, program: &str, person: usize) -> Outcome {
    answer(household, on, program).outcomes.remove(person)
}

/// The amount as one number of yen.
fn yen(outcome: &Outcome) -> Option<String> {
    outcome.amount.and_then(|amount| amount.yen.known()).map(|yen| yen.to_string())
}

/// The verdict stays when a year's figure has ended; the amount is unknown, and the answer says which figure is missing.
#[test]
fn an_old_figure_does_not_go_on_silently() {
    for (file, person, program, last, first) in [
        ("single-mother", 0, "児童扶養手当", "2027-03-31", "2027-04-01"),
        ("carer-at-home", 0, "特別障害者手当", "2027-03-31", "2027-04-01"),
        ("disability-pension-family", 0, "障害基礎年金", "2027-03-31", "2027-04-01"),
        ("two-earners-disabled-child", 0, "特別児童扶養手当", "2027-03-31", "2027-04-01"),
        ("both-parents-on-leave", 0, "育児休業給付金", "2027-07-31", "2027-08-01"),
        ("lost-the-job", 0, "国民年金保険料免除", "2027-03-31", "2027-04-01"),
        ("two-pensioners", 1, "老齢年金生活者支援給付金", "2027-03-31", "2027-04-01"),
        ("low-income-students", 2, "高校生等奨学給付金", "2027-03-31", "2027-04-01"),
        ("haemophilia-and-blood-products", 0, "健康管理費用", "2026-03-31", "2026-04-01"),
    ] {
        let household = example(file);
        let [before, after] = [last, first].map(|on| answer(&household, on, program));
        let [was, is] = [&before, &after].map(|answer| answer.outcomes[person].clone());
        let of = format!("{file}: {program}");
        assert_eq!((was.verdict, is.verdict), (Verdict::Eligible, Verdict::Eligible), "{of}");
        assert!(was.amount.is_some_and(|amount| amount.is_exact()), "{of}: {:?}", was.amount);
        assert!(is.amount.is_some_and(|amount| !amount.is_exact()), "{of}: {:?}", is.amount);
        assert!(after.notes.len() > before.notes.len(), "{of}: {:?}", after.notes);
    }
}

/// An income limit that has ended leaves only those near the line in doubt.
#[test]
fn a_limit_that_is_not_at_hand_leaves_only_those_near_it_in_doubt() {
    let mut household = example("carer-at-home");
    household["people"][0]["facts"]["社会保険料の支払額"] = json!(0);
    // Limits without dependants: 3,661,000 from August 2025, not at hand from August 2026. The pension's line is 3,858,000 then.
    for (income, in_july, in_november) in [
        (3_604_000, Verdict::Eligible, Verdict::Eligible),
        (3_604_001, Verdict::Eligible, Verdict::Unknown),
        (3_661_000, Verdict::Eligible, Verdict::Unknown),
        (3_661_001, Verdict::NotEligible, Verdict::Unknown),
        (3_858_001, Verdict::NotEligible, Verdict::NotEligible),
    ] {
        household["people"][0]["facts"]["障害の手当の本人の所得"] = json!(income);
        let of = |on| outcome(&household, on, "特別障害者手当", 0).verdict;
        assert_eq!([of("2026-07-31"), of("2026-11-26")], [in_july, in_november], "{income}");
    }
}

/// 特別児童扶養手当等の支給に関する法律施行令第8条・第12条: the recipient's premiums as paid, a flat 80,000 yen for relatives.
#[test]
fn the_own_premiums_of_a_disabled_person_count_as_paid() {
    let mut household = example("carer-at-home");
    for (name, value) in [
        ("収入の種類", json!(["給与"])),
        ("給与収入", json!(5_400_000)),
        ("扶養親族", json!([])),
        ("医療費などの控除", json!(0)),
    ] {
        household["people"][0]["facts"][name] = value;
    }
    // 5,400,000 × 80 % - 440,000 - 100,000 = 3,780,000.
    for (premiums, verdict) in [
        (json!(0), Verdict::NotEligible),
        (json!(80_000), Verdict::NotEligible),
        (json!(119_000), Verdict::Eligible),
        (Value::Null, Verdict::Unknown),
    ] {
        household["people"][0]["facts"]["社会保険料の支払額"] = premiums.clone();
        assert_eq!(outcome(&household, "2026-07-31", "特別障害者手当", 0).verdict, verdict, "{premiums}");
    }
}

/// From the 75th birthday on one is in 後期高齢者医療, whatever one's employer.
#[test]
fn there_is_no_sickness_allowance_from_75_on() {
    let mut household = example("ill-and-in-hospital");
    household["people"][0]["facts"]["休み始めた日"] = json!("2026-11-01");
    household["people"][0]["facts"]["誕生年月日"] = json!("1951-11-20");
    let of = |on| outcome(&household, on, "傷病手当金", 0);
    assert_eq!(of("2026-11-19").verdict, Verdict::Eligible);
    assert_eq!(of("2026-11-20").verdict, Verdict::NotEligible);
}

/// Until March 2025 the grant was less for a first child; a dependent brother or sister up to 22 made a second of it.
#[test]
fn the_grant_for_high_school_has_its_figures_by_year() {
    let second = example("low-income-students");
    let mut first = second.clone();
    // The elder one is nobody's dependant.
    first["people"][0]["facts"]["扶養親族"] = json!(["弟"]);
    let mut private = first.clone();
    private["people"][2]["facts"]["学校の設置者"] = json!("私立");
    let mut distant = first.clone();
    distant["people"][2]["facts"]["高校の課程"] = json!("通信制");
    for (on, expected) in [
        ("2023-10-01", ["117100", "143700", "137600", "50500"]),
        ("2024-10-01", ["122100", "143700", "142600", "50500"]),
        ("2025-10-01", ["143700", "143700", "152000", "50500"]),
        ("2026-11-26", ["143700", "143700", "152000", "50500"]),
    ] {
        for (household, expected) in [&first, &second, &private, &distant].into_iter().zip(expected) {
            let mut household = household.clone();
            for parent in [0, 1, 2] {
                household["people"][parent]["facts"]["住民税所得割"] = json!(0);
                household["people"][parent]["facts"]["就学先"] =
                    json!(["通っていない", "大学", "高校"][parent]);
            }
            let found = outcome(&household, on, "高校生等奨学給付金", 2);
            assert_eq!(yen(&found).as_deref(), Some(expected), "{on}: {:?}", found.amount);
        }
    }
}

fn guide() -> String {
    std::fs::read_to_string(repository().join("docs/programs.md")).expect("docs/programs.md")
}

/// The part of the guide that tells of each program.
fn chapters(guide: &str) -> &str {
    guide.split_once("## Where these differ").expect("the comparison").0
}

#[test]
fn the_guide_names_every_program() {
    let guide = guide();
    let mut rows: BTreeMap<&str, Vec<Vec<&str>>> = BTreeMap::new();
    for line in chapters(&guide).lines() {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        if cells.len() == 5 && line.starts_with('|') && !matches!(cells[0], "program" | "---") {
            rows.entry(cells[0]).or_default().push(cells);
        }
    }
    let mut wrong = Vec::new();
    for program in descriptions() {
        let own = rows.remove(program.name.as_str()).unwrap_or_default();
        let [row] = own.as_slice() else {
            wrong.push(format!("{}: not in one row", program.name));
            continue;
        };
        let whose = if program.per_person { "each person" } else { "household" };
        if row[1] != whose {
            wrong.push(format!("{}: answers for {whose}", program.name));
        }
        if (row[2] == "in words") == program.prose.is_empty() {
            wrong.push(format!("{}: whether the amount is in words", program.name));
        }
        if row[3] != program.articles.join("、") {
            wrong.push(format!("{}: the law is {}", program.name, program.articles.join("、")));
        }
    }
    wrong.extend(rows.keys().map(|name| format!("{name}: there is no such program")));
    none(&wrong);
}

#[test]
fn the_guide_lists_what_the_files_say_of_sources_and_of_what_is_not_verified() {
    let guide = guide();
    let listed: BTreeSet<&str> = guide.lines().filter_map(|line| line.strip_prefix("- ")).collect();
    let mut wrong = Vec::new();
    for program in descriptions() {
        for text in &program.unverified {
            if !listed.contains(text.as_str()) {
                wrong.push(format!("{}: not in the guide: {text}", program.name));
            }
        }
        for source in &program.sources {
            let url = source.url.as_ref().map(|url| format!(" <{url}>")).unwrap_or_default();
            let checked = source.checked.as_ref().map(|day| format!(" ({day})")).unwrap_or_default();
            let line = format!("{}{url}{checked}", source.text);
            if !listed.contains(line.as_str()) {
                wrong.push(format!("{}: not in the guide: {line}", program.name));
            }
        }
    }
    // And nothing that no file says any more.
    let told = |text: &str| files().iter().any(|file| file.text.contains(&format!("unverified 「{text}」")));
    let mut in_list = false;
    for line in chapters(&guide).lines() {
        match line.strip_prefix("- ") {
            Some(text) if in_list && !told(text) => wrong.push(format!("no file says: {text}")),
            None if !line.is_empty() => in_list = line == "Not verified:",
            _ => {}
        }
    }
    wrong.sort();
    wrong.dedup();
    none(&wrong);
}
