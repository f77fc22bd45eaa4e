//! What a file's name says about it.

use axum::http::HeaderValue;

/// For names whose content changes. A minute, because an alert is to be seen as soon as a phone asks, and a cache
/// in between that stayed silent longer would hold it back; not zero, because in a disaster everyone asks at once
/// and the cache is what keeps the town's server standing. `must-revalidate`, because a cache that cannot reach
/// the town must not hide that from the phone with an old answer.
const SHORT: HeaderValue = HeaderValue::from_static("public, max-age=60, must-revalidate");

/// For names that will never mean anything else.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// How long a file of this name may be kept.
pub(crate) fn cache_control(name: &str) -> HeaderValue {
    if content_hash(name).is_some() || is_version(name) { FOREVER } else { SHORT }
}

/// The SHA-256 with which a name begins (`<sha256>.bosai.jsonl.zst`).
pub(crate) fn content_hash(name: &str) -> Option<&str> {
    let (hash, _) = name.split_once('.')?;
    let is_hash = hash.len() == 64 && hash.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    is_hash.then_some(hash)
}

/// Whether a name is that of one version of TUF metadata (`12.snapshot.json`).
fn is_version(name: &str) -> bool {
    name.split_once('.').is_some_and(|(version, rest)| is_number(version) && rest.ends_with(".json"))
}

/// Whether a name is that of one version of a root (`2.root.json`).
pub(crate) fn is_root_version(name: &str) -> bool {
    name.strip_suffix(".root.json").is_some_and(is_number)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether it is worth keeping smaller forms of it beside it. What else a bundle holds is compressed already.
pub(crate) fn shrinks(name: &str) -> bool {
    name.ends_with(".json")
}

/// The media type. HTML is not among them: a town's attachment is to be saved, not to become a page of this server.
pub(crate) fn media_type(name: &str) -> HeaderValue {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    HeaderValue::from_static(match extension {
        "json" => "application/json",
        "zst" => "application/zstd",
        "pdf" => "application/pdf",
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "webp" => "image/webp",
        "gif" => "image/gif",
        "svg" => "image/svg+xml",
        "csv" => "text/csv; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_name_with_a_version_or_a_hash_is_for_ever() {
        let hash = "0123456789abcdef".repeat(4);
        for name in [
            "1.root.json",
            "12.snapshot.json",
            "3.bosai.json",
            &format!("{hash}.bosai.jsonl.zst"),
            &format!("{hash}.zst"),
        ] {
            assert_eq!(cache_control(name), FOREVER, "{name}");
        }
        for name in [
            "timestamp.json",
            "root.json",
            "1.txt",
            ".json",
            "x1.root.json",
            "-1.root.json",
            &hash,
            &hash[1..],
        ] {
            assert_eq!(cache_control(name), SHORT, "{name}");
        }
        assert_eq!(cache_control(&format!("{}.zst", &hash[1..])), SHORT);
    }

    #[test]
    fn versions_of_the_root_are_known() {
        assert!(is_root_version("2.root.json") && is_root_version("10.root.json"));
        assert!(
            !is_root_version("root.json")
                && !is_root_version(".root.json")
                && !is_root_version("2.targets.json")
        );
    }

    #[test]
    fn an_attachment_never_becomes_a_page() {
        for name in ["a.html", "a.htm", "a.xhtml", "a.js", "a", "a.xml"] {
            assert_eq!(media_type(name), "application/octet-stream", "{name}");
        }
        assert_eq!(media_type("a.bosai.jsonl.zst"), "application/zstd");
    }
}
