//! The commands by feature, one line each.

mod alerts;
mod counter;
mod events;
mod files;
mod garbage;
mod hazard;
mod household;
mod map;
mod notices;
mod own;
mod places;
mod programs;
mod segments;
mod settings;
mod sync;
mod today;
mod towns;

use tauri::Wry;
use tauri::ipc::Invoke;

/// Answers each command.
pub fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        towns::towns,
        towns::use_town,
        towns::leave_town,
        towns::join,
        sync::age,
        sync::sync,
        today::today,
        notices::notices,
        notices::notice,
        notices::mark,
        segments::segments,
        segments::choose_segments,
        alerts::alerts,
        places::kinds,
        places::places,
        places::place,
        counter::counter,
        events::events,
        events::event,
        garbage::garbage_areas,
        garbage::choose_garbage_area,
        garbage::garbage,
        garbage::garbage_item,
        programs::household_facts,
        household::household,
        household::save_household,
        household::tick_document,
        household::delete_household,
        programs::programs,
        programs::program,
        programs::benefit_news,
        programs::benefits_seen,
        programs::compare_towns,
        programs::town_programs,
        programs::town_program,
        map::map,
        map::find_spot,
        map::set_maps,
        hazard::hazard_at,
        hazard::sites,
        own::my_places,
        own::save_my_place,
        own::delete_my_place,
        own::order_my_places,
        own::forget_my_places,
        own::hazard_card,
        own::timeline,
        own::save_timeline,
        own::forget_timeline,
        map::fetch_packs,
        map::map_tile,
        map::gsi_tile,
        settings::settings,
        settings::set_settings,
        settings::storage,
        settings::forget_cache,
        settings::about,
        files::attachment,
        files::attachment_bytes,
        files::open_attachment,
        files::share,
        files::share_picture,
        files::device,
    ]
}
