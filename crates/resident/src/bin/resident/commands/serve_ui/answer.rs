use std::io;

use serde_json::{Value, json};
use tiny_http::{Header, Request, Response};

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
    let mut response = Response::from_data(whole.body).with_status_code(whole.status);
    for (name, value) in HEADERS.into_iter().chain(own).chain(save) {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    request.respond(response)
}
