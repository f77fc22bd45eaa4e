use tauri::command;

use crate::call::{Answer, Call};

#[command]
pub async fn segments(call: Call) -> Answer {
    call.run("segments").await
}

#[command]
pub async fn choose_segments(call: Call) -> Answer {
    call.run("choose_segments").await
}
