//! The phone's side of trust, against a small repository made in memory.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp as Instant};

use super::*;
use crate::key::SigningKey;
use crate::metadata::*;

struct Repo {
    root_key: SigningKey,
    online: SigningKey,
    town: SigningKey,
    bosai: SigningKey,
    files: BTreeMap<String, Vec<u8>>,
    requests: Vec<String>,
    versions: [u64; 5],
    now: Instant,
    timestamp_life: SignedDuration,
}

const DAY: SignedDuration = SignedDuration::from_hours(24);

fn signed<M: Metadata>(metadata: &M, key: &SigningKey) -> Vec<u8> {
    Envelope::sign(metadata, &[key]).unwrap().to_bytes().unwrap()
}

fn common(kind: &str, version: u64, expires: Instant) -> Common {
    Common::new(kind, version, expires)
}

impl Repo {
    fn new() -> Self {
        let key = || SigningKey::generate().unwrap();
        let mut repo = Repo {
            root_key: key(),
            online: key(),
            town: key(),
            bosai: key(),
            files: BTreeMap::new(),
            requests: Vec::new(),
            versions: [1; 5],
            now: "2026-11-21T00:00:00Z".parse().unwrap(),
            timestamp_life: DAY,
        };
        repo.publish();
        repo
    }

    fn root(&self) -> Root {
        let role =
            |key: &SigningKey| Role { keyids: vec![key.public().id()], threshold: 1, ..Default::default() };
        let keys = [&self.root_key, &self.online, &self.town];
        Root {
            common: common("root", self.versions[0], self.now + DAY * 365),
            consistent_snapshot: true,
            keys: keys.iter().map(|k| (k.public().id(), k.public())).collect(),
            roles: BTreeMap::from([
                ("root".into(), role(&self.root_key)),
                ("timestamp".into(), role(&self.online)),
                ("snapshot".into(), role(&self.online)),
                ("targets".into(), role(&self.town)),
            ]),
            town: Some("222127".into()),
            extra: Extra::new(),
        }
    }

    fn publish(&mut self) {
        let [root, timestamp, snapshot, targets, bosai] = self.versions;
        let expires = self.now + DAY * 100;
        let entry = |text: &str| Target::of(text.as_bytes());
        let delegations = Delegations {
            keys: BTreeMap::from([(self.bosai.public().id(), self.bosai.public())]),
            roles: vec![DelegatedRole {
                name: "bosai".into(),
                keyids: vec![self.bosai.public().id()],
                threshold: 1,
                terminating: false,
                paths: Some(vec!["alerts/*".into()]),
                path_hash_prefixes: None,
                extra: Extra::new(),
            }],
            extra: Extra::new(),
        };
        let top = Targets {
            common: common("targets", targets, expires),
            targets: BTreeMap::from([("town/town".into(), entry("town"))]),
            delegations: Some(delegations),
            extra: Extra::new(),
        };
        let department = Targets {
            common: common("targets", bosai, expires),
            targets: BTreeMap::from([
                ("alerts/bosai".into(), entry("alert")),
                ("notices/koho".into(), entry("not its own")),
            ]),
            delegations: None,
            extra: Extra::new(),
        };
        let meta = [("targets.json", targets), ("bosai.json", bosai)];
        let snap = Snapshot {
            common: common("snapshot", snapshot, self.now + DAY * 7),
            meta: meta.iter().map(|(name, v)| (name.to_string(), MetaFile::version(*v))).collect(),
            extra: Extra::new(),
        };
        let time = Timestamp {
            common: common("timestamp", timestamp, self.now + self.timestamp_life),
            meta: BTreeMap::from([("snapshot.json".into(), MetaFile::version(snapshot))]),
            issued: Some(self.now),
            extra: Extra::new(),
        };
        let files = [
            (format!("{root}.root.json"), signed(&self.root(), &self.root_key)),
            ("timestamp.json".into(), signed(&time, &self.online)),
            (format!("{snapshot}.snapshot.json"), signed(&snap, &self.online)),
            (format!("{targets}.targets.json"), signed(&top, &self.town)),
            (format!("{bosai}.bosai.json"), signed(&department, &self.bosai)),
        ];
        self.files.extend(files);
    }

    /// A new version of everything but the root.
    fn publish_next(&mut self) {
        for version in &mut self.versions[1..] {
            *version += 1;
        }
        self.publish();
    }

    fn joined(&self) -> MemoryStore {
        let mut store = MemoryStore::default();
        store.store("root.json", &self.files["1.root.json"]).unwrap();
        store
    }

    fn sync_at(
        &mut self,
        store: &mut MemoryStore,
        now: Instant,
        expiry: Expiry,
    ) -> Result<Refreshed, ClientError> {
        self.requests.clear();
        let mut client = Client::open(SharedStore(store), now, expiry)?;
        pollster::block_on(async {
            let refreshed = client.refresh(self).await?;
            match client.load_roles(self).await?.into_iter().next() {
                Some(failure) => Err(failure),
                None => Ok(refreshed),
            }
        })
    }

