use std::sync::Arc;
use std::time::SystemTime;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use jiff::Timestamp;
use madoguchi_model::TownCode;
use serde::{Deserialize, Serialize};

use crate::files::{Content, Files};
use crate::headers::{bare, guard};

#[derive(Serialize)]
struct Health {
    status: &'static str,
    towns: Vec<TownHealth>,
}

#[derive(Serialize)]
struct TownHealth {
    code: Option<TownCode>,
    timestamp_expires: Option<Timestamp>,
    age_s: Option<u64>,
}

/// The part of a TUF timestamp that says until when it is to be believed.
#[derive(Deserialize)]
struct SignedTimestamp {
    signed: Expiry,
}

#[derive(Deserialize)]
struct Expiry {
    expires: Timestamp,
}

/// Whether every town's bundle is fresh. A server whose timestamps are not signed anew answers well and yet fails
/// its residents, whose phones begin to call the town's data old; so that is what is watched.
pub(crate) async fn healthz(State(files): State<Arc<Files>>) -> Response {
    let now = Timestamp::now();
    let mut towns = Vec::new();
    for (site, stored) in files.of_each_town("metadata/timestamp.json").await {
        let signed: Option<SignedTimestamp> =
            stored.as_ref().and_then(|stored| match &stored.plain.content {
                Content::Memory(bytes) => serde_json::from_slice(bytes).ok(),
                Content::Disk(_) => None,
            });
        let written = stored.and_then(|stored| stored.version.modified());
        towns.push(TownHealth {
            code: site.code.clone(),
            timestamp_expires: signed.map(|timestamp| timestamp.signed.expires),
            age_s: written.and_then(|at| SystemTime::now().duration_since(at).ok()).map(|age| age.as_secs()),
        });
    }
    let fresh = towns.iter().all(|town| town.timestamp_expires.is_some_and(|expires| expires > now));
    let (code, status) =
        if fresh { (StatusCode::OK, "ok") } else { (StatusCode::SERVICE_UNAVAILABLE, "stale") };
    let Ok(json) = serde_json::to_vec(&Health { status, towns }) else {
        return bare(StatusCode::INTERNAL_SERVER_ERROR);
    };
    let mut response = Response::new(Body::from(json));
    *response.status_mut() = code;
    guard(response.headers_mut());
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
