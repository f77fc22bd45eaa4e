use madoguchi_hazard::Point;
use madoguchi_hazard::pack::{At, Pack};
use madoguchi_hazard::roads::Graph;
use madoguchi_hazard::tile::pmtiles::Archive;
use madoguchi_model::{MapRecord, Surveyed};

use crate::content::TownContent;
use crate::read::testing::{report, town_with};

fn read(toml: &str, files: &[(&str, &str)]) -> TownContent {
    let town = "code = \"222127\"\nname = { ja = \"焼津市\" }\nlicense = \"CC BY 4.0\"\n";
    let departments = "[[department]]\nid = \"koho\"\nname = { ja = \"広報課\" }\n[[department]]\nid = \"bosai\"\nname = { ja = \"防災課\" }\n";
    // Keys of the town itself stand before its tables.
    let (keys, tables) = toml.split_once('|').unwrap_or(("", toml));
    town_with(&format!("{town}{keys}{departments}{tables}"), files)
}

fn feature(properties: &str, kind: &str, coordinates: &str) -> String {
    format!(
        "{{\"type\":\"Feature\",\"properties\":{{{properties}}},\"geometry\":{{\"type\":\"{kind}\",\"coordinates\":{coordinates}}}}}"
    )
}

fn collection(features: &[String]) -> String {
    format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", features.join(","))
}

fn square(properties: &str, west: f64, south: f64) -> String {
    let (east, north) = (west + 0.01, south + 0.01);
    let ring =
        format!("[[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]]");
    feature(properties, "Polygon", &ring)
}

fn road(properties: &str, from: f64) -> String {
    feature(properties, "LineString", &format!("[[138.3{from},34.8],[138.3{from},34.81],[138.32,34.81]]"))
}

#[test]
fn roads_become_the_graph_and_the_base_map_with_its_attribution() {
    let roads = collection(&[
        road("\"highway\":\"residential\",\"name\":\"本町通り\"", 1.0),
        road("\"highway\":\"motorway\"", 2.0),
        feature("\"highway\":\"crossing\"", "Point", "[138.31,34.8]"),
    ]);
    let water = collection(&[square("\"natural\":\"water\"", 138.31, 34.8)]);
    let content = read(
        "[[map]]\nfile = \"roads.geojson\"\nlayer = \"roads\"\nname = \"name\"\nattribution = \"© OpenStreetMap contributors\"\n\
         license = \"ODbL 1.0\"\ndepartment = \"防災課\"\n[[map]]\nfile = \"water.geojson\"\nlayer = \"water\"\n",
        &[("roads.geojson", &roads), ("water.geojson", &water)],
    );
    let told = report(&content, "roads.geojson");
    assert_eq!((told.dataset.as_deref(), told.rows, told.kept), (Some("map-roads"), 3, 2));
    assert_eq!(told.refused[0].row, 3);
    assert_eq!(report(&content, "water.geojson").kept, 1);
    let bosai = &content.departments["bosai"];
    let Some(MapRecord::Base { id, pack, bytes, min_zoom, attribution, source, .. }) =
        bosai.map.iter().find(|record| matches!(record, MapRecord::Base { .. }))
    else {
        panic!("{:?}", bosai.map)
    };
    assert_eq!((id.as_str(), pack.as_str(), *min_zoom), ("base", "packs/bosai/base.zst", 8));
    assert_eq!(attribution, &["© OpenStreetMap contributors"]);
    assert_eq!(*bytes, bosai.packs[pack].len() as u64);
    assert_eq!(bosai.sources[*source].license.as_deref(), Some("ODbL 1.0、CC BY 4.0"));
    assert!(Archive::open(bosai.packs[pack].as_slice()).is_ok());
    let roads = bosai.map.iter().find(|record| matches!(record, MapRecord::Roads { .. })).unwrap();
    assert!(Graph::open(bosai.packs[roads.pack().unwrap()].as_slice()).is_ok());
}

