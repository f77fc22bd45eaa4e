//! The files that towns really publish. They lie beside the project, never in it.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Instant;

use jiff::civil::date;
use madoguchi_model::{Hazard, Place, Segment};

use super::{garbage, import, open_data_list};
use crate::geocode::Geocoder;
use crate::report::{FileReport, Records};
use crate::settings::Settings;
use crate::table::{Limits, Table};
use crate::value::text;

fn shared(path: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(path);
    if !path.exists() {
        println!("skipped: no shared data ({})", path.display());
        return None;
    }
    Some(path)
}

fn settings(code: &str, name: &str) -> Settings {
    let department = "[[department]]\nid = \"koho\"\nname = { ja = \"広報課\" }";
    Settings::parse(&format!("code = \"{code}\"\nname = {{ ja = \"{name}\" }}\n{department}")).unwrap()
}

fn geocoder(code: &str, name: &str) -> Option<Geocoder> {
    let bytes = std::fs::read(shared("address/japan_town_points.csv.gz")?).unwrap();
    Some(Geocoder::read(&bytes, &code.parse().unwrap(), name).unwrap())
}

/// The tables of a folder by file name.
fn tables(folder: &Path) -> BTreeMap<String, Table> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let csv = files.filter(|path| path.extension().is_some_and(|extension| extension == "csv"));
    let read = |path: PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, Table::read(&std::fs::read(&path).unwrap(), &Limits::default()).unwrap())
    };
    csv.map(read).collect()
}

fn unpacked(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path).unwrap()).read_to_end(&mut bytes).unwrap();
    bytes
}

fn print(report: &FileReport) {
    let dataset = report.dataset.as_deref().unwrap_or("-");
    let encoding = report.encoding.as_deref().unwrap_or("-");
    println!(
        "{:<42} {dataset:<26} {encoding:<9} rows {:>4} kept {:>4} refused {:>3} mended {:>4} {:?} {}",
        report.file,
        report.rows,
        report.kept,
        report.refused.len(),
        report.mended,
        report.mended_by,
        report.why.as_deref().unwrap_or("")
    );
    for refusal in report.refused.iter().take(3) {
        println!("    {refusal:?}");
    }
}

type Town = BTreeMap<String, (FileReport, Records)>;

fn town(folder: &str, code: &str, name: &str) -> Option<Town> {
    let folder = shared(folder)?;
    let (settings, geocoder) = (settings(code, name), geocoder(code, name));
    let each = |(file, table): (String, Table)| {
        let imported = import(&file, &table, &settings, geocoder.as_ref());
        print(&imported.0);
        (file, imported)
    };
    Some(tables(&folder).into_iter().map(each).collect())
}

fn dataset<'a>(town: &'a Town, file: &str) -> Option<&'a str> {
    town[file].0.dataset.as_deref()
}

fn place<'a>(town: &'a Town, file: &str, name: &str) -> &'a Place {
    town[file].1.places.iter().find(|place| place.name == name).unwrap()
}

