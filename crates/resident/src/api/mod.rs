//! The one interface between a screen and the phone: commands that take a JSON object and give JSON.
//!
//! Two carriers bring them over: the app's own IPC, and HTTP on loopback (`resident serve-ui`). Both only hand a name and
//! its arguments to [`call`]. Each file here is a feature; each command an argument struct, a result struct and a call of
//! the use case. `bindings` writes the same structs in TypeScript.

mod alerts;
mod attachment;
#[cfg(feature = "bindings")]
pub mod bindings;
mod counter;
mod error;
mod events;
mod garbage;
mod hazard;
mod household;
mod map;
mod moment;
mod notice;
mod notices;
mod own;
mod places;
mod programs;
mod segments;
mod settings;
#[cfg(any(test, feature = "bindings"))]
mod shapes;
mod shelters;
mod sites;
mod sync;
mod text;
mod today;
mod towns;

use serde::Deserialize;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::Phone;
use crate::edges::Net;

pub use attachment::{AttachmentBytes, AttachmentQuery, attachment_bytes};
pub use error::ApiError;
pub use map::{gsi_tile, map_tile};
pub use sync::SyncProgress;

/// No arguments.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(type = "Record<string, never>"))]
#[derive(Debug, Default, Deserialize)]
struct NoArgs {}

/// The table of commands. `plain` ones are answered from the phone alone, `waiting` ones may need the network.
macro_rules! commands {
    (
        plain { $($plain:literal: $plain_run:path, $plain_args:ty => $plain_result:ty;)+ }
        waiting { $($wait:literal: $wait_run:path, $wait_args:ty => $wait_result:ty;)+ }
    ) => {
        /// The name of every command.
        pub const COMMANDS: &[&str] = &[$($plain,)+ $($wait,)+];

        /// Does what `name` says. `on_progress` hears how a sync goes; other commands tell it nothing.
        pub async fn call(
            phone: &Phone,
            net: &dyn Net,
            name: &str,
            args: Value,
            on_progress: &mut dyn FnMut(SyncProgress),
        ) -> Result<Value, ApiError> {
            match name {
                $($plain => write::<$plain_result>(&$plain_run(phone, read::<$plain_args>(args)?)?),)+
                $($wait => {
                    let args = read::<$wait_args>(args)?;
                    write::<$wait_result>(&$wait_run(phone, net, args, on_progress).await?)
                })+
                unknown => Err(ApiError::unknown_command(unknown)),
            }
        }

        /// Shows each command's name, arguments and result.
        #[cfg(feature = "bindings")]
        fn visit_commands(visitor: &mut impl bindings::Visit) {
            $(visitor.command::<$plain_args, $plain_result>($plain);)+
            $(visitor.command::<$wait_args, $wait_result>($wait);)+
        }
    };
}

