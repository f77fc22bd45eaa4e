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