#[test]
fn yaizu() {
    let Some(town) = town("towns/yaizu_222127", "222127", "焼津市") else { return };
    assert_eq!(town.len(), 31);
    assert!(town.values().all(|(report, _)| report.dataset.is_some()));
    let rows: usize = town.values().map(|(report, _)| report.rows).sum();
    let kept: usize = town.values().map(|(report, _)| report.kept).sum();
    println!("{kept} of {rows} rows");
    assert_eq!((rows, kept), (1924, 1924));

    for (file, kind) in [
        ("222127_aed.csv", "aed"),
        ("222127_evacuation_space.csv", "emergency-site"),
        ("222127_hinannjo.csv", "shelter"),
        ("222127_preschool.csv", "childcare"),
        ("222127_public_toilet.csv", "toilet"),
        ("222127_public_wireless_lan.csv", "wifi"),
        ("222127_tourism.csv", "tourism"),
        ("222127_library.csv", "public-facility"),
        ("222127_fire_hydrant.csv", "fire_hydrant"),
        ("222127_kyuugobyouinn.csv", "kyuugobyouinn"),
        ("222127_shiteitsunamihinanbiru.csv", "shiteitsunamihinanbiru"),
        ("machinakasuzumidokoro.csv", "machinakasuzumidokoro"),
        ("アンダーパス.csv", "アンダーパス"),
    ] {
        assert_eq!(dataset(&town, file), Some(kind), "{file}");
    }

    let tower = place(&town, "222127_evacuation_space.csv", "中港タワー");
    assert_eq!(tower.valid_for, [Hazard::Earthquake, Hazard::Tsunami]);
    assert_eq!(tower.phone.as_deref(), Some("054-625-0128"));
    let shelter = place(&town, "222127_hinannjo.csv", "二区コミュニティ防災センター");
    assert_eq!(shelter.id, "shelter:1");
    assert_eq!(
        shelter.valid_for,
        [Hazard::Flood, Hazard::StormSurge, Hazard::Earthquake, Hazard::Tsunami, Hazard::InlandFlood]
    );
    assert!(shelter.details.contains(&("開設される災害の種類（風水害）".into(), "○".into())));
    let school = place(&town, "222127_preschool.csv", "焼津市立大富幼稚園");
    assert_eq!((school.capacity, school.category.as_deref()), (Some(70), Some("公立幼稚園")));
    let hours = school.hours.as_ref().unwrap();
    assert_eq!((hours.week.len(), hours.note.as_deref()), (5, Some("水曜日は午後2時まで利用可能")));
    let cool = place(&town, "machinakasuzumidokoro.csv", "焼津市役所　本庁舎");
    assert_eq!((cool.capacity, cool.hours.as_ref().unwrap().week.len()), (Some(10), 5));
    let well = &town["saigai_support_ido.csv"].1.places[0];
    assert_eq!(well.name, "焼津市高新田477-1");
    let sushi = place(&town, "222127_tourism.csv", "松乃寿司");
    assert_eq!((sushi.category.as_deref(), sushi.capacity), (Some("すし"), Some(40)));
    assert!(sushi.details.contains(&("車イスでの入店可能".into(), "○".into())));
    let sandbags = place(&town, "222127_dono_station.csv", "石脇チビッコ広場");
    assert_eq!(sandbags.id, "dono_station:1");
    // A remark that stands under no head, in the last column of one row.
    let remarks = town["222127_tourism.csv"].1.places.iter().flat_map(|place| &place.details);
    assert_eq!(remarks.filter(|(_, text)| text == "※多目的トイレ無しに変更！！").count(), 1);
}

#[test]
fn no_cell_of_yaizu_is_lost() {
    let Some(folder) = shared("towns/yaizu_222127") else { return };
    let settings = settings("222127", "焼津市");
    for (file, table) in tables(&folder) {
        let (_, records) = import(&file, &table, &settings, None);
        // Each word of each row is in the row's record: looked for as letters, since numbers and times change their form.
        for (row, place) in table.rows.iter().zip(&records.places) {
            let record =
                text::key(&serde_json::to_string(place).unwrap().replace("\\n", "").replace("\\\"", "\""));
            for (column, head) in table.header.iter().enumerate() {
                let cell = text::key(row.get(column)).replace('\n', "");
                let common = ["222127", "静岡県", "焼津市", "静岡県焼津市"].contains(&cell.as_str());
                let letters = cell.chars().any(|c| c.is_alphabetic() && !"人年月火水木金土日".contains(c));
                if letters && !common && head != "町字ID" && !cell.starts_with("http:") {
                    assert!(record.contains(&cell), "{file} {}: {head} {cell}\n{record}", row.line);
                }
            }
        }
    }
}

