use tauri::command;

use crate::call::{Answer, Call};

#[command]
pub async fn settings(call: Call) -> Answer {
    call.run("settings").await
}

#[command]
pub async fn set_settings(call: Call) -> Answer {
    call.run("set_settings").await
}

#[command]
pub async fn storage(call: Call) -> Answer {
    call.run("storage").await
}

#[command]
pub async fn forget_cache(call: Call) -> Answer {
    call.run("forget_cache").await
}

#[command]
pub async fn about(call: Call) -> Answer {
    call.run("about").await
}
