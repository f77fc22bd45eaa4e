use madoguchi_resident::api::SyncProgress;
use tauri::command;
use tauri::ipc::Channel;

use crate::call::{Answer, Call};

#[command]
pub async fn towns(call: Call) -> Answer {
    call.run("towns").await
}

#[command]
pub async fn use_town(call: Call) -> Answer {
    call.run("use_town").await
}

#[command]
pub async fn leave_town(call: Call) -> Answer {
    call.run("leave_town").await
}

#[command]
pub async fn join(call: Call, on_progress: Channel<SyncProgress>) -> Answer {
    call.run_with("join", on_progress).await
}