#[test]
fn inzai() {
    let Some(town) = town("towns/inzai_122319/original_asis", "122319", "印西市") else { return };
    assert_eq!(town.len(), 25);
    let uncovered: Vec<&str> = town
        .iter()
        .filter(|(_, (report, _))| report.dataset.is_none())
        .map(|(file, _)| file.as_str())
        .collect();
    // School districts have neither address nor coordinates: their shapes are in other files.
    assert_eq!(uncovered, ["122319_school_district.csv"]);
    assert!(town["122319_school_district.csv"].0.why.as_ref().is_some_and(|why| why.contains("緯度・経度")));
    for (file, kind, encoding) in [
        ("122319_hospital.csv", "medical", "cp932"),
        ("122319_care_service.csv", "care", "cp932"),
        ("122319_preschool.csv", "childcare", "cp932"),
        ("122319_tourist_attraction.csv", "tourism", "cp932"),
        ("122319_event.csv", "events", "cp932"),
        ("122319_open_data_list.csv", "open-data-list", "cp932"),
        ("opendata_1425.csv", "wifi", "utf-8-bom"),
        ("opendata_1426.csv", "aed", "utf-8-bom"),
        ("opendata_24.csv", "emergency-site", "utf-8-bom"),
        ("opendata_25.csv", "shelter", "utf-8-bom"),
        ("opendata_26.csv", "shelter", "utf-8-bom"),
        ("evacuation.csv", "shelter", "cp932"),
        ("nursery.csv", "childcare", "cp932"),
        ("publicfacility.csv", "public-facility", "cp932"),
        ("polling_place.csv", "polling_place", "utf-16le"),
        ("election_poster.csv", "election_poster", "utf-16le"),
        ("culturalproperties.csv", "culturalproperties", "cp932"),
    ] {
        let report = &town[file].0;
        assert_eq!(
            (report.dataset.as_deref(), report.encoding.as_deref()),
            (Some(kind), Some(encoding)),
            "{file}"
        );
        assert_eq!(report.rows, report.kept, "{file}");
    }
    let kinds = |kind: &str| {
        town["evacuation.csv"].1.places.iter().filter(|place| place.kind.as_str() == kind).count()
    };
    assert_eq!((kinds("emergency-site"), kinds("shelter")), (3, 48));
    let poster = &town["election_poster.csv"].1.places[0];
    assert_eq!((poster.name.as_str(), poster.position.map(|at| at.lat)), ("木下駅北口", Some(35.839025)));
    // No coordinate in the file at all: every one is looked up.
    let hospitals = &town["122319_hospital.csv"].1.places;
    let placed = hospitals.iter().filter(|place| place.position.is_some_and(|at| at.approximate)).count();
    println!("{placed} of {} hospitals placed by their address", hospitals.len());
    assert!(placed * 100 >= hospitals.len() * 95);
    let fair = &town["122319_event.csv"].1.events[0];
    assert_eq!((fair.when.as_deref(), fair.sessions.len()), (Some("毎年１１月に開催"), 0));
    assert_eq!(fair.segments, [Segment::Event]);
    let temple = place(&town, "culturalproperties.csv", "宝珠院観音堂");
    assert!(temple.details.contains(&("指定年月日".into(), "昭和9年1月30日".into())));

    let list = Table::read(
        &std::fs::read(shared("towns/inzai_122319/original_asis/122319_open_data_list.csv").unwrap())
            .unwrap(),
        &Limits::default(),
    );
    let facts = open_data_list::read("list.csv", &list.unwrap()).1;
    assert_eq!(facts.len(), 24);
    assert_eq!(facts["opendata_1425.csv"].license.as_deref(), Some("CC BY 2.1 JP"));
}

/// The copies of Code for INZAI differ in two ways, neither of which is a fact: CP932's full-width minus and wave dash became
/// U+2212 and U+301C, and half-width kana full-width ones. Both are folded away here; in the records themselves the
/// dashes of names and addresses stay as the file has them.
#[test]
fn inzai_imports_alike_from_the_original_and_from_its_utf8_copy() {
    let Some(original) = town("towns/inzai_122319/original_asis", "122319", "印西市") else { return };
    let Some(copy) = town("towns/inzai_122319/utf8_by_codeforinzai", "122319", "印西市") else { return };
    for (file, (report, records)) in &original {
        let (other_report, other) = &copy[file];
        assert_eq!((report.rows, report.kept), (other_report.rows, other_report.kept), "{file}");
        let folded = |records: &Records| {
            let places = records.places.iter().map(|place| text::key(&serde_json::to_string(place).unwrap()));
            let events = records.events.iter().map(|event| text::key(&serde_json::to_string(event).unwrap()));
            places.chain(events).collect::<Vec<_>>()
        };
        for (a, b) in folded(records).iter().zip(&folded(other)) {
            assert_eq!(a, b, "{file}");
        }
        assert_eq!(records.places.len(), other.places.len());
        let ids = |records: &Records| records.places.iter().map(|place| place.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(records), ids(other), "{file}");
    }
}