#[test]
fn of_a_file_of_several_towns_only_the_own_border_is_taken_and_tells_where_was_looked() {
    let border = collection(&[
        square("\"N03_007\":\"22212\",\"N03_004\":\"焼津市\"", 138.30, 34.80),
        square("\"N03_007\":\"22214\",\"N03_004\":\"藤枝市\"", 138.40, 34.80),
    ]);
    let zone = collection(&[square("", 138.302, 34.802)]);
    let content = read(
        "[[map]]\nfile = \"n03.geojson\"\nlayer = \"border\"\n[[hazard]]\nfile = \"a.geojson\"\nlayer = \"flood-history\"\n",
        &[("n03.geojson", &border), ("a.geojson", &zone)],
    );
    let told = report(&content, "n03.geojson");
    assert_eq!((told.rows, told.kept, told.refused.len()), (2, 1, 0));
    assert!(told.notes[0].contains("1こ"));
    let koho = &content.departments["koho"];
    let MapRecord::Border { rings, .. } = &koho.map[0] else { panic!() };
    assert_eq!(rings, &[vec![[138.3, 34.8], [138.31, 34.8], [138.31, 34.81], [138.3, 34.81]]]);
    // The area is one pack, however many layers were surveyed in it.
    let layer = &koho.hazards[0];
    let zones = Pack::open(koho.packs[&layer.pack].as_slice()).unwrap();
    assert_eq!((layer.surveyed, zones.header().surveyed), (Surveyed::Town, 0));
    let MapRecord::Area { pack, bytes, format, .. } = &koho.map[1] else { panic!() };
    assert_eq!((pack.as_str(), *format), ("packs/koho/area.zst", madoguchi_hazard::pack::FORMAT));
    assert_eq!(*bytes, koho.packs[pack].len() as u64);
    let area = Pack::open(koho.packs[pack].as_slice()).unwrap();
    let looked = |lat, lon| area.at(Point::of_degrees(lat, lon).unwrap()).unwrap();
    assert_eq!(looked(34.801, 138.301), At { surveyed: true, class: None });
    assert!(!looked(34.801, 138.401).surveyed);
    let other = collection(&[square("\"N03_007\":\"22214\"", 138.40, 34.80)]);
    let content = read("[[map]]\nfile = \"n03.geojson\"\nlayer = \"border\"\n", &[("n03.geojson", &other)]);
    assert!(report(&content, "n03.geojson").why.as_deref().unwrap().contains("焼津市"));
}

#[test]
fn the_countrys_zones_far_from_the_border_are_left_out_and_counted() {
    let border = collection(&[square("", 138.30, 34.80)]);
    let a33 = |west: f64| square("\"A33_001\":1,\"A33_002\":1", west, 34.80);
    let content = read(
        "[[map]]\nfile = \"border.geojson\"\nlayer = \"border\"\n",
        &[("border.geojson", &border), ("a33.geojson", &collection(&[a33(138.305), a33(138.5)]))],
    );
    let told = report(&content, "a33.geojson");
    assert_eq!((told.rows, told.kept, told.refused.len()), (2, 1, 0));
    assert!(told.notes.iter().any(|note| note.contains("1こ（地物1こ")), "{:?}", told.notes);
}

#[test]
fn blocks_come_from_their_file_or_from_the_table_of_addresses() {
    let table = "lgcode,pref,city,town,koaza,lat,lng\n222127,静岡県,焼津市,本町一丁目,,34.86,138.32\n\
        222127,静岡県,焼津市,本町一丁目,,34.87,138.33\n222127,静岡県,焼津市,石津,中,34.84,138.31\n222119,静岡県,磐田市,本町,,34.0,138.0\n";
    let names = |content: &TownContent| -> Vec<(String, String)> {
        let all = content.departments.values().flat_map(|department| &department.map);
        let block = |record: &MapRecord| match record {
            MapRecord::Block { id, name, .. } => Some((id.clone(), name.clone())),
            _ => None,
        };
        all.filter_map(block).collect()
    };
    let content = read("address_table = \"address.csv\"\n|", &[("address.csv", table)]);
    let found = names(&content);
    assert_eq!(found.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>(), ["本町一丁目", "石津中"]);
    assert!(found[0].0.starts_with("block-"));
    let told = report(&content, "address.csv");
    assert_eq!((told.dataset.as_deref(), told.rows, told.kept, told.mended), (Some("map-blocks"), 3, 3, 1));
    // A file of blocks holds instead; parts of one name are one block, and other towns' are not taken.
    let blocks = collection(&[
        square("\"KEY_CODE\":\"222120010\",\"S_NAME\":\"川原町\"", 138.30, 34.80),
        square("\"KEY_CODE\":\"222120010\",\"S_NAME\":\"川原町\"", 138.32, 34.80),
        square("\"KEY_CODE\":\"222140010\",\"S_NAME\":\"本町\"", 138.40, 34.80),
    ]);
    let content = read(
        "address_table = \"address.csv\"\n|[[map]]\nfile = \"b.geojson\"\nlayer = \"blocks\"\n",
        &[("address.csv", table), ("b.geojson", &blocks)],
    );
    assert_eq!(names(&content).iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>(), ["川原町"]);
    assert_eq!(report(&content, "address.csv").dataset, None);
}

#[test]
fn a_file_that_cannot_be_read_keeps_the_others() {
    let content = read(
        "[[map]]\nfile = \"a.geojson\"\nlayer = \"water\"\n[[map]]\nfile = \"none.geojson\"\nlayer = \"rail\"\n\
         [[map]]\nfile = \"own.pmtiles\"\nlayer = \"base\"\n[[map]]\nfile = \"b.geojson\"\nlayer = \"border\"\n",
        &[
            ("a.geojson", "{\"type\":\"FeatureCollection\""),
            ("own.pmtiles", "no archive"),
            ("b.geojson", &collection(&[square("", 138.3, 34.8)])),
        ],
    );
    for file in ["a.geojson", "none.geojson", "own.pmtiles"] {
        let told = report(&content, file);
        assert!(told.dataset.is_none() && told.why.is_some(), "{told:?}");
    }
    // The border and its area.
    assert_eq!(content.departments["koho"].map.len(), 2);
}
