//! From a town's folder to a resident's phone in flight mode, on the sample town.

use madoguchi_tests::{Phone, TestTown, copy_folder, repository};

fn mihon() -> TestTown {
    let town = TestTown::empty();
    copy_folder(&repository().join("towns/mihon"), &town.dir());
    town.init("992011", "見本市");
    town
}

#[test]
fn the_sample_town_is_read_in_flight_mode() {
    let town = mihon();
    let published = town.publish(&[]);
    for file in published["files"].as_array().unwrap() {
        assert!(file["refused"].as_array().unwrap().is_empty(), "{file}");
    }
    let phone = Phone::new();
    {
        let server = town.serve();
        phone.join(&server.url, &town.root());
        let again = phone.run(&["sync"]);
        assert_eq!((&again["reach"], &again["fresh"]), (&"ok".into(), &true.into()));
        assert!(again["requests"].as_u64().unwrap() <= 2, "{again}");
        assert!(again["bytes"].as_u64().unwrap() <= 1000, "{again}");
    }
    let offline = phone.run(&["sync"]);
    assert_eq!((&offline["reach"], &offline["fresh"]), (&"unreachable".into(), &false.into()));
    assert!(offline["age_s"].as_u64().unwrap() < 600);

    assert!(phone.ids(&["notices", "--limit", "200"]).len() >= 50);
    // With those that are over: the sample town is dated, and this test is not.
    let found = phone.run(&["notices", "--search", "断水", "--all"]);
    assert!(!found.as_array().unwrap().is_empty());
    assert_eq!(phone.run(&["alerts"]).as_array().unwrap().len(), 1, "one alert runs on a normal day");
    let near = phone.run(&["places", "--kind", "emergency-site", "--near", "34.69,138.61", "--limit", "3"]);
    let distances: Vec<f64> =
        near.as_array().unwrap().iter().map(|p| p["distance_m"].as_f64().unwrap()).collect();
    assert_eq!(distances.len(), 3);
    assert!(distances.is_sorted());
    let id = near[0]["id"].as_str().unwrap();
    assert_eq!(phone.run(&["place", id])["id"], id);
    assert!(!phone.run(&["events"]).as_array().unwrap().is_empty());
    let cool = phone.ids(&["places", "--kind", "cool-spot"]);
    assert!(!cool.is_empty(), "a layer of the town's own");
}

#[test]
fn what_is_chosen_read_and_saved_stays_on_the_phone() {
    let town = mihon();
    town.publish(&[]);
    let phone = Phone::new();
    let server = town.serve();
    phone.join(&server.url, &town.root());
    let all = phone.ids(&["notices", "--limit", "500"]);
    phone.run(&["segments", "set", "family"]);
    let chosen = phone.run(&["notices", "--limit", "500"]);
    assert!(chosen.as_array().unwrap().len() < all.len());
    for notice in chosen.as_array().unwrap() {
        let segments = notice["segments"].to_string();
        assert!(segments.contains("family") || notice["urgent"] == true, "{notice}");
    }
    let first = chosen[0]["id"].as_str().unwrap().to_string();
    phone.run(&["mark", &first, "read"]);
    phone.run(&["mark", &first, "saved"]);
    assert!(!phone.ids(&["notices", "--unread", "--limit", "500"]).contains(&first));
    assert_eq!(phone.ids(&["notices", "--saved"]), [first.as_str()]);
    // The cache may be thrown away; what the resident chose and marked may not.
    std::fs::remove_file(phone.cache("992011")).unwrap();
    phone.run(&["sync"]);
    assert_eq!(phone.ids(&["notices", "--saved"]), [first.as_str()]);
    assert_eq!(phone.ids(&["notices", "--limit", "500"]).len(), chosen.as_array().unwrap().len());
}

#[test]
fn the_same_folder_gives_the_same_collections_byte_for_byte() {
    let (one, two) = (mihon(), mihon());
    one.publish(&[]);
    two.publish(&[]);
    let names = |town: &TestTown| {
        let mut files: Vec<String> = walk(&town.public().join("targets"));
        files.sort();
        files
    };
    // A target's name is the hash of its bytes.
    assert_eq!(names(&one), names(&two));
    let before = names(&one);
    let again = one.publish(&[]);
    assert_eq!(names(&one), before);
    for change in again["collections"].as_array().unwrap() {
        assert_eq!(
            (&change["added"], &change["changed"], &change["removed"]),
            (&0.into(), &0.into(), &0.into())
        );
    }
}

fn walk(dir: &std::path::Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap().flatten() {
        if entry.path().is_dir() {
            found.extend(walk(&entry.path()));
        } else {
            found.push(entry.file_name().into_string().unwrap());
        }
    }
    found
}

#[test]
fn two_towns_live_on_one_phone_and_on_one_server() {
    let one = mihon();
    one.publish(&[]);
    let two = TestTown::new("222127", "焼津市");
    two.write(
        "notices.csv",
        "id,title,body,segment,published_at,department\nn1,断水,本文,暮らし,2026-11-01,広報課\n",
    );
    two.publish(&[]);
    let server = madoguchi_tests::Server::start(&[
        "--town",
        &format!("992011={}", one.public().display()),
        "--town",
        &format!("222127={}", two.public().display()),
    ]);
    let phone = Phone::new();
    phone.join(&format!("{}/992011/", server.url), &one.root());
    phone.join(&format!("{}/222127/", server.url), &two.root());
    assert_eq!(phone.ids(&["--town", "222127", "notices"]), ["n1"]);
    assert!(phone.ids(&["--town", "992011", "notices", "--limit", "100"]).len() > 40);
    // The right address with another town's root is refused, and nothing of it stays.
    let stranger = Phone::new();
    let root = one.root();
    let refused =
        stranger.try_run(&["join", &format!("{}/222127/", server.url), "--root", root.to_str().unwrap()]);
    assert_eq!(refused.expect_error(), "other-town");
}
