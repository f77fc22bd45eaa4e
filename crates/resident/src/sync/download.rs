use madoguchi_bundle::encoding::sha256;

use super::wire::Take;
use super::{Trouble, Wire};
use crate::Error;
use crate::cache::{Cache, CacheError};
use crate::edges::NetError;

/// So many bytes are lost at most when the phone dies.
const PIECE: usize = 16 * 1024;

/// A file of the bundle: where it lies, and what it must be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct File<'a> {
    /// Below the town's address.
    pub(crate) path: &'a str,
    /// Its size.
    pub(crate) length: u64,
    /// Its hash, under which the pieces are kept.
    pub(crate) sha256: &'a str,
    /// Must it be data? An attachment may be a web page.
    pub(crate) data: bool,
}

/// Fetches a file, going on where an earlier attempt ended, and checks it. The name holds the hash, so what lies
/// there cannot have changed in between.
pub(crate) async fn download(
    cache: &Cache,
    wire: &mut Wire<'_>,
    file: File<'_>,
    got: &mut dyn FnMut(u64),
) -> Result<Vec<u8>, Error> {
    let mut had = cache.download_length(file.sha256)?;
    if had > file.length {
        cache.drop_download(file.sha256)?;
        had = 0;
    }
    loop {
        if had < file.length || file.length == 0 {
            fetch(cache, wire, file, had, got).await?;
        }
        let bytes = cache.download(file.sha256)?;
        if bytes.len() as u64 == file.length && sha256(&bytes) == file.sha256 {
            return Ok(bytes);
        }
        cache.drop_download(file.sha256)?;
        if had == 0 {
            return Err(Trouble::Hash(file.path.into()).into());
        }
        // The beginning may have been what is wrong: once more, all of it.
        had = 0;
    }
}

async fn fetch(
    cache: &Cache,
    wire: &mut Wire<'_>,
    file: File<'_>,
    had: u64,
    got: &mut dyn FnMut(u64),
) -> Result<(), Error> {
    got(had);
    let mut saving = Saving { cache, file, kept: had, buffer: Vec::with_capacity(PIECE), failed: None, got };
    let result = wire.part(file.path, had, file.data, &mut saving).await;
    // Whatever came is kept, also of an answer that was cut off.
    let flushed = saving.flush();
    if let Some(error) = saving.failed {
        return Err(error.into());
    }
    match result {
        // The rest was asked for and there is none: what is kept is not the beginning of this file.
        Err(NetError::NotFound) if had > 0 => Ok(()),
        Err(error) => {
            if matches!(error, NetError::TooLarge { .. }) {
                cache.drop_download(file.sha256)?;
            }
            Err(Trouble::is_of(file.path, error).into())
        }
        Ok(()) => Ok(flushed.map_err(Trouble::from)?),
    }
}

struct Saving<'a> {
    cache: &'a Cache,
    file: File<'a>,
    kept: u64,
    buffer: Vec<u8>,
    failed: Option<CacheError>,
    got: &'a mut dyn FnMut(u64),
}

impl Saving<'_> {
    fn flush(&mut self) -> Result<(), NetError> {
        if !self.buffer.is_empty() {
            let added = self.cache.add_to_download(self.file.sha256, self.kept, &self.buffer);
            self.note(added)?;
            self.kept += self.buffer.len() as u64;
            self.buffer.clear();
            (self.got)(self.kept);
        }
        Ok(())
    }

    fn note(&mut self, result: Result<(), CacheError>) -> Result<(), NetError> {
        result.map_err(|error| {
            self.failed = Some(error);
            NetError::Stopped
        })
    }
}

impl Take for Saving<'_> {
    fn begin(&mut self, start: u64, packed: bool) -> Result<(), NetError> {
        if packed {
            return Err(NetError::Unreachable("answered in gzip, unasked".into()));
        }
        if start != self.kept {
            if start != 0 {
                return Err(NetError::Unreachable("answered with another part than asked for".into()));
            }
            let dropped = self.cache.drop_download(self.file.sha256);
            self.note(dropped)?;
            self.kept = 0;
        }
        Ok(())
    }

    fn piece(&mut self, bytes: &[u8]) -> Result<(), NetError> {
        if self.kept + (self.buffer.len() + bytes.len()) as u64 > self.file.length {
            self.buffer.clear();
            return Err(NetError::TooLarge { max: self.file.length });
        }
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= PIECE { self.flush() } else { Ok(()) }
    }
}
