//! Requests a second from `madoguchi serve` beside nginx, for the same files, in alternating rounds.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use madoguchi_tests::TestTown;
use serde_json::{Value, json};

use crate::stats::round;

const ROUNDS: usize = 3;
const SECONDS: &str = "3s";

pub fn run() -> Value {
    for tool in ["/usr/sbin/nginx", "/usr/bin/wrk"] {
        if !Path::new(tool).exists() {
            return json!({"bench": "serve", "skipped": format!("{tool} is not installed (apt-get install nginx-light wrk)")});
        }
    }
    let town = TestTown::new("222127", "焼津市");
    // Digits of a simple generator: content that hardly compresses, for a file of about 100 kB.
    let mut state = 1u64;
    let body: String = (0..120_000)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            char::from(b'!' + ((state >> 33) % 90) as u8)
        })
        .filter(|c| !['"', ','].contains(c))
        .collect();
    town.write(
        "n.csv",
        format!("id,title,body,segment,published_at,department\nn1,題,\"{body}\",暮らし,2026-11-01,広報課\n"),
    );
    town.publish(&[]);
    let folder = town.public().join("targets/notices");
    let target = std::fs::read_dir(folder).expect("targets").flatten().next().expect("a target");
    let size = target.metadata().expect("its size").len();
    let target = format!("/targets/notices/{}", target.file_name().to_str().expect("a name"));
    let ours = town.serve();
    let peer = Nginx::start(&town.public(), town.around());
    std::thread::sleep(Duration::from_millis(500));
    let mut rows = Vec::new();
    for (name, path, conditional) in [
        ("timestamp.json", "/metadata/timestamp.json", false),
        ("304", target.as_str(), true),
        ("target", target.as_str(), false),
    ] {
        let (mut us, mut them) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            us.push(rate(&ours.url, path, conditional, town.around()));
            them.push(rate(&peer.url, path, conditional, town.around()));
        }
        let best = |rates: &[f64]| rates.iter().copied().fold(0.0, f64::max);
        rows.push(json!({"what": name, "ours_per_s": us, "nginx_per_s": them,
            "ratio": round(best(&us) / best(&them)), "limit": 0.5}));
    }
    json!({"bench": "serve", "target_bytes": size, "connections": 32, "rows": rows})
}

/// Requests a second, measured by wrk.
fn rate(url: &str, path: &str, conditional: bool, around: &Path) -> f64 {
    let mut wrk = Command::new("/usr/bin/wrk");
    wrk.args(["-t1", "-c32", "-d", SECONDS]);
    if conditional {
        let etag = etag(url, path);
        let script = around.join("conditional.lua");
        std::fs::write(&script, format!("wrk.headers[\"If-None-Match\"] = '{etag}'\n")).expect("a script");
        wrk.arg("-s").arg(script);
    }
    let output = wrk.arg(format!("{url}{path}")).output().expect("wrk");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = text.lines().find(|line| line.starts_with("Requests/sec")).unwrap_or_else(|| panic!("{text}"));
    line.split_whitespace().nth(1).and_then(|n| n.parse().ok()).unwrap_or(0.0)
}

fn etag(url: &str, path: &str) -> String {
    use std::io::{Read, Write};
    let host = url.trim_start_matches("http://");
    let mut stream = std::net::TcpStream::connect(host).expect("the server");
    write!(stream, "HEAD {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").expect("a request");
    let mut head = String::new();
    stream.read_to_string(&mut head).expect("a head");
    let line = head
        .lines()
        .find(|line| line.to_lowercase().starts_with("etag:"))
        .unwrap_or_else(|| panic!("{head}"));
    line.split_once(':').expect("a header").1.trim().into()
}

/// nginx on a free port, stopped when dropped.
struct Nginx {
    child: Child,
    url: String,
}

impl Nginx {
    fn start(public: &Path, around: &Path) -> Self {
        let port = {
            let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
            listener.local_addr().expect("an address").port()
        };
        let config = around.join("nginx.conf");
        let (around, public) = (around.display(), public.display());
        // As a careful operator sets it up: two workers, sendfile, files kept open.
        let text = format!(
            "daemon off; worker_processes 2; pid {around}/nginx.pid; error_log {around}/nginx.log;\n\
             user root;\nevents {{ worker_connections 1024; }}\n\
             http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;\n\
             open_file_cache max=1000; client_body_temp_path {around}/b; proxy_temp_path {around}/p;\n\
             fastcgi_temp_path {around}/f; uwsgi_temp_path {around}/u; scgi_temp_path {around}/s;\n\
             server {{ listen 127.0.0.1:{port}; root {public}; }} }}\n"
        );
        std::fs::write(&config, text).expect("a configuration");
        let mut command = Command::new("/usr/sbin/nginx");
        command.arg("-c").arg(&config).stderr(Stdio::null());
        Nginx { child: command.spawn().expect("nginx"), url: format!("http://127.0.0.1:{port}") }
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // The master takes its workers along when it is asked politely, by its own process id.
        let _ = Command::new("kill").args(["-QUIT", &self.child.id().to_string()]).status();
        let _ = self.child.wait();
    }
}