    fn sync(&mut self, store: &mut MemoryStore) -> Result<Refreshed, ClientError> {
        self.sync_at(store, self.now, Expiry::Lenient)
    }
}

struct SharedStore<'a>(&'a mut MemoryStore);

impl MetadataStore for SharedStore<'_> {
    fn load(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.0.load(name)
    }
    fn store(&mut self, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.0.store(name, bytes)
    }
    fn remove(&mut self, name: &str) -> Result<(), StoreError> {
        self.0.remove(name)
    }
}

impl MetadataFetch for Repo {
    async fn fetch(&mut self, name: &str, _: u64) -> Result<Vec<u8>, FetchError> {
        self.requests.push(name.into());
        self.files.get(name).cloned().ok_or(FetchError::NotFound)
    }
}

fn code(result: Result<Refreshed, ClientError>) -> &'static str {
    result.unwrap_err().code()
}

#[test]
fn a_first_sync_takes_everything_and_a_second_costs_two_requests() {
    let mut repo = Repo::new();
    let mut store = repo.joined();
    assert!(repo.sync(&mut store).unwrap().newer);
    assert_eq!(repo.requests.len(), 5);
    assert!(!repo.sync(&mut store).unwrap().newer);
    assert_eq!(repo.requests, ["2.root.json", "timestamp.json"]);
}

#[test]
fn a_department_speaks_only_of_its_own_paths() {
    let mut repo = Repo::new();
    let mut store = repo.joined();
    repo.sync(&mut store).unwrap();
    let client = Client::open(store.clone(), repo.now, Expiry::Strict).unwrap();
    assert!(client.targets().iter().all(|t| t.role == "targets"), "nothing is loaded before load_roles");
    let mut client = Client::open(store, repo.now, Expiry::Strict).unwrap();
    pollster::block_on(client.load_roles(&mut repo)).unwrap();
    let paths: Vec<_> = client.targets().into_iter().map(|t| (t.path, t.role)).collect();
    assert_eq!(paths, [("town/town".into(), "targets".into()), ("alerts/bosai".into(), "bosai".into())]);
    assert!(pollster::block_on(client.find(&mut repo, "notices/koho")).is_err());
}

#[test]
fn a_key_that_is_not_the_departments_is_refused() {
    let mut repo = Repo::new();
    let mut store = repo.joined();
    repo.sync(&mut store).unwrap();
    let before = store.clone();
    repo.publish_next();
    let forged = Envelope::parse(&repo.files["2.bosai.json"]).unwrap().read::<Targets>().unwrap();
    let bytes = signed(&forged, &repo.online);
    repo.files.insert("2.bosai.json".into(), bytes);
    assert_eq!(code(repo.sync(&mut store)), "signature");
    assert_eq!(store.0["bosai.json"], before.0["bosai.json"]);
    // What 防災課 said before stays.
    let mut client = Client::open(store, repo.now, Expiry::Lenient).unwrap();
    assert_eq!(pollster::block_on(client.load_roles(&mut repo)).unwrap().len(), 1);
    assert!(client.targets().iter().any(|t| t.path == "alerts/bosai"));
}

#[test]
fn nothing_older_than_known_is_taken() {
    let mut repo = Repo::new();
    let mut store = repo.joined();
    let old = repo.files.clone();
    repo.publish_next();
    repo.sync(&mut store).unwrap();
    let before = store.clone();
    repo.files.insert("timestamp.json".into(), old["timestamp.json"].clone());
    assert_eq!(code(repo.sync(&mut store)), "rollback");
    assert_eq!(store, before);
}

#[test]
fn every_flipped_bit_of_every_file_is_refused_and_nothing_is_lost() {
    let mut repo = Repo::new();
    let mut store = repo.joined();
    repo.sync(&mut store).unwrap();
    repo.publish_next();
    for name in ["timestamp.json", "2.snapshot.json", "2.targets.json", "2.bosai.json"] {
        let good = repo.files[name].clone();
        for place in 0..good.len() {
            let mut bad = good.clone();
            bad[place] ^= 1 << (place % 8);
            repo.files.insert(name.into(), bad);
            let mut phone = store.clone();
            let result = repo.sync(&mut phone);
            let kept = name.trim_start_matches("2.");
            assert!(result.is_err(), "{name} byte {place}");
            assert_eq!(phone.0[kept], store.0[kept], "{name} byte {place}");
        }
        repo.files.insert(name.into(), good);
    }
    repo.sync(&mut store).unwrap();
}

