use tauri::command;

use crate::call::{Answer, Call};

#[command]
pub async fn hazard_at(call: Call) -> Answer {
    call.run("hazard_at").await
}

#[command]
pub async fn sites(call: Call) -> Answer {
    call.run("sites").await
}
