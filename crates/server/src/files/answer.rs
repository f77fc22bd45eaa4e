use std::io;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::header::{CONTENT_LENGTH, CONTENT_RANGE, RANGE};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::Response;

use super::cache::Cache;
use super::range::Wanted;
use super::stored::{Form, Stored};
use super::towns::Towns;
use super::{body, conditional, path, range};
use crate::headers::bare;
use crate::{Event, Limits, Log, TownSite};

/// The public folders of all towns.
pub(crate) struct Files {
    towns: Towns,
    cache: Cache,
    log: Log,
    complained: Mutex<Option<Instant>>,
}

impl Files {
    pub(crate) fn new(towns: Towns, limits: &Limits, log: Log) -> Self {
        Files { towns, cache: Cache::new(limits), log, complained: Mutex::default() }
    }

    /// Answers a GET or HEAD if the path names a file.
    pub(crate) async fn answer(&self, method: &Method, path: &str, headers: &HeaderMap) -> Option<Response> {
        let path = path::decode(path)?;
        let (number, site, file) = self.towns.locate(&path)?;
        match self.cache.get(number, &site.public, file).await {
            Ok(stored) => Some(respond(stored.form(headers), method, headers)),
            Err(error) if is_absent(&error) => None,
            Err(error) => {
                self.complain(file, &error);
                Some(bare(StatusCode::INTERNAL_SERVER_ERROR))
            }
        }
    }

    /// The same file of every town, where it is there.
    pub(crate) async fn of_each_town(&self, file: &str) -> Vec<(&TownSite, Option<Arc<Stored>>)> {
        let mut found = Vec::new();
        for (number, site) in self.towns.iter() {
            found.push((site, self.cache.get(number, &site.public, file).await.ok()));
        }
        found
    }

    /// Says at most once a second that a file cannot be read: a disk that fails would fill another with complaints.
    fn complain(&self, file: &str, error: &io::Error) {
        let mut complained = self.complained.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if complained.is_none_or(|last| last.elapsed() >= Duration::from_secs(1)) {
            *complained = Some(Instant::now());
            (self.log)(&Event::FileFailed { file: file.into(), why: error.to_string() });
        }
    }
}

/// A name too long for the system names nothing either.
fn is_absent(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidFilename, NotADirectory, NotFound};
    matches!(error.kind(), NotFound | NotADirectory | InvalidFilename)
}

fn respond(form: &Form, method: &Method, headers: &HeaderMap) -> Response {
    if conditional::has_it(headers, &form.etag) {
        return build(StatusCode::NOT_MODIFIED, form.unchanged.clone(), Body::empty());
    }
    // A range has a meaning for GET only.
    if method == Method::HEAD {
        return build(StatusCode::OK, form.headers.clone(), Body::empty());
    }
    let range = headers.get(RANGE).filter(|_| conditional::may_cut(headers, &form.etag));
    match range::wanted(range, form.len) {
        Wanted::Whole => build(StatusCode::OK, form.headers.clone(), body::part(&form.content, 0, form.len)),
        Wanted::Part { start, len } => {
            let mut headers = form.headers.clone();
            headers.insert(CONTENT_LENGTH, len.into());
            content_range(&mut headers, format!("bytes {start}-{}/{}", start + len - 1, form.len));
            build(StatusCode::PARTIAL_CONTENT, headers, body::part(&form.content, start, len))
        }
        Wanted::Nothing => {
            let mut response = bare(StatusCode::RANGE_NOT_SATISFIABLE);
            content_range(response.headers_mut(), format!("bytes */{}", form.len));
            response
        }
    }
}

fn content_range(headers: &mut HeaderMap, range: String) {
    if let Ok(value) = HeaderValue::try_from(range) {
        headers.insert(CONTENT_RANGE, value);
    }
}

fn build(status: StatusCode, headers: HeaderMap, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}
