use tauri::command;

use crate::call::{Answer, Call};

#[command]
pub async fn kinds(call: Call) -> Answer {
    call.run("kinds").await
}

#[command]
pub async fn places(call: Call) -> Answer {
    call.run("places").await
}

#[command]
pub async fn place(call: Call) -> Answer {
    call.run("place").await
}
