use std::collections::HashMap;
use std::io;

use crate::{ServeError, TownSite};

/// The towns of this server, and which of them a path means.
pub(crate) struct Towns {
    sites: Vec<TownSite>,
    by_code: HashMap<String, usize>,
}

impl Towns {
    /// Takes the towns if each can be told from the others and has its folder.
    pub(crate) fn new(sites: Vec<TownSite>) -> Result<Self, ServeError> {
        let mut by_code = HashMap::new();
        for (number, site) in sites.iter().enumerate() {
            match &site.code {
                Some(code) if by_code.insert(code.to_string(), number).is_some() => {
                    return Err(ServeError::SameTownTwice(code.clone()));
                }
                None if sites.len() > 1 => return Err(ServeError::CodeMissing(site.public.clone())),
                _ => {}
            }
            let folder = std::fs::metadata(&site.public).and_then(|found| {
                if found.is_dir() { Ok(()) } else { Err(io::ErrorKind::NotADirectory.into()) }
            });
            folder.map_err(|source| ServeError::Folder { path: site.public.clone(), source })?;
        }
        if sites.is_empty() { Err(ServeError::NoTown) } else { Ok(Towns { sites, by_code }) }
    }

    /// The town's number, its site, and what of the path is left below its folder. A server of one town serves it
    /// without its code as well.
    pub(crate) fn locate<'p>(&self, path: &'p str) -> Option<(usize, &TownSite, &'p str)> {
        let by_code = path
            .split_once('/')
            .and_then(|(code, file)| self.by_code.get(code).map(|number| (*number, file)));
        let (number, file) = match by_code {
            Some(found) => found,
            None if self.sites.len() == 1 => (0, path),
            None => return None,
        };
        Some((number, self.sites.get(number)?, file))
    }

    /// All towns with their numbers.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (usize, &TownSite)> {
        self.sites.iter().enumerate()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(code: &str) -> TownSite {
        TownSite::new(code.parse().unwrap(), std::env::temp_dir())
    }

    #[test]
    fn a_path_names_its_town() {
        let towns = Towns::new(vec![site("222127"), site("122319")]).ok().unwrap();
        let found = |path| towns.locate(path).map(|(number, _, file)| (number, file));
        assert_eq!(found("222127/root.json"), Some((0, "root.json")));
        assert_eq!(found("122319/metadata/1.root.json"), Some((1, "metadata/1.root.json")));
        assert_eq!(found("root.json"), None);
        assert_eq!(found("222127"), None);
        assert_eq!(found("131016/root.json"), None);
    }

    #[test]
    fn an_only_town_needs_no_code() {
        let towns = Towns::new(vec![site("222127")]).ok().unwrap();
        let found = |path| towns.locate(path).map(|(_, _, file)| file);
        assert_eq!(found("222127/metadata/timestamp.json"), Some("metadata/timestamp.json"));
        assert_eq!(found("metadata/timestamp.json"), Some("metadata/timestamp.json"));
        let unnamed = TownSite { code: None, public: std::env::temp_dir() };
        assert_eq!(Towns::new(vec![unnamed]).ok().unwrap().locate("a").unwrap().2, "a");
    }

    #[test]
    fn towns_that_cannot_be_told_apart_are_refused() {
        let unnamed = TownSite { code: None, public: std::env::temp_dir() };
        let missing = TownSite { public: "/does/not/exist".into(), ..site("222127") };
        assert!(matches!(Towns::new(vec![]), Err(ServeError::NoTown)));
        assert!(matches!(Towns::new(vec![site("222127"), unnamed]), Err(ServeError::CodeMissing(_))));
        assert!(matches!(
            Towns::new(vec![site("222127"), site("222127")]),
            Err(ServeError::SameTownTwice(_))
        ));
        assert!(matches!(Towns::new(vec![missing]), Err(ServeError::Folder { .. })));
    }
}
