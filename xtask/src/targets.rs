//! `cargo xtask check-android`, `check-wasm`: does the app compile for a phone, and the core for a browser, on a machine
//! that has neither SDK? Debian's compiler has the standard library as source; a C compiler for any target comes with
//! PyPI's `ziglang`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::step::{root, run, say, target, tools};
use crate::{system, ui};

/// Type-checks the whole app for a phone.
pub fn check_android() -> Result<(), String> {
    ui::build()?;
    let zig = c_compiler("aarch64-linux-musl")?;
    say("the app for aarch64-linux-android");
    let kotlin = target().join("other/kotlin");
    fs::create_dir_all(&kotlin).map_err(|error| format!("{}: {error}", kotlin.display()))?;
    let mut check = other_cargo(&["check", "--package", "madoguchi-app", "--lib"], "aarch64-linux-android");
    check.env("CC_aarch64_linux_android", &zig).env("AR_aarch64_linux_android", archiver(&zig));
    check.env("WRY_ANDROID_PACKAGE", "jp.madoguchi.app").env("WRY_ANDROID_LIBRARY", "madoguchi_app");
    check.env("WRY_ANDROID_KOTLIN_FILES_OUT_DIR", kotlin);
    run(&mut check)
}

/// Builds the core for a browser, down to a module whose every import is known.
pub fn check_wasm() -> Result<(), String> {
    let zig = c_compiler("wasm32-freestanding")?;
    say("the core for wasm32-unknown-unknown");
    let mut check = other_cargo(
        &["check", "--package", "madoguchi-resident", "--lib", "--no-default-features"],
        "wasm32-unknown-unknown",
    );
    check.env("CC_wasm32_unknown_unknown", &zig).env("AR_wasm32_unknown_unknown", archiver(&zig));
    check.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld");
    run(&mut check)
}

/// Debian's cargo, which builds the standard library along.
fn other_cargo(words: &[&str], triple: &str) -> Command {
    let mut cargo = Command::new("/usr/bin/cargo");
    cargo.current_dir(root()).args(words).args([
        "--locked",
        "-Zbuild-std=std,panic_abort",
        "--target",
        triple,
    ]);
    cargo
        .env("RUSTC", "/usr/bin/rustc")
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_DIR", target().join("other"));
    // What rustup's cargo, which started this, tells its own children.
    for name in ["CARGO", "RUSTUP_TOOLCHAIN", "RUSTDOC", "CARGO_BUILD_RUSTC", "RUSTC_WRAPPER"] {
        cargo.env_remove(name);
    }
    cargo
}

/// A C compiler for a target: zig, without the target's name as Rust spells it.
fn c_compiler(triple: &str) -> Result<PathBuf, String> {
    system::ensure(&[&system::OTHER_TARGETS])?;
    let venv = tools().join("zig");
    let python = venv.join("bin/python");
    let works = || {
        Command::new(&python).args(["-m", "ziglang", "version"]).output().is_ok_and(|o| o.status.success())
    };
    if !works() {
        say("installing ziglang (once on a machine)");
        run(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
        run(Command::new(&python).args(["-m", "pip", "install", "--quiet", "ziglang==0.17.1"]))?;
    }
    script(
        &venv.join(format!("cc-{triple}")),
        &format!(
            "#!/bin/sh\n# Rust's name of the target is not zig's.\nfor word do\n  shift\n  case \"$word\" in\n    --target=*) ;;\n    *) set -- \"$@\" \"$word\" ;;\n  esac\ndone\nexec {} -m ziglang cc -target {triple} \"$@\"\n",
            python.display()
        ),
    )?;
    script(&venv.join("ar"), &format!("#!/bin/sh\nexec {} -m ziglang ar \"$@\"\n", python.display()))?;
    Ok(venv.join(format!("cc-{triple}")))
}

fn archiver(compiler: &Path) -> PathBuf {
    compiler.with_file_name("ar")
}

fn script(path: &Path, text: &str) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", path.display());
    fs::write(path, text).map_err(failed)?;
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).map_err(failed)?;
    Ok(())
}
