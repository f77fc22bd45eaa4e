//! The app's screen in a browser on this machine: the built UI, and the commands of `api` over HTTP on loopback.

mod answer;
mod files;
mod guard;
mod ipc;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;

use madoguchi_resident::Phone;
use madoguchi_resident::api::AttachmentQuery;
use madoguchi_resident::edges::{FolderHome, SystemClock};
use madoguchi_resident::native::{PassphraseKeys, UreqNet};
use serde_json::json;
use tiny_http::{Method, Request, Server};

use crate::args::ServeUi;
use crate::{Answer, Failure};
use answer::{error, respond};
use guard::Guard;

/// So many requests at once: a sync that waits for the network must not keep the screen waiting.
const WORKERS: usize = 8;

/// What is served, and to whom.
struct Ui {
    server: Server,
    guard: Guard,
    home: PathBuf,
    dist: PathBuf,
    /// Files of notices that were asked for, under names that nobody can guess.
    files: Mutex<BTreeMap<String, AttachmentQuery>>,
}

/// Says where it listens, and serves until the process ends.
pub fn serve_ui(phone: &Phone, home: &Path, json: bool, wanted: &ServeUi) -> Result<Answer, Failure> {
    let ui = Ui::open(home, wanted.listen, &wanted.dist)?;
    let url = ui.guard.url();
    let said = if json { json!({ "listening": url }).to_string() } else { url };
    // Whoever started this reads the address and may close the pipe.
    let _ = writeln!(io::stdout(), "{said}").and_then(|()| io::stdout().flush());
    ui.run(phone, &wanted.gsi)?;
    Err(Failure::Other("listen", "the server ended".into()))
}

impl Ui {
    fn open(home: &Path, listen: SocketAddr, dist: &Path) -> Result<Self, Failure> {
        if !listen.ip().is_loopback() {
            return Err(Failure::Other("listen-not-loopback", format!("{listen} is reachable for others")));
        }
        if !dist.join("index.html").is_file() {
            return Err(Failure::Other("no-dist", format!("{}: no index.html", dist.display())));
        }
        let failed = |why: String| Failure::Other("listen", format!("{listen}: {why}"));
        let listener = TcpListener::bind(listen).map_err(|e| failed(e.to_string()))?;
        let address = listener.local_addr().map_err(|e| failed(e.to_string()))?;
        let guard = Guard::new(address).map_err(failed)?;
        let server = Server::from_listener(listener, None).map_err(|e| failed(e.to_string()))?;
        Ok(Ui { server, guard, home: home.into(), dist: dist.into(), files: Mutex::default() })
    }

    fn run(&self, phone: &Phone, gsi: &str) -> Result<(), Failure> {
        let edges = || (Box::new(FolderHome::new(&self.home)), Box::new(SystemClock));
        let (home, clock) = edges();
        let mut first = phone.beside(home, clock)?.with_gsi(gsi);
        if let Some(keys) = PassphraseKeys::from_environment(&self.home) {
            first = first.with_keys(Box::new(keys));
        }
        let beside = |_| {
            let (home, clock) = edges();
            first.beside(home, clock)
        };
        let phones = (0..WORKERS).map(beside).collect::<Result<Vec<_>, _>>()?;
        thread::scope(|threads| {
            for phone in phones {
                threads.spawn(move || self.work(&phone));
            }
        });
        Ok(())
    }

    fn work(&self, phone: &Phone) {
        let net = UreqNet::new();
        while let Ok(request) = self.server.recv() {
            // Whoever hung up wants no answer.
            let _ = self.answer(phone, &net, request);
        }
    }

    fn answer(&self, phone: &Phone, net: &UreqNet, request: Request) -> io::Result<()> {
        if !self.guard.is_ours(&request) {
            return respond(request, error(403, "not-here", "this address answers to its own page only"));
        }
        let path = request.url().split(['?', '#']).next().unwrap_or_default().to_owned();
        let guarded = match request.method() {
            Method::Post => path.starts_with("/ipc/"),
            Method::Get => path == "/tile" || path == "/gsi-tile",
            _ => false,
        };
        if guarded && !self.guard.has_token(&request) {
            return respond(request, error(401, "bad-token", "the token of this run is missing or wrong"));
        }
        match (request.method(), path.strip_prefix("/ipc/"), path.strip_prefix("/file/")) {
            (Method::Post, Some(command), _) => self.call(phone, net, request, command),
            (Method::Get, None, None) if path == "/tile" => files::tile(phone, request),
            (Method::Get, None, None) if path == "/gsi-tile" => files::gsi(phone, net, request),
            (Method::Get, None, Some(name)) => self.attachment(phone, net, request, name),
            (Method::Get | Method::Head, None, None) => respond(request, files::page(&self.dist, &path)),
            _ => respond(request, error(404, "not-found", "there is nothing here")),
        }
    }
}
