use tauri::command;

use crate::call::{Answer, Call};

#[command]
pub async fn notices(call: Call) -> Answer {
    call.run("notices").await
}

#[command]
pub async fn notice(call: Call) -> Answer {
    call.run("notice").await
}

#[command]
pub async fn mark(call: Call) -> Answer {
    call.run("mark").await
}
