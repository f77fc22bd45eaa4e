use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

/// What a lying server answers.
#[derive(Debug, Clone)]
pub enum Answer {
    /// The file as it lies there.
    True,
    /// These bytes instead, with status 200 and this content type.
    Bytes(Vec<u8>, &'static str),
    /// Another status, nothing else.
    Status(u16),
    /// The head announces the whole file, and after so many bytes the connection ends.
    CutAfter(usize),
    /// The same, and after so many bytes nothing more comes until the other side goes.
    StallAfter(usize),
    /// These bytes as the body of a gzip-encoded answer.
    Gzip(Vec<u8>),
}

/// How the server lies: from the path asked for and the true file to an answer.
pub type Lie = dyn Fn(&str, Option<&[u8]>) -> Answer + Send + Sync;

/// A server of a public folder that changes what it hands out: the network between the town and the phone.
pub struct Liar {
    /// Its address.
    pub url: String,
    /// The paths that were asked for.
    pub requests: Arc<Mutex<Vec<String>>>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Liar {
    /// Serves `public` with this lie.
    pub fn serve(
        public: PathBuf,
        lie: impl Fn(&str, Option<&[u8]>) -> Answer + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let (requests, stop) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(false)));
        let (seen, stopping, lie): (_, _, Arc<Lie>) =
            (Arc::clone(&requests), Arc::clone(&stop), Arc::new(lie));
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if stopping.load(Ordering::SeqCst) {
                    return;
                }
                let _ = answer(stream, &public, &*lie, &seen);
            }
        });
        Liar { url, requests, stop, thread: Some(thread) }
    }
}

impl Drop for Liar {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.url.trim_start_matches("http://"));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn answer(stream: TcpStream, public: &Path, lie: &Lie, seen: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut range = None;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        if let Some(from) = line.to_lowercase().strip_prefix("range: bytes=") {
            range = from.trim().trim_end_matches('-').parse::<usize>().ok();
        }
    }
    let path = first.split(' ').nth(1).unwrap_or("/").trim_start_matches('/').to_string();
    seen.lock().expect("the list").push(path.clone());
    let file = std::fs::read(public.join(&path)).ok();
    let mut stream = stream;
    let mut send = |status: u16, headers: &str, announced: usize, body: &[u8]| {
        let head = format!(
            "HTTP/1.1 {status} X\r\nConnection: close\r\n{headers}Content-Length: {announced}\r\n\r\n"
        );
        stream.write_all(head.as_bytes())?;
        stream.write_all(body)
    };
    match (lie(&path, file.as_deref()), file) {
        (Answer::Bytes(bytes, kind), _) => {
            send(200, &format!("Content-Type: {kind}\r\n"), bytes.len(), &bytes)
        }
        (Answer::Gzip(bytes), _) => send(200, "Content-Encoding: gzip\r\n", bytes.len(), &bytes),
        (Answer::Status(status), _) => send(status, "", 0, b""),
        (_, None) => send(404, "", 0, b""),
        (cut @ (Answer::CutAfter(at) | Answer::StallAfter(at)), Some(file)) => {
            let (status, from) = range.map_or((200, 0), |from| (206, from.min(file.len())));
            let rest = &file[from..];
            let range = format!("Content-Range: bytes {from}-{}/{}\r\n", file.len() - 1, file.len());
            send(status, if status == 206 { &range } else { "" }, rest.len(), &rest[..at.min(rest.len())])?;
            if matches!(cut, Answer::StallAfter(_)) {
                stream.set_read_timeout(Some(std::time::Duration::from_secs(120)))?;
                let _ = reader.read_line(&mut String::new());
            }
            Ok(())
        }
        (Answer::True, Some(file)) => match range.filter(|from| *from < file.len()) {
            Some(from) => {
                let range = format!("Content-Range: bytes {from}-{}/{}\r\n", file.len() - 1, file.len());
                send(206, &range, file.len() - from, &file[from..])
            }
            None => send(200, "", file.len(), &file),
        },
    }
}
