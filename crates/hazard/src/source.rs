//! Where a pack's bytes are read from, a piece at a time.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::{Mutex, PoisonError};

/// Bytes that can be read at any place: a file, a slice, rows of a database.
pub trait Source {
    /// How many there are.
    fn len(&self) -> u64;
    /// Fills `into` with the bytes from `offset` on.
    fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<(), ReadError>;
    /// Are there none?
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Bytes that could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// There are fewer.
    #[error("the file ends before byte {0}")]
    Ends(u64),
    /// The system says why.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl Source for &[u8] {
    fn len(&self) -> u64 {
        (**self).len() as u64
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<(), ReadError> {
        let end = offset.saturating_add(into.len() as u64);
        let from = usize::try_from(offset).ok().and_then(|from| self.get(from..)?.get(..into.len()));
        into.copy_from_slice(from.ok_or(ReadError::Ends(end))?);
        Ok(())
    }
}

impl Source for Vec<u8> {
    fn len(&self) -> u64 {
        self.as_slice().len() as u64
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<(), ReadError> {
        Source::read_at(&self.as_slice(), offset, into)
    }
}

/// A file, read where it is asked for.
#[derive(Debug)]
pub struct FileSource {
    file: Mutex<File>,
    length: u64,
}

impl FileSource {
    /// Reads from an open file.
    pub fn new(file: File) -> io::Result<Self> {
        let length = file.metadata()?.len();
        Ok(FileSource { file: Mutex::new(file), length })
    }
}

impl Source for FileSource {
    fn len(&self) -> u64 {
        self.length
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<(), ReadError> {
        if offset.saturating_add(into.len() as u64) > self.length {
            return Err(ReadError::Ends(offset.saturating_add(into.len() as u64)));
        }
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(offset))?;
        Ok(file.read_exact(into)?)
    }
}
