use madoguchi_hazard::Point;
use madoguchi_hazard::pack::Pack;
use madoguchi_model::{HazardKind, Surveyed};

use crate::content::{DepartmentContent, TownContent};
use crate::read::testing::{report, town_with};

const TOWN: &str = "code = \"992011\"\nname = { ja = \"見本市\" }\nlicense = \"CC0\"\n[[department]]\nid = \"koho\"\n\
    name = { ja = \"広報課\" }\n[[department]]\nid = \"bosai\"\nname = { ja = \"防災課\" }\n";

fn read(toml: &str, files: &[(&str, &str)]) -> TownContent {
    town_with(&format!("{TOWN}{toml}"), files)
}

fn collection(features: &[String]) -> String {
    format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", features.join(","))
}

/// A square of a hundredth of a degree, its south-west corner in hundredths.
fn ring(x: u32, y: u32) -> String {
    let corner = |dx: u32, dy: u32| {
        format!("[{},{}]", f64::from(13800 + x + dx) / 100.0, f64::from(3500 + y + dy) / 100.0)
    };
    format!("[{},{},{},{},{}]", corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1), corner(0, 0))
}

fn square(properties: &str, x: u32, y: u32) -> String {
    format!(
        "{{\"type\":\"Feature\",\"properties\":{{{properties}}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[{}]}}}}",
        ring(x, y)
    )
}

fn class_at(department: &DepartmentContent, id: &str, lat: f64, lon: f64) -> Option<String> {
    let layer = department.hazards.iter().find(|layer| layer.id == id).unwrap();
    let pack = Pack::open(department.packs[&layer.pack].clone()).unwrap();
    let at = pack.at(Point::of_degrees(lat, lon).unwrap()).unwrap();
    at.class.map(|class| layer.classes[usize::from(class)].code.clone())
}

const ENTRY: &str = "[[hazard]]\nfile = \"naisui.geojson\"\nlayer = \"inland-flood\"\nscenario = \"想定最大規模\"\n\
    class = { property = \"深さ\" }\nsource = \"見本市下水道課\"\nsurvey_year = 2023\nlicense = \"CC BY 4.0\"\n\
    title = { ja = \"内水のしみず図\" }\ndepartment = \"防災課\"\n";

#[test]
fn a_mapping_of_a_few_lines_makes_a_layer_with_its_words_and_its_pack() {
    let features = [
        square("\"深さ\":\"3.0~5.0m未満の区域\"", 1, 0),
        square("\"深さ\":\"0.3m未満の区域\"", 0, 0),
        square("\"深さ\":\"3m以上5m未満\"", 3, 0),
        square("\"深さ\":null", 4, 0),
        "{\"type\":\"Feature\",\"properties\":{\"深さ\":\"0.3m未満\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":[138,35]}}".into(),
    ];
    let content = read(ENTRY, &[("naisui.geojson", &collection(&features))]);
    let report = report(&content, "naisui.geojson");
    assert_eq!(report.dataset.as_deref(), Some("inland-flood"));
    assert_eq!((report.rows, report.kept, report.refused.len()), (5, 3, 2));
    assert_eq!(report.refused[0].row, 4);
    assert_eq!(report.refused[0].column.as_deref(), Some("深さ"));
    assert!(report.notes.iter().any(|note| note.contains("あいだの深さ")), "{:?}", report.notes);
    let bosai = &content.departments["bosai"];
    let layer = &bosai.hazards[0];
    assert_eq!((layer.id.as_str(), layer.layer), ("inland-flood-l2", HazardKind::InlandFlood));
    assert_eq!(layer.pack, "packs/bosai/inland-flood-l2.zst");
    assert_eq!(layer.bytes, bosai.packs[&layer.pack].len() as u64);
    let classes: Vec<(&str, &str)> =
        layer.classes.iter().map(|c| (c.code.as_str(), c.label.as_str())).collect();
    assert_eq!(classes, [("0-0.3", "0.3m未満の区域"), ("3-5", "3.0~5.0m未満の区域")]);
    assert_eq!((layer.survey_year, layer.surveyor.as_deref()), (Some(2023), Some("見本市下水道課")));
    let source = &bosai.sources[layer.source];
    assert_eq!(
        (source.title.as_deref(), source.license.as_deref()),
        (Some("内水のしみず図"), Some("CC BY 4.0"))
    );
    assert_eq!(class_at(bosai, "inland-flood-l2", 35.005, 138.015).as_deref(), Some("3-5"));
    assert_eq!(class_at(bosai, "inland-flood-l2", 35.005, 138.005).as_deref(), Some("0-0.3"));
    assert_eq!(class_at(bosai, "inland-flood-l2", 35.005, 138.025), None);
}

