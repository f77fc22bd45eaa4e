use std::fs::File;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes};
use hyper::body::{Frame, SizeHint};
use tokio::task::JoinHandle;

use super::stored::Content;

/// How much of a large file is in memory at one time, for each visitor who takes it.
const PIECE: usize = 64 << 10;

/// `len` bytes from `start` on; both lie within the content.
pub(crate) fn part(content: &Content, start: u64, len: u64) -> Body {
    match content {
        Content::Memory(bytes) => {
            let start = usize::try_from(start).unwrap_or(usize::MAX).min(bytes.len());
            let end = usize::try_from(len).unwrap_or(usize::MAX).saturating_add(start).min(bytes.len());
            Body::from(bytes.slice(start..end))
        }
        Content::Disk(file) => {
            Body::new(FileBody { file: file.clone(), at: start, left: len, reading: None })
        }
    }
}

/// Part of a file, read piece by piece while it is sent, on threads that may wait for a disk.
struct FileBody {
    file: Arc<File>,
    at: u64,
    left: u64,
    reading: Option<JoinHandle<io::Result<Bytes>>>,
}

impl hyper::body::Body for FileBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let this = self.get_mut();
        if this.left == 0 {
            return Poll::Ready(None);
        }
        let reading = this.reading.get_or_insert_with(|| {
            let (file, at) = (this.file.clone(), this.at);
            let len = usize::try_from(this.left).unwrap_or(PIECE).min(PIECE);
            tokio::task::spawn_blocking(move || read_piece(&file, at, len))
        });
        let read = ready!(Pin::new(reading).poll(cx)).unwrap_or_else(|error| Err(io::Error::other(error)));
        this.reading = None;
        let piece = read?;
        let len = u64::try_from(piece.len()).map_err(io::Error::other)?;
        this.at += len;
        this.left -= len;
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

/// Up to `len` bytes, at least one. An end before the length that was promised is an error: the visitor is to see
/// a broken connection, not a short file.
fn read_piece(file: &File, at: u64, len: usize) -> io::Result<Bytes> {
    let mut piece = vec![0; len];
    let read = read_at(file, &mut piece, at)?;
    if read == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    piece.truncate(read);
    Ok(piece.into())
}

#[cfg(unix)]
fn read_at(file: &File, piece: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, piece, at)
}

#[cfg(windows)]
fn read_at(file: &File, piece: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, piece, at)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[tokio::test]
    async fn a_part_is_the_same_from_memory_and_from_disk() {
        let bytes: Vec<u8> = (0..200_000u32).map(|n| (n % 251) as u8).collect();
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&bytes).unwrap();
        let on_disk = Content::Disk(Arc::new(file));
        let in_memory = Content::Memory(bytes.clone().into());
        for (start, len) in [(0, 200_000), (0, 1), (65_535, 2), (199_999, 1), (1000, 150_000)] {
            for content in [&on_disk, &in_memory] {
                let got =
                    axum::body::to_bytes(part(content, start as u64, len as u64), usize::MAX).await.unwrap();
                assert!(got == bytes[start..start + len], "{start} {len}");
            }
        }
    }

    #[tokio::test]
    async fn a_file_that_ends_early_is_an_error() {
        let content = Content::Disk(Arc::new(tempfile::tempfile().unwrap()));
        assert!(axum::body::to_bytes(part(&content, 0, 5), usize::MAX).await.is_err());
    }
}
