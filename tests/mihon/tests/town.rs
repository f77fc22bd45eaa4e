//! The drawing is what is committed, and makes sense with what the town's tables say.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use madoguchi_mihon::geo::{Micro, P, micro, of_degrees};
use madoguchi_mihon::geojson::{Feature, Shape, Value, write};
use madoguchi_mihon::{File, files};

fn town() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../towns/mihon")
}

fn drawn() -> &'static [File] {
    static DRAWN: OnceLock<Vec<File>> = OnceLock::new();
    DRAWN.get_or_init(files)
}

fn features(path: &str) -> &'static [Feature] {
    &drawn().iter().find(|file| file.path == path).expect("a file of the drawing").features
}

/// The rows of a table by the names of its columns. None of the columns asked for has a comma in it.
fn table(name: &str, columns: &[&str]) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(town().join(name)).expect("a table");
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let head: Vec<&str> = lines.next().expect("a head").split(',').collect();
    let at: Vec<usize> = columns
        .iter()
        .map(|column| {
            head.iter().position(|known| known == column).unwrap_or_else(|| panic!("{name}: {column}"))
        })
        .collect();
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            at.iter().map(|i| cells.get(*i).copied().unwrap_or_default().to_string()).collect()
        })
        .collect()
}

fn place(lat: &str, lon: &str) -> P {
    of_degrees(lat.parse().expect("a latitude"), lon.parse().expect("a longitude"))
}

/// The worst class of a layer at a point: the place of its feature, counted from 1; 0 outside all.
fn class(file: &str, at: P) -> usize {
    let held = features(file).iter().enumerate().filter(|(_, feature)| feature.holds(at));
    held.map(|(i, _)| i + 1).max().unwrap_or(0)
}

fn site(name: &str) -> P {
    let rows = table("992011_evacuation_space.csv", &["名称", "緯度", "経度"]);
    let row = rows.iter().find(|row| row[0] == name).unwrap_or_else(|| panic!("{name}"));
    place(&row[1], &row[2])
}

#[test]
fn the_committed_files_are_what_is_drawn() {
    let mut known = BTreeSet::new();
    let mut total = 0;
    for file in drawn() {
        let committed = std::fs::read_to_string(town().join(&file.path)).unwrap_or_default();
        let text = write(&file.features);
        total += text.len();
        assert!(committed == text, "{} is not what is drawn: cargo xtask mihon", file.path);
        known.insert(town().join(&file.path));
    }
    for folder in ["map", "hazard"] {
        for entry in std::fs::read_dir(town().join(folder)).expect("a folder") {
            let path = entry.expect("an entry").path();
            assert!(known.contains(&path), "{} is drawn by nobody", path.display());
        }
    }
    assert!(total <= 1_200_000, "{total} bytes are too many for the repository");
}

#[test]
fn every_block_of_the_address_table_has_its_polygon_around_its_point() {
    let rows = table("address.csv", &["town", "lat", "lng"]);
    let blocks = features("map/blocks.geojson");
    assert_eq!(rows.len() * 2, blocks.len());
    for (row, block) in rows.iter().zip(blocks.chunks(2)) {
        assert_eq!(block[0].text("name"), Some(row[0].as_str()));
        let at = place(&row[1], &row[2]);
        assert!(matches!(block[1].shape, Shape::Point(own) if micro(own) == micro(at)), "{}", row[0]);
        let around: Vec<_> =
            blocks.iter().filter(|block| block.holds(at)).filter_map(|b| b.text("name")).collect();
        assert_eq!(around, [row[0].as_str()]);
        assert!(features("map/border.geojson")[0].holds(at));
    }
}

#[test]
fn every_site_lies_in_the_block_of_its_address() {
    let blocks = features("map/blocks.geojson");
    for row in table("992011_evacuation_space.csv", &["所在地_町字", "緯度", "経度", "名称"]) {
        let at = place(&row[1], &row[2]);
        let block = blocks.iter().find(|block| block.holds(at)).and_then(|block| block.text("name"));
        assert_eq!(block, Some(row[0].as_str()), "{}", row[3]);
    }
}

#[test]
fn the_school_to_flee_to_is_in_no_zone() {
    let at = site("緑ヶ丘小学校");
    for file in
        drawn().iter().filter(|file| file.path.starts_with("hazard/") && !file.path.contains("surveyed"))
    {
        assert_eq!(class(&file.path, at), 0, "{}", file.path);
    }
}

#[test]
fn two_sites_lie_in_the_zone_that_they_are_said_to_be_safe_from() {
    let flags = table(
        "992011_evacuation_space.csv",
        &["名称", "災害種別_洪水", "災害種別_崖崩れ、土石流及び地滑り", "災害種別_高潮", "災害種別_内水氾濫"],
    );
    let layers = ["river_flood_l2", "landslide", "storm_surge", "inland_flood"];
    let mut found = Vec::new();
    for row in &flags {
        for (flag, layer) in row[1..].iter().zip(layers) {
            if flag == "1" && class(&format!("hazard/{layer}.geojson"), site(&row[0])) > 0 {
                found.push((row[0].as_str(), layer));
            }
        }
    }
    assert_eq!(found, [("見本第二中学校", "inland_flood"), ("北野地区センター", "river_flood_l2")]);
    // A tower stands in the wave on purpose.
    assert!(class("hazard/tsunami.geojson", site("港町津波避難タワー")) > 3);
}

