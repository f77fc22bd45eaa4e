use super::*;
use crate::Error;
use crate::private::JoinedTown;

#[test]
fn joining_again_is_harmless_and_another_root_is_refused() {
    let both = both();
    let again = |root: Vec<u8>, url: &str| {
        let wanted = Join { url: url.into(), root };
        pollster::block_on(join(both.phone(), &both.town, wanted, &mut |_| ()))
    };
    assert_eq!(again(both.town.root(), BASE).unwrap().state, JoinState::Again);
    // The same metadata signed as another file: valid, but not what was handed over first.
    let mut other: Value = serde_json::from_slice(&both.town.root()).unwrap();
    other["comment"] = "x".into();
    let refused = again(serde_json::to_vec(&other).unwrap(), BASE).unwrap_err();
    assert_eq!(refused.code(), "other-root");
    assert_eq!(again(both.town.root(), "https://example.jp/122319/").unwrap_err().code(), "other-town");
    assert_eq!(again(both.town.root(), "http://example.jp/").unwrap_err().code(), "insecure-address");
    assert_eq!(again(b"{}".to_vec(), BASE).unwrap_err().code(), "bad-root");
    // The town has moved, says the resident; but nobody is there.
    both.town.behave(Mode::Refused);
    assert_eq!(again(both.town.root(), "https://example.jp/222127/").unwrap().url, BASE);
    both.town.behave(Mode::Good);
    assert_eq!(both.sync().reach, Reach::Ok);
    assert_eq!(both.seen().len(), 3);
}

#[test]
fn a_town_out_of_reach_is_joined_and_a_false_one_is_not() {
    let mut town = FakeTown::new();
    town.publish(&[(Notices, vec![notice("a", "断水", 1)])]);
    let folder = tempfile::tempdir().unwrap();
    let phone = phone_at(folder.path(), noon());
    let attempt = |town: &FakeTown, root: Vec<u8>| {
        let wanted = Join { url: BASE.into(), root };
        pollster::block_on(join(&phone, town, wanted, &mut |_| ())).unwrap()
    };
    // Everything that is signed there is another key's.
    let mut forged = town.copy();
    let timestamp = forged.files.get_mut("metadata/timestamp.json").unwrap();
    *timestamp =
        String::from_utf8(timestamp.clone()).unwrap().replace("\"sig\":\"", "\"sig\":\"00").into_bytes();
    let refused = attempt(&forged, town.root());
    assert_eq!((refused.state, refused.sync.error.unwrap().code), (JoinState::Refused, "signature"));
    assert!(matches!(phone.town(None), Err(Error::NoTown)));

    town.behave(Mode::Refused);
    let joined = attempt(&town, town.root());
    assert_eq!((joined.state, joined.sync.reach), (JoinState::Joined, Reach::Unreachable));
    assert_eq!(joined.sync.age_s, None);
    let JoinedTown { in_use, .. } = phone.town(None).unwrap();
    assert!(in_use);
    town.behave(Mode::Good);
    pollster::block_on(sync(&phone, &town, None, &mut |_| ())).unwrap();
    assert_eq!(seen(&phone), ["a 断水"]);
}

#[test]
fn an_attachment_is_fetched_once_and_is_what_was_signed() {
    use crate::notices::{AttachmentWanted, attachment};
    let mut both = both();
    let map = b"<html>a map, though it looks like a page</html>".repeat(1000);
    both.town.attach("files/koho/map.html", &map);
    let mut with_map = notice("m", "地図", 1);
    with_map["attachments"] = json!([{"path": "files/koho/map.html", "title": "地図", "bytes": map.len(), "media_type": "text/html"}]);
    both.town.publish(&[(Notices, vec![with_map])]);
    both.sync();
    let get = |notice: &str, path: &str| {
        both.town.requests.borrow_mut().clear();
        both.phone().with_town(None, |open| {
            let wanted = AttachmentWanted { notice, path };
            pollster::block_on(attachment(both.phone(), open, &both.town, wanted, &mut |_| ()))
        })
    };
    let requests = || both.town.requests.borrow().len();
    both.town.behave(Mode::Breaks(20));
    assert_eq!(get("m", "files/koho/map.html").unwrap_err().code(), "unreachable");
    both.town.behave(Mode::Good);
    assert_eq!(get("m", "files/koho/map.html").unwrap(), map);
    assert_eq!(requests(), 1);
    assert_eq!(get("m", "files/koho/map.html").unwrap(), map);
    assert_eq!(requests(), 0);
    assert_eq!(get("m", "files/koho/other").unwrap_err().code(), "no-attachment");
    assert_eq!(get("x", "files/koho/map.html").unwrap_err().code(), "no-notice");
}
