//! The whole server over real sockets, asked in raw HTTP.

mod caching;
mod files;
mod health;
mod ranges;
mod refusals;
mod staying_up;

use std::io::Read;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::{Config, Event, Server, TownSite};

/// A server that runs, and the folder of its (first) town.
struct Running {
    address: SocketAddr,
    folder: TempDir,
    events: Arc<Mutex<Vec<Event>>>,
    stop: oneshot::Sender<()>,
    done: JoinHandle<()>,
}

/// One answer.
struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

/// A server of the town 222127 with these files.
async fn serve(files: &[(&str, &[u8])]) -> Running {
    serve_with(files, |_| {}).await
}

/// The same, with the configuration changed.
async fn serve_with(files: &[(&str, &[u8])], change: impl FnOnce(&mut Config)) -> Running {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        put(folder.path(), name, content);
    }
    let town = TownSite::new("222127".parse().unwrap(), folder.path());
    let mut config = Config::new("127.0.0.1:0".parse().unwrap(), vec![town]);
    let events = Arc::new(Mutex::new(Vec::new()));
    config.log = Arc::new({
        let events = events.clone();
        move |event: &Event| events.lock().unwrap().push(event.clone())
    });
    change(&mut config);
    let server = Server::bind(config).await.unwrap();
    let address = server.local_addr();
    let (stop, stopped) = oneshot::channel();
    let done = tokio::spawn(server.run(async {
        stopped.await.ok();
    }));
    Running { address, folder, events, stop, done }
}

/// Puts a file in place as the publisher does: written beside, then renamed.
fn put(folder: &Path, name: &str, content: &[u8]) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let beside = path.with_extension("part");
    std::fs::write(&beside, content).unwrap();
    std::fs::rename(beside, path).unwrap();
}

impl Running {
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    /// Sends a GET with further header lines, each ending in `\r\n`.
    async fn get(&self, path: &str, headers: &str) -> Reply {
        self.ask("GET", path, headers).await
    }

    async fn ask(&self, method: &str, path: &str, headers: &str) -> Reply {
        self.send(&format!("{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n")).await
    }

    /// Sends these bytes and reads to the end of the connection.
    async fn send(&self, request: &str) -> Reply {
        let mut stream = self.connect().await;
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut bytes = Vec::new();
        let reading = stream.read_to_end(&mut bytes);
        tokio::time::timeout(Duration::from_secs(10), reading).await.expect("an answer in time").unwrap();
        Reply::parse(&bytes)
    }

    /// Stops the server and tells what it had logged.
    async fn stop(self) -> Vec<Event> {
        self.stop.send(()).unwrap();
        tokio::time::timeout(Duration::from_secs(20), self.done).await.expect("an end").unwrap();
        let events = self.events.lock().unwrap();
        events.clone()
    }
}

impl Reply {
    fn parse(bytes: &[u8]) -> Reply {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("a whole head");
        let head = std::str::from_utf8(&bytes[..end]).unwrap();
        let mut lines = head.split("\r\n");
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers = lines
            .map(|line| line.split_once(": ").unwrap())
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect();
        Reply { status, headers, body: bytes[end + 4..].to_vec() }
    }

    fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(header, _)| header == name);
        let value = found.next().map(|(_, value)| value.as_str());
        assert!(found.next().is_none(), "{name} twice");
        value
    }

    fn etag(&self) -> String {
        self.header("etag").expect("an ETag").to_owned()
    }
}

fn gunzip(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    flate2::read::GzDecoder::new(bytes).read_to_end(&mut plain).unwrap();
    plain
}

/// A timestamp file that expires in this year.
fn timestamp(year: u16, version: u32) -> String {
    format!(
        r#"{{"signatures":[],"signed":{{"_type":"timestamp","expires":"{year}-11-22T00:00:00Z","version":{version}}}}}"#
    )
}
