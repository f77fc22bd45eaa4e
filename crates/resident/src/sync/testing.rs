//! A town in memory: signs as a real one does, and answers at the socket's edge.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::path::Path;

use jiff::{SignedDuration, Timestamp as Instant};
use madoguchi_bundle::encoding::sha256;
use madoguchi_bundle::key::SigningKey;
use madoguchi_bundle::metadata::*;
use madoguchi_bundle::{collection, compress, patch, path};
use madoguchi_model::{CollectionHeader, CollectionKind, FORMAT, TownCode};
use serde_json::{Value, json};

use crate::Phone;
use crate::edges::{Answering, Clock, FolderHome, Head, Net, NetError, Receive, Request};

pub(crate) const BASE: &str = "http://127.0.0.1:1/222127/";
const CHUNK: usize = 1000;

/// How the town, or what lies in between, behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Good,
    Offline,
    Refused,
    /// A page to log in, with status 200.
    Portal,
    /// A redirect to another host.
    Redirected,
    /// The line breaks after so many chunks.
    Breaks(usize),
    /// The phone dies after so many chunks.
    Dies(usize),
    /// Answers 200 with everything, whatever part was asked for.
    IgnoresRange,
}

pub(crate) struct FakeTown {
    pub(crate) code: TownCode,
    keys: [SigningKey; 4],
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    raw: BTreeMap<String, Vec<u8>>,
    attachments: BTreeMap<String, Vec<u8>>,
    /// Packs by path, for the next publication.
    pub(crate) packs: BTreeMap<String, Vec<u8>>,
    pub(crate) version: u64,
    pub(crate) now: Instant,
    pub(crate) mode: Cell<Mode>,
    chunks: Cell<usize>,
    pub(crate) requests: RefCell<Vec<String>>,
}

pub(crate) struct FixedClock(pub(crate) Instant);

impl Clock for FixedClock {
    fn now(&self) -> Instant {
        self.0
    }
}

pub(crate) fn phone_at(folder: &Path, now: Instant) -> Phone {
    Phone::open(Box::new(FolderHome::new(folder)), Box::new(FixedClock(now))).unwrap()
}

/// A notice with text that does not pack well, so that its collection takes many chunks.
pub(crate) fn notice(id: &str, title: &str, long: usize) -> Value {
    let noise: String = (0..long).map(|i| sha256(format!("{id}{i}").as_bytes())).collect();
    json!({"id": id, "segments": ["living"], "published_at": "2026-11-20T00:00:00Z", "title": title,
        "body": [{"t": "paragraph", "text": [{"t": "text", "text": noise}]}]})
}

fn signed<M: Metadata>(metadata: &M, key: &SigningKey) -> Vec<u8> {
    Envelope::sign(metadata, &[key]).unwrap().to_bytes().unwrap()
}

impl FakeTown {
    pub(crate) fn new() -> Self {
        FakeTown {
            code: "222127".parse().unwrap(),
            keys: [1, 2, 3, 4].map(|n| SigningKey::from_seed([n; 32]).unwrap()),
            files: BTreeMap::new(),
            raw: BTreeMap::new(),
            attachments: BTreeMap::new(),
            packs: BTreeMap::new(),
            version: 0,
            now: "2026-11-21T00:00:00Z".parse().unwrap(),
            mode: Cell::new(Mode::Good),
            chunks: Cell::new(0),
            requests: RefCell::default(),
        }
    }

    /// The same town, by the same keys, somewhere else.
    pub(crate) fn copy(&self) -> Self {
        let mut copy = FakeTown::new();
        copy.files = self.files.clone();
        copy.raw = self.raw.clone();
        copy.attachments = self.attachments.clone();
        copy.packs = self.packs.clone();
        (copy.version, copy.now) = (self.version, self.now);
        copy
    }

    pub(crate) fn root(&self) -> Vec<u8> {
        self.files["metadata/1.root.json"].clone()
    }

    pub(crate) fn attach(&mut self, path: &str, bytes: &[u8]) {
        self.attachments.insert(path.into(), bytes.into());
    }

