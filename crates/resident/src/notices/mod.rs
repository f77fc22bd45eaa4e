//! お知らせ: list, read, mark, and the files that belong to them.

mod attachment;
mod count;
mod list;
mod mark;
mod segments;
mod show;

pub use attachment::{AttachmentWanted, attachment};
pub use count::{Counts, count};
pub use list::{ListNotices, NoticeList, NoticeRow, list};
pub use mark::{Marked, Marking, mark};
pub use segments::{SegmentRow, choose_segments, segments};
pub use show::{Earlier, Shown, show};
pub(crate) use show::{source, sources};
