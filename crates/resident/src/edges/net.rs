use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

/// One GET. The edge follows no redirect, decodes nothing and adds nothing that tells who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The address.
    pub url: String,
    /// May the answer come packed with gzip? It is handed on packed.
    pub gzip: bool,
    /// Wanted from this byte on (`Range: bytes=n-`).
    pub from: Option<u64>,
    /// The whole answer has to be there within this time; none: as long as something comes.
    pub within: Option<Duration>,
}

/// The head of an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    /// The status.
    pub status: u16,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// `Content-Encoding`, when the bytes that follow are still packed.
    pub content_encoding: Option<String>,
    /// First byte of `Content-Range`.
    pub range_start: Option<u64>,
    /// `Location`.
    pub location: Option<String>,
}

/// Takes an answer as it comes: the head once, then the body piece by piece as it came over the wire.
pub trait Receive {
    /// The head. An error ends the request.
    fn head(&mut self, head: Head) -> Result<(), NetError>;
    /// A piece of the body. An error ends the request.
    fn chunk(&mut self, bytes: &[u8]) -> Result<(), NetError>;
}

/// Why an answer did not come, or is none of the town's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NetError {
    /// This phone has no network at all.
    #[error("this device is offline")]
    DeviceOffline,
    /// The phone has a network, the town does not answer (refused, timed out, cut off, 5xx, name unknown).
    #[error("the town cannot be reached: {0}")]
    Unreachable(String),
    /// Someone in between answered: a page to log in where data was expected.
    #[error("something between here and the town answered in its place: {0}")]
    CaptivePortal(String),
    /// More than it may be.
    #[error("the answer is larger than {max} bytes")]
    TooLarge {
        /// The limit.
        max: u64,
    },
    /// There is no such file.
    #[error("not there")]
    NotFound,
    /// Whoever receives wants no more; it knows why.
    #[error("stopped by the receiver")]
    Stopped,
}

/// What a request becomes. Not `Send`: in a browser it cannot be.
pub type Answering<'a> = Pin<Box<dyn Future<Output = Result<(), NetError>> + 'a>>;

/// Sends requests.
pub trait Net {
    /// Sends one and hands what comes to `receiver`. Errors of the receiver are handed back as they are.
    fn get<'a>(&'a self, request: &'a Request, receiver: &'a mut dyn Receive) -> Answering<'a>;
}
