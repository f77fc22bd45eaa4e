use tauri::command;

use crate::call::{Answer, Call};

#[command]
pub async fn my_places(call: Call) -> Answer {
    call.run("my_places").await
}

#[command]
pub async fn save_my_place(call: Call) -> Answer {
    call.run("save_my_place").await
}

#[command]
pub async fn delete_my_place(call: Call) -> Answer {
    call.run("delete_my_place").await
}

#[command]
pub async fn order_my_places(call: Call) -> Answer {
    call.run("order_my_places").await
}

#[command]
pub async fn forget_my_places(call: Call) -> Answer {
    call.run("forget_my_places").await
}

#[command]
pub async fn hazard_card(call: Call) -> Answer {
    call.run("hazard_card").await
}

#[command]
pub async fn timeline(call: Call) -> Answer {
    call.run("timeline").await
}

#[command]
pub async fn save_timeline(call: Call) -> Answer {
    call.run("save_timeline").await
}

#[command]
pub async fn forget_timeline(call: Call) -> Answer {
    call.run("forget_timeline").await
}
