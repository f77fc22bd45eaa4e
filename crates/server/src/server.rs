use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::connection::{Counter, converse};
use crate::files::{Files, Towns};
use crate::routes::router;
use crate::tick::keep_ticking;
use crate::{Config, Event, Limits, Log, ServeError, Tick};

/// How often the operator hears how much was answered.
const COUNT_EVERY: Duration = Duration::from_secs(3600);

/// A server that has its address and does not answer yet.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    counter: Arc<Counter>,
    tick: Option<(Duration, Tick)>,
    limits: Limits,
    log: Log,
}

/// Serves until `shutdown` comes, then lets running answers finish.
pub async fn serve(config: Config, shutdown: impl Future<Output = ()>) -> Result<(), ServeError> {
    Server::bind(config).await?.run(shutdown).await;
    Ok(())
}

impl Server {
    /// Checks the towns and takes the address.
    pub async fn bind(config: Config) -> Result<Server, ServeError> {
        let Config { listen, towns, tick, limits, log } = config;
        let files = Arc::new(Files::new(Towns::new(towns)?, &limits, log.clone()));
        let failed = |source| ServeError::Listen { address: listen, source };
        let listener = TcpListener::bind(listen).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let counter = Arc::new(Counter::new(files.clone(), router(files)));
        Ok(Server { listener, address, counter, tick, limits, log })
    }

    /// The address that was taken.
    pub fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `shutdown` comes; then takes no new connection and gives running answers, and a tick that
    /// runs, the time of grace.
    pub async fn run(self, shutdown: impl Future<Output = ()>) {
        let Server { listener, counter, tick, limits, log, .. } = self;
        let (close, closing) = watch::channel(false);
        let ticking =
            tick.map(|(period, tick)| tokio::spawn(keep_ticking(period, tick, log.clone(), closing.clone())));
        let mut connections = JoinSet::new();
        let mut count = tokio::time::interval_at(Instant::now() + COUNT_EVERY, COUNT_EVERY);
        let mut shutdown = pin!(shutdown);
        loop {
            // Whoever is one too many is not taken from the system's queue before a place is free.
            let has_place = connections.len() < limits.connections.max(1);
            tokio::select! {
                () = &mut shutdown => break,
                Some(_) = connections.join_next() => {}
                _ = count.tick() => tell_counts(&counter, &log),
                accepted = accept(&listener, &log), if has_place => {
                    if let Some(stream) = accepted {
                        connections.spawn(converse(stream, counter.clone(), limits, closing.clone()));
                    }
                }
            }
        }
        drop(listener);
        close.send_replace(true);
        let finished = async {
            while connections.join_next().await.is_some() {}
            if let Some(ticking) = ticking {
                ticking.await.ok();
            }
        };
        if tokio::time::timeout(limits.grace, finished).await.is_err() && !connections.is_empty() {
            log(&Event::CutOff(connections.len()));
        }
        connections.shutdown().await;
        tell_counts(&counter, &log);
    }
}

fn tell_counts(counter: &Counter, log: &Log) {
    if let Some(counts) = counter.tally.take() {
        log(&Event::Counted(counts));
    }
}

/// The next connection. Its visitor's address is let go here and kept nowhere.
async fn accept(listener: &TcpListener, log: &Log) -> Option<TcpStream> {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    match listener.accept().await {
        Ok((stream, _)) => Some(stream),
        Err(error) if matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset) => None,
        Err(error) => {
            log(&Event::AcceptFailed(error.to_string()));
            // Too many files are open, most likely; trying again at once would only make the machine warm.
            tokio::time::sleep(Duration::from_secs(1)).await;
            None
        }
    }
}
