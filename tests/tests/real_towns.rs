//! Real towns, as their files are.

use std::fs;

use madoguchi_tests::{Phone, TestTown, shared};

#[test]
fn all_of_yaizu_reaches_a_phone() {
    let Some(data) = shared("towns/yaizu_222127") else { return };
    let town = TestTown::new("222127", "焼津市");
    let mut count = 0;
    for file in fs::read_dir(&data).unwrap().flatten() {
        town.write(file.file_name().to_str().unwrap(), fs::read(file.path()).unwrap());
        count += 1;
    }
    assert_eq!(count, 31);
    let published = town.publish(&[]);
    let files = published["files"].as_array().unwrap();
    assert_eq!(files.len(), 31, "each file is named");
    let covered: Vec<_> = files.iter().filter(|file| !file["dataset"].is_null()).collect();
    assert!(covered.len() >= 22, "{} covered", covered.len());
    for file in files.iter().filter(|file| file["dataset"].is_null()) {
        assert!(file["rows"] == 0 && file["why"].is_string(), "{file}");
    }
    let sum = |what: &str| -> u64 { covered.iter().map(|file| file[what].as_u64().unwrap()).sum() };
    let (rows, kept) = (sum("rows"), sum("kept"));
    assert!(kept * 100 >= rows * 99, "{kept} of {rows}");
    let refused: usize = covered.iter().map(|file| file["refused"].as_array().unwrap().len()).sum();
    assert_eq!(rows, kept + refused as u64, "nothing is dropped silently");

    let phone = Phone::new();
    {
        let server = town.serve();
        phone.join(&server.url, &town.root());
    }
    assert!(phone.ids(&["notices"]).is_empty());
    let near = phone.run(&["places", "--near", "34.8669,138.3236", "--limit", "5"]);
    assert_eq!(near.as_array().unwrap().len(), 5);
    assert!(near[0]["distance_m"].as_f64().unwrap() < 100.0, "{}", near[0]);
    let towers = phone.run(&["places", "--kind", "emergency-site", "--search", "ﾀﾜｰ"]);
    assert!(towers.as_array().unwrap().iter().any(|place| place["name"] == "中港タワー"), "{towers}");
    let id = towers[0]["id"].as_str().unwrap();
    let place = phone.run(&["place", id]);
    assert!(place["valid_for"].to_string().contains("tsunami"), "{place}");
    // 指定緊急避難場所 and 指定避難所 are two things.
    assert!(!phone.ids(&["places", "--kind", "shelter", "--limit", "100"]).is_empty());
}

#[test]
fn real_bulletin_articles_are_found_by_words_of_every_length() {
    let Some(file) = shared("notices/koho_142123.jsonl") else { return };
    let articles: Vec<serde_json::Value> =
        fs::read_to_string(file).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut csv = String::from("id,title,body,segment,published_at,department\n");
    let cell = |value: &serde_json::Value| {
        format!("\"{}\"", value.as_str().unwrap_or_default().replace('"', "\"\""))
    };
    for a in &articles {
        let row = [&a["id"], &a["title"], &a["body"], &a["category"], &a["date"]].map(cell).join(",");
        csv.push_str(&format!("{row},広報課\n"));
    }
    let town = TestTown::new("142123", "厚木市");
    town.write("notices.csv", csv);
    let published = town.publish(&[]);
    assert_eq!(published["files"][0]["kept"], articles.len(), "{}", published["files"][0]["refused"]);
    let phone = Phone::new();
    let server = town.serve();
    phone.join(&server.url, &town.root());
    for word in ["水", "税", "相談", "予防接種", "ｽﾎﾟｰﾂ", "10時30分"] {
        let folded = madoguchi_model::fold(word);
        let expected = articles
            .iter()
            .filter(|a| {
                let text = format!("{}\n{}", a["title"].as_str().unwrap(), a["body"].as_str().unwrap());
                madoguchi_model::fold(&text).contains(&folded)
            })
            .count();
        let found = phone.ids(&["notices", "--search", word, "--all", "--limit", "2000"]).len();
        assert!(expected > 0 && found == expected, "{word}: {found} of {expected}");
    }
}

#[test]
fn all_of_japan_is_one_town_of_115402_sites() {
    let Some(file) = shared("shelters/gsi_emergency_japan.csv.gz") else { return };
    let mut csv = Vec::new();
    let packed = fs::read(file).unwrap();
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(packed.as_slice()), &mut csv).unwrap();
    let town = TestTown::new("131016", "千代田区");
    town.write("131016_evacuation_space.csv", csv);
    let published = town.publish(&[]);
    let report = &published["files"][0];
    assert_eq!((&report["dataset"], &report["rows"]), (&"emergency-site".into(), &115_402.into()));
    assert_eq!(
        report["kept"].as_u64().unwrap() + report["refused"].as_array().unwrap().len() as u64,
        115_402
    );
    assert!(report["kept"].as_u64().unwrap() >= 115_000, "{}", report["kept"]);
    let phone = Phone::new();
    {
        let server = town.serve();
        phone.join(&server.url, &town.root());
    }
    let near =
        phone.run(&["places", "--kind", "emergency-site", "--near", "35.6812,139.7671", "--limit", "5"]);
    assert!(near[0]["distance_m"].as_f64().unwrap() < 1000.0, "{near}");
    // Far out at sea, too.
    assert_eq!(phone.ids(&["places", "--near", "30.0,142.0", "--limit", "5"]).len(), 5);
    assert!(!phone.ids(&["places", "--search", "もみじの森小学校"]).is_empty());
}
