//! `.prj`: is it degrees, and on which earth?

/// Passes what is degrees of latitude and longitude on JGD2011, JGD2000 or WGS 84; else the name of what it is.
pub(super) fn check(text: &str) -> Result<(), String> {
    let text = text.trim().trim_start_matches('\u{feff}');
    let upper = text.to_uppercase();
    let name = || {
        let name = text.split('"').nth(1).unwrap_or("名前なし");
        name.chars().take(60).collect::<String>()
    };
    let geographic = ["GEOGCS", "GEOGCRS", "GEODCRS", "GEODETICCRS", "GEOGRAPHICCRS"];
    if !geographic.iter().any(|word| upper.starts_with(word)) {
        return Err(name());
    }
    let squeezed: String = upper.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    let known =
        ["JGD2011", "JGD2000", "JAPANESEGEODETICDATUM2000", "JAPANESEGEODETICDATUM2011", "WGS84", "WGS1984"];
    if known.iter().any(|datum| squeezed.contains(datum)) {
        return Ok(());
    }
    Err(name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_of_todays_earth_pass_and_all_else_is_named() {
        for text in [
            "GEOGCS[\"GCS_JGD_2011\",DATUM[\"D_JGD_2011\",SPHEROID[\"GRS_1980\",6378137.0,298.257222101]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]",
            "GEOGCS[\"JGD2000\",DATUM[\"Japanese_Geodetic_Datum_2000\",SPHEROID[\"GRS 1980\",6378137,298.257222101]]]",
            "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\"]]",
            "GEOGCRS[\"WGS 84\",ENSEMBLE[\"World Geodetic System 1984 ensemble\"]]",
        ] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
        let plane = "PROJCS[\"JGD_2011_Japan_Zone_8\",GEOGCS[\"GCS_JGD_2011\"]]";
        assert_eq!(check(plane), Err("JGD_2011_Japan_Zone_8".into()));
        assert_eq!(check("GEOGCS[\"GCS_Tokyo\",DATUM[\"D_Tokyo\"]]"), Err("GCS_Tokyo".into()));
        assert_eq!(check(""), Err("名前なし".into()));
    }
}