#[test]
fn another_towns_bundle_is_refused() {
    let (mut repo, other) = (Repo::new(), Repo::new());
    let mut store = repo.joined();
    repo.sync(&mut store).unwrap();
    let before = store.clone();
    repo.publish_next();
    repo.files = other.files;
    assert_eq!(code(repo.sync(&mut store)), "signature");
    assert_eq!(store, before);
}

#[test]
fn what_is_stale_stays_readable_and_nothing_stale_takes_its_place() {
    let mut repo = Repo::new();
    let mut store = repo.joined();
    repo.sync(&mut store).unwrap();
    let before = store.clone();
    // The town stops signing; two days later someone replays a newer but expired timestamp.
    repo.publish_next();
    let later = repo.now + DAY * 2;
    let refreshed = repo.sync_at(&mut store, later, Expiry::Lenient).unwrap();
    assert_eq!(refreshed.refused_stale.map(|s| s.role), Some("timestamp".into()));
    assert_eq!(store, before);
    let client = Client::open(store.clone(), later, Expiry::Lenient).unwrap();
    assert_eq!(client.stale().len(), 1);
    assert!(!client.is_fresh());
    assert!(Client::open(store.clone(), repo.now, Expiry::Lenient).unwrap().is_fresh());
    assert_eq!(code(repo.sync_at(&mut store, later, Expiry::Strict)), "expired");
}

#[test]
fn a_phone_that_has_nothing_takes_what_is_authentic_but_stale() {
    let mut repo = Repo::new();
    let mut store = repo.joined();
    let later = repo.now + DAY * 3;
    assert!(repo.sync_at(&mut store, later, Expiry::Lenient).unwrap().newer);
    assert!(!Client::open(store, later, Expiry::Lenient).unwrap().stale().is_empty());
}

#[test]
fn a_clock_ten_years_off_loses_nothing_and_is_healed_when_it_is_right_again() {
    let mut repo = Repo::new();
    let mut store = repo.joined();
    repo.sync(&mut store).unwrap();
    let before = store.clone();
    let ten_years = DAY * 3653;
    repo.publish_next();
    assert!(repo.sync_at(&mut store, repo.now + ten_years, Expiry::Lenient).unwrap().refused_stale.is_some());
    assert_eq!(store, before);
    // Set back, the clock cannot make anything fresh.
    let past = Client::open(store.clone(), repo.now - ten_years, Expiry::Lenient).unwrap();
    assert!(past.clock_is_behind() && !past.is_fresh());
    assert!(repo.sync(&mut store).unwrap().newer, "with the right clock all goes on");
}

#[test]
fn a_town_whose_clock_was_years_ahead_once_is_believed_again_when_it_is_right() {
    let mut repo = Repo::new();
    let mut store = repo.joined();
    let right = repo.now;
    repo.now = right + DAY * 3653;
    repo.publish();
    repo.sync_at(&mut store, right, Expiry::Lenient).unwrap();
    assert!(!Client::open(store.clone(), right, Expiry::Lenient).unwrap().is_fresh(), "its date is in doubt");
    repo.now = right;
    repo.publish_next();
    assert!(repo.sync_at(&mut store, right, Expiry::Lenient).unwrap().newer);
    assert!(Client::open(store, right, Expiry::Lenient).unwrap().is_fresh());
}

#[test]
fn mixed_versions_are_refused() {
    let mut repo = Repo::new();
    let mut store = repo.joined();
    repo.sync(&mut store).unwrap();
    let before = store.clone();
    let old = repo.files["1.targets.json"].clone();
    repo.publish_next();
    repo.files.insert("2.targets.json".into(), old);
    assert_eq!(code(repo.sync(&mut store)), "mixed");
    assert_eq!(store.0["targets.json"], before.0["targets.json"]);
    repo.files.remove("2.targets.json");
    assert_eq!(code(repo.sync(&mut store)), "missing");
}

#[test]
fn a_root_signed_by_the_old_root_rotates_the_online_key_and_heals_a_fast_forward() {
    let mut repo = Repo::new();
    let mut store = repo.joined();
    repo.versions[1] = 1_000_000;
    repo.publish();
    repo.sync(&mut store).unwrap();
    repo.online = SigningKey::generate().unwrap();
    repo.versions = [2, 2, 2, 2, 2];
    repo.publish();
    assert!(repo.sync(&mut store).unwrap().newer);
    assert_eq!(Client::open(store, repo.now, Expiry::Strict).unwrap().timestamp().unwrap().common.version, 2);
}

#[test]
fn a_root_not_signed_by_the_known_root_is_refused() {
    let mut repo = Repo::new();
    let mut store = repo.joined();
    repo.sync(&mut store).unwrap();
    repo.root_key = SigningKey::generate().unwrap();
    repo.versions[0] = 2;
    repo.publish();
    assert_eq!(code(repo.sync(&mut store)), "signature");
}
