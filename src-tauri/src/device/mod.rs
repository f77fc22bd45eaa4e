//! What only a device can do: show a file in another app, open its share sheet. Android does both by a plugin of our own
//! (`gen/android/…/DevicePlugin.kt`); on iOS the web view has a share sheet that takes texts and files alike.

#[cfg(target_os = "android")]
mod android;
mod file;
mod picture;

use madoguchi_resident::api::{ApiError, AttachmentBytes};
use serde::{Deserialize, Serialize};
#[cfg(target_os = "android")]
use tauri::Manager;
use tauri::plugin::{Builder, TauriPlugin};
use tauri::{AppHandle, Wry};

pub use picture::Picture;

/// What this device can do for the screens. What it cannot, they do by the means of the web view or leave out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Abilities {
    /// `share` opens a share sheet.
    pub share: bool,
    /// `open_attachment` shows a file, `share_picture` hands on a picture.
    pub open: bool,
    /// It knows where it is.
    pub position: bool,
}

/// Of this device.
pub const ABILITIES: Abilities = Abilities {
    share: cfg!(target_os = "android"),
    open: cfg!(not(target_os = "ios")),
    position: cfg!(mobile),
};

/// A text to be shared.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Share {
    /// Its title.
    pub title: String,
    /// The text itself.
    pub text: String,
}

/// Prepares it when the app starts.
pub fn init() -> TauriPlugin<Wry> {
    Builder::new("device")
        .setup(|app, _api| {
            // What was shown the last time is not kept: the files of notices lie in the cache, verified.
            if let Ok(folder) = file::folder(app) {
                let _ = std::fs::remove_dir_all(folder);
            }
            #[cfg(target_os = "android")]
            app.manage(android::Android::register(&_api)?);
            Ok(())
        })
        .build()
}

/// Shows a file in the app that the device has for its kind.
pub fn open(app: &AppHandle, file: AttachmentBytes) -> Result<(), ApiError> {
    let kind = file::kind(&file.media_type).ok_or_else(|| refused("file-kind", &file.media_type))?;
    let path = file::write(&file::folder(app).map_err(failed)?, kind, &file.bytes).map_err(failed)?;
    #[cfg(target_os = "android")]
    return app.state::<android::Android>().view(&path, kind.media_type).map_err(failed);
    #[cfg(not(target_os = "android"))]
    return tauri_plugin_opener::open_path(&path, None::<&str>).map_err(failed);
}

/// Opens the share sheet.
pub fn share(app: &AppHandle, share: &Share) -> Result<(), ApiError> {
    #[cfg(target_os = "android")]
    return app.state::<android::Android>().share(share).map_err(failed);
    #[cfg(not(target_os = "android"))]
    {
        let _ = (app, share);
        Err(refused("no-share", "this device has no share sheet"))
    }
}

/// Hands a picture on: to the share sheet, or on a desk to what shows pictures, which saves and sends them.
pub fn share_picture(app: &AppHandle, picture: &Picture) -> Result<(), ApiError> {
    let bytes = picture.bytes().map_err(|error| refused("picture", error))?;
    let kind = file::kind("image/png").ok_or_else(|| refused("file-kind", "image/png"))?;
    let path = file::write(&file::folder(app).map_err(failed)?, kind, &bytes).map_err(failed)?;
    #[cfg(target_os = "android")]
    return app.state::<android::Android>().send(&path, kind.media_type, &picture.title).map_err(failed);
    #[cfg(not(target_os = "android"))]
    {
        // Only a share sheet shows it.
        let _ = &picture.title;
        tauri_plugin_opener::open_path(&path, None::<&str>).map_err(failed)
    }
}

fn refused(code: &'static str, message: &str) -> ApiError {
    ApiError { code, message: message.into() }
}

fn failed(error: impl std::fmt::Display) -> ApiError {
    ApiError { code: "device", message: error.to_string() }
}
