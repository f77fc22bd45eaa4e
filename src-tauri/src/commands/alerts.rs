use tauri::command;

use crate::call::{Answer, Call};

#[command]
pub async fn alerts(call: Call) -> Answer {
    call.run("alerts").await
}
