//! A phone that dies in the middle of a sync, at fifty moments.

use std::time::{Duration, Instant};

use madoguchi_tests::{Phone, TestTown};

const HEAD: &str = "id,title,body,segment,published_at,department\n";

fn rows(version: usize) -> String {
    let rows: String = (0..3000)
        .map(|i| format!("n{i},第{version}版 {i},本文{}です,暮らし,2026-11-01,広報課\n", i * version))
        .collect();
    format!("{HEAD}{rows}")
}

#[test]
fn kill_at_fifty_moments_leaves_the_old_whole_or_the_new_whole() {
    let town = TestTown::new("222127", "焼津市");
    town.write("notices.csv", rows(1));
    town.publish(&[]);
    let server = town.serve();
    let phone = Phone::new();
    phone.join(&server.url, &town.root());
    let titles = || -> Vec<String> {
        let list = phone.run(&["notices", "--limit", "5000"]);
        list.as_array()
            .unwrap()
            .iter()
            .map(|n| n["title"].as_str().unwrap().split(' ').next().unwrap().into())
            .collect()
    };
    // How long a sync of a new version takes here.
    town.write("notices.csv", rows(2));
    town.publish(&[]);
    std::thread::sleep(Duration::from_millis(1500));
    let started = Instant::now();
    phone.run(&["sync"]);
    let whole = started.elapsed();
    let (mut version, mut killed) = (2, 0);
    for moment in 0..50u32 {
        if version == 2 || titles()[0] == format!("第{version}版") {
            version += 1;
            town.write("notices.csv", rows(version));
            town.publish(&[]);
            std::thread::sleep(Duration::from_millis(1100));
        }
        let mut child = phone.command(&["sync"]).stdout(std::process::Stdio::null()).spawn().unwrap();
        std::thread::sleep(whole * moment / 50);
        if child.try_wait().unwrap().is_none() {
            killed += 1;
        }
        let _ = child.kill();
        child.wait().unwrap();
        let titles = titles();
        assert_eq!(titles.len(), 3000, "moment {moment}");
        let first = titles[0].clone();
        assert!(titles.iter().all(|title| *title == first), "moment {moment}: two versions at once");
        assert!([format!("第{}版", version - 1), format!("第{version}版")].contains(&first), "{first}");
    }
    assert!(killed >= 25, "only {killed} of 50 were killed before their end");
    phone.run(&["sync"]);
    assert_eq!(titles()[0], format!("第{version}版"));
}
