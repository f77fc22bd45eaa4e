//! The phone behind the window.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use madoguchi_resident::api::{
    ApiError, AttachmentBytes, AttachmentQuery, SyncProgress, attachment_bytes, call, gsi_tile, map_tile,
};
use madoguchi_resident::edges::{FolderHome, SystemClock};
use madoguchi_resident::gsi::GsiTile;
use madoguchi_resident::hazard::TileOf;
use madoguchi_resident::native::{UreqNet, wait};
use madoguchi_resident::{Error, Phone};
use serde_json::Value;

use crate::keys;

/// So many commands that ended leave their phone open for the next.
const KEPT: usize = 4;

/// The resident's phone, opened as often as commands run at once: a sync that waits for the network keeps no screen
/// waiting. It is opened at the first command, so that a phone that cannot be opened is an answer and no crash.
#[derive(Clone)]
pub struct Core(Arc<Inner>);

struct Inner {
    home: PathBuf,
    net: UreqNet,
    /// The one that the others are opened beside; no command runs on it.
    first: Mutex<Option<Phone>>,
    idle: Mutex<Vec<Phone>>,
}

impl Core {
    /// The phone whose files lie in `home`.
    pub fn new(home: PathBuf) -> Self {
        Core(Arc::new(Inner { home, net: UreqNet::new(), first: Mutex::default(), idle: Mutex::default() }))
    }

    /// Opens the phone while the window is still being made. When it cannot be opened, the first command says so.
    pub fn open_ahead(&self) {
        let inner = Arc::clone(&self.0);
        std::thread::spawn(move || inner.with_phone(|_| Ok(())));
    }

    /// Does what the command `name` says. It blocks: not for the thread that draws.
    pub fn call(
        &self,
        name: &str,
        args: Value,
        on_progress: &mut dyn FnMut(SyncProgress),
    ) -> Result<Value, ApiError> {
        self.0.with_phone(|phone| wait(call(phone, &self.0.net, name, args, on_progress)))
    }

    /// A tile of the map.
    pub fn tile(&self, wanted: &TileOf) -> Result<Vec<u8>, ApiError> {
        self.0.with_phone(|phone| map_tile(phone, wanted))
    }

    /// A tile of the country's map. It blocks, as [`Core::call`] does.
    pub fn gsi(&self, wanted: GsiTile) -> Result<Vec<u8>, ApiError> {
        self.0.with_phone(|phone| wait(gsi_tile(phone, &self.0.net, wanted)))
    }

    /// The content of a file of a notice. It blocks, as [`Core::call`] does.
    pub fn attachment(&self, wanted: &AttachmentQuery) -> Result<AttachmentBytes, ApiError> {
        self.0.with_phone(|phone| wait(attachment_bytes(phone, &self.0.net, wanted)))
    }
}

impl Inner {
    fn with_phone<T>(&self, act: impl FnOnce(&Phone) -> Result<T, ApiError>) -> Result<T, ApiError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let phone = idle.map_or_else(|| self.open(), Ok)?;
        let done = act(&phone);
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < KEPT {
            idle.push(phone);
        }
        done
    }

    fn open(&self) -> Result<Phone, Error> {
        let mut first = self.first.lock().unwrap_or_else(PoisonError::into_inner);
        let edges = || (Box::new(FolderHome::new(&self.home)), Box::new(SystemClock));
        let (home, clock) = edges();
        match first.as_ref() {
            Some(first) => first.beside(home, clock),
            None => {
                let opened = Phone::open(home, clock)?.with_keys(keys::of(&self.home));
                let (home, clock) = edges();
                let beside = opened.beside(home, clock)?;
                *first = Some(opened);
                Ok(beside)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn commands_run_at_once_on_one_phone() {
        let home = tempfile::tempdir().unwrap();
        let core = Core::new(home.path().into());
        let set = |language: &str| core.call("set_settings", json!({ "language": language }), &mut |_| ());
        std::thread::scope(|threads| {
            for language in ["en", "ja-easy", "en", "en", "ja", "en", "ja-easy", "en"] {
                threads.spawn(move || set(language).unwrap());
            }
        });
        set("en").unwrap();
        let all = core.call("settings", Value::Null, &mut |_| ()).unwrap();
        assert_eq!(all["language"], "en");
        assert!(core.0.idle.lock().unwrap().len() <= KEPT);
    }

    #[test]
    fn a_phone_that_cannot_be_opened_is_an_answer_and_is_tried_again() {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("home");
        std::fs::write(&home, "in the way").unwrap();
        let core = Core::new(home.clone());
        let refused = core.call("towns", Value::Null, &mut |_| ()).unwrap_err();
        assert!(!refused.code.is_empty());
        std::fs::remove_file(&home).unwrap();
        let towns = core.call("towns", Value::Null, &mut |_| ()).unwrap();
        assert_eq!(towns["towns"], json!([]));
    }
}
