use std::cell::RefCell;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::kept::Kept;
use super::*;
use crate::edges::{Answering, FolderHome, Net, NetError, Receive, Request};
use crate::native::{UreqNet, wait};
use crate::settings::{SetSettings, set_settings};
use crate::storage::{forget_cache, storage};
use crate::sync::testing::phone_at;

const TILE: GsiTile = GsiTile { z: 15, x: 29002, y: 13024 };

fn png(length: usize) -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    png.resize(length, 7);
    png
}

fn head(status: &str, more: &str, length: usize) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\n{more}Content-Length: {length}\r\nConnection: close\r\n\r\n").into_bytes()
}

fn answer(status: &str, more: &str, body: &[u8]) -> Vec<u8> {
    [head(status, more, body.len()), body.to_vec()].concat()
}

/// Stands for the survey's server, on this machine: always gives this answer, and tells what it was asked for.
struct Server {
    url: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn new(answer: Vec<u8>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/xyz/pale/", listener.local_addr().unwrap());
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let told = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                told.lock().unwrap().push(request(&stream));
                // Whoever has read enough hangs up.
                let _ = (&stream).write_all(&answer);
            }
        });
        Server { url, asked }
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn request(stream: &TcpStream) -> String {
    let lines = BufReader::new(stream).lines().map_while(Result::ok);
    lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

struct Looking {
    folder: tempfile::TempDir,
    address: String,
}

impl Looking {
    /// A phone on which the map was switched on, and which asks there.
    fn at(address: &str) -> Self {
        let looking = Looking { folder: tempfile::tempdir().unwrap(), address: address.into() };
        looking.switch(true);
        looking
    }

    fn phone(&self, days: i64) -> Phone {
        let now = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * days);
        phone_at(self.folder.path(), now).with_gsi(&self.address)
    }

    fn switch(&self, on: bool) {
        let wanted = SetSettings { online_map: Some(on), ..Default::default() };
        assert_eq!(set_settings(&self.phone(0), wanted).unwrap().online_map, on);
    }

    fn code(&self, wanted: GsiTile) -> &'static str {
        wait(tile(&self.phone(0), &UreqNet::new(), wanted)).unwrap_err().code()
    }

    fn tile(&self, days: i64) -> Vec<u8> {
        wait(tile(&self.phone(days), &UreqNet::new(), TILE)).unwrap()
    }
}

fn nobody() -> String {
    format!("http://{}/", TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap())
}

#[test]
fn a_tile_comes_once_and_is_there_without_a_network() {
    let server = Server::new(answer("200 OK", "Content-Type: image/png\r\n", &png(20_000)));
    let mut looking = Looking::at(&server.url);
    assert_eq!((looking.tile(0), looking.tile(29)), (png(20_000), png(20_000)));
    let asked = server.asked();
    assert_eq!(asked.len(), 1, "{asked:?}");
    assert!(asked[0].starts_with("GET /xyz/pale/15/29002/13024.png HTTP/1.1"), "{asked:?}");
    // A month later the map may be another one; where it cannot be had, the old one is better than none.
    assert_eq!((looking.tile(31), server.asked().len()), (png(20_000), 2));
    looking.address = nobody();
    assert_eq!(looking.tile(90), png(20_000));
    let other = GsiTile { x: 1, ..TILE };
    assert_eq!(looking.code(other), "unreachable");
}

#[test]
fn where_the_survey_has_no_tile_it_is_not_asked_again_that_day() {
    let sea = Server::new(answer("404 Not Found", "Content-Type: text/html\r\n", b"<title>404</title>"));
    let mut looking = Looking::at(&sea.url);
    let code = |looking: &Looking, days| {
        wait(tile(&looking.phone(days), &UreqNet::new(), TILE)).map_err(|error| error.code())
    };
    assert_eq!((code(&looking, 0), code(&looking, 0)), (Err("missing"), Err("missing")));
    assert_eq!(sea.asked().len(), 1);
    assert_eq!((code(&looking, 1), sea.asked().len()), (Err("missing"), 2));
    // The survey draws on: the next day there may be one, and a tile that was there is better than none.
    let land = Server::new(answer("200 OK", "", &png(20_000)));
    looking.address.clone_from(&land.url);
    assert_eq!(code(&looking, 2), Ok(png(20_000)));
    looking.address = sea.url;
    assert_eq!(code(&looking, 40), Ok(png(20_000)));
}

#[test]
fn nothing_tells_more_than_which_tile() {
    let server = Server::new(answer("200 OK", "", &png(100)));
    Looking::at(&server.url).tile(0);
    let asked = server.asked()[0].to_ascii_lowercase();
    let mut names: Vec<_> = asked.lines().skip(1).filter_map(|line| Some(line.split_once(':')?.0)).collect();
    names.sort_unstable();
    assert_eq!(names, ["accept-encoding", "host", "user-agent"]);
    assert!(asked.contains("user-agent: madoguchi"), "{asked}");
}

#[test]
fn switched_off_nobody_is_asked_and_nothing_is_kept() {
    let server = Server::new(answer("200 OK", "", &png(20_000)));
    let looking = Looking::at(&server.url);
    looking.switch(false);
    assert_eq!((looking.code(TILE), server.asked().len()), ("online-map-off", 0));
    // As it comes, it is off.
    let fresh = tempfile::tempdir().unwrap();
    let phone = phone_at(fresh.path(), Timestamp::UNIX_EPOCH).with_gsi(&server.url);
    assert_eq!(wait(tile(&phone, &UreqNet::new(), TILE)).unwrap_err().code(), "online-map-off");
    assert_eq!(server.asked().len(), 0);
    // What came while it was on goes with it.
    looking.switch(true);
    looking.tile(0);
    let file = looking.folder.path().join("gsi.db");
    assert!(file.exists());
    looking.switch(false);
    assert!(!file.exists());
    looking.switch(true);
    looking.tile(0);
    assert_eq!(server.asked().len(), 2);
}

