use std::io::{Read, Write};
use std::net::TcpStream;

use super::*;

/// A page that is served as long as the test process lives.
struct Served {
    address: String,
    token: String,
    _folder: tempfile::TempDir,
}

fn served() -> Served {
    let folder = tempfile::tempdir().unwrap();
    let dist = folder.path().join("dist");
    std::fs::create_dir_all(dist.join("assets")).unwrap();
    std::fs::write(dist.join("index.html"), "<!doctype html>page").unwrap();
    std::fs::write(dist.join("assets/app.js"), "let app").unwrap();
    let home = folder.path().join("home");
    let ui = Ui::open(&home, "127.0.0.1:0".parse().unwrap(), &dist).ok().unwrap();
    let url = ui.guard.url();
    let (address, token) = url.strip_prefix("http://").unwrap().split_once("/?token=").unwrap();
    let (address, token) = (address.to_string(), token.to_string());
    let phone = Phone::open(Box::new(FolderHome::new(&home)), Box::new(SystemClock)).unwrap();
    std::thread::spawn(move || ui.run(&phone, "http://127.0.0.1:9/").ok().unwrap());
    Served { address, token, _folder: folder }
}

impl Served {
    /// Sends this head and body as they are, and reads all that comes.
    fn raw(&self, head: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let length = body.len();
        write!(stream, "{head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn get(&self, path: &str) -> String {
        self.raw(&format!("GET {path} HTTP/1.1\r\nHost: {}", self.address), "")
    }

    /// Calls a command with these headers in place of the right ones.
    fn post(&self, command: &str, host: &str, token: &str, more: &str, body: &str) -> String {
        self.raw(
            &format!("POST /ipc/{command} HTTP/1.1\r\nHost: {host}\r\nX-Madoguchi-Token: {token}{more}"),
            body,
        )
    }

    fn call(&self, command: &str, body: &str) -> String {
        self.post(command, &self.address, &self.token, "", body)
    }
}

fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).unwrap().parse().unwrap()
}

