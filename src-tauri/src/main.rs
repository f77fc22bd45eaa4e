//! The app on a desktop. On a phone the library is loaded instead.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() {
    madoguchi_app::run();
}
