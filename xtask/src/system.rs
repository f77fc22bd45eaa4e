//! What the machine needs beside Rust. On Debian and Ubuntu it is installed; elsewhere it is named.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::step::{run, say};

/// Something that a step cannot do without.
pub struct Need {
    /// What it is, for who installs it by hand.
    what: &'static str,
    /// Its packages on Debian and Ubuntu.
    packages: &'static [&'static str],
    there: fn() -> bool,
}

/// What the app's window is built with.
pub const WINDOW: Need = Need {
    what: "GTK 3 and WebKitGTK 4.1 with their headers (on macOS and Windows nothing)",
    packages: &["libwebkit2gtk-4.1-dev", "libgtk-3-dev", "librsvg2-dev", "pkg-config"],
    there: || {
        !cfg!(target_os = "linux") || says_yes("pkg-config", &["--exists", "webkit2gtk-4.1", "gtk+-3.0"])
    },
};

/// A screen in memory, and what drives the window on it.
pub const SCREEN: Need = Need {
    what: "Xvfb, WebKitWebDriver and a font with Japanese letters",
    packages: &["xvfb", "webkit2gtk-driver", "fonts-noto-cjk"],
    there: || is_on_path("Xvfb") && is_on_path("WebKitWebDriver") && has_japanese(),
};

/// A browser for the screens.
pub const BROWSER: Need = Need {
    what: "Chromium and a font with Japanese letters",
    packages: &["chromium", "fonts-noto-cjk"],
    there: || (chromium().is_some() || std::env::var_os("CHROMIUM").is_some()) && has_japanese(),
};

/// A clock that can be set for one program.
pub const CLOCK: Need = Need { what: "faketime", packages: &["faketime"], there: || is_on_path("faketime") };

/// Rust's standard library as source, and the compiler of the same make.
pub const OTHER_TARGETS: Need = Need {
    what: "Debian's rustc-web, cargo-web and rust-web-src, and wasm-ld",
    packages: &["rustc-web", "cargo-web", "rust-web-src", "lld"],
    there: || {
        Path::new("/usr/bin/rustc").exists()
            && Path::new("/usr/bin/cargo").exists()
            && Path::new("/usr/lib/rustlib/src/rust/library/std").exists()
            && is_on_path("wasm-ld")
    },
};

/// Installs what is missing of these.
pub fn ensure(needs: &[&Need]) -> Result<(), String> {
    let missing: Vec<&Need> = needs.iter().copied().filter(|need| !(need.there)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let named: Vec<&str> = missing.iter().map(|need| need.what).collect();
    let packages: Vec<&str> = missing.iter().flat_map(|need| need.packages.iter().copied()).collect();
    let by_hand = || format!("to be installed first: {}", named.join("; "));
    if !is_on_path("apt-get") {
        return Err(by_hand());
    }
    let as_root: &[&str] = match (is_root(), is_on_path("sudo")) {
        (true, _) => &[],
        (false, true) => &["sudo"],
        (false, false) => return Err(format!("{} (apt-get install {})", by_hand(), packages.join(" "))),
    };
    say(&format!("installing {}", packages.join(" ")));
    let apt = |words: &[&str]| {
        let mut all = as_root.iter().copied().chain(["apt-get"]).chain(words.iter().copied());
        let mut command = Command::new(all.next().unwrap_or("apt-get"));
        command.args(all).env("DEBIAN_FRONTEND", "noninteractive").stdout(Stdio::null());
        run(&mut command)
    };
    apt(&["update", "-qq"])?;
    let mut install = vec!["install", "-y", "-qq", "--no-install-recommends"];
    install.extend(&packages);
    apt(&install)?;
    match missing.iter().find(|need| !(need.there)()) {
        None => Ok(()),
        Some(still) => Err(format!("installed, but not found: {}", still.what)),
    }
}

/// Where Chromium is.
pub fn chromium() -> Option<&'static str> {
    ["/usr/bin/chromium", "/usr/bin/chromium-browser"].into_iter().find(|path| Path::new(path).exists())
}

/// Is there a display to open a window on?
pub fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(not(target_os = "linux")) || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

fn is_on_path(program: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths).any(|folder| folder.join(program).is_file())
}

fn has_japanese() -> bool {
    !is_on_path("fc-list")
        || Command::new("fc-list").arg(":lang=ja").output().is_ok_and(|output| !output.stdout.is_empty())
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

fn says_yes(program: &str, words: &[&str]) -> bool {
    Command::new(program).args(words).output().is_ok_and(|output| output.status.success())
}
