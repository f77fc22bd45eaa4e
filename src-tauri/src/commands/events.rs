use tauri::command;

use crate::call::{Answer, Call};

#[command]
pub async fn events(call: Call) -> Answer {
    call.run("events").await
}

#[command]
pub async fn event(call: Call) -> Answer {
    call.run("event").await
}
