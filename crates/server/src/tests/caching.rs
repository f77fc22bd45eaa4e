//! Tags, 304 and how long an answer may be kept.

use super::*;

#[tokio::test]
async fn who_has_it_is_told_so_in_few_bytes() {
    let server = serve(&[("metadata/timestamp.json", "{\"a\":1}".repeat(99).as_bytes())]).await;
    let path = "/222127/metadata/timestamp.json";
    let etag = server.get(path, "Accept-Encoding: gzip\r\n").await.etag();
    assert!(etag.starts_with('"') && etag.ends_with('"'), "strong: {etag}");

    for value in [etag.clone(), format!("W/{etag}"), format!("\"x\", {etag}"), "*".into()] {
        for method in ["GET", "HEAD"] {
            let headers = format!("Accept-Encoding: gzip\r\nIf-None-Match: {value}\r\nRange: bytes=0-1\r\n");
            let reply = server.ask(method, path, &headers).await;
            assert_eq!((reply.status, reply.body.len()), (304, 0), "{value}");
            assert_eq!(reply.header("etag"), Some(etag.as_str()));
            assert_eq!(reply.header("vary"), Some("accept-encoding"));
            assert!(reply.header("cache-control").is_some());
            assert_eq!((reply.header("content-length"), reply.header("content-type")), (None, None));
        }
    }
    let other = server.get(path, &format!("If-None-Match: {etag}\r\n")).await;
    assert_eq!(other.status, 200, "the tag of the gzip form says nothing about the plain one");
    assert_eq!(server.get(path, "If-None-Match: \"x\"\r\n").await.status, 200);
}

#[tokio::test]
async fn names_that_never_change_their_meaning_are_kept_for_ever() {
    let hashed = format!("targets/notices/{}.bosai.jsonl.zst", "0f".repeat(32));
    let server = serve(&[
        ("root.json", b"{}"),
        ("metadata/root.json", b"{}"),
        ("metadata/timestamp.json", b"{}"),
        ("metadata/1.root.json", b"{}"),
        ("metadata/7.snapshot.json", b"{}"),
        ("metadata/7.bosai.json", b"{}"),
        (&hashed, b"z"),
    ])
    .await;
    let kept = async |path: &str| server.get(path, "").await.header("cache-control").map(str::to_owned);
    for path in [
        "/metadata/1.root.json",
        "/metadata/7.snapshot.json",
        "/metadata/7.bosai.json",
        &format!("/{hashed}"),
    ] {
        assert_eq!(kept(path).await.as_deref(), Some("public, max-age=31536000, immutable"), "{path}");
    }
    for path in ["/root.json", "/metadata/root.json", "/metadata/timestamp.json"] {
        assert_eq!(kept(path).await.as_deref(), Some("public, max-age=60, must-revalidate"), "{path}");
    }
    assert_eq!(kept("/metadata/2.root.json").await.as_deref(), Some("max-age=60"));
    assert_eq!(kept("/metadata/nothing.json").await, None);
}

#[tokio::test]
async fn a_replaced_file_is_seen_within_a_second() {
    let (old, new) = (timestamp(2099, 1), timestamp(2099, 2));
    assert_eq!(old.len(), new.len(), "as a re-signed timestamp has it");
    let server = serve(&[("metadata/timestamp.json", old.as_bytes())]).await;
    let path = "/metadata/timestamp.json";
    let first = server.get(path, "").await;
    assert_eq!(first.body, old.as_bytes());
    put(server.folder.path(), "metadata/timestamp.json", new.as_bytes());
    tokio::time::sleep(Duration::from_millis(1010)).await;
    let second = server.get(path, &format!("If-None-Match: {}\r\n", first.etag())).await;
    assert_eq!((second.status, second.body.as_slice()), (200, new.as_bytes()));
    std::fs::remove_file(server.folder.path().join("metadata/timestamp.json")).unwrap();
    tokio::time::sleep(Duration::from_millis(1010)).await;
    assert_eq!(server.get(path, "").await.status, 404);
}

#[tokio::test]
async fn a_file_that_appears_is_there_at_once() {
    let server = serve(&[("metadata/1.root.json", b"{}")]).await;
    assert_eq!(server.get("/metadata/2.root.json", "").await.status, 404);
    put(server.folder.path(), "metadata/2.root.json", b"{\"v\":2}");
    assert_eq!(server.get("/metadata/2.root.json", "").await.status, 200);
}
