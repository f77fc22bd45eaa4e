use madoguchi_resident::api::AttachmentQuery;
use tauri::ipc::Response;
use tauri::{AppHandle, command};

use crate::call::{Answer, Call, core, waiting};
use crate::device::{self, Abilities, Picture, Share};

#[command]
pub async fn attachment(call: Call) -> Answer {
    call.run("attachment").await
}

/// The content of a file, for a picture in a text.
#[command]
pub async fn attachment_bytes(app: AppHandle, notice: String, path: String) -> Answer<Response> {
    waiting(move || Ok(Response::new(core(&app).attachment(&AttachmentQuery { notice, path })?.bytes))).await
}

/// Shows a file in the app that the device has for it.
#[command]
pub async fn open_attachment(app: AppHandle, notice: String, path: String) -> Answer<()> {
    waiting(move || device::open(&app, core(&app).attachment(&AttachmentQuery { notice, path })?)).await
}

/// Hands a text to the device's share sheet.
#[command]
pub async fn share(app: AppHandle, text: Share) -> Answer<()> {
    waiting(move || device::share(&app, &text)).await
}

/// Hands a picture that a screen drew to the device's share sheet.
#[command]
pub async fn share_picture(app: AppHandle, picture: Picture) -> Answer<()> {
    waiting(move || device::share_picture(&app, &picture)).await
}

/// What this device can do.
#[command]
pub async fn device() -> Answer<Abilities> {
    Ok(device::ABILITIES)
}
