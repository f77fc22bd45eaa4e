use std::collections::BTreeMap;

/// The place of trust could not be read or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("what is trusted cannot be kept: {0}")]
pub struct StoreError(pub String);

/// Keeps trusted metadata under unversioned names (`root.json`, `bosai.json`). Only what passed all checks comes here.
pub trait MetadataStore {
    /// What is kept under `name`.
    fn load(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError>;
    /// Keeps `bytes` under `name`.
    fn store(&mut self, name: &str, bytes: &[u8]) -> Result<(), StoreError>;
    /// Forgets `name`.
    fn remove(&mut self, name: &str) -> Result<(), StoreError>;
}

/// Trust in memory: for tests, and for changes that are kept all at once at the end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MemoryStore(pub BTreeMap<String, Vec<u8>>);

impl MetadataStore for MemoryStore {
    fn load(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.0.get(name).cloned())
    }

    fn store(&mut self, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.0.insert(name.into(), bytes.into());
        Ok(())
    }

    fn remove(&mut self, name: &str) -> Result<(), StoreError> {
        self.0.remove(name);
        Ok(())
    }
}
