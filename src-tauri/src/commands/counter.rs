use tauri::command;

use crate::call::{Answer, Call};

#[command]
pub async fn counter(call: Call) -> Answer {
    call.run("counter").await
}
