use madoguchi_resident::api::SyncProgress;
use tauri::command;
use tauri::ipc::Channel;

use crate::call::{Answer, Call};

#[command]
pub async fn age(call: Call) -> Answer {
    call.run("age").await
}

#[command]
pub async fn sync(call: Call, on_progress: Channel<SyncProgress>) -> Answer {
    call.run_with("sync", on_progress).await
}
