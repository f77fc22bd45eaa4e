//! Any bytes as a packed collection, as a patch, and as a collection unpacked: an error or a result, within bounds.
#![no_main]

use libfuzzer_sys::fuzz_target;
use madoguchi_bundle::{collection, compress, patch};
use madoguchi_model::{Alert, Event, GarbageRecord, Notice, Place, TownCode};

const MAX: u64 = 1 << 20;

fuzz_target!(|bytes: &[u8]| {
    for unpacked in [compress::decompress(bytes, MAX), patch::apply(b"{\"collection\":\"notices\"}", bytes, MAX)].into_iter().flatten() {
        assert!(unpacked.len() as u64 <= MAX);
    }
    let town: TownCode = "222127".parse().expect("a code");
    if let Ok(read) = collection::read(bytes, &town) {
        for line in read.lines {
            let _ = serde_json::from_str::<Notice>(line);
            let _ = serde_json::from_str::<Alert>(line);
            let _ = serde_json::from_str::<Place>(line);
            let _ = serde_json::from_str::<Event>(line);
            let _ = serde_json::from_str::<GarbageRecord>(line);
        }
    }
});
