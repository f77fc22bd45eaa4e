use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use tauri::{AppHandle, Manager};

/// A kind of file that may be handed to another app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    pub media_type: &'static str,
    extension: &'static str,
}

/// Documents and pictures. What a system would start as a program has no place here, whatever a town calls it: the name
/// is ours, by the kind.
const KINDS: &[Kind] = &[
    Kind { media_type: "application/pdf", extension: "pdf" },
    Kind { media_type: "image/png", extension: "png" },
    Kind { media_type: "image/jpeg", extension: "jpg" },
    Kind { media_type: "image/gif", extension: "gif" },
    Kind { media_type: "image/webp", extension: "webp" },
    Kind { media_type: "text/plain", extension: "txt" },
    Kind { media_type: "text/csv", extension: "csv" },
    Kind {
        media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        extension: "xlsx",
    },
    Kind {
        media_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        extension: "docx",
    },
];

/// The kind of a media type.
pub fn kind(media_type: &str) -> Option<Kind> {
    KINDS.iter().copied().find(|kind| kind.media_type == media_type)
}

/// Where files that are shown lie meanwhile.
pub fn folder(app: &AppHandle) -> tauri::Result<PathBuf> {
    Ok(app.path().app_cache_dir()?.join("shown"))
}

/// Writes a file under a name of its own, so that one that is still open elsewhere is not written over.
pub fn write(folder: &Path, kind: Kind, bytes: &[u8]) -> io::Result<PathBuf> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    fs::create_dir_all(folder)?;
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let path = folder.join(format!("madoguchi-{number}.{}", kind.extension));
    fs::write(&path, bytes)?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_and_pages_are_handed_to_nobody() {
        for bad in ["text/html", "application/x-desktop", "application/x-msdownload", "image/svg+xml", ""] {
            assert_eq!(kind(bad), None, "{bad}");
        }
    }

    #[test]
    fn two_files_never_share_a_name() {
        let folder = tempfile::tempdir().unwrap();
        let pdf = kind("application/pdf").unwrap();
        let one = write(&folder.path().join("shown"), pdf, b"one").unwrap();
        let two = write(&folder.path().join("shown"), pdf, b"two").unwrap();
        assert_eq!((fs::read(one).unwrap(), fs::read(two).unwrap()), (b"one".to_vec(), b"two".to_vec()));
    }
}
