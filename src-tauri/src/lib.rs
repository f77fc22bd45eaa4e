//! The app: a window around the screens of `ui/`, on the core of `crates/resident`. Nothing is decided here; a command
//! hands its arguments to `resident::api`, and what only a device can do (show a file, share) is done by the device.

mod call;
mod commands;
mod core;
mod device;
mod keys;

use std::io::{self, Write};

use tauri::{Builder, Manager, Wry};

use crate::core::Core;

/// Opens the window, and returns when it is closed.
#[cfg_attr(mobile, tauri::mobile_entry_point)]
pub fn run() {
    let app = plugins(Builder::default())
        .setup(|app| {
            let core = Core::new(home(app.handle())?);
            core.open_ahead();
            app.manage(core);
            Ok(())
        })
        .invoke_handler(commands::handler())
        .run(tauri::generate_context!());
    if let Err(error) = app {
        // There is no window to say it in.
        let _ = writeln!(io::stderr(), "madoguchi-app: {error}");
        std::process::exit(1);
    }
}

fn plugins(builder: Builder<Wry>) -> Builder<Wry> {
    // The first of them, so that a second start hands over its link and ends before it opens anything.
    #[cfg(desktop)]
    let builder = builder.plugin(tauri_plugin_single_instance::init(|app, _, _| {
        if let Some(window) = app.get_webview_window("main") {
            let _ = window.unminimize();
            let _ = window.set_focus();
        }
    }));
    #[cfg(mobile)]
    let builder = builder.plugin(tauri_plugin_geolocation::init());
    builder.plugin(tauri_plugin_deep_link::init()).plugin(tauri_plugin_opener::init()).plugin(device::init())
}

/// The folder of the phone's databases. `MADOGUCHI_HOME` names another one (development and tests).
fn home(app: &tauri::AppHandle) -> tauri::Result<std::path::PathBuf> {
    #[cfg(desktop)]
    if let Some(home) = std::env::var_os("MADOGUCHI_HOME") {
        return Ok(home.into());
    }
    app.path().app_data_dir()
}