#[test]
fn what_no_map_has_is_not_asked_for() {
    let server = Server::new(answer("200 OK", "", &png(100)));
    let looking = Looking::at(&server.url);
    for (z, x, y) in [(4, 0, 0), (19, 0, 0), (255, 0, 0), (5, 32, 0), (5, 0, 32), (18, 0, u32::MAX)] {
        assert_eq!(looking.code(GsiTile { z, x, y }), "no-tile", "{z}/{x}/{y}");
    }
    assert!(server.asked().is_empty());
    for z in [5, 18] {
        let last = (1 << z) - 1;
        wait(tile(&looking.phone(0), &UreqNet::new(), GsiTile { z, x: last, y: last })).unwrap();
    }
}

#[test]
fn what_is_no_tile_is_not_taken_and_not_kept() {
    let page = b"<!doctype html><title>Wi-Fi</title>";
    for (given, code) in [
        (answer("200 OK", "Content-Type: text/html\r\n", page), "captive-portal"),
        (answer("200 OK", "Content-Type: image/png\r\n", page), "captive-portal"),
        // Neither a page nor a PNG.
        (answer("200 OK", "", b"GIF89a"), "captive-portal"),
        (answer("200 OK", "", b""), "captive-portal"),
        (answer("302 Found", "Location: https://login.example/\r\n", b""), "captive-portal"),
        (answer("503 Service Unavailable", "", page), "unreachable"),
        (answer("200 OK", "", &png(512 * 1024 + 1)), "too-large"),
        // Cut off.
        ([head("200 OK", "", 20_000), png(10_000)].concat(), "unreachable"),
    ] {
        let server = Server::new(given);
        let looking = Looking::at(&server.url);
        assert_eq!(looking.code(TILE), code);
        assert_eq!(looking.code(TILE), code);
        assert_eq!(server.asked().len(), 2, "{code}: nothing was kept");
    }
    let server = Server::new(answer("200 OK", "", &png(512 * 1024)));
    assert_eq!(Looking::at(&server.url).tile(0).len(), 512 * 1024);
}

/// Has no network, and notes what it was to ask.
#[derive(Default)]
struct Offline(RefCell<Vec<Request>>);

impl Net for Offline {
    fn get<'a>(&'a self, request: &'a Request, _: &'a mut dyn Receive) -> Answering<'a> {
        self.0.borrow_mut().push(request.clone());
        Box::pin(async { Err(NetError::DeviceOffline) })
    }
}

#[test]
fn a_phone_without_a_network_says_so_and_nobody_waits_long() {
    let looking = Looking::at(PALE);
    let net = Offline::default();
    assert_eq!(wait(tile(&looking.phone(0), &net, TILE)).unwrap_err().code(), "offline");
    let asked = net.0.into_inner();
    assert_eq!(asked[0].url, "https://cyberjapandata.gsi.go.jp/xyz/pale/15/29002/13024.png");
    assert!(asked[0].within.is_some_and(|time| time <= Duration::from_secs(10)));
}

#[test]
fn the_oldest_go_where_there_is_no_more_room() {
    let folder = tempfile::tempdir().unwrap();
    let kept = Kept::open(&FolderHome::new(folder.path())).unwrap();
    let keep = |x: u32, second: i64| {
        let at = Timestamp::from_second(second).unwrap();
        kept.keep(GsiTile { x, ..TILE }, at, &png(1_000), 3_500).unwrap();
    };
    let here =
        || (0..6).filter(|x| kept.find(GsiTile { x: *x, ..TILE }).unwrap().is_some()).collect::<Vec<_>>();
    keep(0, 10);
    keep(1, 30);
    keep(2, 20);
    assert_eq!(here(), [0, 1, 2]);
    keep(3, 40);
    assert_eq!(here(), [1, 2, 3]);
    // One that came anew is new.
    keep(2, 50);
    keep(4, 60);
    assert_eq!(here(), [2, 3, 4]);
}

#[test]
fn what_is_kept_counts_and_is_thrown_away_with_the_rest() {
    let server = Server::new(answer("200 OK", "", &png(200_000)));
    let looking = Looking::at(&server.url);
    let before = storage(&looking.phone(0)).unwrap().cache_bytes;
    looking.tile(0);
    assert!(storage(&looking.phone(0)).unwrap().cache_bytes > before + 190_000);
    assert!(forget_cache(&looking.phone(0)).unwrap().cache_bytes < 100_000);
    looking.tile(0);
    assert_eq!(server.asked().len(), 2);
}

#[test]
fn a_damaged_store_is_in_nobodys_way() {
    let server = Server::new(answer("200 OK", "", &png(20_000)));
    let looking = Looking::at(&server.url);
    std::fs::write(looking.folder.path().join("gsi.db"), vec![b'x'; 50_000]).unwrap();
    assert_eq!((looking.tile(0), looking.tile(0)), (png(20_000), png(20_000)));
    assert_eq!(server.asked().len(), 1);
}
