use std::borrow::Cow;

/// Reads the path of a request as a relative path of `/`-separated names, or nothing if a part of it could lead
/// anywhere else than down. It is cut at `/` before it is decoded, and decoded once: what an encoded slash or a
/// doubly encoded dot hides is part of a name, and such a name is refused or does not exist.
pub(crate) fn decode(path: &str) -> Option<Cow<'_, str>> {
    let path = path.strip_prefix('/')?;
    if !path.contains('%') {
        return path.split('/').all(allowed).then_some(Cow::Borrowed(path));
    }
    let parts = path.split('/').map(|part| decode_part(part).filter(|part| allowed(part)));
    Some(Cow::Owned(parts.collect::<Option<Vec<_>>>()?.join("/")))
}

/// No empty name, none that starts with a dot (`..` among them, and what editors and version control leave lying),
/// and no sign that some system reads as more than a letter.
fn allowed(part: &str) -> bool {
    !part.is_empty()
        && !part.starts_with('.')
        && !part.contains(|c: char| matches!(c, '/' | '\\') || c.is_control())
}

fn decode_part(part: &str) -> Option<String> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut bytes = part.bytes();
    let mut decoded = Vec::with_capacity(part.len());
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'%' => digit(bytes.next()?)? << 4 | digit(bytes.next()?)?,
            byte => byte,
        });
    }
    String::from_utf8(decoded).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_decoded_once() {
        assert_eq!(decode("/metadata/1.root.json").unwrap(), "metadata/1.root.json");
        assert_eq!(decode("/%6detadata/a%20b").unwrap(), "metadata/a b");
        assert_eq!(decode("/%E9%98%B2%E7%81%BD.pdf").unwrap(), "防災.pdf");
        assert_eq!(decode("/a%252e").unwrap(), "a%2e");
    }

    #[test]
    fn what_leads_elsewhere_is_refused() {
        for bad in [
            "",
            "/",
            "*",
            "a",
            "//a",
            "/a/",
            "/a//b",
            "/..",
            "/../a",
            "/a/../b",
            "/a/..",
            "/%2e%2e/a",
            "/.%2E/a",
            "/.git",
            "/a/.env",
            "/%2egit",
            "/a%2fb",
            "/a%2F..%2Fb",
            "/..%5ca",
            "/a\\b",
            "/a%5Cb",
            "/a%00",
            "/a%0a",
            "/a%7f",
            "/a%",
            "/a%4",
            "/a%zz",
            "/a%+1",
            "/%ff",
            "/%c0%ae%c0%ae/a",
        ] {
            assert_eq!(decode(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn whatever_comes_out_only_leads_down(path in "/([a./%25\\\\]|%2e|%2f|%5c|%00){0,12}") {
            if let Some(decoded) = decode(&path) {
                for part in std::path::Path::new(&*decoded).components() {
                    prop_assert!(matches!(part, std::path::Component::Normal(_)), "{} {:?}", path, part);
                }
                prop_assert!(!decoded.contains(['\\', '\0']));
            }
        }
    }
}
