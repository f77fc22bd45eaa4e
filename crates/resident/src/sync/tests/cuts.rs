use std::fs;
use std::path::Path;

use super::*;

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        match entry.file_type().unwrap().is_dir() {
            true => copy_folder(&entry.path(), &to.join(entry.file_name())),
            false => _ = fs::copy(entry.path(), to.join(entry.file_name())).unwrap(),
        }
    }
}

/// At whatever moment the phone dies or the line breaks: the old whole state is there, and the next sync completes.
fn cut_everywhere(mode: fn(usize) -> Mode, with_patches: bool) {
    let mut both = both();
    let before = both.seen();
    both.phone = None;
    second(&mut both.town);
    if !with_patches {
        both.town.files.retain(|path, _| !path.starts_with("targets/patches/"));
    }
    let whole: u64 = both
        .town
        .files
        .iter()
        .filter(|(p, _)| p.contains("koho.jsonl"))
        .map(|(_, b)| b.len() as u64)
        .max()
        .unwrap();
    for after in 0.. {
        let folder = tempfile::tempdir().unwrap();
        copy_folder(both.folder.path(), folder.path());
        let town = both.town.copy();
        let phone = phone_at(folder.path(), noon());
        town.behave(mode(after));
        let first = run_or_die(sync(&phone, &town, None, &mut |_| ())).transpose().unwrap();
        if first.as_ref().is_some_and(|first| first.reach == Reach::Ok) {
            assert!(after > 10, "the test cuts nothing");
            assert_eq!(seen(&phone), SECOND);
            return;
        }
        drop(phone);
        let phone = phone_at(folder.path(), noon());
        assert_eq!(seen(&phone), before, "cut after {after} chunks");
        town.behave(Mode::Good);
        let result = pollster::block_on(sync(&phone, &town, None, &mut |_| ())).unwrap();
        assert_eq!((result.reach, result.fresh, result.error), (Reach::Ok, true, None), "after {after}");
        assert_eq!(seen(&phone), SECOND, "cut after {after} chunks");
        // What had come is not fetched again, but for the last piece.
        if let Some(first) = first {
            let again = whole + 16 * 1024 + 8000;
            assert!(first.bytes + result.bytes < again + whole / 2, "{} + {}", first.bytes, result.bytes);
        }
        let result = pollster::block_on(sync(&phone, &town, None, &mut |_| ())).unwrap();
        assert_eq!(result.requests, 2);
    }
}

#[test]
fn the_phone_may_die_at_any_moment_of_a_patch() {
    cut_everywhere(Mode::Dies, true);
}

#[test]
fn the_phone_may_die_at_any_moment_of_a_whole_download() {
    cut_everywhere(Mode::Dies, false);
}

#[test]
fn the_line_may_break_at_any_moment() {
    cut_everywhere(Mode::Breaks, false);
}

#[test]
fn a_broken_download_goes_on_where_it_ended() {
    let mut both = both();
    second(&mut both.town);
    both.town.files.retain(|path, _| !path.starts_with("targets/patches/"));
    both.town.behave(Mode::Breaks(30));
    let first = both.sync();
    assert_eq!((first.reach, first.error), (Reach::Unreachable, None));
    both.town.behave(Mode::Good);
    let rest = both.sync();
    let whole = both
        .town
        .files
        .iter()
        .filter(|(p, _)| p.starts_with("targets/notices"))
        .map(|(_, b)| b.len() as u64)
        .max()
        .unwrap();
    assert!(rest.bytes < whole, "{} of {whole}", rest.bytes);
    assert_eq!(both.seen(), SECOND);
}

#[test]
fn a_host_that_knows_no_ranges_is_asked_for_all_again() {
    let mut both = both();
    second(&mut both.town);
    both.town.files.retain(|path, _| !path.starts_with("targets/patches/"));
    both.town.behave(Mode::Breaks(30));
    both.sync();
    both.town.behave(Mode::IgnoresRange);
    assert_eq!(both.sync().error, None);
    assert_eq!(both.seen(), SECOND);
}
