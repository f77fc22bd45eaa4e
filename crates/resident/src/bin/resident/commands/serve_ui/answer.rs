use std::io::{self, Write};

use serde_json::{Value, json};
use tiny_http::{Method, Request, StatusCode};

/// What the page may do: be itself. `data:` and `blob:` are pictures that it drew.
const POLICY: &str = "default-src 'self'; connect-src 'self'; img-src 'self' data: blob:; object-src 'none'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Headers of every answer.
pub(super) const HEADERS: [(&str, &str); 5] = [
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
];

/// An answer that is whole.
pub(super) struct Whole {
    pub(super) status: u16,
    pub(super) kind: &'static str,
    /// May the browser keep it, if it asks before each use?
    pub(super) keep: bool,
    /// To be saved, not shown.
    pub(super) save: bool,
    pub(super) body: Vec<u8>,
}

pub(super) fn json_of(status: u16, value: &Value) -> Whole {
    let body = value.to_string().into_bytes();
    Whole { status, kind: "application/json", keep: false, save: false, body }
}

pub(super) fn error(status: u16, code: &str, message: &str) -> Whole {
    json_of(status, &json!({ "error": { "code": code, "message": message } }))
}

pub(super) fn respond(request: Request, whole: Whole) -> io::Result<()> {
    let cache = if whole.keep { "no-cache" } else { "no-store" };
    let save = whole.save.then_some(("Content-Disposition", "attachment"));
    let own = [("Content-Type", whole.kind), ("Cache-Control", cache)];
    let length = whole.body.len().to_string();
    // A connection that is kept holds one of the few threads that read requests: the next page would wait for it.
    let last = [("Content-Length", length.as_str()), ("Connection", "close")];
    let status = StatusCode(whole.status);
    let mut head = format!("HTTP/1.1 {} {}\r\n", status.0, status.default_reason_phrase());
    for (name, value) in HEADERS.into_iter().chain(own).chain(save).chain(last) {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    let has_body = *request.method() != Method::Head;
    let mut out = request.into_writer();
    out.write_all(head.as_bytes())?;
    out.write_all(b"\r\n")?;
    if has_body {
        out.write_all(&whole.body)?;
    }
    out.flush()
}