    /// Publishes the town's own collection and these of the department `koho`; with patches from what was there.
    pub(crate) fn publish(&mut self, collections: &[(CollectionKind, Vec<Value>)]) {
        let town = json!({"code": self.code, "name": "焼津市"});
        let mut targets = self.collection(CollectionKind::Town, "town", &[town]);
        let mut department = BTreeMap::new();
        for (kind, records) in collections {
            department.append(&mut self.collection(*kind, "koho", records));
        }
        for (path, bytes) in self.attachments.clone() {
            let target = Target::of(&bytes);
            self.files.insert(format!("targets/{}", path::hashed(&path, &sha256(&bytes))), bytes);
            department.insert(path, target);
        }
        for (path, raw) in self.packs.clone() {
            let target = self.packed(&path, raw);
            department.insert(path, target);
        }
        targets.retain(|path, _| path.starts_with("town/"));
        self.sign(targets, department);
    }

    /// Signs a new timestamp over the same content, without a new version of anything else.
    pub(crate) fn sign_timestamp(&mut self, snapshot: u64) {
        self.version += 1;
        let time = Timestamp {
            common: Common::new("timestamp", self.version, self.now + SignedDuration::from_hours(24)),
            meta: BTreeMap::from([("snapshot.json".into(), MetaFile::version(snapshot))]),
            issued: Some(self.now),
            extra: Extra::new(),
        };
        self.files.insert("metadata/timestamp.json".into(), signed(&time, &self.keys[1]));
    }

    fn collection(
        &mut self,
        kind: CollectionKind,
        department: &str,
        records: &[Value],
    ) -> BTreeMap<String, Target> {
        let header = CollectionHeader {
            collection: kind,
            format: FORMAT,
            town: self.code.clone(),
            department: department.into(),
            sources: Vec::new(),
        };
        let raw = collection::write(&header, records).unwrap();
        let path = kind.target_path(department);
        let target = self.packed(&path, raw);
        BTreeMap::from([(path, target)])
    }

    /// Puts a file there under zstd, with a patch from what was there before.
    fn packed(&mut self, path: &str, raw: Vec<u8>) -> Target {
        let packed = compress::compress(&raw).unwrap();
        let mut patches = Vec::new();
        if let Some(old) = self.raw.insert(path.into(), raw.clone())
            && old != raw
        {
            let bytes = patch::make(&old, &raw).unwrap();
            let hash = sha256(&bytes);
            let from = sha256(&old)[..16].to_string();
            patches.push(Patch { from, length: bytes.len() as u64, sha256: hash.clone() });
            self.files.insert(format!("targets/{}", path::patch(&hash)), bytes);
        }
        let custom = TargetCustom { raw: Raw { length: raw.len() as u64, sha256: sha256(&raw) }, patches };
        let target = Target { custom: serde_json::to_value(custom).ok(), ..Target::of(&packed) };
        self.files.insert(format!("targets/{}", path::hashed(path, &sha256(&packed))), packed);
        target
    }

