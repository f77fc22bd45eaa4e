use std::path::Path;

use serde_json::json;
use tauri::Wry;
use tauri::plugin::mobile::PluginInvokeError;
use tauri::plugin::{PluginApi, PluginHandle};

use super::Share;

/// The plugin on Android's side.
pub struct Android(PluginHandle<Wry>);

impl Android {
    pub fn register(api: &PluginApi<Wry, ()>) -> Result<Self, PluginInvokeError> {
        Ok(Android(api.register_android_plugin("jp.madoguchi.app", "DevicePlugin")?))
    }

    pub fn view(&self, path: &Path, media_type: &str) -> Result<(), PluginInvokeError> {
        self.0.run_mobile_plugin("view", json!({ "path": path, "mediaType": media_type }))
    }

    pub fn send(&self, path: &Path, media_type: &str, title: &str) -> Result<(), PluginInvokeError> {
        let file = json!({ "path": path, "mediaType": media_type, "title": title });
        self.0.run_mobile_plugin("send", file)
    }

    pub fn share(&self, share: &Share) -> Result<(), PluginInvokeError> {
        self.0.run_mobile_plugin("share", share)
    }
}