commands! {
    plain {
        "towns": towns::towns, NoArgs => towns::Towns;
        "use_town": towns::use_town, towns::TownQuery => towns::Towns;
        "leave_town": towns::leave_town, towns::TownQuery => towns::Towns;
        "age": sync::age, NoArgs => sync::Age;
        "today": today::today, NoArgs => today::Today;
        "notices": notices::notices, notices::NoticeQuery => notices::NoticeList;
        "notice": notice::notice, notice::ShowNotice => notice::NoticeAnswer;
        "mark": notices::mark, notices::MarkNotice => crate::notices::Marked;
        "segments": segments::segments, NoArgs => Vec<segments::SegmentChoice>;
        "choose_segments": segments::choose_segments, segments::ChooseSegments => Vec<segments::SegmentChoice>;
        "alerts": alerts::alerts, NoArgs => Vec<alerts::RunningAlert>;
        "kinds": places::kinds, NoArgs => Vec<places::PlaceKind>;
        "places": places::places, places::PlaceQuery => places::PlaceList;
        "place": places::place, places::ShowPlace => places::Place;
        "counter": counter::counter, NoArgs => counter::Counter;
        "events": events::events, events::EventQuery => events::EventList;
        "event": events::event, events::ShowEvent => events::Event;
        "garbage_areas": garbage::garbage_areas, NoArgs => Vec<garbage::GarbageArea>;
        "choose_garbage_area": garbage::choose_garbage_area, garbage::ChooseGarbageArea => Vec<garbage::GarbageArea>;
        "garbage": garbage::garbage, garbage::GarbageQuery => garbage::Garbage;
        "garbage_item": garbage::garbage_item, garbage::GarbageItemQuery => Vec<garbage::GarbageItem>;
        "household_facts": programs::household_facts, programs::FactsQuery => programs::HouseholdFacts;
        "household": household::household, NoArgs => household::HouseholdState;
        "save_household": household::save_household, household::SaveHousehold => household::HouseholdState;
        "tick_document": household::tick_document, household::TickDocument => household::HouseholdState;
        "delete_household": household::delete_household, NoArgs => household::HouseholdState;
        "programs": programs::programs, programs::ProgramsQuery => programs::ProgramsAnswer;
        "program": programs::program, programs::ProgramQuery => programs::ProgramDetail;
        "benefit_news": programs::benefit_news, programs::FactsQuery => programs::BenefitNews;
        "benefits_seen": programs::benefits_seen, programs::BenefitsSeen => programs::BenefitNews;
        "compare_towns": programs::compare_towns, programs::TownsQuery => programs::TownsCompared;
        "town_programs": programs::town_programs, programs::TownProgramsQuery => programs::InWordsList;
        "town_program": programs::town_program, programs::TownProgramQuery => programs::InWordsDetail;
        "map": map::map, NoArgs => map::MapShown;
        "find_spot": map::find_spot, map::SpotQuery => Vec<map::SpotFound>;
        "set_maps": map::set_maps, map::WantMaps => map::MapShown;
        "hazard_at": hazard::hazard_at, hazard::HazardQuery => hazard::HazardAt;
        "sites": sites::sites, sites::SitesQuery => sites::Sites;
        "my_places": own::my_places, NoArgs => own::MyPlaces;
        "save_my_place": own::save_my_place, crate::own::places::SaveMyPlace => own::MyPlaces;
        "delete_my_place": own::delete_my_place, own::MyPlaceQuery => own::MyPlaces;
        "order_my_places": own::order_my_places, own::OrderMyPlaces => own::MyPlaces;
        "forget_my_places": own::forget_my_places, NoArgs => own::MyPlaces;
        "hazard_card": own::hazard_card, own::MyPlaceQuery => own::HazardCard;
        "timeline": own::timeline, NoArgs => own::TimelineShown;
        "save_timeline": own::save_timeline, own::SaveTimeline => own::TimelineShown;
        "forget_timeline": own::forget_timeline, NoArgs => own::TimelineShown;
        "settings": settings::settings, NoArgs => crate::settings::Settings;
        "set_settings": settings::set_settings, crate::settings::SetSettings => crate::settings::Settings;
        "storage": settings::storage, NoArgs => crate::storage::Storage;
        "forget_cache": settings::forget_cache, NoArgs => crate::storage::Storage;
        "about": settings::about, NoArgs => settings::About;
    }
    waiting {
        "join": towns::join, towns::JoinQuery => towns::JoinResult;
        "sync": sync::sync, sync::SyncQuery => crate::sync::SyncResult;
        "fetch_packs": map::fetch_packs, NoArgs => crate::packs::PackReport;
        "attachment": attachment::attachment, AttachmentQuery => attachment::AttachmentFile;
    }
}

fn read<T: DeserializeOwned>(args: Value) -> Result<T, ApiError> {
    // Carriers may leave out what is empty.
    let args = if args.is_null() { Value::Object(Default::default()) } else { args };
    serde_json::from_value(args).map_err(|error| ApiError::bad_arguments(error.to_string()))
}

fn write<T: Serialize>(result: &T) -> Result<Value, ApiError> {
    serde_json::to_value(result).map_err(|error| ApiError { code: "json", message: error.to_string() })
}

#[cfg(test)]
mod tests;
