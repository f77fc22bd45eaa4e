use tauri::command;

use crate::call::{Answer, Call};

#[command]
pub async fn garbage_areas(call: Call) -> Answer {
    call.run("garbage_areas").await
}

#[command]
pub async fn choose_garbage_area(call: Call) -> Answer {
    call.run("choose_garbage_area").await
}

#[command]
pub async fn garbage(call: Call) -> Answer {
    call.run("garbage").await
}

#[command]
pub async fn garbage_item(call: Call) -> Answer {
    call.run("garbage_item").await
}
