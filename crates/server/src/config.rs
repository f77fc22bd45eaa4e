use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use madoguchi_model::TownCode;

use crate::Event;

/// What the server is to tell its operator.
pub type Log = Arc<dyn Fn(&Event) + Send + Sync>;

/// Work to be done regularly beside serving.
pub type Tick = Arc<dyn Fn() + Send + Sync>;

/// All that a server needs to know before it starts.
#[derive(Clone)]
pub struct Config {
    /// The address to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The towns that are served.
    pub towns: Vec<TownSite>,
    /// Called at the start and then once per period, on a thread where it may block (signing anew, releasing what
    /// is due). A call that takes longer than the period is never overtaken by the next; one that panics is logged.
    pub tick: Option<(Duration, Tick)>,
    /// What the server allows itself and its visitors.
    pub limits: Limits,
    /// Where events go. They name no visitor.
    pub log: Log,
}

impl Config {
    /// A server for these towns with the usual limits, no tick, and its events on stderr.
    pub fn new(listen: SocketAddr, towns: Vec<TownSite>) -> Self {
        let log = Arc::new(|event: &Event| eprintln!("{event}"));
        Config { listen, towns, tick: None, limits: Limits::default(), log }
    }
}

/// One town's public folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TownSite {
    /// Its code, under which it is served. May be left out when the server has only this town, which is then
    /// served directly under `/` only.
    pub code: Option<TownCode>,
    /// The folder that `madoguchi publish` wrote.
    pub public: PathBuf,
}

impl TownSite {
    /// A town under its code.
    pub fn new(code: TownCode, public: impl Into<PathBuf>) -> Self {
        TownSite { code: Some(code), public: public.into() }
    }
}

/// What the server allows itself and its visitors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Connections at one time; whoever comes later waits in the system's queue.
    pub connections: usize,
    /// How long a connection may take to send the head of its next request. It runs while a connection is idle as
    /// well, so that neither a slow sender nor a silent one holds a place.
    pub request_head: Duration,
    /// How long a visitor may leave an answer lying without taking any of it.
    pub stalled_answer: Duration,
    /// How long running answers may take once the server is to stop.
    pub grace: Duration,
    /// For how long a file is believed to be unchanged without looking.
    pub recheck: Duration,
    /// How much of the files is kept in memory.
    pub cache_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            connections: 4096,
            request_head: Duration::from_secs(10),
            stalled_answer: Duration::from_secs(30),
            grace: Duration::from_secs(10),
            recheck: Duration::from_secs(1),
            cache_bytes: 256 << 20,
        }
    }
}

/// Why a server could not start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// There is nothing to serve.
    #[error("no town to serve")]
    NoTown,
    /// Several towns, and one has no code to tell it from the others.
    #[error("{0} needs a town code, because the server has several towns")]
    CodeMissing(PathBuf),
    /// The same code twice.
    #[error("the town {0} is given twice")]
    SameTownTwice(TownCode),
    /// A public folder that is not there.
    #[error("the public folder {path}: {source}")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The address is taken or not ours.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
}
