//! The reference implementation of TUF reads our repositories, and ours reads its.

use std::path::PathBuf;
use std::process::Command;

use madoguchi_bundle::client::{Client, Expiry, FetchError, MemoryStore, MetadataFetch, MetadataStore};
use madoguchi_tests::{TestTown, copy_folder, repository};

fn python() -> Option<PathBuf> {
    let python = std::env::var_os("MADOGUCHI_PYTHON_TUF").map(PathBuf::from);
    if python.is_none() {
        eprintln!("skipped: MADOGUCHI_PYTHON_TUF names no Python with python-tuf");
    }
    python
}

const READ_OURS: &str = r#"
import sys, os, tempfile
from tuf.ngclient import Updater
url, root = sys.argv[1:3]
work = tempfile.mkdtemp()
updater = Updater(os.path.join(work, "metadata"), url + "/metadata/", work, url + "/targets/",
                  bootstrap=open(root, "rb").read())
updater.refresh()
for path in sys.argv[3:]:
    info = updater.get_targetinfo(path)
    assert info is not None, path
    print(path, os.path.getsize(updater.download_target(info)))
"#;

#[test]
fn python_tuf_reads_our_repository() {
    let Some(python) = python() else { return };
    let town = TestTown::empty();
    copy_folder(&repository().join("towns/mihon"), &town.dir());
    town.init("992011", "見本市");
    town.publish(&[]);
    let server = town.serve();
    let paths = [
        "town/targets.jsonl.zst",
        "notices/koho.jsonl.zst",
        "alerts/bosai.jsonl.zst",
        "places/koho.jsonl.zst",
    ];
    let output = Command::new(&python)
        .args(["-c", READ_OURS, &server.url])
        .arg(town.root())
        .args(paths)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), paths.len());
}

const WRITE_THEIRS: &str = r#"
import sys, os, datetime
from tuf.api.metadata import *
from securesystemslib.signer import CryptoSigner
out = sys.argv[1]
os.makedirs(out, exist_ok=True)
soon = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0) + datetime.timedelta(days=1)
signers = {"root": CryptoSigner.generate_ecdsa(), "timestamp": CryptoSigner.generate_ed25519(),
           "snapshot": CryptoSigner.generate_rsa(), "targets": CryptoSigner.generate_ed25519(),
           "bosai": CryptoSigner.generate_ecdsa()}
root = Root(version=1, expires=soon, consistent_snapshot=True)
for role in ["root", "timestamp", "snapshot", "targets"]:
    root.add_key(signers[role].public_key, role)
targets = Targets(version=3, expires=soon)
key = signers["bosai"].public_key
targets.delegations = Delegations({key.keyid: key}, {"bosai": DelegatedRole("bosai", [key.keyid], 1, True, paths=["alerts/*"])})
bosai = Targets(version=7, expires=soon)
bosai.targets["alerts/river"] = TargetFile.from_data("alerts/river", "避難".encode(), ["sha256", "sha512"])
snapshot = Snapshot(version=5, expires=soon, meta={"targets.json": MetaFile(3), "bosai.json": MetaFile(7)})
timestamp = Timestamp(version=9, expires=soon, snapshot_meta=MetaFile(5))
for name, role, signed in [("1.root", "root", root), ("timestamp", "timestamp", timestamp), ("5.snapshot", "snapshot", snapshot),
                           ("3.targets", "targets", targets), ("7.bosai", "bosai", bosai)]:
    md = Metadata(signed)
    md.sign(signers[role])
    md.to_file(os.path.join(out, name + ".json"))
"#;

struct Folder(PathBuf);

impl MetadataFetch for Folder {
    async fn fetch(&mut self, name: &str, _: u64) -> Result<Vec<u8>, FetchError> {
        std::fs::read(self.0.join(name)).map_err(|_| FetchError::NotFound)
    }
}

#[test]
fn we_read_what_python_tuf_wrote_with_three_kinds_of_keys() {
    let Some(python) = python() else { return };
    let temp = tempfile::tempdir().unwrap();
    let output = Command::new(&python).args(["-c", WRITE_THEIRS]).arg(temp.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut store = MemoryStore::default();
    store.store("root.json", &std::fs::read(temp.path().join("1.root.json")).unwrap()).unwrap();
    let mut folder = Folder(temp.path().into());
    let mut client = Client::open(store, jiff::Timestamp::now(), Expiry::Strict).unwrap();
    pollster::block_on(async {
        client.refresh(&mut folder).await.unwrap();
        let river = client.find(&mut folder, "alerts/river").await.unwrap();
        assert!(river.role == "bosai" && river.target.fits("避難".as_bytes()));
        assert!(client.find(&mut folder, "notices/koho").await.is_err());
    });
}
