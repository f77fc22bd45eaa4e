use std::fmt::Write as _;
use std::fs::{File, Metadata};
use std::io::{self, Read, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use axum::body::Bytes;
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, VARY,
};
use axum::http::{HeaderMap, HeaderValue};
use ring::digest::{Context, SHA256};

use super::accept::{Accepts, Coding};
use super::names;
use crate::headers::{guard, open_to_all};

/// Up to this size a file is kept in memory.
pub(crate) const SMALL: u64 = 1 << 20;
/// What shrinks may be larger: a big town's list of targets is a few MB and compresses tenfold.
const SMALL_IF_IT_SHRINKS: u64 = 8 << 20;

/// What tells one state of a file from the next without reading it. The inode is part of it because a re-signed
/// timestamp has the length of the last, and clocks of file systems are coarse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Version {
    len: u64,
    modified: Option<SystemTime>,
    inode: u64,
}

impl Version {
    /// The state that these metadata describe.
    pub(crate) fn of(found: &Metadata) -> Self {
        Version { len: found.len(), modified: found.modified().ok(), inode: inode(found) }
    }

    /// When the file was last written.
    pub(crate) fn modified(&self) -> Option<SystemTime> {
        self.modified
    }
}

#[cfg(unix)]
fn inode(found: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(found)
}

#[cfg(not(unix))]
fn inode(_: &Metadata) -> u64 {
    0
}

/// Where the bytes are.
#[derive(Debug, Clone)]
pub(crate) enum Content {
    /// In memory.
    Memory(Bytes),
    /// In this file, which stays open, so that what is sent is of one version even while another takes its name.
    Disk(Arc<File>),
}

/// A file in one coding, with the headers of its answers ready.
#[derive(Debug)]
pub(crate) struct Form {
    /// The strong tag of these bytes.
    pub(crate) etag: HeaderValue,
    /// Headers of the whole.
    pub(crate) headers: HeaderMap,
    /// Headers of "you have it already".
    pub(crate) unchanged: HeaderMap,
    /// The bytes.
    pub(crate) content: Content,
    /// How many.
    pub(crate) len: u64,
}

/// One version of a file, ready to be sent.
#[derive(Debug)]
pub(crate) struct Stored {
    /// Which version.
    pub(crate) version: Version,
    /// As it lies on disk.
    pub(crate) plain: Form,
    /// Smaller forms, the smallest first.
    packed: Vec<(Coding, Form)>,
}

impl Stored {
    /// Reads a file below a town's folder. Links are followed as long as they stay inside.
    pub(crate) fn load(folder: &Path, file: &str) -> io::Result<Stored> {
        let folder = folder.canonicalize()?;
        let path = folder.join(file).canonicalize()?;
        // Looked at before it is opened: opening a pipe would wait for its writer.
        if !path.starts_with(&folder) || !path.metadata()?.is_file() {
            return Err(io::ErrorKind::NotFound.into());
        }
        let mut opened = File::open(&path)?;
        // Looked at before it is read: what is written meanwhile counts as the next version.
        let version = Version::of(&opened.metadata()?);
        let name = file.rsplit('/').next().unwrap_or(file);
        let shrinks = names::shrinks(name);
        if version.len > if shrinks { SMALL_IF_IT_SHRINKS } else { SMALL } {
            let tag = tag(name, || hash_of(&mut opened))?;
            let plain = Form::new(name, &tag, None, false, Content::Disk(Arc::new(opened)), version.len)?;
            return Ok(Stored { version, plain, packed: Vec::new() });
        }
        let mut bytes = Vec::new();
        opened.read_to_end(&mut bytes)?;
        let tag = tag(name, || hash_of(&mut bytes.as_slice()))?;
        let mut packed = Vec::new();
        if shrinks {
            for (coding, smaller) in [(Coding::Gzip, gzip(&bytes)?), (Coding::Zstd, zstd(&bytes)?)] {
                if smaller.len() < bytes.len() {
                    packed.push((coding, Form::in_memory(name, &tag, Some(coding), true, smaller)?));
                }
            }
            packed.sort_by_key(|(_, form)| form.len);
        }
        Ok(Stored { version, plain: Form::in_memory(name, &tag, None, shrinks, bytes)?, packed })
    }

    /// The smallest form that the asking side accepts.
    pub(crate) fn form(&self, headers: &HeaderMap) -> &Form {
        if self.packed.is_empty() {
            return &self.plain;
        }
        let accepts = Accepts::of(headers);
        let smallest = self.packed.iter().find(|(coding, _)| accepts.takes(*coding));
        smallest.map_or(&self.plain, |(_, form)| form)
    }

    /// What it takes of the cache's room. A file left on disk counts as much as the largest one in memory, because
    /// it takes one of the few files that a process may have open.
    pub(crate) fn cost(&self) -> u64 {
        let forms = self.packed.iter().map(|(_, form)| form).chain([&self.plain]);
        forms.fold(1024, |sum, form| match form.content {
            Content::Memory(_) => sum + form.len,
            Content::Disk(_) => sum + SMALL,
        })
    }
}

