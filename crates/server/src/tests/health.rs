//! `/healthz`.

use super::*;

#[tokio::test]
async fn fresh_towns_are_well() {
    let server = serve(&[("metadata/timestamp.json", timestamp(2099, 1).as_bytes())]).await;
    let reply = server.get("/healthz", "").await;
    assert_eq!((reply.status, reply.header("content-type")), (200, Some("application/json")));
    assert_eq!(reply.header("cache-control"), Some("no-store"));
    let text = String::from_utf8(reply.body).unwrap();
    let (before, age) = text.split_once("\"age_s\":").unwrap();
    assert_eq!(
        before,
        r#"{"status":"ok","towns":[{"code":"222127","timestamp_expires":"2099-11-22T00:00:00Z","#
    );
    let age: u64 = age.trim_end_matches("}]}").parse().unwrap();
    assert!(age < 60);
}

#[tokio::test]
async fn one_town_that_is_not_fresh_is_told() {
    let other = tempfile::tempdir().unwrap();
    let server = serve_with(&[("metadata/timestamp.json", timestamp(2099, 1).as_bytes())], |config| {
        config.towns.push(TownSite::new("122319".parse().unwrap(), other.path()));
        config.limits.recheck = Duration::ZERO;
    })
    .await;
    let missing = server.get("/healthz", "").await;
    assert_eq!(missing.status, 503);
    let text = String::from_utf8(missing.body).unwrap();
    assert!(text.contains(r#"{"code":"122319","timestamp_expires":null,"age_s":null}"#), "{text}");

    put(other.path(), "metadata/timestamp.json", timestamp(2020, 1).as_bytes());
    let expired = server.get("/healthz", "").await;
    assert_eq!(expired.status, 503);
    assert!(String::from_utf8(expired.body).unwrap().contains("2020-11-22"));

    put(other.path(), "metadata/timestamp.json", b"no json");
    assert_eq!(server.get("/healthz", "").await.status, 503);

    put(other.path(), "metadata/timestamp.json", timestamp(2099, 2).as_bytes());
    assert_eq!(server.get("/healthz", "").await.status, 200);
}
