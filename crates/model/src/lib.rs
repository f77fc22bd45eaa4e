//! The words of Madoguchi as types: everything that crosses a boundary between the town's side and the phone.
//!
//! No IO, no clock, no async. Each type serialises to the JSON that lies in a bundle's collections; fields that a
//! later version adds are ignored by an older phone, and what an older town leaves out has a default.

mod age;
mod alert;
mod blocks;
mod collection;
mod event;
mod fold;
mod garbage;
mod hazard;
mod lang;
mod notice;
mod place;
mod program;
mod segment;
mod source;
mod town;

pub use age::{Age, AgeBound, AgeBounds};
pub use alert::{Alert, AlertArea, AlertLevel};
pub use blocks::{Block, Inline, Link, LinkRefused, plain_text};
pub use collection::{CollectionHeader, CollectionKind, FORMAT};
pub use event::{Event, Session};
pub use fold::{fold, hiragana};
pub use garbage::{
    CollectionDays, GarbageArea, GarbageItem, GarbageRecord, GarbageType, GarbageWeekday, PauseDays,
};
pub use hazard::{HazardClass, HazardKind, HazardLayer, MapRecord, Surveyed, is_pack_path, pack_path};
pub use lang::{Lang, Translations};
pub use notice::{Attachment, Correction, Notice, NoticeText, words_in};
pub use place::{Hazard, OpeningHours, Place, PlaceKind, Position, ShelterStatus, WeekHours};
pub use program::{LifeEvent, NamedLink, Period, ProgramArea, ProgramText, TownProgram, TownRuleFile};
pub use segment::{Segment, UnknownSegment};
pub use source::Source;
pub use town::{Department, Layer, Town, TownCode, TownCodeError};
