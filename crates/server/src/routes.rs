use std::sync::Arc;

use axum::Router;
use axum::http::header::{ALLOW, CACHE_CONTROL};
use axum::http::{HeaderValue, Method, StatusCode, Uri};
use axum::response::Response;
use axum::routing::get;

use crate::files::{Files, is_root_version};
use crate::headers::bare;
use crate::health;

/// Everything that is not a file.
pub(crate) fn router(files: Arc<Files>) -> Router {
    Router::new().route("/healthz", get(health::healthz).fallback(refuse)).fallback(refuse).with_state(files)
}

/// No such thing, or not that way.
async fn refuse(method: Method, uri: Uri) -> Response {
    if method != Method::GET && method != Method::HEAD {
        let mut response = bare(StatusCode::METHOD_NOT_ALLOWED);
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    let mut response = bare(StatusCode::NOT_FOUND);
    // Every phone asks for the root after the one it has, and nearly always there is none: a cache may say so.
    if uri.path().rsplit('/').next().is_some_and(is_root_version) {
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("max-age=60"));
    }
    response
}
