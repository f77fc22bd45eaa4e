use tauri::command;

use crate::call::{Answer, Call};

#[command]
pub async fn today(call: Call) -> Answer {
    call.run("today").await
}
