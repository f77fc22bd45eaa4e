//! Connections: slow ones, many, and the last ones before the server stops.

use std::time::Instant;

use super::*;

const REQUEST: &[u8] = b"GET /root.json HTTP/1.1\r\nHost: x\r\n\r\n";

/// Reads one answer with an empty-object body from a connection that stays open.
async fn read_reply(stream: &mut TcpStream) -> Reply {
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"\r\n\r\n{}") {
        let read = tokio::time::timeout(Duration::from_secs(5), stream.read_buf(&mut bytes)).await;
        assert_ne!(read.expect("an answer in time").unwrap(), 0, "closed after {bytes:?}");
    }
    Reply::parse(&bytes)
}

/// Waits for the other side to close.
async fn closed(stream: &mut TcpStream) {
    let mut rest = Vec::new();
    tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut rest)).await.expect("closed").ok();
}

#[tokio::test]
async fn a_connection_is_used_again() {
    let server = serve(&[("root.json", b"{}")]).await;
    let mut stream = server.connect().await;
    for _ in 0..3 {
        stream.write_all(REQUEST).await.unwrap();
        assert_eq!(read_reply(&mut stream).await.status, 200);
    }
}

#[tokio::test]
async fn slow_and_silent_senders_lose_their_place() {
    let server =
        serve_with(&[("root.json", b"{}")], |config| config.limits.request_head = Duration::from_millis(200))
            .await;
    let begun = Instant::now();

    let (mut silent, mut idle) = (server.connect().await, server.connect().await);
    idle.write_all(REQUEST).await.unwrap();
    read_reply(&mut idle).await;
    let (mut slow_read, mut slow_write) = server.connect().await.into_split();
    let dripping = tokio::spawn(async move {
        for byte in REQUEST.iter().cycle() {
            if slow_write.write_all(&[*byte]).await.is_err() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    closed(&mut silent).await;
    closed(&mut idle).await;
    let mut rest = Vec::new();
    tokio::time::timeout(Duration::from_secs(5), slow_read.read_to_end(&mut rest))
        .await
        .expect("closed")
        .ok();
    assert!(!rest.starts_with(b"HTTP/1.1 200"));
    dripping.abort();
    assert!((150..3000).contains(&begun.elapsed().as_millis()), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn a_reader_who_takes_nothing_loses_its_place() {
    let big = vec![1; 30 << 20];
    let server = serve_with(&[("big.zst", &big), ("root.json", b"{}")], |config| {
        config.limits.stalled_answer = Duration::from_millis(200);
        config.limits.connections = 1;
    })
    .await;
    let mut greedy = server.connect().await;
    greedy.write_all(b"GET /big.zst HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    // The only place becomes free although the first visitor never leaves.
    assert_eq!(server.get("/root.json", "").await.status, 200);
}

#[tokio::test]
async fn whoever_is_one_too_many_waits() {
    let server = serve_with(&[("root.json", b"{}")], |config| config.limits.connections = 2).await;
    let (mut one, mut two, mut three) =
        (server.connect().await, server.connect().await, server.connect().await);
    for stream in [&mut one, &mut two] {
        stream.write_all(REQUEST).await.unwrap();
        read_reply(stream).await;
    }
    three.write_all(REQUEST).await.unwrap();
    let mut byte = [0];
    let early = tokio::time::timeout(Duration::from_millis(150), three.read_exact(&mut byte)).await;
    assert!(early.is_err(), "the third has no place yet");
    drop(one);
    assert_eq!(read_reply(&mut three).await.status, 200);
}

#[tokio::test]
async fn a_running_answer_is_finished_before_the_server_stops() {
    let big = vec![1; 30 << 20];
    let server = serve(&[("big.zst", &big), ("root.json", b"{}")]).await;
    let (address, mut idle, mut taking) = (server.address, server.connect().await, server.connect().await);
    idle.write_all(REQUEST).await.unwrap();
    read_reply(&mut idle).await;
    taking.write_all(b"GET /big.zst HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    let mut answer = vec![0; 1000];
    taking.read_exact(&mut answer).await.unwrap();

    let stopping = tokio::spawn(server.stop());
    closed(&mut idle).await;
    assert!(TcpStream::connect(address).await.is_err(), "no new connection is taken");
    let rest = tokio::time::timeout(Duration::from_secs(10), taking.read_to_end(&mut answer)).await;
    rest.expect("the rest in time").unwrap();
    assert!(Reply::parse(&answer).body == big);
    let events = stopping.await.unwrap();
    assert!(!events.iter().any(|event| matches!(event, Event::CutOff(_))), "{events:?}");
}

#[tokio::test]
async fn who_does_not_finish_in_time_is_cut_off() {
    let big = vec![1; 30 << 20];
    let server =
        serve_with(&[("big.zst", &big)], |config| config.limits.grace = Duration::from_millis(200)).await;
    let mut greedy = server.connect().await;
    greedy.write_all(b"GET /big.zst HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    greedy.read_exact(&mut [0; 100]).await.unwrap();
    let begun = Instant::now();
    let events = server.stop().await;
    assert!((150..3000).contains(&begun.elapsed().as_millis()), "{:?}", begun.elapsed());
    assert!(events.contains(&Event::CutOff(1)), "{events:?}");
}

#[tokio::test]
async fn the_tick_runs_beside_serving() {
    let calls = Arc::new(Mutex::new(0));
    let server = serve_with(&[("root.json", b"{}")], |config| {
        let calls = calls.clone();
        config.tick = Some((
            Duration::from_millis(20),
            Arc::new(move || {
                *calls.lock().unwrap() += 1;
                std::thread::sleep(Duration::from_millis(50));
            }),
        ));
    })
    .await;
    for _ in 0..10 {
        assert_eq!(server.get("/root.json", "").await.status, 200);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    server.stop().await;
    let after = *calls.lock().unwrap();
    assert!(after > 1, "{after}");
    tokio::time::sleep(Duration::from_millis(60)).await;
    assert_eq!(*calls.lock().unwrap(), after, "none after the stop");
}

#[tokio::test]
async fn an_address_that_is_taken_is_an_error() {
    let server = serve(&[]).await;
    let town = TownSite { code: None, public: server.folder.path().into() };
    let error =
        crate::serve(Config::new(server.address, vec![town]), std::future::ready(())).await.unwrap_err();
    assert!(matches!(error, crate::ServeError::Listen { address, .. } if address == server.address));
}
