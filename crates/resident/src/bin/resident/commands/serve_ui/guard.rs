use std::net::SocketAddr;

use madoguchi_bundle::encoding::sha256;
use ring::rand::{SecureRandom, SystemRandom};
use tiny_http::Request;

/// The header in which the page proves that it was opened by whoever started this.
const TOKEN: &str = "X-Madoguchi-Token";

/// Who may ask. Other programs and other pages on this machine can reach a port of loopback as well.
pub(super) struct Guard {
    authority: String,
    token: String,
}

impl Guard {
    pub(super) fn new(address: SocketAddr) -> Result<Self, String> {
        Ok(Guard { authority: address.to_string(), token: random_name()? })
    }

    /// Where the page is opened.
    pub(super) fn url(&self) -> String {
        format!("http://{}/?token={}", self.authority, self.token)
    }

    /// Does it name this address, and come from no other page? A foreign name that was made to point here (DNS rebinding)
    /// shows in `Host`, a foreign page in `Origin`.
    pub(super) fn is_ours(&self, request: &Request) -> bool {
        let mut hosts = values(request, "Host").peekable();
        let origin = format!("http://{}", self.authority);
        hosts.peek().is_some()
            && hosts.all(|host| host == self.authority)
            && values(request, "Origin").all(|of| of == origin)
    }

    /// Does it carry the token of this run?
    pub(super) fn has_token(&self, request: &Request) -> bool {
        // Hashes are compared: how long that takes tells nothing about the token.
        let own = sha256(self.token.as_bytes());
        values(request, TOKEN).next().is_some_and(|token| sha256(token.as_bytes()) == own)
    }
}

/// Every value of a header.
pub(super) fn values<'r>(request: &'r Request, name: &'static str) -> impl Iterator<Item = &'r str> {
    let named = request.headers().iter().filter(move |header| header.field.equiv(name));
    named.map(|header| header.value.as_str())
}

/// A name that nobody can guess.
pub(super) fn random_name() -> Result<String, String> {
    let mut bytes = [0; 32];
    SystemRandom::new().fill(&mut bytes).map_err(|_| "no random numbers".to_owned())?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
