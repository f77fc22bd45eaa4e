//! What the server does not do.

use super::*;

#[tokio::test]
async fn only_reading_is_allowed() {
    let server = serve(&[("root.json", b"{}")]).await;
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW"] {
        for path in ["/root.json", "/222127/root.json", "/nothing", "/healthz"] {
            let reply = server.ask(method, path, "").await;
            assert_eq!((reply.status, reply.body.len()), (405, 0), "{method} {path}");
            assert_eq!(reply.header("allow"), Some("GET, HEAD"));
        }
    }
    let reply = server.ask("POST", "/root.json", "Content-Length: 3\r\n").await;
    assert_eq!(reply.status, 405);
}

#[tokio::test]
async fn what_is_not_there_costs_no_body() {
    let server = serve(&[("metadata/1.root.json", b"{}")]).await;
    let long = format!("/{}", "a".repeat(300));
    for path in
        ["/", "/222127", "/222127/", "/metadata", "/metadata/", "/metadata/1.root.json/x", "/nothing", &long]
    {
        let reply = server.get(path, "").await;
        assert_eq!((reply.status, reply.body.len()), (404, 0), "{path}");
        assert_eq!(reply.header("content-length"), Some("0"));
    }
    assert_eq!(server.stop().await.len(), 1, "an absent file is counted, not complained about");
}

#[tokio::test]
async fn no_path_leads_out_of_the_folder() {
    let around = tempfile::tempdir().unwrap();
    put(around.path(), "secret.json", b"secret");
    put(around.path(), "public/root.json", b"{}");
    put(around.path(), "public/.hidden/a.json", b"secret");
    put(around.path(), "public/.env", b"secret");
    put(around.path(), "public-2/a.json", b"secret");
    let server = serve_with(&[], |config| {
        config.towns = vec![TownSite::new("222127".parse().unwrap(), around.path().join("public"))]
    })
    .await;
    assert_eq!(server.get("/222127/root.json", "").await.status, 200);
    let absolute = format!("//{}/secret.json", around.path().display());
    for path in [
        "/../secret.json",
        "/222127/../secret.json",
        "/222127/../../secret.json",
        "/222127/x/../../secret.json",
        "/222127/%2e%2e/secret.json",
        "/222127/%2E%2e%2Fsecret.json",
        "/222127/..%2fsecret.json",
        "/222127/..%5csecret.json",
        "/222127/..\\secret.json",
        "/222127/%252e%252e/secret.json",
        "/222127/%c0%ae%c0%ae/secret.json",
        "/222127/../public-2/a.json",
        "/222127/.hidden/a.json",
        "/222127/%2ehidden/a.json",
        "/222127/.env",
        "/222127/root.json%00.txt",
        "/222127/root.json/",
        "/222127//root.json",
        "/222127/./root.json",
        "/222127/root.json%",
        "/222127%2froot.json",
        &absolute,
        &absolute.replace("//", "/222127//"),
        &absolute.replace('/', "%2f").replacen("%2f", "/", 1),
    ] {
        let reply = server.get(path, "").await;
        // hyper itself refuses a path with a backslash in it.
        assert!(matches!(reply.status, 404 | 400), "{path}: {}", reply.status);
        assert!(reply.body.is_empty(), "{path}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn links_out_of_the_folder_are_not_followed() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().unwrap();
    put(outside.path(), "secret.json", b"secret");
    let server = serve(&[("metadata/1.root.json", b"{}")]).await;
    let folder = server.folder.path();
    symlink("1.root.json", folder.join("metadata/root.json")).unwrap();
    symlink(outside.path().join("secret.json"), folder.join("metadata/secret.json")).unwrap();
    symlink(outside.path(), folder.join("elsewhere")).unwrap();
    assert_eq!(server.get("/metadata/root.json", "").await.body, b"{}");
    assert_eq!(server.get("/metadata/secret.json", "").await.status, 404);
    assert_eq!(server.get("/elsewhere/secret.json", "").await.status, 404);

    // A link that is turned around later is found out as well.
    std::fs::remove_file(folder.join("metadata/root.json")).unwrap();
    symlink(outside.path().join("secret.json"), folder.join("metadata/root.json")).unwrap();
    tokio::time::sleep(Duration::from_millis(1010)).await;
    assert_eq!(server.get("/metadata/root.json", "").await.status, 404);
}

#[tokio::test]
async fn a_head_that_is_too_large_is_refused() {
    let server = serve(&[("root.json", b"{}")]).await;
    let large = format!("X: {}\r\n", "a".repeat(20_000));
    assert_eq!(server.get("/root.json", &large).await.status, 431);
    assert_eq!(server.get("/root.json", &"X: 1\r\n".repeat(200)).await.status, 431);
    assert_eq!(server.get("/root.json", "").await.status, 200);
}

#[tokio::test]
async fn nobody_is_named_in_the_log() {
    let server = serve_with(&[("root.json", b"{}")], |config| {
        config.tick = Some((Duration::from_secs(60), Arc::new(|| panic!("no key"))));
    })
    .await;
    let headers =
        "X-Forwarded-For: 203.0.113.9\r\nUser-Agent: phone-of-someone\r\nReferer: http://q.example/\r\n";
    server.get("/root.json", headers).await;
    server.get("/nothing", headers).await;
    server.ask("POST", "/root.json", headers).await;
    server.connect().await.write_all(b"nonsense\r\n\r\n").await.unwrap();
    let events = server.stop().await;
    assert!(
        events.iter().any(|e| matches!(e, Event::Counted(counts) if counts.sent == 1 && counts.refused == 2))
    );
    for event in events {
        let text = format!("{event} {event:?}");
        for trace in ["127.0.0.1", "203.0.113", "someone", "root.json", "nothing", "q.example"] {
            assert!(!text.contains(trace), "{text}");
        }
    }
}
