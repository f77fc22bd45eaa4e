use std::io::Write;

use madoguchi_model::{CollectionKind, is_pack_path};
use madoguchi_resident::sync::{Doubt, Progress, Reach, SyncResult};

use super::failure;

/// Progress goes to stderr, for people only.
pub fn progress(json: bool, progress: &Progress) {
    let line = match progress {
        _ if json => return,
        Progress::Checking => "新しいものがないか、確かめています…".into(),
        Progress::Begun { collection, total } => {
            format!("{} を受け取っています ({})…", name(collection), super::size(*total))
        }
        Progress::Storing => "しまっています…".into(),
        Progress::Got { .. } | Progress::Fetched { .. } | Progress::Done => return,
    };
    let _ = writeln!(std::io::stderr(), "{line}");
}

fn name(path: &str) -> &'static str {
    match CollectionKind::of_target_path(path).map(|(kind, _)| kind) {
        Some(kind) => kind_name(kind),
        None if is_pack_path(path) => "地図",
        None => "ファイル",
    }
}

fn kind_name(kind: CollectionKind) -> &'static str {
    match kind {
        CollectionKind::Town => "自治体のこと",
        CollectionKind::Alerts => "緊急情報",
        CollectionKind::Notices => "お知らせ",
        CollectionKind::Places => "場所",
        CollectionKind::Events => "催し",
        CollectionKind::Garbage => "ごみの日",
        CollectionKind::Programs => "支援制度",
        CollectionKind::Rules => "制度のきまり",
        CollectionKind::Hazards => "ハザード",
        CollectionKind::Map => "地図",
    }
}

/// What a sync brought.
pub fn synced(result: &SyncResult, town: &str) -> String {
    if let Some(error) = &result.error {
        return failure(error.code, &error.message);
    }
    let stays = match result.age_s {
        Some(seconds) => format!("{}の内容は見られます。", ago(seconds)),
        None => "まだ何も届いていません。".into(),
    };
    match result.reach {
        Reach::Offline => format!("この電話は圏外です。{stays}"),
        Reach::Unreachable => format!("{town}の配信が止まっています。{stays}"),
        Reach::Ok => {
            let changed: Vec<String> = result
                .changed
                .iter()
                .filter_map(|(kind, n)| Some(format!("{} {n}件", kind_name(CollectionKind::parse(kind)?))))
                .collect();
            let packs = result.packs.as_ref();
            let mut text = match changed.as_slice() {
                [] => "新しいものはありません。".into(),
                changed => format!("{}が新しくなりました。", changed.join("、")),
            };
            if let Some(fetched) = packs.map(|packs| packs.fetched).filter(|fetched| *fetched > 0) {
                text.push_str(&format!("\n地図を{fetched}枚受け取りました。"));
            }
            if packs.is_some_and(|packs| packs.newer > 0) {
                text.push_str("\n町の新しい地図は、新しいアプリのためのものです。アプリを更新してください。いまある地図は使えます。");
            }
            if let Some(packs) = packs.filter(|packs| packs.missing > packs.newer) {
                text.push_str("\nまだ届いていない地図があります。次の sync で続きを受け取ります。");
                if let Some(room) = packs.room {
                    let lacking = room.needed.saturating_sub(room.free.unwrap_or_default());
                    text.push_str(&format!(
                        "\n空きが足りません。あと{}空けてください。",
                        super::size(lacking)
                    ));
                }
            }
            text.push_str(match result.doubt {
                Some(Doubt::ClockBehind) => {
                    "\nこの電話の日付が、町の配信より前になっています。電話の日付を確かめてください。"
                }
                Some(Doubt::ClockOrExpired) => {
                    "\n届いたものは期限をすぎていたので、使いませんでした。町の配信が止まっているか、この電話の日付がずれています。"
                }
                None if !result.fresh => "\n町の配信が止まっているようです。最新かどうかは、確かめられませんでした。",
                None => "",
            });
            text
        }
    }
}

fn ago(seconds: i64) -> String {
    match seconds {
        ..60 => "ついさっき".into(),
        60..3_600 => format!("{}分前", seconds / 60),
        3_600..86_400 => format!("{}時間前", seconds / 3_600),
        _ => format!("{}日前", seconds / 86_400),
    }
}
