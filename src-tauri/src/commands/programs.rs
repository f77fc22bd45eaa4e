use tauri::command;

use crate::call::{Answer, Call};

#[command]
pub async fn household_facts(call: Call) -> Answer {
    call.run("household_facts").await
}

#[command]
pub async fn programs(call: Call) -> Answer {
    call.run("programs").await
}

#[command]
pub async fn program(call: Call) -> Answer {
    call.run("program").await
}

#[command]
pub async fn benefit_news(call: Call) -> Answer {
    call.run("benefit_news").await
}

#[command]
pub async fn benefits_seen(call: Call) -> Answer {
    call.run("benefits_seen").await
}

#[command]
pub async fn compare_towns(call: Call) -> Answer {
    call.run("compare_towns").await
}

#[command]
pub async fn town_programs(call: Call) -> Answer {
    call.run("town_programs").await
}

#[command]
pub async fn town_program(call: Call) -> Answer {
    call.run("town_program").await
}