#[test]
fn the_address_finds_what_the_coordinates_say() {
    let Some(folder) = shared("towns/yaizu_222127") else { return };
    let Some(geocoder) = geocoder("222127", "焼津市") else { return };
    let settings = settings("222127", "焼津市");
    let (mut found, mut near, mut all) = (0, 0, 0);
    for (file, table) in tables(&folder) {
        for place in import(&file, &table, &settings, None).1.places {
            let (Some(address), Some(at)) = (place.address, place.position) else { continue };
            all += 1;
            let Some(looked_up) = geocoder.lookup(&address) else {
                println!("not found: {address}");
                continue;
            };
            found += 1;
            near += usize::from(looked_up.distance_m(&at) < 1_500.0);
        }
    }
    println!("{found} of {all} addresses found, {near} within 1.5 km");
    assert!(found * 100 >= all * 97 && near * 100 >= found * 95);
}

#[test]
fn every_designated_place_of_japan() {
    let Some(folder) = shared("shelters") else { return };
    let settings = settings("222127", "焼津市");
    for (file, kind, rows) in [
        ("gsi_emergency_japan.csv.gz", "emergency-site", 115_402),
        ("gsi_evacuation_japan.csv.gz", "shelter", 82_557),
    ] {
        let bytes = unpacked(&folder.join(file));
        let start = Instant::now();
        let table = Table::read(&bytes, &Limits::default()).unwrap();
        let read = start.elapsed();
        let (report, records) = import("gsi.csv", &table, &settings, None);
        println!("{file}: read in {read:?}, imported in {:?}", start.elapsed() - read);
        assert_eq!((report.dataset.as_deref(), report.kept), (Some(kind), rows));
        assert!(records.places.iter().all(|place| place.kind.as_str() == kind && place.position.is_some()));
        assert!(start.elapsed().as_secs() < 30, "a table of this size takes seconds, not minutes");
        let first = &records.places[0];
        println!("{first:?}");
        if kind == "emergency-site" {
            assert_eq!(first.id, "emergency-site:E0110000001202");
            assert_eq!(first.valid_for, [Hazard::Flood, Hazard::Landslide, Hazard::Earthquake]);
        }
    }
}

#[test]
fn every_list_of_open_shelters_is_read_without_loss() {
    let Some(folder) = shared("shelters/status_nanao") else { return };
    let settings = settings("172022", "七尾市");
    let (mut files, mut rows) = (0, 0);
    for (file, table) in tables(&folder) {
        let (report, records) = import(&file, &table, &settings, None);
        assert_eq!((report.dataset.as_deref(), report.kept), (Some("open-shelter"), report.rows), "{file}");
        assert!(records.places.iter().all(|place| place.position.is_some()), "{file}");
        // Each file says in its name of when it is.
        let hour = file.trim_end_matches(".csv").rsplit('_').next().unwrap();
        for place in &records.places {
            let status = place.status.unwrap();
            let at = jiff::tz::offset(9).to_datetime(status.as_of);
            assert!(hour.starts_with(&at.date().to_string()), "{file}: {at}");
            assert!(status.open && status.people.is_some());
        }
        (files, rows) = (files + 1, rows + report.kept);
    }
    assert_eq!((files, rows), (87, 1090));
}

