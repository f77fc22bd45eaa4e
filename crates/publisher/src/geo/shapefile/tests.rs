use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use madoguchi_hazard::Point;
use proptest::prelude::*;

use super::{is_part_of, read};
use crate::geo::{Feature, GeoError, Item};

const PRJ: &str = "GEOGCS[\"GCS_JGD_2011\",DATUM[\"D_JGD_2011\"]]";

type Points<'a> = &'a [(f64, f64)];

/// A record of a polygon or lines, with heights behind when the kind has them.
fn shape(kind: u32, parts: &[Points<'_>]) -> Vec<u8> {
    let mut out = kind.to_le_bytes().to_vec();
    out.extend([0; 32]);
    let count: usize = parts.iter().map(|part| part.len()).sum();
    out.extend((parts.len() as u32).to_le_bytes());
    out.extend((count as u32).to_le_bytes());
    let mut start = 0u32;
    for part in parts {
        out.extend(start.to_le_bytes());
        start += part.len() as u32;
    }
    for (x, y) in parts.iter().flat_map(|part| part.iter()) {
        out.extend(x.to_le_bytes());
        out.extend(y.to_le_bytes());
    }
    if kind > 10 {
        out.extend(vec![0; 16 + 8 * count]);
    }
    out
}

fn shp(records: &[Vec<u8>]) -> Vec<u8> {
    let mut out = vec![0; 100];
    out[..4].copy_from_slice(&9994u32.to_be_bytes());
    for (number, record) in (1u32..).zip(records) {
        out.extend(number.to_be_bytes());
        out.extend((record.len() as u32 / 2).to_be_bytes());
        out.extend(record);
    }
    out
}

fn dbf(fields: &[(&[u8], u8, u8)], rows: &[Vec<&[u8]>]) -> Vec<u8> {
    let width: usize = 1 + fields.iter().map(|field| usize::from(field.2)).sum::<usize>();
    let mut out = vec![3, 126, 1, 1];
    out.extend((rows.len() as u32).to_le_bytes());
    out.extend((32 + 32 * fields.len() as u16 + 1).to_le_bytes());
    out.extend((width as u16).to_le_bytes());
    out.resize(32, 0);
    for (name, kind, length) in fields {
        let mut field = name.to_vec();
        field.resize(11, 0);
        field.push(*kind);
        field.extend([0; 4]);
        field.push(*length);
        field.resize(32, 0);
        out.extend(field);
    }
    out.push(0x0D);
    for row in rows {
        out.push(b' ');
        for (cell, field) in row.iter().zip(fields) {
            let mut cell = cell.to_vec();
            cell.resize(field.2.into(), b' ');
            out.extend(cell);
        }
    }
    out.push(0x1A);
    out
}

fn write(dir: &Path, parts: &[(&str, &[u8])]) {
    for (ending, bytes) in parts {
        fs::write(dir.join(format!("a.{ending}")), bytes).unwrap();
    }
}

fn items(parts: &[(&str, &[u8])]) -> Result<Vec<Item>, GeoError> {
    let temp = tempfile::tempdir().unwrap();
    write(temp.path(), parts);
    let mut items = Vec::new();
    read(&temp.path().join("a.shp"), &mut |item| {
        items.push(item);
        ControlFlow::Continue(())
    })?;
    Ok(items)
}

fn feature(item: &Item) -> &Feature {
    let Item::Feature(feature) = item else { panic!("{item:?}") };
    feature
}

const SQUARE: Points<'static> = &[(138.0, 35.0), (138.0, 36.0), (139.0, 36.0), (139.0, 35.0), (138.0, 35.0)];
const HOLE: Points<'static> = &[(138.2, 35.2), (138.4, 35.2), (138.4, 35.4), (138.2, 35.2)];

fn cp932(text: &str) -> Vec<u8> {
    encoding_rs::SHIFT_JIS.encode(text).0.into_owned()
}

#[test]
fn polygons_lines_and_points_with_heights_and_cp932_attributes() {
    let mut point = 11u32.to_le_bytes().to_vec();
    for number in [138.5f64, 35.5, 10.0, 0.0] {
        point.extend(number.to_le_bytes());
    }
    let records = [
        shape(5, &[SQUARE, HOLE]),
        shape(15, &[SQUARE]),
        shape(13, &[&SQUARE[..3], HOLE]),
        point,
        0u32.to_le_bytes().to_vec(),
    ];
    let (name, value) = (cp932("最大浸水深"), cp932("３～５ｍ"));
    let row: Vec<&[u8]> = vec![&value, b"3.000"];
    let table = dbf(&[(&name, b'C', 20), (b"rank", b'N', 8)], &vec![row; 5]);
    let read = items(&[("shp", &shp(&records)), ("dbf", &table), ("prj", PRJ.as_bytes())]).unwrap();
    let first = feature(&read[0]);
    assert_eq!(
        (first.polygons.len(), first.polygons[0].holes.len(), first.polygons[0].outer.len()),
        (1, 1, 4)
    );
    assert_eq!(first.polygons[0].outer[1], Point::of_degrees(36.0, 138.0).unwrap());
    assert_eq!(
        (first.properties["最大浸水深"].as_str(), first.properties["rank"].as_str()),
        ("３～５ｍ", "3")
    );
    assert_eq!(feature(&read[1]).polygons.len(), 1);
    assert_eq!(feature(&read[2]).lines.iter().map(Vec::len).collect::<Vec<_>>(), [3, 4]);
    assert_eq!(feature(&read[3]).points.len(), 1);
    assert!(matches!(&read[4], Item::Refused(refused) if refused.number == 5));
    // With a .cpg, bytes are what it says.
    let utf8 = dbf(&[("深さ".as_bytes(), b'C', 20)], &vec![vec!["床上".as_bytes()]; 5]);
    let read =
        items(&[("shp", &shp(&records)), ("DBF", &utf8), ("prj", PRJ.as_bytes()), ("cpg", b"UTF-8\r\n")])
            .unwrap();
    assert_eq!(feature(&read[0]).properties["深さ"], "床上");
}

#[test]
fn metres_and_a_missing_system_are_refused_in_words() {
    let shapes = shp(&[shape(5, &[SQUARE])]);
    let Err(GeoError::Crs(name)) =
        items(&[("shp", &shapes), ("prj", b"PROJCS[\"JGD_2011_Japan_Zone_8\",GEOGCS[]]")])
    else {
        panic!()
    };
    assert_eq!(name, "JGD_2011_Japan_Zone_8");
    assert!(items(&[("shp", &shapes)]).unwrap_err().to_string().contains(".prj"));
    assert_eq!(items(&[("shp", &shapes), ("prj", PRJ.as_bytes())]).unwrap().len(), 1);
}

#[test]
fn a_cut_file_is_an_error_at_every_byte() {
    let records = [shape(5, &[SQUARE, HOLE]), shape(5, &[SQUARE])];
    let shapes = shp(&records);
    let table = dbf(&[(b"a", b'C', 4)], &[vec![b"x"], vec![b"y"]]);
    for cut in 0..shapes.len() {
        let whole = cut == 100 || cut == 100 + 8 + records[0].len();
        let read = items(&[("shp", &shapes[..cut]), ("dbf", &table), ("prj", PRJ.as_bytes())]);
        assert_eq!(read.is_ok(), whole, "{cut}");
    }
    for cut in 0..table.len() - 1 {
        assert!(
            items(&[("shp", &shapes), ("dbf", &table[..cut]), ("prj", PRJ.as_bytes())]).is_err(),
            "{cut}"
        );
    }
}

#[test]
fn counts_that_are_not_there_are_not_believed() {
    for at in [36, 40, 44, 48] {
        let mut record = shape(5, &[SQUARE, HOLE]);
        record[at..at + 4].copy_from_slice(&0x7FFF_FFFFu32.to_le_bytes());
        let read = items(&[("shp", &shp(&[record])), ("prj", PRJ.as_bytes())]).unwrap();
        assert!(matches!(read[0], Item::Refused(_)), "{at}");
    }
    let mut nan = shape(5, &[SQUARE]);
    nan[48..56].copy_from_slice(&f64::NAN.to_le_bytes());
    let read = items(&[("shp", &shp(&[nan, shape(31, &[SQUARE])])), ("prj", PRJ.as_bytes())]).unwrap();
    assert!(read.iter().all(|item| matches!(item, Item::Refused(_))));
}

#[test]
fn its_parts_are_known_by_their_names() {
    for part in ["x/a.dbf", "x/a.SHX", "x/a.shp.xml"] {
        assert!(is_part_of(part, "x/a.shp"), "{part}");
    }
    for other in ["x/b.dbf", "x/a.csv", "a.dbf", "x/a.shp"] {
        assert!(!is_part_of(other, "x/a.shp"), "{other}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_damage_makes_it_panic(at in 0usize..400, byte in any::<u8>(), in_table in any::<bool>()) {
        let mut shapes = shp(&[shape(5, &[SQUARE, HOLE]), shape(3, &[SQUARE])]);
        let mut table = dbf(&[(b"a", b'C', 4), (b"b", b'N', 4)], &[vec![b"x", b"1"], vec![b"y", b"2"]]);
        let damaged = if in_table { &mut table } else { &mut shapes };
        let at = at % damaged.len();
        damaged[at] = byte;
        let _ = items(&[("shp", &shapes), ("dbf", &table), ("prj", PRJ.as_bytes())]);
    }
}
