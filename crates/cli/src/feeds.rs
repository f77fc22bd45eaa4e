use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use madoguchi_publisher::repository::Repository;

use crate::output::Failure;

/// A feed may have this many bytes.
const MAX: u64 = 5 * 1024 * 1024;

/// Gets news feeds, and keeps the last good copy of each: a web site that is down for an hour must not take a town's
/// notices along.
pub struct Feeds {
    copies: PathBuf,
}

impl Feeds {
    /// Copies lie in the office folder of the public folder.
    pub fn beside(public: &Path) -> Result<Self, Failure> {
        Ok(Feeds { copies: Repository::at(public)?.office().join("feeds") })
    }

    /// Gets a feed over https (or plain http from this machine itself), else its last good copy.
    pub fn get(&self, url: &str) -> Result<Vec<u8>, String> {
        let name: String =
            url.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).take(200).collect();
        let copy = self.copies.join(name);
        match fetch(url) {
            Ok(bytes) => {
                let kept = fs::create_dir_all(&self.copies).and_then(|()| fs::write(&copy, &bytes));
                if let Err(error) = kept {
                    eprintln!("madoguchi: {}: {error}", copy.display());
                }
                Ok(bytes)
            }
            Err(why) => {
                let bytes = fs::read(&copy).map_err(|_| why.clone())?;
                eprintln!("madoguchi: {why}（前に届いたものを使います）");
                Ok(bytes)
            }
        }
    }
}

fn fetch(url: &str) -> Result<Vec<u8>, String> {
    let local = ["http://127.0.0.1:", "http://localhost:", "http://[::1]:"]
        .iter()
        .any(|prefix| url.starts_with(prefix));
    if !url.starts_with("https://") && !local {
        return Err(format!("{url}: https のアドレスを書いてください"));
    }
    let agent =
        ureq::Agent::config_builder().timeout_global(Some(Duration::from_secs(30))).https_only(!local);
    let mut response =
        agent.build().new_agent().get(url).call().map_err(|error| format!("{url}: {error}"))?;
    response.body_mut().with_config().limit(MAX).read_to_vec().map_err(|error| format!("{url}: {error}"))
}
