use std::io::{self, ErrorKind, Read};
use std::net::UdpSocket;
use std::time::Duration;

use ureq::Agent;
use ureq::http::{Response, header};

use crate::edges::{Answering, Head, Net, NetError, Receive, Request};

const CONNECT: Duration = Duration::from_secs(10);
const SILENCE: Duration = Duration::from_secs(30);

/// HTTP by `ureq`, with rustls, ring and the roots of the web. It blocks inside its futures.
#[derive(Debug, Clone)]
pub struct UreqNet {
    agent: Agent,
}

/// Waits for a future on this thread.
pub fn wait<T>(future: impl Future<Output = T>) -> T {
    pollster::block_on(future)
}

impl UreqNet {
    /// Ready to send.
    pub fn new() -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            // Where a redirect may lead is decided above.
            .max_redirects(0)
            .timeout_resolve(Some(CONNECT))
            .timeout_connect(Some(CONNECT))
            .timeout_recv_response(Some(SILENCE))
            .timeout_per_read(Some(SILENCE))
            .timeout_per_write(Some(SILENCE))
            .user_agent("madoguchi")
            .accept("")
            .accept_encoding("")
            .build();
        UreqNet { agent: config.into() }
    }
}

impl Default for UreqNet {
    fn default() -> Self {
        Self::new()
    }
}

impl Net for UreqNet {
    fn get<'a>(&'a self, request: &'a Request, receiver: &'a mut dyn Receive) -> Answering<'a> {
        Box::pin(async move { self.blocking(request, receiver) })
    }
}

impl UreqNet {
    fn blocking(&self, request: &Request, receiver: &mut dyn Receive) -> Result<(), NetError> {
        let encoding = if request.gzip { "gzip" } else { "identity" };
        let mut get = self.agent.get(&request.url).header(header::ACCEPT_ENCODING, encoding);
        if let Some(from) = request.from {
            get = get.header(header::RANGE, format!("bytes={from}-"));
        }
        if request.within.is_some() {
            get = get.config().timeout_global(request.within).build();
        }
        let response = get.call().map_err(|error| of(&error))?;
        receiver.head(head(&response))?;
        let mut body = response.into_body().into_reader();
        let mut buffer = [0; 16 * 1024];
        loop {
            match body.read(&mut buffer) {
                Ok(0) => return Ok(()),
                Ok(n) => receiver.chunk(buffer.get(..n).unwrap_or_default())?,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(of_io(&error)),
            }
        }
    }
}

fn head<T>(response: &Response<T>) -> Head {
    let text = |name| response.headers().get(name).and_then(|value| value.to_str().ok()).map(String::from);
    let range = text(header::CONTENT_RANGE);
    let start = range.as_deref().and_then(|range| range.trim().strip_prefix("bytes ")?.split('-').next());
    Head {
        status: response.status().as_u16(),
        content_type: text(header::CONTENT_TYPE),
        content_encoding: text(header::CONTENT_ENCODING),
        range_start: start.and_then(|start| start.trim().parse().ok()),
        location: text(header::LOCATION),
    }
}

fn of(error: &ureq::Error) -> NetError {
    match error {
        ureq::Error::Io(error) => of_io(error),
        ureq::Error::HostNotFound | ureq::Error::Timeout(ureq::Timeout::Resolve) if !has_route() => {
            NetError::DeviceOffline
        }
        other => NetError::Unreachable(other.to_string()),
    }
}

fn of_io(error: &io::Error) -> NetError {
    use ErrorKind::*;
    match error.kind() {
        NetworkUnreachable | NetworkDown => NetError::DeviceOffline,
        // Someone was there, or should have been.
        ConnectionRefused | ConnectionReset | ConnectionAborted | NotConnected | BrokenPipe | TimedOut
        | WouldBlock | UnexpectedEof | InvalidData => NetError::Unreachable(error.to_string()),
        // The way ends somewhere, or a name could not be looked up (which has no kind of its own): whose fault it is
        // shows in whether there is a way to anywhere.
        _ if !has_route() => NetError::DeviceOffline,
        _ => NetError::Unreachable(error.to_string()),
    }
}

