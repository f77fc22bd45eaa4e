use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use super::stored::{Stored, Version};
use crate::Limits;

/// The files that were asked for lately, ready to be sent.
pub(crate) struct Cache {
    born: Instant,
    recheck: Duration,
    room: u64,
    shelf: RwLock<Shelf>,
    /// Whoever loads a file holds one of these, so that a hundred who come at once do not load it a hundred times.
    turns: [Mutex<()>; 16],
}

#[derive(Default)]
struct Shelf {
    /// By the town's number, then by the file's path.
    files: HashMap<usize, HashMap<Box<str>, Arc<Slot>>>,
    taken: u64,
}

struct Slot {
    stored: Arc<Stored>,
    /// When it was last compared with the disk, in milliseconds of this cache's life. A file in use is compared once
    /// a second, so this also tells which files nobody uses any more.
    checked: AtomicU64,
}

impl Cache {
    pub(crate) fn new(limits: &Limits) -> Self {
        Cache {
            born: Instant::now(),
            recheck: limits.recheck,
            room: u64::try_from(limits.cache_bytes).unwrap_or(u64::MAX),
            shelf: RwLock::default(),
            turns: Default::default(),
        }
    }

    /// A town's file as it is now, or as it was within the time for which it is believed.
    pub(crate) async fn get(&self, town: usize, folder: &Path, file: &str) -> io::Result<Arc<Stored>> {
        let now = self.born.elapsed();
        let known = self.known(town, file);
        if let Some(slot) = &known
            && now.saturating_sub(Duration::from_millis(slot.checked.load(Ordering::Relaxed))) < self.recheck
        {
            return Ok(slot.stored.clone());
        }
        // On this thread although it asks the system: the answer is in the system's memory, for absent files too,
        // and getting it takes less than handing the question to another thread. So absent files, which every phone
        // asks for when it looks for a newer root, need no place here.
        let version = match std::fs::metadata(folder.join(file)) {
            Ok(found) if found.is_file() => Version::of(&found),
            Ok(_) => return self.forget(town, file, io::ErrorKind::NotFound.into()),
            Err(error) => return self.forget(town, file, error),
        };
        if let Some(slot) = known
            && slot.stored.version == version
        {
            slot.checked.store(millis(now), Ordering::Relaxed);
            return Ok(slot.stored.clone());
        }
        self.load(town, folder, file, version).await
    }

    async fn load(&self, town: usize, folder: &Path, file: &str, seen: Version) -> io::Result<Arc<Stored>> {
        let mut hasher = DefaultHasher::new();
        (town, file).hash(&mut hasher);
        let turn = usize::try_from(hasher.finish() % 16).ok().and_then(|number| self.turns.get(number));
        let _turn = match turn {
            Some(turn) => Some(turn.lock().await),
            None => None,
        };
        if let Some(slot) = self.known(town, file)
            && slot.stored.version == seen
        {
            return Ok(slot.stored.clone());
        }
        let begun = self.born.elapsed();
        let (folder, name) = (folder.to_owned(), file.to_owned());
        let loaded = tokio::task::spawn_blocking(move || Stored::load(&folder, &name)).await;
        let stored = match loaded.unwrap_or_else(|error| Err(io::Error::other(error))) {
            Ok(stored) => Arc::new(stored),
            Err(error) => return self.forget(town, file, error),
        };
        self.keep(town, file, Slot { stored: stored.clone(), checked: AtomicU64::new(millis(begun)) });
        Ok(stored)
    }

    fn known(&self, town: usize, file: &str) -> Option<Arc<Slot>> {
        let shelf = self.shelf.read().unwrap_or_else(PoisonError::into_inner);
        shelf.files.get(&town)?.get(file).cloned()
    }

    fn keep(&self, town: usize, file: &str, slot: Slot) {
        let mut shelf = self.shelf.write().unwrap_or_else(PoisonError::into_inner);
        shelf.taken += slot.stored.cost();
        if let Some(old) = shelf.files.entry(town).or_default().insert(file.into(), Arc::new(slot)) {
            shelf.taken -= old.stored.cost();
        }
        if shelf.taken > self.room {
            // Down to three quarters, so that the next file does not have to look for room again.
            shelf.shrink_to(self.room / 4 * 3);
        }
    }

    fn forget<T>(&self, town: usize, file: &str, error: io::Error) -> io::Result<T> {
        if self.known(town, file).is_some() {
            let mut shelf = self.shelf.write().unwrap_or_else(PoisonError::into_inner);
            shelf.remove(town, file);
        }
        Err(error)
    }
}

