use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;

use axum::Router;
use axum::http::{Method, Request};
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpStream;
use tokio::sync::watch;

use crate::Limits;
use crate::event::Tally;
use crate::files::Files;
use crate::patience::Patience;

/// How large the head of a request may be; a phone's has some 300 bytes. hyper bounds the number of its lines too.
const HEAD_BYTES: usize = 16 << 10;

/// Where every request is answered.
pub(crate) struct Counter {
    files: Arc<Files>,
    others: TowerToHyperService<Router>,
    pub(crate) tally: Tally,
}

impl Counter {
    pub(crate) fn new(files: Arc<Files>, router: Router) -> Self {
        Counter { files, others: TowerToHyperService::new(router), tally: Tally::default() }
    }

    /// Files come first and past the router: they are nearly all that is asked for, and the router would add a
    /// `Content-Length: 0` to each "you have it already".
    async fn answer(&self, request: Request<Incoming>) -> Response {
        let file = match *request.method() {
            Method::GET | Method::HEAD => {
                self.files.answer(request.method(), request.uri().path(), request.headers()).await
            }
            _ => None,
        };
        let response = match file {
            Some(response) => response,
            None => match self.others.call(request).await {
                Ok(response) => response,
                Err(never) => match never {},
            },
        };
        self.tally.add(response.status());
        response
    }
}

/// Answers what comes over one connection until it ends; when the server closes, after the running answer.
pub(crate) async fn converse(
    stream: TcpStream,
    counter: Arc<Counter>,
    limits: Limits,
    mut closing: watch::Receiver<bool>,
) {
    // Answers are written whole; there is nothing to gather by waiting. Where it cannot be set it is only slower.
    stream.set_nodelay(true).ok();
    let io = TokioIo::new(Patience::new(stream, limits.stalled_answer));
    let service = service_fn(move |request| {
        let counter = counter.clone();
        async move { Ok::<_, Infallible>(counter.answer(request).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.request_head)
        .max_buf_size(HEAD_BYTES)
        .serve_connection(io, service);
    let mut connection = pin!(connection);
    // A connection that breaks is the visitor's affair: there is nobody to tell, and nothing to tell that would not
    // be about a visitor.
    tokio::select! {
        biased;
        _ = connection.as_mut() => return,
        _ = closing.wait_for(|closing| *closing) => {}
    }
    connection.as_mut().graceful_shutdown();
    connection.await.ok();
}
