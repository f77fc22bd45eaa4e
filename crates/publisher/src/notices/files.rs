//! Files of the town's folder to which a text refers, and where they come to lie in the bundle.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::short_hash;

/// Bytes that one attachment may have.
pub const MAX_BYTES: u64 = 20 * 1024 * 1024;

/// What may be attached, by extension.
const TYPES: [(&str, &str); 10] = [
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("webp", "image/webp"),
    ("gif", "image/gif"),
    ("csv", "text/csv"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("txt", "text/plain"),
];

/// The files of the town's folder, and which of them texts refer to so far. One for all imports of a folder, so that
/// two files of one name never take each other's place.
pub struct Shelf<'a> {
    exists: &'a dyn Fn(&str) -> Option<u64>,
    sources: RefCell<BTreeMap<String, String>>,
}

/// A file that goes into the bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Filed {
    /// Its path in the bundle (`files/koho/map.pdf`).
    pub(super) target: String,
    /// Its path in the folder.
    pub(super) source: String,
    pub(super) name: String,
    pub(super) bytes: u64,
    pub(super) media_type: &'static str,
}

impl<'a> Shelf<'a> {
    /// A shelf over a folder. `exists` says how many bytes a file of the folder has (a path relative to the folder,
    /// with `/`), and nothing for what is no plain file inside of it.
    pub fn new(exists: &'a dyn Fn(&str) -> Option<u64>) -> Self {
        Shelf { exists, sources: RefCell::default() }
    }

    /// Finds the file that a text in `folder` names, or says why it cannot be published.
    pub(super) fn find(&self, folder: &str, department: &str, path: &str) -> Result<Filed, String> {
        let outside = || "町のフォルダーの外か、ほかのサイトのファイル".to_string();
        let written = inside(folder, path).ok_or_else(outside)?;
        // Editors write a blank or a Japanese name in a Markdown link percent-encoded.
        let decoded = percent_decoded(path).and_then(|path| inside(folder, &path));
        let found = [Some(written), decoded].into_iter().flatten().find_map(|path| {
            let bytes = (self.exists)(&path)?;
            Some((path, bytes))
        });
        let (source, bytes) = found.ok_or_else(|| "ファイルが見つからない".to_string())?;
        let name = source.rsplit_once('/').map_or(source.as_str(), |(_, name)| name).to_string();
        let (stem, extension) =
            name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).unwrap_or((&name, ""));
        let lower = extension.to_ascii_lowercase();
        let (_, media_type) = *TYPES.iter().find(|(known, _)| *known == lower).ok_or_else(|| {
            format!("配信できない種類のファイル（{}だけ）", TYPES.map(|(known, _)| known).join("・"))
        })?;
        if bytes > MAX_BYTES {
            return Err(format!("大きすぎる（{} MB まで）", MAX_BYTES / 1024 / 1024));
        }
        let target = self.target(department, &source, &name, stem, extension);
        Ok(Filed { target, source, name, bytes, media_type })
    }

    /// A path in the bundle that no other file has.
    fn target(&self, department: &str, source: &str, name: &str, stem: &str, extension: &str) -> String {
        let folder = source.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut sources = self.sources.borrow_mut();
        // On disk a hash stands before the name, and file systems end at 255 bytes.
        let plain = match name.len() <= 120 {
            true => format!("files/{department}/{name}"),
            false => format!("files/{department}/{}.{extension}", short_hash(&[source], 16)),
        };
        let taken = |target: &str, sources: &BTreeMap<String, String>| {
            sources.get(target).is_some_and(|other| other != source)
        };
        let target = match taken(&plain, &sources) {
            false => plain,
            true => format!("files/{department}/{stem}-{}.{extension}", short_hash(&[folder, name], 8)),
        };
        sources.insert(target.clone(), source.into());
        target
    }
}

/// `path` as seen from `folder`, if it stays inside the town's folder.
fn inside(folder: &str, path: &str) -> Option<String> {
    let path = path.trim().replace('\\', "/");
    let outside = path.is_empty() || path.starts_with('/') || path.contains([':', '\0']);
    if outside || path.chars().any(char::is_control) {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        let (digits, tail) = after.split_at_checked(2)?;
        out.extend_from_slice(before.as_bytes());
        out.push(u8::from_str_radix(digits, 16).ok()?);
        rest = tail;
    }
    out.extend_from_slice(rest.as_bytes());
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::super::tests::exists;
    use super::*;

    #[test]
    fn a_path_stays_inside_the_folder() {
        assert_eq!(inside("koho/2026", "../map.pdf").as_deref(), Some("koho/map.pdf"));
        assert_eq!(inside("koho", "./a//b.pdf").as_deref(), Some("koho/a/b.pdf"));
        assert_eq!(inside("koho", "a\\b.pdf").as_deref(), Some("koho/a/b.pdf"));
        for bad in [
            "../../etc/passwd",
            "/etc/passwd",
            "C:\\a",
            "https://evil.jp/a.png",
            "//evil.jp/a.png",
            "",
            "..",
            "a\0b",
        ] {
            assert_eq!(inside("koho", bad), None, "{bad}");
        }
        let shelf = Shelf::new(&exists);
        assert!(shelf.find("koho", "koho", "%2e%2e/%2e%2e/etc/passwd.pdf").is_err());
    }

    #[test]
    fn a_file_is_found_with_its_type_and_size() {
        let shelf = Shelf::new(&exists);
        let filed = shelf.find("koho", "koho", "map.pdf").unwrap();
        assert_eq!((filed.target.as_str(), filed.bytes), ("files/koho/map.pdf", 1234));
        assert_eq!((filed.media_type, filed.name.as_str()), ("application/pdf", "map.pdf"));
        assert_eq!(shelf.find("", "koho", "%E5%9C%B0%E5%9B%B3.pdf").unwrap().target, "files/koho/地図.pdf");
    }

    #[test]
    fn what_cannot_be_published_is_refused_with_its_reason() {
        let shelf = Shelf::new(&exists);
        for (path, why) in
            [("tool.exe", "種類"), ("film.pdf", "20 MB"), ("none.pdf", "見つからない"), ("../../x.pdf", "外")]
        {
            let found = shelf.find("koho", "koho", path).unwrap_err();
            assert!(found.contains(why), "{path}: {found}");
        }
    }

    #[test]
    fn two_files_of_one_name_lie_side_by_side() {
        let shelf = Shelf::new(&exists);
        let first = shelf.find("koho", "koho", "map.pdf").unwrap();
        let second = shelf.find("koho/2026", "koho", "map.pdf").unwrap();
        assert_eq!(shelf.find("koho/2026", "koho", "../map.pdf").unwrap(), first);
        assert_eq!(shelf.find("koho/2026", "koho", "map.pdf").unwrap(), second);
        assert_eq!(second.source, "koho/2026/map.pdf");
        assert_ne!(first.target, second.target);
        assert!(
            second.target.starts_with("files/koho/map-") && second.target.ends_with(".pdf"),
            "{}",
            second.target
        );
        assert_eq!(shelf.find("bosai", "bosai", "map.pdf").unwrap().target, "files/bosai/map.pdf");
    }

    #[test]
    fn a_name_too_long_for_a_file_system_is_shortened() {
        let all = |_: &str| Some(1);
        let target = Shelf::new(&all).find("", "koho", &format!("{}.pdf", "長".repeat(80))).unwrap().target;
        assert!(target.len() < 60 && target.ends_with(".pdf"), "{target}");
    }
}
