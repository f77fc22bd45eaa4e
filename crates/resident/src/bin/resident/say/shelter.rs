use madoguchi_resident::shelters::{Crowding, Told};

use super::time::moment;

/// 開いています・123人・まだ入れます（11月21日(土) 18時）
pub fn shelter(told: &Told) -> String {
    let open = match told.open {
        true => "開いています",
        false => "閉まっています",
    };
    let people = told.people.filter(|_| told.open).map(|people| format!("{people}人")).unwrap_or_default();
    let crowding = match told.crowding {
        Crowding::Room => "まだ入れます",
        Crowding::Filling => "混んできています",
        Crowding::Full => "いっぱいです",
        Crowding::Unknown => "",
    };
    let said: Vec<&str> = [open, &people, crowding].into_iter().filter(|part| !part.is_empty()).collect();
    let said = format!("{}（{}）", said.join("・"), moment(told.as_of));
    match told.current {
        true => said,
        false => format!("古い情報です。今は違うかもしれません: {said}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_old_is_said_to_be_old() {
        let mut told = Told {
            open: true,
            people: Some(123),
            capacity: Some(191),
            crowding: Crowding::Room,
            as_of: "2026-12-11T09:00:00Z".parse().unwrap(),
            current: true,
        };
        assert_eq!(shelter(&told), "開いています・123人・まだ入れます（12月11日(金) 18時）");
        (told.current, told.crowding) = (false, Crowding::Unknown);
        assert!(shelter(&told).starts_with("古い情報です"));
        told.open = false;
        assert!(shelter(&told).contains("閉まっています（"));
    }
}
