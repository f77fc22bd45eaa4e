//! Requests to one town (or the country's survey): what an answer means, and what it cost.

use std::io::Read;
use std::time::Duration;

use flate2::read::MultiGzDecoder;

use crate::edges::{Head, Net, NetError, Receive, Request};
use crate::towns::resolve;

/// Of an answer that is none, so much is read before the line is dropped.
const NO_ANSWER: u64 = 64 * 1024;
/// Redirects followed, all within the same host.
const REDIRECTS: usize = 3;

/// The line to one town. Counts what goes over it.
pub(crate) struct Wire<'a> {
    net: &'a dyn Net,
    base: &'a str,
    within: Option<Duration>,
    /// Requests sent.
    pub(crate) requests: u64,
    /// Bytes of bodies as they came, of every answer.
    pub(crate) bytes: u64,
}

/// Takes the body of a good answer.
pub(super) trait Take {
    /// It begins: with byte `start` of the file.
    fn begin(&mut self, start: u64, packed: bool) -> Result<(), NetError>;
    /// A piece.
    fn piece(&mut self, bytes: &[u8]) -> Result<(), NetError>;
}

impl<'a> Wire<'a> {
    /// The line to the town whose bundle lies at `base`.
    pub(crate) fn new(net: &'a dyn Net, base: &'a str) -> Self {
        Wire { net, base, within: None, requests: 0, bytes: 0 }
    }

    /// With so much time for each answer.
    pub(crate) fn within(self, time: Duration) -> Self {
        Wire { within: Some(time), ..self }
    }

    /// Gets a small file of data whole: at most `max` bytes, packed or not.
    pub(crate) async fn whole(&mut self, path: &str, max: u64) -> Result<Vec<u8>, NetError> {
        let mut whole = Whole { max, packed: false, bytes: Vec::new() };
        self.get(path, true, None, true, &mut whole).await?;
        match whole.packed {
            true => unpack(&whole.bytes, max),
            false => Ok(whole.bytes),
        }
    }

    /// Gets a file of the bundle from byte `from` on. What is `data` must not be a web page.
    pub(super) async fn part(
        &mut self,
        path: &str,
        from: u64,
        data: bool,
        take: &mut dyn Take,
    ) -> Result<(), NetError> {
        // What lies packed in the bundle gains nothing, and half of a packed answer could not be continued.
        self.get(path, false, (from > 0).then_some(from), data, take).await
    }

    async fn get(
        &mut self,
        path: &str,
        gzip: bool,
        from: Option<u64>,
        data: bool,
        take: &mut dyn Take,
    ) -> Result<(), NetError> {
        let mut url = format!("{}{path}", self.base);
        for _ in 0..=REDIRECTS {
            let request = Request { url, gzip, from, within: self.within };
            let mut answer = Answer { head: Head::default(), bytes: 0, data, take };
            self.requests += 1;
            let result = self.net.get(&request, &mut answer).await;
            self.bytes += answer.bytes;
            match answer.head.status {
                0 | 200..=299 => return result,
                300..=399 => {
                    let to = answer.head.location.unwrap_or_default();
                    url = resolve(&request.url, &to).ok_or(NetError::CaptivePortal(to))?;
                }
                // Static hosts answer 403 for what is not there when they may not say so.
                403 | 404 | 410 | 416 => return Err(NetError::NotFound),
                511 => return Err(NetError::CaptivePortal("status 511".into())),
                status => return Err(NetError::Unreachable(format!("status {status}"))),
            }
        }
        Err(NetError::Unreachable("redirected in a circle".into()))
    }
}

struct Answer<'t> {
    head: Head,
    bytes: u64,
    data: bool,
    take: &'t mut dyn Take,
}

impl Receive for Answer<'_> {
    fn head(&mut self, head: Head) -> Result<(), NetError> {
        self.head = head;
        let head = &self.head;
        if !(200..=299).contains(&head.status) {
            return Ok(());
        }
        let kind = head.content_type.as_deref().unwrap_or_default().trim_start().to_ascii_lowercase();
        if self.data && (kind.starts_with("text/html") || kind.starts_with("application/xhtml")) {
            return Err(NetError::CaptivePortal(format!("a page ({kind})")));
        }
        let packed = match head.content_encoding.as_deref().map(str::trim) {
            None | Some("" | "identity") => false,
            Some(gzip) if gzip.eq_ignore_ascii_case("gzip") => true,
            Some(other) => return Err(NetError::Unreachable(format!("answered in {other}"))),
        };
        let start = if head.status == 206 { head.range_start.unwrap_or(0) } else { 0 };
        self.take.begin(start, packed)
    }

    fn chunk(&mut self, bytes: &[u8]) -> Result<(), NetError> {
        let first = self.bytes == 0;
        self.bytes += bytes.len() as u64;
        if !(200..=299).contains(&self.head.status) {
            return if self.bytes > NO_ANSWER { Err(NetError::Stopped) } else { Ok(()) };
        }
        // Neither JSON nor zstd nor gzip begins so; a page whose kind was not named does. (The rest of a file may.)
        if first && self.data && self.head.status != 206 && bytes.trim_ascii_start().first() == Some(&b'<') {
            return Err(NetError::CaptivePortal("a page".into()));
        }
        self.take.piece(bytes)
    }
}

struct Whole {
    max: u64,
    packed: bool,
    bytes: Vec<u8>,
}

impl Take for Whole {
    fn begin(&mut self, _start: u64, packed: bool) -> Result<(), NetError> {
        self.packed = packed;
        Ok(())
    }

    fn piece(&mut self, bytes: &[u8]) -> Result<(), NetError> {
        // What gzip cannot make smaller it makes a little larger.
        let max = if self.packed { self.max.saturating_add(1024) } else { self.max };
        if (self.bytes.len() + bytes.len()) as u64 > max {
            return Err(NetError::TooLarge { max: self.max });
        }
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }
}

/// Unpacks gzip; a bomb stops at `max`.
fn unpack(packed: &[u8], max: u64) -> Result<Vec<u8>, NetError> {
    let mut bytes = Vec::new();
    MultiGzDecoder::new(packed)
        .take(max.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|e| NetError::Unreachable(format!("the answer was cut off or damaged: {e}")))?;
    if bytes.len() as u64 > max {
        return Err(NetError::TooLarge { max });
    }
    Ok(bytes)
}

#[cfg(test)]
#[path = "wire_tests.rs"]
mod tests;
