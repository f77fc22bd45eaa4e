use std::fs;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use madoguchi_resident::Phone;
use madoguchi_resident::api::{attachment_bytes, gsi_tile, map_tile};
use madoguchi_resident::gsi::GsiTile;
use madoguchi_resident::hazard::TileOf;
use madoguchi_resident::native::{UreqNet, wait};
use tiny_http::Request;

use super::Ui;
use super::answer::{Whole, error, respond};
use super::ipc::status;

/// A file of the built UI. A path without a dot is a screen of the app, which finds its own way.
pub(super) fn page(dist: &Path, path: &str) -> Whole {
    let none = || error(404, "not-found", "there is no such file");
    let Some(file) = file_of(dist, path) else { return none() };
    match fs::read(&file) {
        Ok(body) => Whole { status: 200, kind: kind(&file), keep: true, save: false, body },
        Err(_) => none(),
    }
}

/// Below `dist` and nowhere else: nothing that could lead out of it is a name.
fn file_of(dist: &Path, path: &str) -> Option<PathBuf> {
    let mut file = dist.to_path_buf();
    let mut last = "";
    for name in path.strip_prefix('/')?.split('/').filter(|name| !name.is_empty()) {
        let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b));
        if !plain || name.starts_with('.') {
            return None;
        }
        file.push(name);
        last = name;
    }
    Some(if last.contains('.') { file } else { dist.join("index.html") })
}

fn kind(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

impl Ui {
    /// A file of a notice, under the name that it was given.
    pub(super) fn attachment(
        &self,
        phone: &Phone,
        net: &UreqNet,
        request: Request,
        name: &str,
    ) -> std::io::Result<()> {
        let wanted = self.files.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned();
        let Some(wanted) = wanted else {
            return respond(request, error(404, "no-attachment", "there is no such file"));
        };
        respond(
            request,
            match wait(attachment_bytes(phone, net, &wanted)) {
                Ok(got) => {
                    let picture = picture(&got.media_type);
                    // Nothing that a town sends becomes a page under this address.
                    let kind = picture.unwrap_or("application/octet-stream");
                    Whole { status: 200, kind, keep: false, save: picture.is_none(), body: got.bytes }
                }
                Err(e) => error(status(&e), e.code, &e.message),
            },
        )
    }
}

/// A tile of the map.
pub(super) fn tile(phone: &Phone, request: Request) -> std::io::Result<()> {
    let wanted = tile_of(request.url());
    let answer = match wanted.map(|wanted| map_tile(phone, &wanted)) {
        None => error(400, "bad-arguments", "source, z, x and y name a tile"),
        Some(Ok(body)) => {
            Whole { status: 200, kind: "application/vnd.mapbox-vector-tile", keep: false, save: false, body }
        }
        Some(Err(e)) => error(status(&e), e.code, &e.message),
    };
    respond(request, answer)
}

/// A tile of the country's map.
pub(super) fn gsi(phone: &Phone, net: &UreqNet, request: Request) -> std::io::Result<()> {
    let wanted = gsi_of(request.url());
    let answer = match wanted.map(|wanted| wait(gsi_tile(phone, net, wanted))) {
        None => error(400, "bad-arguments", "z, x and y name a tile"),
        Some(Ok(body)) => Whole { status: 200, kind: "image/png", keep: false, save: false, body },
        Some(Err(e)) => error(status(&e), e.code, &e.message),
    };
    respond(request, answer)
}

/// `/tile?source=S&z=Z&x=X&y=Y`; a layer's id needs no percent signs.
fn tile_of(url: &str) -> Option<TileOf> {
    let GsiTile { z, x, y } = gsi_of(url)?;
    Some(TileOf { source: value(url, "source")?.into(), z, x, y })
}

/// `/gsi-tile?z=Z&x=X&y=Y`.
fn gsi_of(url: &str) -> Option<GsiTile> {
    let number = |name| value(url, name)?.parse().ok();
    Some(GsiTile { z: value(url, "z")?.parse().ok()?, x: number("x")?, y: number("y")? })
}

fn value<'u>(url: &'u str, name: &str) -> Option<&'u str> {
    let (_, query) = url.split_once('?')?;
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}

fn picture(media_type: &str) -> Option<&'static str> {
    ["image/png", "image/jpeg", "image/gif", "image/webp"].into_iter().find(|known| *known == media_type)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leads_out_of_the_folder() {
        let dist = Path::new("/dist");
        let file = |path| file_of(dist, path).map(|file| file.display().to_string());
        assert_eq!(file("/").as_deref(), Some("/dist/index.html"));
        assert_eq!(file("/notices/a-1").as_deref(), Some("/dist/index.html"));
        assert_eq!(file("/assets/a.B-1_c.js").as_deref(), Some("/dist/assets/a.B-1_c.js"));
        for bad in ["/../x.js", "/a/../../x.js", "/%2e%2e/x.js", "/.env", "/a\\b.js", "x.js", "", "/a\0.js"] {
            assert_eq!(file(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_tile_has_four_parts() {
        let tile = TileOf { source: "river-flood".into(), z: 14, x: 1, y: 2 };
        assert_eq!(tile_of("/tile?source=river-flood&z=14&x=1&y=2"), Some(tile));
        for bad in
            ["/tile", "/tile?z=1&x=1&y=1", "/tile?source=a&z=300&x=1&y=1", "/tile?source=a&z=1&x=-1&y=1"]
        {
            assert_eq!(tile_of(bad), None, "{bad}");
        }
    }

    #[test]
    fn only_pictures_are_shown() {
        assert_eq!(picture("image/png"), Some("image/png"));
        for other in ["text/html", "image/svg+xml", "application/pdf", "image/png; x", ""] {
            assert_eq!(picture(other), None, "{other}");
        }
    }
}
