//! What the whole-system tests share: a town in a folder, its server, a phone, its window and whom it
//! calls, and a server that lies.

mod calls;
mod liar;
pub mod openfisca;
mod phone;
pub mod rules;
mod town;
mod window;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

pub use calls::Calls;
pub use liar::{Answer, Liar};
pub use phone::{Outcome, Phone};
pub use town::{Server, TestTown, copy_folder};
pub use window::{Screen, Window, until};

/// The binary `name` as built with these tests; built now when it is missing or old.
pub fn binary(name: &str) -> PathBuf {
    static BUILT: OnceLock<()> = OnceLock::new();
    let folder = profile_folder();
    BUILT.get_or_init(|| {
        let mut build = Command::new(env!("CARGO"));
        build.current_dir(repository()).args(["build", "--quiet", "--locked"]);
        build.args(["--package", "madoguchi-cli", "--package", "madoguchi-resident"]);
        if folder.ends_with("release") {
            build.arg("--release");
        }
        assert!(build.status().expect("cargo").success(), "the binaries do not build");
    });
    folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

fn profile_folder() -> PathBuf {
    let own = std::env::current_exe().expect("this test's path");
    let folder = own.parent().expect("a folder");
    if folder.ends_with("deps") { folder.parent().expect("a folder").into() } else { folder.into() }
}

/// The repository's folder.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a folder above").into()
}

/// Real data beside the repository; tests that need it say that they skip where it is absent.
pub fn shared(path: &str) -> Option<PathBuf> {
    let found = repository().join("../shared/data").join(path);
    if found.exists() {
        return Some(found);
    }
    eprintln!("skipped: no shared data ({path})");
    None
}
