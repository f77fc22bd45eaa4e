//! What is served, where, and in which form.

use std::collections::BTreeMap;

use super::*;

#[tokio::test]
async fn one_town_is_served_under_its_code_and_directly() {
    let server = serve(&[("metadata/1.root.json", b"{}"), ("root.json", b"{}")]).await;
    for path in
        ["/222127/metadata/1.root.json", "/metadata/1.root.json", "/root.json", "/metadata/1.root.json?v=2"]
    {
        let reply = server.get(path, "").await;
        assert_eq!((reply.status, reply.body.as_slice()), (200, &b"{}"[..]), "{path}");
    }
    assert_eq!(server.get("http://town.example/222127/root.json", "").await.status, 200);
}

#[tokio::test]
async fn many_towns_are_served_under_their_codes_only() {
    let other = tempfile::tempdir().unwrap();
    put(other.path(), "root.json", b"{\"other\":1}");
    put(other.path(), "metadata/9.root.json", b"{}");
    let server = serve_with(&[("root.json", b"{}")], |config| {
        config.towns.push(TownSite::new("122319".parse().unwrap(), other.path()));
    })
    .await;
    assert_eq!(server.get("/222127/root.json", "").await.body, b"{}");
    assert_eq!(server.get("/122319/root.json", "").await.body, b"{\"other\":1}");
    for path in
        ["/root.json", "/131016/root.json", "/222127/metadata/9.root.json", "/222127/122319/root.json"]
    {
        assert_eq!(server.get(path, "").await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn names_are_decoded_and_types_are_told() {
    let hash = "a1".repeat(32);
    let named = format!("targets/files/bosai/{hash}.防災 手引.pdf");
    let patch = format!("targets/patches/{hash}.zst");
    let server = serve(&[(&named, b"%PDF"), (&patch, b"z"), ("root.json", b"{}")]).await;
    let encoded = format!("/222127/targets/files/bosai/{hash}.%E9%98%B2%E7%81%BD%20%E6%89%8B%E5%BC%95.pdf");
    let reply = server.get(&encoded, "").await;
    assert_eq!((reply.status, reply.header("content-type")), (200, Some("application/pdf")));
    let reply = server.get(&format!("/{patch}"), "Accept-Encoding: gzip, zstd\r\n").await;
    assert_eq!(reply.header("content-type"), Some("application/zstd"));
    assert_eq!((reply.header("content-encoding"), reply.header("vary")), (None, None));
    assert_eq!(reply.body, b"z");
    assert_eq!(server.get("/root.json", "").await.header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn metadata_comes_in_the_smallest_form_that_is_accepted() {
    let json = format!("{{\"a\":[{}]}}", vec!["\"0123456789\""; 500].join(","));
    let server = serve(&[("metadata/timestamp.json", json.as_bytes())]).await;
    let path = "/222127/metadata/timestamp.json";

    let plain = server.get(path, "").await;
    assert_eq!((plain.header("content-encoding"), plain.body.as_slice()), (None, json.as_bytes()));
    let gzip = server.get(path, "Accept-Encoding: gzip\r\n").await;
    assert_eq!(gzip.header("content-encoding"), Some("gzip"));
    assert!(gzip.body.len() < json.len() / 10);
    assert_eq!(gunzip(&gzip.body), json.as_bytes());
    let zstd = server.get(path, "Accept-Encoding: gzip;q=0, zstd\r\n").await;
    assert_eq!(zstd.header("content-encoding"), Some("zstd"));
    assert_eq!(zstd::stream::decode_all(zstd.body.as_slice()).unwrap(), json.as_bytes());

    for reply in [&plain, &gzip, &zstd] {
        assert_eq!(reply.header("vary"), Some("accept-encoding"));
        assert_eq!(reply.header("content-length"), Some(reply.body.len().to_string().as_str()));
    }
    assert!(plain.etag() != gzip.etag() && gzip.etag() != zstd.etag() && plain.etag() != zstd.etag());
}

#[tokio::test]
async fn head_is_get_without_the_body() {
    let big = vec![7; (1 << 20) + 5];
    let server = serve(&[("root.json", b"{}"), ("targets/big.zst", &big)]).await;
    for path in ["/root.json", "/targets/big.zst", "/healthz", "/nothing"] {
        let (get, head) = (server.get(path, "").await, server.ask("HEAD", path, "").await);
        assert_eq!(head.status, get.status, "{path}");
        assert!(head.body.is_empty());
        let comparable = |reply: Reply| -> BTreeMap<_, _> {
            reply.headers.into_iter().filter(|(name, _)| name != "date").collect()
        };
        assert_eq!(comparable(head), comparable(get), "{path}");
    }
}

#[tokio::test]
async fn a_large_file_is_streamed_whole() {
    let big: Vec<u8> = (0..3_000_001u32).map(|n| (n % 251) as u8).collect();
    let server = serve(&[("targets/big.zst", &big)]).await;
    let reply = server.get("/targets/big.zst", "").await;
    assert_eq!(reply.header("content-length"), Some("3000001"));
    assert!(reply.body == big);
}

#[tokio::test]
async fn every_answer_is_guarded_and_files_are_open_to_all() {
    let server = serve(&[("root.json", b"{}")]).await;
    for (method, path, status) in [
        ("GET", "/root.json", 200),
        ("GET", "/2.root.json", 404),
        ("POST", "/root.json", 405),
        ("GET", "/healthz", 503),
    ] {
        let reply = server.ask(method, path, "Cookie: a=b\r\n").await;
        assert_eq!(reply.status, status);
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(reply.header("content-security-policy"), Some("default-src 'none'"));
        assert_eq!(reply.header("set-cookie"), None);
        if path != "/healthz" {
            assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
        }
    }
}