#[test]
fn ranks_are_mapped_to_codes_and_an_unknown_one_is_refused() {
    let toml = "[[hazard]]\nfile = \"bosai/a.geojson\"\nlayer = \"river-flood\"\n\
        class = { property = \"rank\", values = { 1 = \"0-0.5\", 2 = \"0.5-3\" } }\n";
    let features = [square("\"rank\":1", 0, 0), square("\"rank\":2.0", 1, 0), square("\"rank\":3", 2, 0)];
    let content = read(toml, &[("bosai/a.geojson", &collection(&features))]);
    let report = report(&content, "bosai/a.geojson");
    assert_eq!((report.kept, report.refused[0].row), (2, 3));
    assert!(report.refused[0].why.contains("values"));
    assert_eq!(
        class_at(&content.departments["bosai"], "river-flood", 35.005, 138.015).as_deref(),
        Some("0.5-3")
    );
    assert_eq!(content.departments["bosai"].hazards[0].classes[1].label, "0.5m以上3m未満");
}

#[test]
fn a_known_layout_needs_no_entry_and_what_is_unknown_is_listed_with_its_properties() {
    let a33 = [
        square("\"A33_001\":1,\"A33_002\":1", 0, 0),
        square("\"A33_001\":2,\"A33_002\":2", 1, 0),
        square("\"A33_001\":3,\"A33_002\":1", 2, 0),
    ];
    let river = |code: u32, x: u32| {
        square(&format!("\"A31a_202\":\"見本川\",\"A31a_204\":\"静岡県\",\"A31a_205\":{code}"), x, 0)
    };
    let content = read(
        "",
        &[
            ("bosai/a33.geojson", &collection(&a33)),
            ("bosai/a31a.geojson", &collection(&[river(1, 0), river(3, 1)])),
            ("parks.geojson", &collection(&[square("\"名称\":\"公園\"", 0, 0)])),
            ("tsunami.json", &collection(&[square("\"A40_003\":\"1m以上 ～ 2m未満\"", 0, 0)])),
        ],
    );
    let bosai = &content.departments["bosai"];
    let ids: Vec<&str> = bosai.hazards.iter().map(|layer| layer.id.as_str()).collect();
    assert_eq!(ids.len(), 4, "{ids:?}");
    assert!(ids[0].starts_with("river-flood-l2-"));
    assert_eq!(ids[1..], ["steep-slope", "debris-flow", "landslide"]);
    assert_eq!(bosai.hazards[0].surveyor.as_deref(), Some("静岡県"));
    let title = bosai.sources[bosai.hazards[0].source].title.as_deref();
    assert_eq!(title, Some("洪水浸水想定区域（見本川、想定最大規模）"));
    // The country's file is not under the town's licence.
    assert_eq!(bosai.sources[bosai.hazards[0].source].license, None);
    assert_eq!(class_at(bosai, "debris-flow", 35.005, 138.015).as_deref(), Some("special"));
    assert_eq!(report(&content, "bosai/a33.geojson").dataset.as_deref(), Some("ksj-a33"));
    assert_eq!(report(&content, "tsunami.json").dataset.as_deref(), Some("ksj-a40"));
    let parks = report(&content, "parks.geojson");
    assert_eq!(parks.dataset, None);
    assert!(parks.why.as_deref().unwrap().contains("名称"));
}

#[test]
fn what_is_wrong_with_an_entry_is_said_of_its_file() {
    let why = |toml: &str, text: &str| {
        let content = read(&format!("[[hazard]]\nfile = \"a.geojson\"\n{toml}"), &[("a.geojson", text)]);
        assert!(content.departments.values().all(|department| department.hazards.is_empty()));
        let report = report(&content, "a.geojson");
        assert_eq!(report.dataset, None);
        report.why.clone().unwrap()
    };
    let good = collection(&[square("\"深\":\"1m未満\"", 0, 0)]);
    assert!(why("", &good).contains("layer"));
    assert!(why("layer = \"tsunami\"", &good).contains("class"));
    assert!(why("layer = \"tsunami\"\nclass = { property = \"深さ\" }", &good).contains("深さ"));
    assert!(
        why("layer = \"tsunami\"\nclass = { property = \"深\" }\nsurveyed = \"b.geojson\"", &good)
            .contains("b.geojson")
    );
    assert!(
        why("layer = \"tsunami\"\nclass = \"zone\"", "{\"type\":\"FeatureCollection\",\"features\":[")
            .contains("GeoJSON")
    );
    assert!(why("layer = \"tsunami\"\nclass = \"zone\"", &collection(&[])).contains("一つも"));
    let many: Vec<String> = (0..70).map(|n| square(&format!("\"深\":\"{}cm\"", n + 1), n, 0)).collect();
    assert!(why("layer = \"tsunami\"\nclass = { property = \"深\" }", &collection(&many)).contains("70"));
    let content = read("[[hazard]]\nfile = \"none.geojson\"\n", &[]);
    assert!(report(&content, "none.geojson").why.as_deref().unwrap().contains("ありません"));
}