#[test]
fn depths_are_as_the_town_tells_them() {
    let l2 = |lat: f64, lon: f64| class("hazard/river_flood_l2.geojson", of_degrees(lat, lon));
    let l1 = |lat: f64, lon: f64| class("hazard/river_flood_l1.geojson", of_degrees(lat, lon));
    assert_eq!(l2(34.696250, 138.582000), 3, "川原町: 3–5 m");
    assert_eq!(l2(34.684500, 138.594000), 3, "港町: 3–5 m");
    assert_eq!(l2(34.696725, 138.601600), 0, "the town hall stands on a rise");
    assert_eq!(features("hazard/river_flood_l2.geojson").len(), 4);
    for (x, y) in (0..90).flat_map(|x| (0..50).map(move |y| (x, y))) {
        let (lat, lon) = (34.6785 + f64::from(y) * 0.00094, 138.556 + f64::from(x) * 0.00099);
        assert!(l1(lat, lon) <= l2(lat, lon), "a lesser rain is deeper at {lat}, {lon}");
    }
}

#[test]
fn the_area_that_was_looked_at_is_not_the_whole_town() {
    let area = &features("hazard/inland_surveyed.geojson")[0];
    assert!(area.holds(of_degrees(34.696250, 138.602000)));
    assert!(!area.holds(of_degrees(34.683500, 138.564000)), "新田 was not looked at");
    for feature in features("hazard/inland_flood.geojson") {
        if let Shape::Area(polygons) = &feature.shape {
            assert!(polygons.iter().flatten().flatten().all(|at| area.holds(*at)));
        }
    }
}

#[test]
fn some_rings_touch_or_cross_themselves_and_some_have_holes() {
    let raw = |file: &str| features(file).iter().filter(|f| matches!(f.shape, Shape::Raw(_))).count();
    assert_eq!(raw("hazard/inland_flood.geojson"), 1);
    assert_eq!(raw("hazard/flood_history_2019.geojson"), 1);
    let holes = features("hazard/river_flood_l2.geojson").iter().any(|feature| match &feature.shape {
        Shape::Area(polygons) => polygons.iter().any(|rings| rings.len() > 1),
        _ => false,
    });
    assert!(holes);
}

#[test]
fn landslides_are_of_all_three_kinds_and_both_classes() {
    let number = |feature: &Feature, name: &str| {
        feature.properties.iter().find_map(|(known, value)| match value {
            Value::Number(number) if *known == name => Some(*number),
            _ => None,
        })
    };
    let found: BTreeSet<_> = features("hazard/landslide.geojson")
        .iter()
        .map(|feature| (number(feature, "A33_001"), number(feature, "A33_002")))
        .collect();
    let expected = [(1, 1), (1, 2), (2, 1), (2, 2), (3, 1)].map(|(kind, class)| (Some(kind), Some(class)));
    assert_eq!(found, BTreeSet::from(expected));
}

fn line(feature: &Feature) -> Vec<Micro> {
    match &feature.shape {
        Shape::Line(points) => points.iter().map(|at| micro(*at)).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn one_can_walk_from_every_street_to_every_other() {
    let ways: Vec<Vec<Micro>> = features("map/roads.geojson").iter().map(line).collect();
    let mut reached: BTreeSet<Micro> = ways[0].iter().copied().collect();
    let mut left: Vec<&Vec<Micro>> = ways[1..].iter().collect();
    loop {
        let (met, rest): (Vec<_>, Vec<_>) =
            left.into_iter().partition(|way| way.iter().any(|at| reached.contains(at)));
        if met.is_empty() {
            assert!(rest.is_empty(), "{} ways are islands", rest.len());
            return;
        }
        reached.extend(met.into_iter().flatten());
        left = rest;
    }
}

#[test]
fn only_bridges_cross_the_river() {
    let water = features("map/water.geojson");
    let river = water.iter().find(|feature| feature.text("water") == Some("river")).expect("the river");
    let mut bridges = BTreeSet::new();
    for way in features("map/roads.geojson") {
        let Shape::Line(points) = &way.shape else { continue };
        let wet = points
            .windows(2)
            .any(|pair| (0..=10).any(|k| river.holds(pair[0].toward(pair[1], f64::from(k) / 10.0))));
        assert!(!wet || way.text("bridge") == Some("yes"), "{:?} goes through the river", way.text("name"));
        bridges.extend(way.text("bridge:name"));
    }
    assert!(bridges.contains("川原大橋") && bridges.contains("見本大橋"));
}

#[test]
fn names_are_in_english_too() {
    for file in drawn().iter().filter(|file| file.path.starts_with("map/")) {
        for feature in &file.features {
            assert_eq!(feature.text("name").is_some(), feature.text("name:en").is_some(), "{}", file.path);
        }
    }
}
