use std::fs;
use std::path::Path;

use madoguchi_hazard::Point;
use madoguchi_hazard::pack::Pack;

use crate::content::TownContent;
use crate::read::read_town;
use crate::report::FileReport;
use crate::settings::Settings;

const ZOOM: u8 = 15;
const X: u32 = 28_960;
const Y: u32 = 13_040;
const SIDE: u32 = 16;

fn write(path: &Path, pixels: &[[u8; 4]], side: u32, kind: png::ColorType) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let mut encoder = png::Encoder::new(fs::File::create(path).unwrap(), side, side);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_color(kind);
    let data: Vec<u8> = match kind {
        png::ColorType::Rgba => pixels.iter().flatten().copied().collect(),
        png::ColorType::Rgb => pixels.iter().flat_map(|pixel| pixel[..3].to_vec()).collect(),
        png::ColorType::Indexed => {
            let mut palette: Vec<[u8; 4]> = pixels.to_vec();
            palette.sort_unstable();
            palette.dedup();
            encoder.set_palette(palette.iter().flat_map(|colour| colour[..3].to_vec()).collect::<Vec<u8>>());
            encoder.set_trns(palette.iter().map(|colour| colour[3]).collect::<Vec<u8>>());
            pixels.iter().map(|pixel| palette.iter().position(|c| c == pixel).unwrap() as u8).collect()
        }
        _ => unreachable!(),
    };
    encoder.write_header().unwrap().write_image_data(&data).unwrap();
}

fn read(dir: &Path, entry: &str) -> TownContent {
    let toml = format!(
        "code = \"992011\"\nname = {{ ja = \"見本市\" }}\nlicense = \"CC0\"\n[[department]]\nid = \"koho\"\n\
         name = {{ ja = \"広報課\" }}\n[[hazard]]\nfile = \"tiles\"\n{entry}\n"
    );
    read_town(dir, &Settings::parse(&toml).unwrap(), None, &|_| Err(String::new())).unwrap()
}

fn report(content: &TownContent) -> &FileReport {
    assert_eq!(content.files.len(), 1, "{:?}", content.files);
    content.files.iter().find(|report| report.file == "tiles").unwrap()
}

fn middle(x: u32, y: u32, dx: u32, dy: u32) -> Point {
    let world = f64::from(SIDE) * f64::from(1u32 << ZOOM);
    let part = |tile: u32, pixel: u32| (f64::from(tile * SIDE + pixel) + 0.5) / world;
    let north = std::f64::consts::PI * (1.0 - 2.0 * part(y, dy));
    Point::of_degrees(north.sinh().atan().to_degrees(), part(x, dx) * 360.0 - 180.0).unwrap()
}

/// Fixed numbers that look like noise.
fn noise(seed: u32) -> u32 {
    seed.wrapping_mul(2_654_435_761).rotate_left(13).wrapping_mul(2_246_822_519) >> 16
}