#[test]
fn a_ring_that_is_no_area_is_refused_with_its_place_and_the_rest_is_kept() {
    let feature = |rings: &str| {
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{}},\"geometry\":{{\"type\":\"MultiPolygon\",\"coordinates\":[[{}],[{rings}]]}}}}",
            ring(0, 0)
        )
    };
    let features = [feature("[[138,35],[138.1,35],[138,35]]"), square("", 3, 3)];
    let content = read(
        "[[hazard]]\nfile = \"a.geojson\"\nlayer = \"flood-history\"\n",
        &[("a.geojson", &collection(&features))],
    );
    let report = report(&content, "a.geojson");
    assert_eq!((report.rows, report.kept), (2, 2));
    assert_eq!(
        (report.refused[0].row, report.refused[0].column.as_deref()),
        (1, Some("2番めの多角形、1番めの輪"))
    );
    assert!(report.refused[0].why.contains("緯度35"), "{:?}", report.refused);
}

#[test]
fn the_surveyed_area_is_the_file_that_the_entry_names_else_the_box_around_the_zones() {
    let zones = collection(&[square("", 0, 0), square("", 3, 0)]);
    let entry = "[[hazard]]\nfile = \"a.geojson\"\nlayer = \"flood-history\"\n";
    let surveyed = |content: &TownContent, lat: f64, lon: f64| {
        let koho = &content.departments["koho"];
        let pack = Pack::open(koho.packs[&koho.hazards[0].pack].clone()).unwrap();
        pack.at(Point::of_degrees(lat, lon).unwrap()).unwrap().surveyed
    };
    let boxed = read(entry, &[("a.geojson", &zones)]);
    assert!(surveyed(&boxed, 35.005, 138.025) && !surveyed(&boxed, 35.015, 138.025));
    let area = collection(&[square("", 2, 1)]);
    let given =
        read(&format!("{entry}surveyed = \"b.geojson\"\n"), &[("a.geojson", &zones), ("b.geojson", &area)]);
    assert!(!surveyed(&given, 35.005, 138.025) && surveyed(&given, 35.015, 138.025));
    // It is read as an area and not taken for a map of its own.
    assert!(given.files.iter().all(|report| report.file != "b.geojson" || report.why.is_none()));
}

#[test]
fn two_files_of_one_kind_are_two_layers_and_the_same_input_gives_the_same_bytes() {
    let toml = "[[hazard]]\nfile = \"2019.geojson\"\nlayer = \"flood-history\"\n[[hazard]]\nfile = \"履歴.geojson\"\nlayer = \"flood-history\"\n";
    let files = [
        ("2019.geojson", collection(&[square("", 0, 0)])),
        ("履歴.geojson", collection(&[square("", 1, 0)])),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(file, text)| (*file, text.as_str())).collect();
    let (one, two) = (read(toml, &files), read(toml, &files));
    let koho = &one.departments["koho"];
    let ids: Vec<&str> = koho.hazards.iter().map(|layer| layer.id.as_str()).collect();
    assert_eq!(ids[0], "flood-history");
    assert!(ids[1].starts_with("flood-history-") && ids[1].is_ascii());
    assert_eq!(koho.packs, two.departments["koho"].packs);
}

#[test]
fn beside_a_danger_zone_by_ordinance_nobody_has_looked() {
    let zone = square("\"A48_007\":1,\"A48_008\":\"河川の氾濫\"", 0, 0);
    let border = format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[{}]}}",
        square("\"N03_007\":\"99201\"", 0, 0).replace("138.01", "138.05").replace("35.01", "35.05")
    );
    let entry = "[[map]]\nfile = \"border.geojson\"\nlayer = \"border\"\n";
    let content = read(entry, &[("a48.geojson", &collection(&[zone])), ("border.geojson", &border)]);
    assert_eq!(report(&content, "a48.geojson").dataset.as_deref(), Some("ksj-a48"));
    let koho = &content.departments["koho"];
    let layer = &koho.hazards[0];
    assert_eq!((layer.layer, layer.surveyed), (HazardKind::RiverFlood, Surveyed::Own));
    let pack = Pack::open(koho.packs[&layer.pack].clone()).unwrap();
    let at = |lat, lon| pack.at(Point::of_degrees(lat, lon).unwrap()).unwrap();
    let (inside, beside) = (at(35.005, 138.005), at(35.03, 138.03));
    assert!(inside.surveyed && inside.class.is_some());
    // Within the town's border, and all the same not "outside of where a river floods".
    assert!(!beside.surveyed && beside.class.is_none());
    assert_eq!(koho.sources[layer.source].title.as_deref(), Some("災害危険区域"));
}
