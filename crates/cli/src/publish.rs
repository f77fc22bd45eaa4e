use std::path::PathBuf;

use clap::Args;
use jiff::Timestamp;
use madoguchi_publisher::publish::{Options, Published, publish};
use madoguchi_publisher::read::read_town;
use madoguchi_publisher::release::Change;
use madoguchi_publisher::report::{FileReport, Unit};

use crate::feeds::Feeds;
use crate::key::settings;
use crate::output::{Failure, say};

/// Read a town's folder, check it, and publish it as a signed bundle.
#[derive(Args)]
pub struct Arguments {
    /// The town's folder.
    dir: PathBuf,
    /// The public folder, for any static host or `madoguchi serve`.
    #[arg(long)]
    out: PathBuf,
    /// Only this department, with its own key and the online key.
    #[arg(long)]
    role: Option<String>,
    /// Only say what would change.
    #[arg(long)]
    check: bool,
    /// Losing more than a tenth of a collection is meant.
    #[arg(long)]
    allow_loss: bool,
}

pub fn run(arguments: &Arguments, json: bool) -> Result<(), Failure> {
    let Arguments { dir, out, role, check, allow_loss } = arguments;
    let settings = settings(dir)?;
    let options = Options { role: role.clone(), check: *check, allow_loss: *allow_loss };
    let feeds = Feeds::beside(out)?;
    let read = || read_town(dir, &settings, role.as_deref(), &|url| feeds.get(url));
    let published = publish(dir, &settings, read, out, &options, Timestamp::now)?;
    say(json, &published, |published| words(published, *check))
}

fn words(published: &Published, check: bool) -> String {
    let mut out = String::new();
    for file in &published.files {
        out.push_str(&file_words(file));
    }
    let japan = jiff::tz::offset(9).to_time_zone();
    let verb = if check { "公開すると" } else { "公開しました" };
    out.push_str(&format!("\n{verb}:\n"));
    for change in &published.collections {
        out.push_str(&format!(
            "  {:<8} {:<10} {:>6}件  新しい {:>4}  変わった {:>4}  なくなった {:>4}\n",
            change.collection,
            change.department,
            change.records,
            change.added,
            change.changed,
            change.removed
        ));
    }
    for pack in &published.packs {
        let what = match pack.change {
            Change::New => "新しい",
            Change::Changed => "変わった",
            Change::Same => "同じ",
            Change::Gone => "なくなった",
        };
        let patch = pack.patch.map(|bytes| format!("、差分{}", size(bytes))).unwrap_or_default();
        out.push_str(&format!("  {}  {what}  {}{patch}\n", pack.path, size(pack.fetched)));
    }
    for due in &published.due {
        let due = due.to_zoned(japan.clone());
        let (month, day, hour, minute) = (due.month(), due.day(), due.hour(), due.minute());
        out.push_str(&format!("  {month}月{day}日 {hour}時{minute:02}分に公開するものを、用意しました\n"));
    }
    if published.due_later > 0 {
        out.push_str(&format!(
            "  さらに先の{}回ぶんは、近くなったらもう一度 publish してください\n",
            published.due_later
        ));
    }
    if !published.untouched.is_empty() {
        out.push_str(&format!("  鍵がここにない課は、そのままです: {}\n", published.untouched.join("、")));
    }
    out
}

/// Bytes in words.
fn size(bytes: u64) -> String {
    match bytes {
        0..10_000 => format!("{bytes}バイト"),
        10_000..10_000_000 => format!("{}KB", bytes / 1000),
        _ => format!("{}MB", bytes / 1_000_000),
    }
}

fn file_words(file: &FileReport) -> String {
    let Some(dataset) = &file.dataset else {
        return format!("－ {}: 配信しません。{}\n", file.file, file.why.as_deref().unwrap_or_default());
    };
    let encoding = file.encoding.as_deref().map(|encoding| format!("（{encoding}）")).unwrap_or_default();
    let mut out = format!("○ {}: {dataset} {}件中{}件{encoding}\n", file.file, file.rows, file.kept);
    for (reason, count) in &file.mended_by {
        out.push_str(&format!("    直した: {reason} {count}\n"));
    }
    for refusal in &file.refused {
        let column = refusal.column.as_deref().map(|column| format!("「{column}」")).unwrap_or_default();
        let unit = match file.unit {
            Unit::Row => "行め",
            Unit::Feature => "番めの地物",
            Unit::Tile => "番めのタイル",
        };
        out.push_str(&format!("    {}{unit}{column}: {}\n", refusal.row, refusal.why));
    }
    for note in &file.notes {
        out.push_str(&format!("    注意: {note}\n"));
    }
    out
}
