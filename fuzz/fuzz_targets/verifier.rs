//! Any bytes as each file of a repository. Nothing may panic, and nothing unsigned may be stored.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use madoguchi_bundle::client::{Client, Expiry, FetchError, MemoryStore, MetadataFetch, MetadataStore};
use madoguchi_bundle::key::SigningKey;
use madoguchi_bundle::metadata::{Common, Envelope, Extra, Role, Root};

/// Answers every question with the same bytes.
struct Same<'a>(&'a [u8]);

impl MetadataFetch for Same<'_> {
    async fn fetch(&mut self, name: &str, _: u64) -> Result<Vec<u8>, FetchError> {
        // A root of the fuzzer's own would end the story at once, so the first byte decides whether there is one.
        match name.ends_with("root.json") && self.0.first() != Some(&b'R') {
            true => Err(FetchError::NotFound),
            false => Ok(self.0.strip_prefix(b"R").unwrap_or(self.0).to_vec()),
        }
    }
}

fn root() -> &'static [u8] {
    static ROOT: OnceLock<Vec<u8>> = OnceLock::new();
    ROOT.get_or_init(|| {
        let key = SigningKey::from_seed([7; 32]).expect("a key");
        let id = key.public().id();
        let role = || Role { keyids: vec![id.clone()], threshold: 1, extra: Extra::new() };
        let root = Root {
            common: Common::new("root", 1, "2030-01-01T00:00:00Z".parse().expect("a time")),
            consistent_snapshot: true,
            keys: [(id.clone(), key.public())].into(),
            roles: ["root", "timestamp", "snapshot", "targets"].map(|name| (name.to_string(), role())).into(),
            town: None,
            extra: Extra::new(),
        };
        Envelope::sign(&root, &[&key]).and_then(|e| e.to_bytes()).expect("a root")
    })
}

fuzz_target!(|bytes: &[u8]| {
    let mut store = MemoryStore::default();
    store.store("root.json", root()).expect("memory");
    let before = store.clone();
    let now = "2026-11-21T00:00:00Z".parse().expect("a time");
    let mut client = Client::open(store, now, Expiry::Lenient).expect("a trusted root");
    let _ = pollster::block_on(client.refresh(&mut Same(bytes)));
    assert_eq!(client.into_store(), before, "stored without a signature");
    // The same bytes as the trusted root itself.
    let mut store = MemoryStore::default();
    store.store("root.json", bytes).expect("memory");
    let _ = Client::open(store, now, Expiry::Strict);
});
