//! What a command is given: its name is its own, everything else is here.

use madoguchi_resident::api::{ApiError, SyncProgress};
use serde_json::Value;
use tauri::ipc::{Channel, CommandArg, CommandItem, InvokeBody, InvokeError};
use tauri::{AppHandle, Manager, Wry};

use crate::core::Core;

/// What a command answers.
pub type Answer<T = Value> = Result<T, ApiError>;

/// The core, and the arguments as the screen gave them.
pub struct Call {
    core: Core,
    args: Value,
}

impl<'de> CommandArg<'de, Wry> for Call {
    fn from_command(command: CommandItem<'de, Wry>) -> Result<Self, InvokeError> {
        let args = match command.message.payload() {
            InvokeBody::Json(args) => args.clone(),
            InvokeBody::Raw(_) => return Err("arguments are JSON".into()),
        };
        Ok(Call { core: core(command.message.webview_ref().app_handle()), args })
    }
}

/// The core of this app.
pub fn core(app: &AppHandle) -> Core {
    app.state::<Core>().inner().clone()
}

impl Call {
    /// Does it, on a thread that may wait.
    pub async fn run(self, name: &'static str) -> Answer {
        waiting(move || self.core.call(name, self.args, &mut |_| ())).await
    }

    /// Does it, and tells the screen how it goes. A screen that is gone hears nothing, and what was begun goes on.
    pub async fn run_with(mut self, name: &'static str, on_progress: Channel<SyncProgress>) -> Answer {
        if let Some(args) = self.args.as_object_mut() {
            args.remove("onProgress");
        }
        waiting(move || self.core.call(name, self.args, &mut |progress| drop(on_progress.send(progress))))
            .await
    }
}

/// Runs what blocks beside the threads that must not.
pub async fn waiting<T: Send + 'static>(act: impl FnOnce() -> Answer<T> + Send + 'static) -> Answer<T> {
    let done = tauri::async_runtime::spawn_blocking(act).await;
    done.unwrap_or_else(|stopped| Err(ApiError { code: "stopped", message: stopped.to_string() }))
}
