//! Coordinate systems that are degrees of latitude and longitude, and the names of those that are not.

/// Names in `crs` of GeoJSON whose coordinates can be taken as they stand: WGS 84, JGD2011 (with heights too), JGD2000.
/// They differ by less than a metre. GeoJSON writes longitude first whatever its system says.
const DEGREES: &[&str] = &["CRS84", "CRS84H", "4326", "4979", "4612", "6668", "6697", "4947"];

/// Can the coordinates of this system be taken as they stand?
pub fn is_degrees(name: &str) -> bool {
    let last = name.trim().rsplit([':', '/']).next().unwrap_or_default();
    DEGREES.iter().any(|known| last.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_are_told_from_metres() {
        for name in [
            "urn:ogc:def:crs:OGC:1.3:CRS84",
            "urn:ogc:def:crs:EPSG::6668",
            "EPSG:4326",
            "http://www.opengis.net/def/crs/EPSG/0/6697",
        ] {
            assert!(is_degrees(name), "{name}");
        }
        for name in ["urn:ogc:def:crs:EPSG::6676", "EPSG:3857", "EPSG:4301", ""] {
            assert!(!is_degrees(name), "{name}");
        }
    }
}
