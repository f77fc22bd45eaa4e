//! The names of what can be said about a notice or an alert: columns of a table, keys of a front matter.

use madoguchi_model::fold;

macro_rules! fields {
    ($($variant:ident $key:literal [$($name:literal),*];)+) => {
        /// Something that can be said about a notice or an alert.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(super) enum Field { $($variant,)+ }

        impl Field {
            const ALL: &'static [Field] = &[$(Field::$variant,)+];

            /// Its key, as the documentation writes it.
            pub(super) fn key(self) -> &'static str {
                match self { $(Field::$variant => $key,)+ }
            }

            /// Other names by which towns call it.
            fn names(self) -> &'static [&'static str] {
                match self { $(Field::$variant => &[$($name,)*],)+ }
            }
        }
    };
}

fields! {
    Id "id" ["番号", "記事番号", "記事id", "お知らせid", "管理番号"];
    Title "title" ["件名", "タイトル", "題名", "表題", "見出し", "記事名"];
    Body "body" ["本文", "内容", "記事", "記事本文", "お知らせ内容"];
    Segment "segment" ["segments", "category", "区分", "配信区分", "カテゴリ", "カテゴリー", "分類", "ジャンル", "種別"];
    PublishedAt "published_at" ["date", "published", "公開日", "公開日時", "掲載日", "掲載日時", "掲載開始日", "公開開始日", "日付", "発行日", "発信日"];
    Department "department" ["担当課", "課", "部署", "担当部署", "担当", "課名", "担当課名", "発信課", "所管課"];
    Summary "summary" ["概要", "要約", "要旨"];
    Urgent "urgent" ["緊急", "重要"];
    ExpiresAt "expires_at" ["expires", "掲載終了日", "掲載終了日時", "公開終了日", "掲載期限", "公開期限"];
    Link "link" ["url", "リンク", "リンク先", "参照url", "関連url"];
    Lang "lang" ["language", "言語"];
    Place "place" ["場所", "会場", "開催場所"];
    CorrectedAt "corrected_at" ["訂正日", "訂正日時"];
    Correction "correction" ["訂正", "訂正内容"];
    WithdrawnAt "withdrawn_at" ["取下げ日", "取り下げ日", "取下げ日時", "取り下げ日時"];
    Withdrawn "withdrawn" ["取下げ", "取り下げ", "取下げ理由", "取り下げ理由"];
    Attachments "attachments" ["attachment", "添付", "添付ファイル"];
    Level "level" ["警戒レベル"];
    Areas "areas" ["area", "対象地区", "対象区域", "対象地域", "地区", "地域"];
    Hazard "hazard" ["災害種別", "災害の種類", "災害"];
    IssuedAt "issued_at" ["発令日時", "発表日時", "発令時刻"];
    ValidFrom "valid_from" ["有効開始日時", "有効開始"];
    ValidUntil "valid_until" ["有効期限", "有効終了日時", "有効終了"];
    Supersedes "supersedes" ["置き換える緊急情報", "更新対象"];
    Cancels "cancels" ["解除する緊急情報", "解除対象"];
    Drill "drill" ["訓練"];
}

impl Field {
    /// The field that a column head or a key names.
    pub(super) fn named(text: &str) -> Option<Field> {
        let name = fold(text.trim_start_matches('\u{feff}').trim());
        let name = name.replace([' ', '-'], "_");
        Field::ALL.iter().copied().find(|field| field.key() == name || field.names().contains(&name.as_str()))
    }

    /// Whether only alerts have it.
    pub(super) fn is_of_alerts(self) -> bool {
        matches!(
            self,
            Field::Level
                | Field::Areas
                | Field::Hazard
                | Field::IssuedAt
                | Field::ValidFrom
                | Field::ValidUntil
                | Field::Supersedes
                | Field::Cancels
                | Field::Drill
        )
    }

    /// Whether only notices have it.
    pub(super) fn is_of_notices(self) -> bool {
        matches!(
            self,
            Field::Segment
                | Field::PublishedAt
                | Field::Urgent
                | Field::ExpiresAt
                | Field::Place
                | Field::CorrectedAt
                | Field::Correction
                | Field::WithdrawnAt
                | Field::Withdrawn
                | Field::Attachments
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_stands_for_two_fields_and_each_is_found_as_it_is_written() {
        let mut seen = std::collections::BTreeSet::new();
        for field in Field::ALL {
            for name in std::iter::once(&field.key()).chain(field.names()) {
                assert!(seen.insert(*name), "{name}");
                assert_eq!(Field::named(name), Some(*field), "{name}");
            }
        }
    }

    #[test]
    fn width_case_and_blanks_do_not_matter() {
        assert_eq!(Field::named("\u{feff}ＵＲＬ "), Some(Field::Link));
        assert_eq!(Field::named("Published At"), Some(Field::PublishedAt));
        assert_eq!(Field::named("カテゴリー"), Some(Field::Segment));
        assert_eq!(Field::named("緯度"), None);
        assert_eq!(Field::named(""), None);
    }
}