#[test]
fn garbage_calendars_of_two_towns() {
    for (town, areas, items) in [("Joyo-shi", 2, 724), ("KyotangoCityDigital", 169, 776)] {
        let Some(folder) = shared(&format!("towns/gomi_5374/{town}")) else { return };
        let tables = tables(&folder);
        let files: Vec<(&str, &Table)> = tables.iter().map(|(file, table)| (file.as_str(), table)).collect();
        let (reports, records) = garbage::import(&files, &settings("222127", "焼津市"));
        reports.iter().for_each(print);
        assert_eq!((records.garbage_areas.len(), records.garbage_items.len()), (areas, items), "{town}");
        let area = &records.garbage_areas[0];
        assert!(area.types.iter().all(|kind| kind.color.is_some()));
        if town == "Joyo-shi" {
            assert!(reports.iter().all(|report| report.refused.is_empty()));
            // 2022-12-27 is a Tuesday, 12-31 the first day of the pause, a Saturday.
            let kinds = |day| area.on(day).iter().map(|kind| kind.name.clone()).collect::<Vec<_>>();
            assert_eq!(kinds(date(2022, 12, 27)), ["燃やすごみ"]);
            assert!(kinds(date(2023, 1, 3)).is_empty());
            assert_eq!(kinds(date(2023, 1, 5)), ["ペットボトル・紙パック"]);
        } else {
            // No district names its plant, so the plants' 25 holidays concern none, and two kinds with a colour are
            // neither collected nor looked up: said, not dropped.
            let refused: usize = reports.iter().map(|report| report.refused.len()).sum();
            assert_eq!(refused, 27);
        }
    }
}

/// The heads of every file that was looked at, those too that did not come along.
#[test]
fn heads_of_nine_more_towns() {
    let Some(path) = shared("standard/HEADERS.md") else { return };
    let text = std::fs::read_to_string(path).unwrap();
    let mut found = BTreeMap::new();
    for part in text.split("\n## ").skip(1) {
        let mut lines = part.lines();
        let file = lines.next().unwrap().split(" — ").next().unwrap();
        let heads = lines.next().unwrap();
        let Ok(table) = Table::read(heads.as_bytes(), &Limits::default()) else { continue };
        let (report, _) = import(file, &table, &settings("222127", "焼津市"), None);
        println!("{file}: {:?} {}", report.dataset, report.why.unwrap_or_default());
        found.insert(file, report.dataset);
    }
    for (file, dataset) in [
        ("echizen_182095/01-避難所.csv", "shelter"),
        ("echizen_182095/02-AED.csv", "aed"),
        ("echizen_182095/02-医療機関.csv", "medical"),
        ("funabashi_122041/hinanbasyo.csv", "emergency-site"),
        ("funabashi_122041/hinanjyo.csv", "shelter"),
        ("hachioji_132012/01-避難場所.csv", "emergency-site"),
        ("hachioji_132012/02-災害時給水ステーション.csv", "02-災害時給水ステーション"),
        ("hamamatsu_221309/221309_hamamatsu_tsunami_hinan.csv", "hamamatsu_tsunami_hinan"),
        ("nanao_172022/reference_data.csv", "emergency-site"),
        ("takamatsu_372013/ghpages_aed_location.csv", "aed"),
        ("takamatsu_372013/ghpages_evacuation_space.csv", "emergency-site"),
        ("takamatsu_372013/ghpages_events.csv", "events"),
        ("takamatsu_372013/ghpages_garbage_separation_list.csv", "garbage"),
        ("takamatsu_372013/ghpages_hospital.csv", "medical"),
        ("takamatsu_372013/ghpages_kindergarten.csv", "childcare"),
        ("takamatsu_372013/ghpages_nursery_school.csv", "childcare"),
        ("takamatsu_372013/ghpages_park.csv", "ghpages_park"),
        ("takamatsu_372013/ghpages_public_toilet.csv", "toilet"),
        ("takamatsu_372013/ghpages_public_wireless_lan.csv", "wifi"),
        ("takamatsu_372013/ghpages_tsunami_evacuation_building.csv", "ghpages_tsunami_evacuation_building"),
        ("wakayama_pref_300004/wakayamazeniki.csv", "wakayamazeniki"),
        ("gomi_5374/Kameokadigital/area_days.csv", "garbage"),
        ("gomi_5374/Kameokadigital/target.csv", "garbage"),
    ] {
        assert_eq!(found[file].as_deref(), Some(dataset), "{file}");
    }
    // Neither coordinates nor a grammar that is known.
    assert_eq!(found["takamatsu_372013/ghpages_garbage_collection_date.csv"], None);
}
