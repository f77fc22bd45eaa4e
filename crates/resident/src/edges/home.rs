use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use madoguchi_model::TownCode;
use rusqlite::Connection;

const GSI: &str = "gsi.db";

/// Where the phone's databases lie.
pub trait Home: Send {
    /// Opens `private.db`, making it when it is not there.
    fn private(&self) -> rusqlite::Result<Connection>;
    /// Opens a town's `cache.db`, making it when it is not there.
    fn cache(&self, town: &TownCode) -> rusqlite::Result<Connection>;
    /// Moves a damaged `cache.db` out of the way, so that a new one can be made.
    fn set_cache_aside(&self, town: &TownCode) -> io::Result<()>;
    /// Removes a town's cache and whatever was set aside of it.
    fn remove_cache(&self, town: &TownCode) -> io::Result<()>;
    /// Opens `gsi.db`, making it when it is not there.
    fn gsi(&self) -> rusqlite::Result<Connection>;
    /// Removes it.
    fn remove_gsi(&self) -> io::Result<()>;
    /// Bytes that may still be written there; none where nobody can tell.
    fn free_bytes(&self) -> Option<u64> {
        None
    }
}

/// A folder: `private.db`, `gsi.db`, and `towns/<code>/cache.db` for each town.
#[derive(Debug, Clone)]
pub struct FolderHome {
    folder: PathBuf,
}

impl FolderHome {
    /// The home in `folder`; made at the first use.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        FolderHome { folder: folder.into() }
    }

    fn town(&self, town: &TownCode) -> PathBuf {
        self.folder.join("towns").join(town.as_str())
    }
}

impl Home for FolderHome {
    fn private(&self) -> rusqlite::Result<Connection> {
        open(&self.folder, "private.db")
    }

    fn cache(&self, town: &TownCode) -> rusqlite::Result<Connection> {
        open(&self.town(town), "cache.db")
    }

    fn set_cache_aside(&self, town: &TownCode) -> io::Result<()> {
        let folder = self.town(town);
        // The log first: without its database it would be taken for the new one's.
        remove(&folder.join("cache.db-wal"))?;
        remove(&folder.join("cache.db-shm"))?;
        match fs::rename(folder.join("cache.db"), folder.join("cache.db.damaged")) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
            other => other,
        }
    }

    fn remove_cache(&self, town: &TownCode) -> io::Result<()> {
        match fs::remove_dir_all(self.town(town)) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
            other => other,
        }
    }

    fn gsi(&self) -> rusqlite::Result<Connection> {
        open(&self.folder, GSI)
    }

    fn remove_gsi(&self) -> io::Result<()> {
        // The log first, as above.
        ["-wal", "-shm", ""].iter().try_for_each(|end| remove(&self.folder.join(format!("{GSI}{end}"))))
    }

    #[cfg(feature = "native")]
    fn free_bytes(&self) -> Option<u64> {
        fs4::available_space(&self.folder).ok()
    }
}

fn open(folder: &Path, file: &str) -> rusqlite::Result<Connection> {
    // When this fails, opening fails too and says where.
    let _ = make_folder(folder);
    Connection::open(folder.join(file))
}

fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    // What a resident reads is nobody else's on a shared machine.
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn remove(file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
