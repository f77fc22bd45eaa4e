//! Latitudes and longitudes.

use super::{Read, is_blank, number, text};

const SWAPPED: &str = "緯度と経度の入れ替わりを直した";
const SEXAGESIMAL: &str = "度分秒の座標を十進の度にした";
const FORM: &str = "座標の書き方をそろえた";

/// A coordinate of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axis {
    /// Latitude.
    Lat,
    /// Longitude.
    Lon,
}

/// What two cells say of a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Point {
    /// Nothing.
    Blank,
    /// Latitude and longitude.
    At(Read<(f64, f64)>),
    /// Something that is no point in Japan: which cell is at fault, and why (Japanese).
    Bad(Axis, &'static str),
}

/// Reads a latitude and a longitude, which must lie in Japan.
pub fn point(lat: &str, lon: &str) -> Point {
    match (is_blank(lat), is_blank(lon)) {
        (true, true) => return Point::Blank,
        (true, false) => return Point::Bad(Axis::Lat, "経度だけがあり、緯度がありません"),
        (false, true) => return Point::Bad(Axis::Lon, "緯度だけがあり、経度がありません"),
        (false, false) => {}
    }
    let Some(lat) = degrees(lat) else {
        return Point::Bad(Axis::Lat, "緯度を数として読めません");
    };
    let Some(lon) = degrees(lon) else {
        return Point::Bad(Axis::Lon, "経度を数として読めません");
    };
    let mended = lat.mended.or(lon.mended);
    let north = |v: f64| (20.0..=46.0).contains(&v);
    let east = |v: f64| (122.0..=154.0).contains(&v);
    if north(lat.value) && east(lon.value) {
        return Point::At(Read { value: (lat.value, lon.value), mended });
    }
    if north(lon.value) && east(lat.value) {
        return Point::At(Read::mended((lon.value, lat.value), SWAPPED));
    }
    if north(lat.value) {
        Point::Bad(Axis::Lon, "経度が日本の範囲(東経122～154度)にありません")
    } else {
        Point::Bad(Axis::Lat, "緯度が日本の範囲(北緯20～46度)にありません")
    }
}

/// Reads degrees: decimal, or degrees, minutes and seconds.
pub fn degrees(text: &str) -> Option<Read<f64>> {
    if let Some(plain) = number::read(text) {
        return Some(plain);
    }
    let narrow = text::narrow(text);
    let bare = narrow.trim();
    let bare = ["北緯", "東経", "N", "E"].iter().find_map(|sign| bare.strip_prefix(sign)).unwrap_or(bare);
    let bare = bare.strip_suffix(['N', 'E']).unwrap_or(bare).trim();
    let whole = bare.strip_suffix(['度', '°']).unwrap_or(bare);
    if let Some(decimal) = number::read(whole) {
        return Some(Read::mended(decimal.value, FORM));
    }
    sexagesimal(bare).map(|degrees| Read::mended(degrees, SEXAGESIMAL))
}

fn sexagesimal(text: &str) -> Option<f64> {
    let sign = |c: char| c.is_whitespace() || "度分秒°'\"′″’”:".contains(c);
    if !text.chars().all(|c| c.is_ascii_digit() || c == '.' || sign(c)) {
        return None;
    }
    let mut parts = text.split(sign).filter(|part| !part.is_empty());
    let first = parts.next()?;
    let parts: Vec<f64> = if first.matches('.').count() >= 2 {
        // 34.52.03.5: the last point is the decimal one.
        let mut dotted = first.splitn(3, '.');
        let (degrees, minutes, seconds) = (dotted.next()?, dotted.next()?, dotted.next()?);
        [degrees, minutes, seconds].iter().map(|part| part.parse().ok()).collect::<Option<_>>()?
    } else {
        std::iter::once(first).chain(parts).map(|part| part.parse().ok()).collect::<Option<_>>()?
    };
    let (degrees, minutes, seconds) = match parts.as_slice() {
        [degrees, minutes] => (*degrees, *minutes, 0.0),
        [degrees, minutes, seconds] => (*degrees, *minutes, *seconds),
        _ => return None,
    };
    let in_range = degrees.fract() == 0.0 && minutes < 60.0 && seconds < 60.0;
    in_range.then_some(degrees + minutes / 60.0 + seconds / 3600.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(lat: &str, lon: &str) -> Option<(f64, f64)> {
        match point(lat, lon) {
            Point::At(read) => Some(read.value),
            _ => None,
        }
    }

    #[test]
    fn decimal_and_sexagesimal_degrees() {
        assert_eq!(at("34.866918", "138.323171"), Some((34.866918, 138.323171)));
        assert_eq!(at("３４．５", "１３８．５"), Some((34.5, 138.5)));
        assert_eq!(at("北緯34.5度", "E138.5"), Some((34.5, 138.5)));
        for (lat, lon) in [
            ("34度30分0秒", "138度30分"),
            ("34°30′0″", "138° 30' 0.0\""),
            ("34.30.00", "138.30.00.0"),
            ("34:30:00", "138:30:00"),
        ] {
            assert_eq!(at(lat, lon), Some((34.5, 138.5)), "{lat}");
        }
        assert_eq!(degrees("34度60分0秒"), None);
    }

    #[test]
    fn swapped_columns_are_put_right_and_what_is_not_japan_is_named() {
        assert_eq!(point("138.3", "34.8"), Point::At(Read::mended((34.8, 138.3), SWAPPED)));
        assert_eq!(point("－", "−"), Point::Blank);
        assert!(matches!(point("0", "0"), Point::Bad(Axis::Lat, _)));
        assert!(matches!(point("34.8", "13.83"), Point::Bad(Axis::Lon, _)));
        assert!(matches!(point("不明", "138.3"), Point::Bad(Axis::Lat, _)));
        assert!(matches!(point("34.8", ""), Point::Bad(Axis::Lon, _)));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(lat in "[0-9.度分秒 ]{0,12}|\\PC{0,20}", lon in "\\PC{0,20}") {
            let _ = point(&lat, &lon);
        }

        #[test]
        fn every_point_of_japan_is_read_back(lat in 20.0f64..46.0, lon in 122.0f64..154.0) {
            let (lat, lon) = (format!("{lat:.8}"), format!("{lon:.8}"));
            prop_assert_eq!(at(&lat, &lon), Some((lat.parse().unwrap(), lon.parse().unwrap())));
        }
    }
}
