//! The words by which columns of events are known.

use crate::dataset::columns::Columns;

/// The columns of events, by what they say; the best head first.
pub(super) struct Plan {
    pub title: Vec<usize>,
    pub from: Vec<usize>,
    pub to: Vec<usize>,
    pub opens: Vec<usize>,
    pub closes: Vec<usize>,
    pub when: Vec<usize>,
    pub summary: Vec<usize>,
    pub body: Vec<usize>,
    pub place: Vec<usize>,
    pub audience: Vec<usize>,
    pub fee: Vec<usize>,
    pub contact: Vec<usize>,
    pub organizer: Vec<usize>,
    pub apply_until: Vec<usize>,
    pub link: Vec<usize>,
    pub segment: Vec<usize>,
    pub capacity: Vec<usize>,
}

impl Plan {
    /// Finds the columns of a table of events.
    pub fn of(columns: &Columns) -> Self {
        let find = |heads: &[&str]| columns.find(heads);
        Plan {
            title: find(&[
                "イベント名",
                "行事名",
                "催し名",
                "催物名",
                "講座名",
                "eventName",
                "title",
                "タイトル",
                "名称",
            ]),
            from: find(&["開始日", "開催日", "開催日時", "開催期間", "日時", "dateOfStart"]),
            to: find(&["終了日", "dateOfEnd"]),
            opens: find(&["開始時間", "開始時刻", "startTime"]),
            closes: find(&["終了時間", "終了時刻", "endTime"]),
            when: find(&["開催パターン", "開始日時特記事項", "日時説明", "holdingPattern"]),
            summary: find(&["概要", "サブタイトル", "summary", "abstract"]),
            body: find(&["説明", "内容", "本文", "description", "body"]),
            place: find(&["場所名称", "開催場所", "会場", "会場名", "場所", "location", "place"]),
            audience: find(&["対象者", "対象", "targetPerson", "audience"]),
            fee: find(&["料金(基本)", "料金", "料金(詳細)", "参加費", "費用", "fee"]),
            contact: find(&[
                "連絡先名称",
                "問い合わせ先",
                "問合せ先",
                "お問合せ先",
                "問い合わせ先（市の担当課）",
                "contact",
            ]),
            organizer: find(&["主催者", "主催団体", "主催", "organizer"]),
            apply_until: find(&[
                "参加申込終了日",
                "申込期限日",
                "申込締切日",
                "申込締切",
                "deadlineDateOfApplication",
            ]),
            link: find(&["URL", "コンテンツURL", "イベントURL", "申込URL", "link", "eventUrl"]),
            segment: find(&["segment", "配信区分", "イベント種類", "分類", "カテゴリ", "ジャンル"]),
            capacity: find(&["定員", "capacity"]),
        }
    }
}