impl Shelf {
    fn remove(&mut self, town: usize, file: &str) {
        if let Some(old) = self.files.get_mut(&town).and_then(|files| files.remove(file)) {
            self.taken -= old.stored.cost();
        }
    }

    fn shrink_to(&mut self, room: u64) {
        let mut by_age: Vec<(u64, usize, Box<str>)> = Vec::new();
        for (town, files) in &self.files {
            let ages =
                files.iter().map(|(file, slot)| (slot.checked.load(Ordering::Relaxed), *town, file.clone()));
            by_age.extend(ages);
        }
        by_age.sort_unstable();
        for (_, town, file) in by_age {
            if self.taken <= room {
                break;
            }
            self.remove(town, &file);
        }
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cache(recheck_ms: u64, cache_bytes: usize) -> Cache {
        Cache::new(&Limits { recheck: Duration::from_millis(recheck_ms), cache_bytes, ..Limits::default() })
    }

    #[tokio::test]
    async fn a_file_is_loaded_once_per_version_and_looked_at_again_after_its_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, "1").unwrap();
        let cache = cache(500, 1 << 20);
        let first = cache.get(0, folder.path(), "a").await.unwrap();
        std::fs::write(&path, "22").unwrap();
        let second = cache.get(0, folder.path(), "a").await.unwrap();
        assert!(Arc::ptr_eq(&first, &second), "believed for its time");
        tokio::time::sleep(Duration::from_millis(510)).await;
        let third = cache.get(0, folder.path(), "a").await.unwrap();
        assert_eq!(third.plain.len, 2);
        tokio::time::sleep(Duration::from_millis(510)).await;
        assert!(Arc::ptr_eq(&third, &cache.get(0, folder.path(), "a").await.unwrap()));
        std::fs::remove_file(&path).unwrap();
        tokio::time::sleep(Duration::from_millis(510)).await;
        assert_eq!(cache.get(0, folder.path(), "a").await.unwrap_err().kind(), io::ErrorKind::NotFound);
        assert_eq!(cache.shelf.read().unwrap().taken, 0);
    }

    #[tokio::test]
    async fn towns_do_not_see_each_others_files() {
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::fs::write(one.path().join("a"), "1").unwrap();
        let cache = cache(1000, 1 << 20);
        cache.get(0, one.path(), "a").await.unwrap();
        assert!(cache.get(1, two.path(), "a").await.is_err());
    }

    #[tokio::test]
    async fn the_room_is_bounded_and_what_was_unused_longest_goes() {
        let folder = tempfile::tempdir().unwrap();
        let cache = cache(0, 40_000);
        for number in 0..20 {
            std::fs::write(folder.path().join(number.to_string()), [0; 4000]).unwrap();
            cache.get(0, folder.path(), &number.to_string()).await.unwrap();
            cache.get(0, folder.path(), "0").await.unwrap();
            assert!(cache.shelf.read().unwrap().taken <= 40_000);
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        assert!(cache.known(0, "0").is_some() && cache.known(0, "19").is_some());
        assert!(cache.known(0, "1").is_none());
    }

    #[tokio::test]
    async fn a_hundred_at_once_get_the_same_loaded_file() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("1.targets.json"), "[1]".repeat(20_000)).unwrap();
        let cache = Arc::new(cache(1000, 1 << 20));
        let asking: Vec<_> = (0..100)
            .map(|_| {
                let (cache, folder) = (cache.clone(), folder.path().to_owned());
                tokio::spawn(async move { cache.get(0, &folder, "1.targets.json").await.unwrap() })
            })
            .collect();
        let first = cache.get(0, folder.path(), "1.targets.json").await.unwrap();
        for task in asking {
            assert!(Arc::ptr_eq(&first, &task.await.unwrap()));
        }
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn links_may_lead_inside_only() {
        use std::os::unix::fs::symlink;
        let outside = tempfile::tempdir().unwrap();
        std::fs::write(outside.path().join("secret"), "1").unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("sub")).unwrap();
        std::fs::write(folder.path().join("sub/a"), "1").unwrap();
        symlink("sub/a", folder.path().join("inside")).unwrap();
        symlink(outside.path().join("secret"), folder.path().join("file")).unwrap();
        symlink(outside.path(), folder.path().join("dir")).unwrap();
        let cache = cache(0, 1 << 20);
        assert!(cache.get(0, folder.path(), "inside").await.is_ok());
        for name in ["file", "dir/secret", "sub", "dir"] {
            assert_eq!(
                cache.get(0, folder.path(), name).await.unwrap_err().kind(),
                io::ErrorKind::NotFound,
                "{name}"
            );
        }
    }
}