impl Form {
    fn in_memory(
        name: &str,
        tag: &str,
        coding: Option<Coding>,
        varies: bool,
        bytes: Vec<u8>,
    ) -> io::Result<Self> {
        let len = u64::try_from(bytes.len()).map_err(io::Error::other)?;
        Form::new(name, tag, coding, varies, Content::Memory(bytes.into()), len)
    }

    fn new(
        name: &str,
        tag: &str,
        coding: Option<Coding>,
        varies: bool,
        content: Content,
        len: u64,
    ) -> io::Result<Self> {
        // Each coding has its own tag: the bytes differ, and a strong tag promises the same bytes.
        let (suffix, encoding) = match coding {
            None => ("", None),
            Some(Coding::Gzip) => ("-g", Some("gzip")),
            Some(Coding::Zstd) => ("-z", Some("zstd")),
        };
        let etag = HeaderValue::from_str(&format!("\"{tag}{suffix}\"")).map_err(io::Error::other)?;

        let mut unchanged = HeaderMap::new();
        unchanged.insert(ETAG, etag.clone());
        unchanged.insert(CACHE_CONTROL, names::cache_control(name));
        if varies {
            unchanged.insert(VARY, HeaderValue::from_static("accept-encoding"));
        }
        open_to_all(&mut unchanged);

        let mut headers = unchanged.clone();
        headers.insert(CONTENT_TYPE, names::media_type(name));
        headers.insert(CONTENT_LENGTH, len.into());
        if let Some(encoding) = encoding {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        if !varies {
            headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        }
        guard(&mut headers);
        Ok(Form { etag, headers, unchanged, content, len })
    }
}

/// 128 bits of the content's SHA-256, taken from the name where it is part of it.
fn tag(name: &str, hash: impl FnOnce() -> io::Result<String>) -> io::Result<String> {
    let mut hash = match names::content_hash(name) {
        Some(hash) => hash.to_owned(),
        None => hash()?,
    };
    hash.truncate(32);
    Ok(hash)
}

fn hash_of(content: &mut impl Read) -> io::Result<String> {
    let mut hash = Context::new(&SHA256);
    let mut sink = HashSink(&mut hash);
    io::copy(content, &mut sink)?;
    let mut hex = String::with_capacity(64);
    for byte in hash.finish().as_ref() {
        write!(hex, "{byte:02x}").map_err(io::Error::other)?;
    }
    Ok(hex)
}

struct HashSink<'c>(&'c mut Context);

impl io::Write for HashSink<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// Level 12: above it a large list of targets would keep its first reader waiting for a hundredth less.
fn zstd(bytes: &[u8]) -> io::Result<Vec<u8>> {
    zstd::bulk::compress(bytes, 12)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::header::ACCEPT_ENCODING;

    fn load(name: &str, content: &[u8]) -> Stored {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(name), content).unwrap();
        Stored::load(folder.path(), name).unwrap()
    }

    fn accepting(value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(value))])
    }

    #[test]
    fn each_form_has_its_own_tag_and_the_smallest_is_chosen() {
        let stored = load("timestamp.json", "{\"a\":1}".repeat(200).as_bytes());
        let [gzip, zstd, plain] = ["gzip", "zstd", ""].map(|value| stored.form(&accepting(value)));
        assert!(gzip.etag != zstd.etag && zstd.etag != plain.etag && gzip.etag != plain.etag);
        assert!(gzip.len < plain.len && zstd.len < plain.len);
        assert_eq!(stored.form(&accepting("gzip, zstd")).len, gzip.len.min(zstd.len));
        assert!(plain.headers.contains_key(VARY), "a cache must not hand the plain form to everyone");
    }

    #[test]
    fn what_does_not_get_smaller_is_sent_as_it_is() {
        let stored = load("timestamp.json", b"{}");
        assert_eq!(stored.form(&accepting("gzip, zstd")).etag, stored.plain.etag);
        assert!(load("a.zst", &[0; 5000]).packed.is_empty());
    }

    #[test]
    fn the_tag_follows_the_content_or_the_name() {
        assert_eq!(load("a.json", b"1").plain.etag, load("b.json", b"1").plain.etag);
        assert_ne!(load("a.json", b"1").plain.etag, load("a.json", b"2").plain.etag);
        let name = format!("{}.zst", "ab".repeat(32));
        assert_eq!(load(&name, b"1").plain.etag, format!("\"{}\"", "ab".repeat(16)));
        // sha256("abc") begins with ba7816bf 8f01cfea 414140de 5dae2223 (FIPS 180-4, example 1).
        assert_eq!(load("a", b"abc").plain.etag, "\"ba7816bf8f01cfea414140de5dae2223\"");
    }

    #[test]
    fn a_large_file_stays_on_disk_and_counts_for_its_handle() {
        let size = usize::try_from(SMALL).unwrap();
        let large = load("a.zst", &vec![1; size + 1]);
        assert!(matches!(large.plain.content, Content::Disk(_)) && large.cost() >= SMALL);
        let small = load("a.zst", &vec![1; size]);
        assert!(matches!(small.plain.content, Content::Memory(_)));
        let json = load("1.targets.json", &vec![b'1'; size + 1]);
        assert!(matches!(json.plain.content, Content::Memory(_)) && json.packed.len() == 2);
    }
}