#[test]
fn the_page_and_its_commands_are_served() {
    let served = served();
    let page = served.get("/?token=x");
    assert_eq!(status(&page), 200);
    assert!(page.contains("Content-Type: text/html") && page.ends_with("page"));
    assert!(page.contains(
        "Content-Security-Policy: default-src 'self'; connect-src 'self'; img-src 'self' data: blob:;"
    ));
    assert!(!page.contains("unsafe"));
    assert!(served.get("/assets/app.js").contains("Content-Type: text/javascript"));
    assert!(served.get("/notices/a").ends_with("page"));
    for path in ["/assets/none.js", "/../home/private.db", "/%2e%2e/home/private.db", "/file/x", "/ipc/towns"]
    {
        assert_eq!(status(&served.get(path)), 404, "{path}");
    }
    let towns = served.call("towns", "{}");
    assert!(towns.ends_with(r#"{"towns":[]}"#), "{towns}");
    let origin = format!("\r\nOrigin: http://{}", served.address);
    assert_eq!(status(&served.post("towns", &served.address, &served.token, &origin, "")), 200);
}

#[test]
fn what_is_not_done_has_a_status_and_a_code() {
    let served = served();
    for (command, body, expected, code) in [
        ("fly", "{}", 404, "unknown-command"),
        ("notice", "{}", 400, "bad-arguments"),
        ("notice", "{", 400, "bad-arguments"),
        ("today", "{}", 404, "no-town"),
        ("join", r#"{"address":"http://127.0.0.1:9/"}"#, 503, "unreachable"),
    ] {
        let answer = served.call(command, body);
        assert_eq!(status(&answer), expected, "{command} {answer}");
        assert!(answer.contains(&format!(r#"{{"error":{{"code":"{code}""#)), "{answer}");
    }
    assert_eq!(status(&served.call("notice", &" ".repeat(70_000))), 413);
}

#[test]
fn tiles_want_the_token_and_the_countrys_map_the_residents_word() {
    let served = served();
    let get = |path: &str, token: &str| {
        let Served { address, .. } = &served;
        served.raw(&format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nX-Madoguchi-Token: {token}"), "")
    };
    for path in ["/tile?source=base&z=14&x=1&y=1", "/gsi-tile?z=14&x=1&y=1"] {
        assert_eq!(status(&get(path, "x")), 401, "{path}");
    }
    assert_eq!(status(&get("/gsi-tile?z=14", &served.token)), 400);
    let off = get("/gsi-tile?z=14&x=1&y=1", &served.token);
    assert!(status(&off) == 422 && off.contains(r#""code":"online-map-off""#), "{off}");
    served.call("set_settings", r#"{"online_map":true}"#);
    // Nobody listens there.
    assert_eq!(status(&get("/gsi-tile?z=14&x=1&y=1", &served.token)), 503);
}

#[test]
fn a_sync_answers_in_lines() {
    let served = served();
    let answer = served.call("sync", "{}");
    assert!(answer.contains("Content-Type: application/x-ndjson") && status(&answer) == 200);
    assert!(answer.contains(r#"{"error":{"code":"no-town""#), "{answer}");
    let lines = "\r\nAccept: application/x-ndjson";
    let join = r#"{"address":"http://127.0.0.1:9/"}"#;
    let answer = served.post("join", &served.address, &served.token, lines, join);
    let (progress, error) = (answer.find(r#"{"progress":{"kind":"checking"}}"#), answer.find(r#"{"error":"#));
    assert!(progress.is_some() && progress < error, "{answer}");
}

#[test]
fn without_the_token_of_this_run_no_command_is_done() {
    let served = served();
    let without = format!("POST /ipc/towns HTTP/1.1\r\nHost: {}", served.address);
    for answer in [
        served.raw(&without, "{}"),
        served.post("towns", &served.address, "", "", "{}"),
        served.post("towns", &served.address, &"0".repeat(64), "", "{}"),
        served.post("towns", &served.address, served.token.get(1..).unwrap(), "", "{}"),
    ] {
        assert_eq!(status(&answer), 401, "{answer}");
        assert!(!answer.contains("towns"), "{answer}");
    }
}

#[test]
fn a_foreign_name_for_this_address_is_refused() {
    let served = served();
    let port = served.address.rsplit(':').next().unwrap();
    for host in
        ["evil.example", &format!("evil.example:{port}"), &format!("localhost:{port}"), "127.0.0.1", ""]
    {
        assert_eq!(status(&served.post("towns", host, &served.token, "", "{}")), 403, "{host}");
        assert_eq!(status(&served.raw(&format!("GET / HTTP/1.1\r\nHost: {host}"), "")), 403, "{host}");
    }
    assert_eq!(status(&served.raw("GET / HTTP/1.1\r\nX: y", "")), 403);
    let twice = format!("\r\nHost: evil.example:{port}");
    assert_eq!(status(&served.post("towns", &served.address, &served.token, &twice, "{}")), 403);
}

#[test]
fn a_foreign_page_is_refused() {
    let served = served();
    for origin in ["http://evil.example", "null", "http://127.0.0.1", &format!("https://{}", served.address)]
    {
        let origin = format!("\r\nOrigin: {origin}");
        let answer = served.post("towns", &served.address, &served.token, &origin, "{}");
        assert_eq!(status(&answer), 403, "{origin}");
    }
}

#[test]
fn only_this_machine_is_listened_to() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("index.html"), "page").unwrap();
    let code = |listen: &str, dist: &Path| match Ui::open(folder.path(), listen.parse().unwrap(), dist) {
        Err(Failure::Other(code, _)) => code,
        _ => "served",
    };
    for listen in ["0.0.0.0:0", "[::]:0", "192.0.2.1:0"] {
        assert_eq!(code(listen, folder.path()), "listen-not-loopback", "{listen}");
    }
    assert_eq!(code("127.0.0.1:0", folder.path()), "served");
    assert_eq!(code("127.0.0.1:0", &folder.path().join("none")), "no-dist");
}

#[test]
fn each_run_has_a_token_of_its_own() {
    let (one, other) = (served(), served());
    assert!(one.token.len() == 64 && one.token != other.token);
}
