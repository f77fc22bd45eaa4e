//! Names: path patterns of delegations, role names in addresses, where a target lies.

/// Whether `path` matches `pattern`: `*` and `?` stand for characters within one path component
/// (TUF specification §4.5, shell style without crossing `/`).
pub fn matches(pattern: &str, path: &str) -> bool {
    let (mut patterns, mut parts) = (pattern.split('/'), path.split('/'));
    loop {
        match (patterns.next(), parts.next()) {
            (None, None) => return true,
            (Some(pattern), Some(part)) => {
                let (pattern, part): (Vec<char>, Vec<char>) =
                    (pattern.chars().collect(), part.chars().collect());
                if !component_matches(&pattern, &part) {
                    return false;
                }
            }
            _ => return false,
        }
    }
}

/// Greedy matching with one step back: linear in practice, never exponential.
fn component_matches(pattern: &[char], text: &[char]) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match (pattern.get(p), text.get(t)) {
            (Some('*'), _) => {
                star = Some((p, t));
                p += 1;
            }
            (Some('?'), _) => {
                p += 1;
                t += 1;
            }
            (Some(a), Some(b)) if a == b => {
                p += 1;
                t += 1;
            }
            _ => match star {
                Some((at, from)) => {
                    star = Some((at, from + 1));
                    p = at + 1;
                    t = from + 1;
                }
                None => return false,
            },
        }
    }
    pattern.iter().skip(p).all(|c| *c == '*')
}

/// Percent-encodes everything but RFC 3986's unreserved characters: a role's name in an address or a file name.
pub fn quote(name: &str) -> String {
    encode(name, false)
}

/// Like [`quote`], but keeps `/`: a target path in an address.
pub fn quote_path(path: &str) -> String {
    encode(path, true)
}

fn encode(text: &str, slash: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            b'/' if slash => out.push('/'),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// Where a target lies in a repository with consistent snapshots: its hash stands before its file name.
pub fn hashed(path: &str, hash: &str) -> String {
    match path.rsplit_once('/') {
        Some((dir, name)) => format!("{dir}/{hash}.{name}"),
        None => format!("{hash}.{path}"),
    }
}

/// Where a patch lies.
pub fn patch(sha256: &str) -> String {
    format!("patches/{sha256}.zst")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stays_within_its_component() {
        assert!(matches("files/bosai/*", "files/bosai/map.pdf"));
        assert!(!matches("files/bosai/*", "files/bosai/a/map.pdf"));
        assert!(!matches("files/bosai/*", "files/koho/map.pdf"));
        assert!(matches("foo-?.tgz", "foo-1.tgz") && !matches("foo-?.tgz", "foo-10.tgz"));
        assert!(matches("*a*b", "xaxbab") && !matches("*a*b", "xaxba"));
        assert!(!matches("*".repeat(50).as_str(), "a/b"));
    }

    #[test]
    fn names_cannot_leave_their_folder() {
        assert_eq!(quote("../timestamp"), "..%2Ftimestamp");
        assert_eq!(quote("防災?#"), "%E9%98%B2%E7%81%BD%3F%23");
        assert_eq!(hashed("notices/koho.jsonl.zst", "ab"), "notices/ab.koho.jsonl.zst");
    }
}
