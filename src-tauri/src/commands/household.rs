use tauri::command;

use crate::call::{Answer, Call};

#[command]
pub async fn household(call: Call) -> Answer {
    call.run("household").await
}

#[command]
pub async fn save_household(call: Call) -> Answer {
    call.run("save_household").await
}

#[command]
pub async fn tick_document(call: Call) -> Answer {
    call.run("tick_document").await
}

#[command]
pub async fn delete_household(call: Call) -> Answer {
    call.run("delete_household").await
}
