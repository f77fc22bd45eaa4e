//! How large anything may be. Checked before anything is parsed or unpacked.

/// Bytes of one root file.
pub const ROOT: u64 = 512 * 1024;
/// Bytes of a timestamp.
pub const TIMESTAMP: u64 = 16 * 1024;
/// Bytes of a snapshot.
pub const SNAPSHOT: u64 = 2 * 1024 * 1024;
/// Bytes of a targets file, the town's or a department's.
pub const TARGETS: u64 = 5 * 1024 * 1024;
/// Root files followed in one refresh: a town that rotates daily for half a year is still reached.
pub const ROOT_ROTATIONS: u32 = 256;
/// Delegated roles visited for one search.
pub const DELEGATIONS: usize = 64;
/// Bytes of a collection as it lies in the bundle.
pub const COLLECTION_COMPRESSED: u64 = 64 * 1024 * 1024;
/// Bytes of a collection unpacked.
pub const COLLECTION: u64 = 256 * 1024 * 1024;
/// Bytes of one line (record) of a collection.
pub const RECORD: usize = 4 * 1024 * 1024;
/// Records of one collection.
pub const RECORDS: usize = 2_000_000;
/// Bytes of an attachment.
pub const ATTACHMENT: u64 = 32 * 1024 * 1024;
