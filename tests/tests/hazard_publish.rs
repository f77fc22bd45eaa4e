//! Real maps of dangers, from a town's folder to its packs.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use madoguchi_hazard::Point;
use madoguchi_hazard::pack::Pack;
use madoguchi_tests::{TestTown, shared};
use serde_json::Value;

fn add(town: &TestTown, toml: &str) {
    let path = town.dir().join("town.toml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(path, format!("{text}\n{toml}")).unwrap();
}

fn report<'p>(published: &'p Value, file: &str) -> &'p Value {
    let files = published["files"].as_array().unwrap();
    files.iter().find(|report| report["file"] == file).unwrap_or_else(|| panic!("{file} in {published}"))
}

/// A target as it lies in the public folder; the newest of its name.
fn target(public: &Path, folder: &str, name: &str) -> Vec<u8> {
    let mut found: Vec<_> = fs::read_dir(public.join("targets").join(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().unwrap().to_string_lossy().ends_with(&format!(".{name}")))
        .collect();
    found.sort_by_key(|path| fs::metadata(path).unwrap().modified().unwrap());
    let packed = fs::read(found.last().unwrap_or_else(|| panic!("{folder}/{name}"))).unwrap();
    madoguchi_bundle::compress::decompress(&packed, u64::MAX).unwrap()
}

/// The layers of a department by id.
fn layers(town: &TestTown, department: &str) -> BTreeMap<String, Value> {
    let raw = target(&town.public(), "hazards", &format!("{department}.jsonl.zst"));
    let lines = std::str::from_utf8(&raw).unwrap().lines().skip(1);
    let layers = lines.map(|line| serde_json::from_str::<Value>(line).unwrap());
    layers.map(|layer| (layer["id"].as_str().unwrap().to_string(), layer)).collect()
}

/// The class at a point: its code, and none where there is none.
fn code_at(town: &TestTown, layer: &Value, lat: f64, lon: f64) -> Option<String> {
    let path = layer["pack"].as_str().unwrap();
    let (folder, name) = path.rsplit_once('/').unwrap();
    let raw = target(&town.public(), folder, name);
    assert_eq!(layer["bytes"], raw.len() as u64);
    let class = Pack::open(raw).unwrap().at(Point::of_degrees(lat, lon).unwrap()).unwrap().class?;
    Some(layer["classes"][usize::from(class)]["code"].as_str().unwrap().into())
}

const NAISUI: &str = "[[hazard]]\nfile = \"naisui.geojson\"\nlayer = \"inland-flood\"\nscenario = \"想定最大規模\"\n\
    class = { property = \"最大浸水深\" }\nsource = \"焼津市下水道課\"\nsurvey_year = 2023\nlicense = \"CC BY 4.0\"\n\
    department = \"bosai\"\n";

fn yaizu() -> Option<TestTown> {
    let file = shared("hazard/yaizu_naisui_inundation.geojson")?;
    let data = shared("towns/yaizu_222127")?;
    let town = TestTown::new("222127", "焼津市");
    for entry in fs::read_dir(&data).unwrap().flatten() {
        town.write(entry.file_name().to_str().unwrap(), fs::read(entry.path()).unwrap());
    }
    town.write("naisui.geojson", fs::read(file).unwrap());
    add(&town, NAISUI);
    Some(town)
}

#[test]
fn the_inland_flood_of_yaizu_is_published_beside_its_tables_without_loss() {
    let Some(town) = yaizu() else { return };
    let published = town.publish(&[]);
    let naisui = report(&published, "naisui.geojson");
    assert_eq!(naisui["dataset"], "inland-flood");
    assert_eq!((&naisui["rows"], &naisui["kept"]), (&6.into(), &6.into()));
    assert_eq!(naisui["refused"], serde_json::json!([]));
    assert_eq!(published["files"].as_array().unwrap().len(), 32);
    let layers = layers(&town, "bosai");
    let layer = &layers["inland-flood-l2"];
    let codes: Vec<&str> =
        layer["classes"].as_array().unwrap().iter().map(|class| class["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["0-0.3", "0.3-0.5", "0.5-1", "1-3", "3-5", "5-10"]);
    // Polygons of four features touch or cross themselves: 86, 23, 17 and 1 of them.
    assert_eq!(layer["repaired"], serde_json::json!({"even-odd": 127}), "{layer}");
    assert_eq!(naisui["mended"], 127);
    assert_eq!(code_at(&town, layer, 34.87104, 138.316534).as_deref(), Some("3-5"));
    assert_eq!(code_at(&town, layer, 34.8669, 138.3236), None);

    let again = town.publish(&["--check"]);
    assert_eq!(again["packs"][0]["change"], "same");
}

#[test]
fn a_layer_or_a_tenth_of_its_zones_is_not_lost_unless_it_is_meant() {
    let Some(town) = yaizu() else { return };
    town.publish(&[]);
    let text = fs::read_to_string(town.dir().join("naisui.geojson")).unwrap();
    let mut value: Value = serde_json::from_str(&text).unwrap();
    value["features"].as_array_mut().unwrap().remove(0);
    town.write("naisui.geojson", value.to_string());
    assert_eq!(town.try_publish(&["--check"]).expect_error(), "loss");
    let published = town.publish(&["--allow-loss"]);
    assert_eq!(published["packs"][0]["change"], "changed");

    fs::remove_file(town.dir().join("naisui.geojson")).unwrap();
    assert_eq!(town.try_publish(&[]).expect_error(), "loss");
    let published = town.publish(&["--allow-loss"]);
    assert_eq!(published["packs"][0]["change"], "gone");
}

#[test]
fn the_layers_of_numazu_are_known_by_their_layout() {
    let (Some(a33), Some(river), Some(tin)) = (
        shared("hazard/numazu_A33_landslide.geojson"),
        shared("hazard/numazu_kanogawa_flood_L2.geojson"),
        shared("hazard/numazu_kanogawa_flood_L2_tin.geojson"),
    ) else {
        return;
    };
    let town = TestTown::new("222038", "沼津市");
    town.write("bosai/landslide.geojson", fs::read(a33).unwrap());
    town.write("bosai/kanogawa.geojson", fs::read(river).unwrap());
    town.write("bosai/tin.geojson", fs::read(tin).unwrap());
    add(
        &town,
        "[[hazard]]\nfile = \"bosai/tin.geojson\"\nlayer = \"river-flood\"\nscenario = \"想定最大規模\"\n\
         class = { property = \"rank\", values = { 1 = \"0-0.5\", 2 = \"0.5-3\", 3 = \"3-5\" } }\nlicense = \"CC BY 4.0\"\n",
    );
    let published = town.publish(&[]);
    for (file, dataset, features) in [
        ("bosai/landslide.geojson", "ksj-a33", 315),
        ("bosai/kanogawa.geojson", "ksj-a31a", 3),
        ("bosai/tin.geojson", "river-flood", 4615),
    ] {
        let report = report(&published, file);
        assert_eq!(report["dataset"], dataset);
        assert_eq!((&report["rows"], &report["kept"]), (&features.into(), &features.into()), "{report}");
    }
    let layers = layers(&town, "bosai");
    let ids: Vec<&str> = layers.keys().map(String::as_str).collect();
    let kinds: Vec<&str> = layers.values().map(|layer| layer["layer"].as_str().unwrap()).collect();
    assert_eq!(layers.len(), 4, "{ids:?}");
    assert!(kinds.contains(&"steep-slope") && kinds.contains(&"debris-flow"), "{kinds:?}");
}

#[test]
fn the_same_folder_gives_the_same_packs() {
    let (Some(one), Some(two)) = (yaizu(), yaizu()) else { return };
    one.publish(&[]);
    two.publish(&[]);
    let pack = |town: &TestTown| target(&town.public(), "packs/bosai", "inland-flood-l2.zst");
    assert!(pack(&one) == pack(&two));
}

#[test]
fn a_base_map_of_the_towns_own_is_taken_as_it_is_and_a_small_change_travels_as_a_patch() {
    let (Some(file), Some(border)) =
        (shared("map/yaizu_derived.pmtiles"), shared("map/boundary/N03_22212.geojson"))
    else {
        return;
    };
    let town = TestTown::new("222127", "焼津市");
    let mut archive = fs::read(file).unwrap();
    town.write("own.pmtiles", &archive);
    town.write("border.geojson", fs::read(border).unwrap());
    add(
        &town,
        "[[map]]\nfile = \"own.pmtiles\"\nlayer = \"base\"\nattribution = \"焼津市\"\n\
         [[map]]\nfile = \"border.geojson\"\nlayer = \"border\"\n",
    );
    let published = town.publish(&[]);
    assert_eq!(report(&published, "own.pmtiles")["dataset"], "map-base");
    assert_eq!(report(&published, "border.geojson")["kept"], 52);
    let map = target(&town.public(), "map", "koho.jsonl.zst");
    let records: Vec<Value> = std::str::from_utf8(&map)
        .unwrap()
        .lines()
        .skip(1)
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let record = |kind: &str| records.iter().find(|record| record["record"] == kind).unwrap();
    assert_eq!(record("base")["max_zoom"], 15);
    assert_eq!(record("border")["rings"].as_array().unwrap().len(), 52);
    assert!(target(&town.public(), "packs/koho", "base.zst") == archive);

    archive.push(0);
    town.write("own.pmtiles", &archive);
    let published = town.publish(&[]);
    let packs = published["packs"].as_array().unwrap();
    let pack = |path: &str| packs.iter().find(|pack| pack["path"] == path).unwrap();
    assert_eq!(pack("packs/koho/area.zst")["change"], "same");
    let base = pack("packs/koho/base.zst");
    assert_eq!(base["change"], "changed");
    assert!(base["patch"].as_u64().unwrap() < 1_000, "{base}");
    assert!(target(&town.public(), "packs/koho", "base.zst") == archive);
}

#[test]
fn the_streets_of_otemachi_become_a_map_and_a_graph() {
    let (Some(roads), Some(buildings)) =
        (shared("map/osm_otemachi/roads.geojson"), shared("map/osm_otemachi/buildings.geojson"))
    else {
        return;
    };
    let town = TestTown::new("131016", "千代田区");
    town.write("roads.geojson", fs::read(roads).unwrap());
    town.write("buildings.geojson", fs::read(buildings).unwrap());
    add(
        &town,
        "[[map]]\nfile = \"roads.geojson\"\nlayer = \"roads\"\nattribution = \"© OpenStreetMap contributors\"\n\
         license = \"ODbL 1.0\"\n[[map]]\nfile = \"buildings.geojson\"\nlayer = \"buildings\"\nattribution = \"PLATEAU\"\n\
         license = \"CC BY 4.0\"\n",
    );
    let published = town.publish(&[]);
    for (file, features) in [("roads.geojson", 3715), ("buildings.geojson", 3489)] {
        let report = report(&published, file);
        assert_eq!((&report["rows"], &report["kept"]), (&features.into(), &features.into()), "{report}");
    }
    let paths: Vec<&str> =
        published["packs"].as_array().unwrap().iter().map(|pack| pack["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["packs/koho/base.zst", "packs/koho/roads.zst"]);
}

#[test]
fn a_hostile_file_is_named_and_keeps_nothing_else_back() {
    let town = TestTown::new("222127", "焼津市");
    let open = "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"深さ\":\"1m未満\"},\
        \"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[";
    town.write("nan.geojson", format!("{open}[138,NaN]]]}}}}]}}"));
    town.write("cut.geojson", format!("{open}[138,35],"));
    town.write("deep.geojson", format!("{open}{}", "[".repeat(100_000)));
    let crossing = "[138.3,34.8],[138.4,34.9],[138.4,34.8],[138.3,34.9],[138.3,34.8]";
    town.write("crossing.geojson", format!("{open}{crossing}]]}}}}]}}"));
    let mut toml = String::new();
    for file in ["nan", "cut", "deep", "crossing"] {
        toml.push_str(&format!(
            "[[hazard]]\nfile = \"{file}.geojson\"\nlayer = \"tsunami\"\nclass = {{ property = \"深さ\" }}\nlicense = \"CC0\"\n"
        ));
    }
    add(&town, &toml);
    let published = town.publish(&[]);
    for file in ["nan.geojson", "cut.geojson", "deep.geojson"] {
        let report = report(&published, file);
        assert!(report["dataset"].is_null() && report["why"].as_str().unwrap().contains("行"), "{report}");
    }
    let layers = layers(&town, "koho");
    assert_eq!(layers["tsunami"]["repaired"]["even-odd"], 1);
    assert_eq!(published["packs"].as_array().unwrap().len(), 1);
}