#[test]
fn a_made_set_of_tiles_comes_back_to_the_same_classes_at_every_pixel() {
    let table: &[([u8; 4], Option<&str>)] = &[
        ([0, 0, 0, 0], None),
        ([255, 255, 179, 255], Some("0-0.3")),
        ([247, 245, 169, 255], Some("0.3-0.5")),
        ([255, 216, 192, 255], Some("1-3")),
        ([220, 122, 220, 255], Some("20-")),
    ];
    let temp = tempfile::tempdir().unwrap();
    let at = |x: u32, y: u32, dx: u32, dy: u32| {
        // Blocks of noise, single pixels, and a tile that is all of one class.
        let number =
            if (x, y) == (1, 1) { 2 } else { noise(x * 7919 + y * 104_729 + dx / 3 * 31 + dy / 2 * 17) };
        &table[number as usize % table.len()]
    };
    for (x, y, kind) in [
        (0, 0, png::ColorType::Rgba),
        (1, 0, png::ColorType::Indexed),
        (0, 1, png::ColorType::Indexed),
        (1, 1, png::ColorType::Rgb),
    ] {
        let cells = (0..SIDE).flat_map(|dy| (0..SIDE).map(move |dx| (dx, dy)));
        let pixels: Vec<[u8; 4]> = cells.map(|(dx, dy)| at(x, y, dx, dy).0).collect();
        write(&temp.path().join(format!("tiles/{ZOOM}/{}/{}.png", X + x, Y + y)), &pixels, SIDE, kind);
    }
    // Coarser tiles are the same thing and are left alone.
    write(&temp.path().join("tiles/14/14480/6520.png"), &[[1, 2, 3, 255]; 4], 2, png::ColorType::Rgba);
    let content = read(temp.path(), "layer = \"inland-flood\"");
    let report = report(&content);
    assert_eq!((report.rows, report.kept, report.refused.len()), (4, 4, 0), "{report:?}");
    let koho = &content.departments["koho"];
    let layer = &koho.hazards[0];
    let pack = Pack::open(koho.packs[&layer.pack].clone()).unwrap();
    for (x, y) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
        for (dx, dy) in (0..SIDE).flat_map(|dy| (0..SIDE).map(move |dx| (dx, dy))) {
            let found = pack.at(middle(X + x, Y + y, dx, dy)).unwrap();
            let code = found.class.map(|class| layer.classes[usize::from(class)].code.as_str());
            assert_eq!(code, at(x, y, dx, dy).1, "{x} {y} {dx} {dy}");
            // Transparent is never dry.
            assert_eq!(found.surveyed, code.is_some());
        }
    }
}

#[test]
fn a_colour_of_no_table_is_refused_with_its_tile_and_pixel() {
    let temp = tempfile::tempdir().unwrap();
    let good = [[247, 245, 169, 255]; 4];
    let mut bad = good;
    bad[3] = [255, 255, 255, 255];
    let mut thin = good;
    thin[1][3] = 128;
    for (y, pixels) in [(0, good), (1, bad), (2, thin)] {
        write(&temp.path().join(format!("tiles/3/5/{y}.png")), &pixels, 2, png::ColorType::Rgba);
    }
    fs::write(temp.path().join("tiles/3/5/3.png"), "no picture").unwrap();
    fs::write(temp.path().join("tiles/3/5/note.txt"), "x").unwrap();
    let content = read(temp.path(), "layer = \"river-flood\"");
    let report = report(&content);
    assert_eq!((report.rows, report.kept, report.refused.len()), (4, 1, 3));
    assert_eq!(report.refused[0].column.as_deref(), Some("3/5/1.png"));
    assert!(
        report.refused[0].why.contains("左から1、上から1の点の色（255,255,255）"),
        "{:?}",
        report.refused
    );
    assert!(report.refused[1].why.contains("透け方128"));
    assert_eq!(content.departments["koho"].hazards[0].classes[0].code, "0-0.5");
}

#[test]
fn landslides_come_apart_by_colour_and_what_has_no_table_is_refused() {
    let temp = tempfile::tempdir().unwrap();
    let pixels = [[230, 200, 50, 255], [250, 40, 0, 255], [0, 0, 0, 0], [0, 0, 0, 0]];
    write(&temp.path().join("tiles/3/5/1.png"), &pixels, 2, png::ColorType::Rgba);
    let content = read(temp.path(), "layer = \"landslide\"");
    let ids: Vec<&str> = content.departments["koho"].hazards.iter().map(|layer| layer.id.as_str()).collect();
    assert_eq!(ids, ["steep-slope", "debris-flow"]);
    for entry in ["layer = \"collapse-flow\"", "", "layer = \"tsunami\""] {
        let content = read(temp.path(), entry);
        assert_eq!(report(&content).dataset, None, "{entry}");
    }
}

#[test]
fn a_picture_that_unpacks_to_more_than_a_tile_is_refused() {
    let temp = tempfile::tempdir().unwrap();
    let side = 1025;
    write(
        &temp.path().join("tiles/3/5/1.png"),
        &vec![[0; 4]; side * side],
        side as u32,
        png::ColorType::Rgba,
    );
    let content = read(temp.path(), "layer = \"tsunami\"");
    assert!(report(&content).why.as_deref().unwrap().contains("1025×1025"));
}
