use madoguchi_resident::api::SyncProgress;
use madoguchi_resident::gsi::GsiTile;
use madoguchi_resident::hazard::TileOf;
use tauri::ipc::{Channel, Response};
use tauri::{AppHandle, command};

use crate::call::{Answer, Call, core, waiting};

#[command]
pub async fn map(call: Call) -> Answer {
    call.run("map").await
}

#[command]
pub async fn find_spot(call: Call) -> Answer {
    call.run("find_spot").await
}

#[command]
pub async fn set_maps(call: Call) -> Answer {
    call.run("set_maps").await
}

#[command]
pub async fn fetch_packs(call: Call, on_progress: Channel<SyncProgress>) -> Answer {
    call.run_with("fetch_packs", on_progress).await
}

/// A tile of the map, as bytes.
#[command]
pub async fn map_tile(app: AppHandle, source: String, z: u8, x: u32, y: u32) -> Answer<Response> {
    waiting(move || Ok(Response::new(core(&app).tile(&TileOf { source, z, x, y })?))).await
}

/// A tile of the country's map, as bytes.
#[command]
pub async fn gsi_tile(app: AppHandle, z: u8, x: u32, y: u32) -> Answer<Response> {
    waiting(move || Ok(Response::new(core(&app).gsi(GsiTile { z, x, y })?))).await
}