    fn sign(&mut self, targets: BTreeMap<String, Target>, department: BTreeMap<String, Target>) {
        self.version += 1;
        let version = self.version;
        let expires = self.now + SignedDuration::from_hours(24 * 100);
        let [root, online, town, koho] = &self.keys;
        let role =
            |key: &SigningKey| Role { keyids: vec![key.public().id()], threshold: 1, ..Default::default() };
        let top = Root {
            common: Common::new("root", 1, "2036-01-01T00:00:00Z".parse().unwrap()),
            consistent_snapshot: true,
            keys: [root, online, town].iter().map(|k| (k.public().id(), k.public())).collect(),
            roles: BTreeMap::from([
                ("root".into(), role(root)),
                ("timestamp".into(), role(online)),
                ("snapshot".into(), role(online)),
                ("targets".into(), role(town)),
            ]),
            town: Some(self.code.to_string()),
            extra: Extra::new(),
        };
        let delegation = DelegatedRole {
            name: "koho".into(),
            keyids: vec![koho.public().id()],
            threshold: 1,
            terminating: false,
            paths: Some(vec!["*/koho.jsonl.zst".into(), "files/koho/*".into(), "packs/koho/*".into()]),
            path_hash_prefixes: None,
            extra: Extra::new(),
        };
        let delegations = Delegations {
            keys: BTreeMap::from([(koho.public().id(), koho.public())]),
            roles: vec![delegation],
            extra: Extra::new(),
        };
        let common = |kind: &str| Common::new(kind, version, expires);
        let of_town = Targets {
            common: common("targets"),
            targets,
            delegations: Some(delegations),
            extra: Extra::new(),
        };
        let of_koho = Targets {
            common: common("targets"),
            targets: department,
            delegations: None,
            extra: Extra::new(),
        };
        let listed = ["targets.json", "koho.json"].map(|name| (name.to_string(), MetaFile::version(version)));
        let snapshot = Snapshot { common: common("snapshot"), meta: listed.into(), extra: Extra::new() };
        let files = [
            ("1.root.json".to_string(), signed(&top, root)),
            (format!("{version}.snapshot.json"), signed(&snapshot, online)),
            (format!("{version}.targets.json"), signed(&of_town, town)),
            (format!("{version}.koho.json"), signed(&of_koho, koho)),
        ];
        self.files.extend(files.into_iter().map(|(name, bytes)| (format!("metadata/{name}"), bytes)));
        self.version -= 1;
        self.sign_timestamp(version);
    }

    /// Answers from the first chunk on again.
    pub(crate) fn behave(&self, mode: Mode) {
        self.mode.set(mode);
        self.chunks.set(0);
        self.requests.borrow_mut().clear();
    }

    async fn answer(&self, request: &Request, receiver: &mut dyn Receive) -> Result<(), NetError> {
        let mode = self.mode.get();
        match mode {
            Mode::Offline => return Err(NetError::DeviceOffline),
            Mode::Refused => return Err(NetError::Unreachable("refused".into())),
            _ => self.requests.borrow_mut().push(request.url.clone()),
        }
        if mode == Mode::Redirected {
            let location = Some("https://login.example.com/".into());
            return receiver.head(Head { status: 302, location, ..Head::default() });
        }
        let path = request.url.strip_prefix(BASE).unwrap();
        let from = request.from.filter(|_| mode != Mode::IgnoresRange);
        let (status, body) = match self.files.get(path) {
            _ if mode == Mode::Portal => (200, b" <!DOCTYPE html><html>login".to_vec()),
            None => (404, b"<html>not found</html>".to_vec()),
            Some(whole) if request.gzip => {
                use std::io::Write;
                let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
                packed.write_all(whole).unwrap();
                (200, packed.finish().unwrap())
            }
            Some(whole) => match from {
                None => (200, whole.clone()),
                Some(from) if from < whole.len() as u64 => (206, whole[from as usize..].to_vec()),
                Some(_) => (416, Vec::new()),
            },
        };
        let packed = request.gzip && status == 200 && mode != Mode::Portal;
        receiver.head(Head {
            status,
            content_type: None,
            content_encoding: packed.then(|| "gzip".into()),
            range_start: from,
            location: None,
        })?;
        for chunk in body.chunks(CHUNK) {
            let n = self.chunks.get();
            self.chunks.set(n + 1);
            match mode {
                Mode::Breaks(after) if n >= after => return Err(NetError::Unreachable("cut off".into())),
                Mode::Dies(after) if n >= after => std::future::pending().await,
                _ => receiver.chunk(chunk)?,
            }
        }
        Ok(())
    }
}

impl Net for FakeTown {
    fn get<'a>(&'a self, request: &'a Request, receiver: &'a mut dyn Receive) -> Answering<'a> {
        Box::pin(self.answer(request, receiver))
    }
}

/// Runs a future to its end; none when it waits for what never comes: then it is dropped where it stood.
pub(crate) fn run_or_die<T>(future: impl Future<Output = T>) -> Option<T> {
    let mut future = std::pin::pin!(future);
    match future.as_mut().poll(&mut std::task::Context::from_waker(std::task::Waker::noop())) {
        std::task::Poll::Ready(done) => Some(done),
        std::task::Poll::Pending => None,
    }
}