/// Does this machine know a way to anywhere? A UDP socket is told a distant address (of those set aside for examples);
/// nothing is sent.
fn has_route() -> bool {
    let knows = |from, to: (&str, u16)| UdpSocket::bind((from, 0)).and_then(|s| s.connect(to)).is_ok();
    knows("0.0.0.0", ("192.0.2.1", 9)) || knows("::", ("2001:db8::1", 9))
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpListener;

    use super::*;
    use crate::native::wait;

    /// Answers one request with these bytes, and tells what was asked.
    fn serve(answer: &'static [u8]) -> (String, std::thread::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/222127/a.json", listener.local_addr().unwrap());
        let asked = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let lines = BufReader::new(stream.try_clone().unwrap()).lines().map(Result::unwrap);
            let asked: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
            stream.write_all(answer).unwrap();
            asked.join("\n").to_ascii_lowercase()
        });
        (url, asked)
    }

    #[derive(Default)]
    struct Got {
        head: Head,
        body: Vec<u8>,
    }

    impl Receive for Got {
        fn head(&mut self, head: Head) -> Result<(), NetError> {
            self.head = head;
            Ok(())
        }

        fn chunk(&mut self, bytes: &[u8]) -> Result<(), NetError> {
            self.body.extend_from_slice(bytes);
            Ok(())
        }
    }

    fn get(url: &str, gzip: bool, from: Option<u64>) -> (Result<(), NetError>, Got) {
        let mut got = Got::default();
        let request = Request { url: url.into(), gzip, from, within: None };
        (wait(UreqNet::new().get(&request, &mut got)), got)
    }

    #[test]
    fn a_part_is_asked_for_and_told_apart() {
        let (url, asked) = serve(
            b"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 5-7/8\r\nContent-Length: 3\r\n\r\nabc",
        );
        let (result, got) = get(&url, false, Some(5));
        assert_eq!((result, got.head.status, got.head.range_start), (Ok(()), 206, Some(5)));
        assert_eq!(got.body, b"abc");
        let asked = asked.join().unwrap();
        assert!(asked.contains("range: bytes=5-") && asked.contains("accept-encoding: identity"), "{asked}");
    }

    #[test]
    fn packed_bytes_are_handed_on_packed() {
        let (url, asked) =
            serve(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\x1f\x8b\x08");
        let (_, got) = get(&url, true, None);
        assert_eq!(
            (got.head.content_encoding.as_deref(), got.body.as_slice()),
            (Some("gzip"), b"\x1f\x8b\x08".as_slice())
        );
        assert!(asked.join().unwrap().contains("accept-encoding: gzip"));
    }

    #[test]
    fn a_redirect_is_told_and_not_followed_and_an_error_is_an_answer() {
        let (url, _) =
            serve(b"HTTP/1.1 302 Found\r\nLocation: https://login.example/\r\nContent-Length: 0\r\n\r\n");
        let (_, got) = get(&url, true, None);
        assert_eq!((got.head.status, got.head.location.as_deref()), (302, Some("https://login.example/")));
        let (url, _) = serve(b"HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnone");
        let (result, got) = get(&url, true, None);
        assert_eq!((result, got.head.status, got.body), (Ok(()), 404, b"none".to_vec()));
    }

    #[test]
    fn a_line_that_breaks_is_no_end() {
        let (url, _) = serve(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
        let (result, got) = get(&url, true, None);
        assert!(matches!(result, Err(NetError::Unreachable(_))), "{result:?}");
        assert_eq!(got.body, b"abc");
    }

    #[test]
    fn an_answer_that_takes_too_long_is_given_up_silent_or_drop_by_drop() {
        for drops in [false, true] {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let url = format!("http://{}/", listener.local_addr().unwrap());
            std::thread::spawn(move || {
                let (mut stream, _) = listener.accept().unwrap();
                let head = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n";
                let mut open = !drops || stream.write_all(head).is_ok();
                while open {
                    std::thread::sleep(Duration::from_millis(20));
                    open = !drops || stream.write_all(b"x").is_ok();
                }
            });
            let request = Request { url, gzip: false, from: None, within: Some(Duration::from_millis(300)) };
            let result = wait(UreqNet::new().get(&request, &mut Got::default()));
            assert!(matches!(result, Err(NetError::Unreachable(_))), "{result:?}");
        }
    }

    #[test]
    fn nobody_there_is_unreachable_and_not_offline() {
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let (result, _) = get(&format!("http://{free}/"), true, None);
        assert!(matches!(result, Err(NetError::Unreachable(_))), "{result:?}");
    }

    #[test]
    fn without_a_network_the_phone_is_offline() {
        for kind in [ErrorKind::NetworkUnreachable, ErrorKind::NetworkDown] {
            assert_eq!(of_io(&kind.into()), NetError::DeviceOffline);
        }
        assert!(matches!(of_io(&ErrorKind::ConnectionReset.into()), NetError::Unreachable(_)));
    }
}
