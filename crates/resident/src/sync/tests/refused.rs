use super::*;

#[test]
fn no_network_and_no_answer_are_told_apart_and_nothing_is_lost() {
    let both = both();
    for (mode, reach) in [(Mode::Offline, Reach::Offline), (Mode::Refused, Reach::Unreachable)] {
        both.town.behave(mode);
        let result = both.sync();
        assert_eq!((result.reach, result.fresh, result.error), (reach, false, None));
        assert_eq!(result.age_s, Some(3 * 3600));
        assert_eq!(both.seen().len(), 3);
    }
}

#[test]
fn a_page_to_log_in_is_no_content() {
    let both = both();
    for mode in [Mode::Portal, Mode::Redirected] {
        both.town.behave(mode);
        let result = both.sync();
        assert_eq!(result.error.unwrap().code, "captive-portal", "{mode:?}");
        assert_eq!(both.seen().len(), 3);
    }
}

#[test]
fn older_content_is_refused_also_when_the_cache_was_lost() {
    let mut both = both();
    let old = both.town.copy();
    second(&mut both.town);
    both.sync();
    both.town = old;
    assert_eq!(both.sync().error.unwrap().code, "rollback");
    assert_eq!(both.seen(), SECOND);
    fs::remove_dir_all(both.folder.path().join("towns")).unwrap();
    assert_eq!(both.sync().error.unwrap().code, "rollback");
    assert!(both.seen().is_empty());
}

#[test]
fn one_broken_file_keeps_the_others_not_away_and_the_age_where_it_was() {
    let mut both = both();
    both.town.now += SignedDuration::from_hours(1);
    second(&mut both.town);
    both.town.files.retain(|path, _| !path.starts_with("targets/patches/"));
    for (path, bytes) in &mut both.town.files {
        if path.starts_with("targets/notices/") {
            bytes[100] ^= 1;
        }
    }
    let result = both.sync();
    assert_eq!((result.reach, result.fresh, result.error.unwrap().code), (Reach::Ok, false, "hash"));
    assert_eq!(result.age_s, Some(3 * 3600));
    assert_eq!(both.seen(), ["a 断水のお知らせ", "b 図書館", "p 市役所", "q 公民館"]);
}

#[test]
fn a_file_that_is_larger_than_it_says_is_not_read_to_its_end() {
    let mut both = both();
    second(&mut both.town);
    both.town.files.retain(|path, _| !path.starts_with("targets/patches/"));
    for (path, bytes) in &mut both.town.files {
        if path.starts_with("targets/notices/") {
            bytes.extend(vec![0; 1_000_000]);
        }
    }
    let result = both.sync();
    assert_eq!(result.error.unwrap().code, "too-large");
    assert!(result.bytes < 200_000);
}

#[test]
fn content_of_another_town_is_refused_though_the_key_is_right() {
    let mut both = both();
    both.town.code = "122319".parse().unwrap();
    // The root stays the old one: only the content is the other town's.
    second(&mut both.town);
    let result = both.sync();
    assert_eq!(result.error.unwrap().code, "other-town");
    assert_eq!(both.seen(), ["a 断水のお知らせ", "b 図書館", "p 市役所"]);
}
