use axum::body::Body;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_SECURITY_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;

/// Adds what every answer carries: a browser that opens it neither guesses another type nor runs anything in it.
pub(crate) fn guard(headers: &mut HeaderMap) {
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'"));
}

/// Lets pages of any origin read the answer: bundles are public, and the browser's version of the resident's app
/// reads them. It has to be on refusals too, or such a page cannot tell "no newer root" from "town unreachable".
pub(crate) fn open_to_all(headers: &mut HeaderMap) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
}

/// An answer of a status alone. No text with it: a phone pays for each byte and shows its own words.
pub(crate) fn bare(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    guard(response.headers_mut());
    open_to_all(response.headers_mut());
    response
}
