//! The words by which programs are filed -> segments and life events.

use madoguchi_model::{LifeEvent, Segment};

use crate::settings::Settings;

/// Words of titles and categories that name a segment.
const SEGMENTS: &[(Segment, &[&str])] = &[
    (
        Segment::Family,
        &[
            "子育て",
            "子ども",
            "こども",
            "子供",
            "児童",
            "乳幼児",
            "乳児",
            "出産",
            "妊娠",
            "妊婦",
            "妊産婦",
            "産後",
            "保育",
            "幼稚園",
            "育児",
            "教育",
            "就学",
            "奨学",
            "入学",
            "母子",
            "ひとり親",
            "父子",
            "新生児",
        ],
    ),
    (Segment::Senior, &["高齢", "介護", "老人"]),
    (Segment::Disability, &["障害", "障がい"]),
    (Segment::Health, &["医療", "健康", "予防接種", "検診", "健診", "難病", "感染症", "病気"]),
    (Segment::SafetyDisaster, &["災害", "被災", "防災", "罹災", "り災", "地震"]),
    (Segment::SafetyCrime, &["防犯", "交通安全", "消費生活"]),
    (Segment::LivingHousing, &["住宅", "住まい", "引越", "家賃", "住居"]),
    (Segment::LivingWork, &["仕事", "就労", "就職", "雇用", "離職", "求職", "失業", "職業訓練"]),
    (Segment::LivingTax, &["税", "年金", "国民健康保険", "国保"]),
    (Segment::LivingGarbage, &["ごみ", "リサイクル"]),
    (Segment::Living, &["生活困窮", "生活保護", "暮らし", "くらし", "おかねのこと"]),
];

/// Words of titles and categories that name a life event.
const EVENTS: &[(LifeEvent, &[&str])] = &[
    (LifeEvent::Birth, &["出産", "妊娠", "妊婦", "妊産婦", "産婦", "産後", "出生", "誕生", "新生児"]),
    (LifeEvent::JobLoss, &["離職", "失業", "退職", "求職", "職を失"]),
    (
        LifeEvent::Illness,
        &["病気", "難病", "疾病", "療養", "医療費", "感染症", "ケガ", "けが", "負傷", "疾患"],
    ),
    (LifeEvent::Disability, &["障害", "障がい"]),
    (LifeEvent::Death, &["死亡", "ご不幸", "葬祭", "埋葬", "遺族", "遺児", "亡くなった", "弔慰金"]),
    (LifeEvent::Disaster, &["災害", "被災", "罹災", "り災", "地震", "全壊", "半壊", "床上浸水"]),
    (
        LifeEvent::School,
        &["進学", "入学", "就学", "奨学", "授業料", "学校に通っている", "学校等に通っている"],
    ),
    (LifeEvent::Divorce, &["離婚", "ひとり親", "母子家庭", "父子家庭", "養育費", "児童扶養手当"]),
    (LifeEvent::Care, &["介護"]),
    (LifeEvent::Moving, &["引越", "引っ越", "転入", "転出", "転居"]),
];

/// Words that hold one of those above and mean something else.
const OTHERWISE: &[&str] = &["ごみ・災害ごみのこと"];

/// What a program is about: the town's own names first, then what its words hold; `other` where nothing fits.
pub(super) fn segments(settings: &Settings, words: &[&str]) -> Vec<Segment> {
    let mut found: Vec<Segment> = Vec::new();
    let mut add = |segment| {
        if !found.contains(&segment) {
            found.push(segment);
        }
    };
    words.iter().filter_map(|word| settings.segment_named(word)).for_each(&mut add);
    for (segment, marks) in SEGMENTS {
        if holds(words, marks) {
            add(*segment);
        }
    }
    // What is filed more finely or under a name of its own needs no "other" and no "events".
    let narrower = |segment: &Segment| !matches!(segment, Segment::Other | Segment::Event);
    if found.iter().any(narrower) {
        found.retain(narrower);
    }
    if found.is_empty() { vec![Segment::Other] } else { found }
}

/// When in life a program matters.
pub(super) fn events(words: &[&str]) -> Vec<LifeEvent> {
    EVENTS.iter().filter(|(_, marks)| holds(words, marks)).map(|(event, _)| *event).collect()
}

fn holds(words: &[&str], marks: &[&str]) -> bool {
    let mut words = words.iter().filter(|word| !OTHERWISE.contains(word));
    words.any(|word| marks.iter().any(|mark| word.contains(mark)))
}

/// The words of a list in one cell.
pub(super) fn listed(text: &str) -> Vec<String> {
    let parts = text.split([';', '；', '、', ',', '，', '\n', '|', '｜']).map(str::trim);
    parts.filter(|part| !crate::value::is_blank(part)).map(String::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> Settings {
        Settings::parse(
            "code = \"222127\"\nname = { ja = \"焼津市\" }\n[segments]\n\"のびのび\" = \"family\"\n\
             [[department]]\nid = \"koho\"\nname = { ja = \"広報課\" }",
        )
        .unwrap()
    }

    #[test]
    fn categories_of_the_standards_are_known() {
        let of = |words: &[&str]| (segments(&settings(), words), events(words));
        assert_eq!(of(&["妊娠・出産"]), (vec![Segment::Family], vec![LifeEvent::Birth]));
        assert_eq!(of(&["就職・退職"]), (vec![Segment::LivingWork], vec![LifeEvent::JobLoss]));
        assert_eq!(of(&["引越し・住まい"]), (vec![Segment::LivingHousing], vec![LifeEvent::Moving]));
        assert_eq!(of(&["障がい者支援"]), (vec![Segment::Disability], vec![LifeEvent::Disability]));
        assert_eq!(of(&["ご不幸"]).1, [LifeEvent::Death]);
        assert_eq!(of(&["のびのび"]).0, [Segment::Family]);
        assert_eq!(of(&["ごみ・災害ごみのこと"]), (vec![Segment::Other], vec![]));
        assert_eq!(of(&["ひとり親家庭等医療費助成"]).1, [LifeEvent::Illness, LifeEvent::Divorce]);
    }

    #[test]
    fn a_list_is_parted_at_any_of_the_signs_in_use() {
        assert_eq!(listed("子育て;出産、 住まい，\n-"), ["子育て", "出産", "住まい"]);
    }
}
