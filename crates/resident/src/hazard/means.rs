//! What a class means for someone who is there: codes, whose sentences the screens hold.

use madoguchi_model::{Hazard, HazardClass, HazardKind};
use serde::Serialize;

use super::at::LayerAt;

/// How far it goes, in things that everyone knows.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Meaning {
    /// To the ankles: up to 0.3 m.
    Ankle,
    /// To the knees: up to 0.5 m.
    Knee,
    /// To the hips: up to 1 m.
    Waist,
    /// The ground floor stands in it: up to 3 m.
    FirstFloor,
    /// The upper floor too: up to 5 m.
    SecondFloor,
    /// To the roof: up to 10 m.
    Roof,
    /// Over roofs: above that.
    Above,
    /// A depth that the source does not say in metres.
    Water,
    /// The water stays less than a day.
    Hours,
    /// Up to three days.
    Days,
    /// Longer.
    Week,
    /// The current takes wooden houses away.
    HouseMayFall,
    /// The bank is washed out below houses.
    GroundMayGo,
    /// A slope may come down.
    SlopeMayFall,
    /// It may come down and crush houses.
    SpecialZone,
    /// Water stood here before.
    StoodBefore,
}

/// What to do.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Advice {
    /// Stay off low ground; a house of wood holds.
    Careful,
    /// The upper floor may do, when leaving has become dangerous.
    StayUpstairsPossible,
    /// Leave early.
    Leave,
    /// Up and away at once, without waiting for word.
    RunUp,
}

/// What a class of a layer means there.
///
/// Depths by floors: 水害ハザードマップ作成の手引き (国土交通省): a floor is about 3 m, water of 0.5 m and more keeps people from walking, houses that
/// may be swept away or lose their ground must be left (立退き避難).
pub fn means(kind: HazardKind, class: &HazardClass) -> (Meaning, Option<Advice>) {
    let depth = || {
        let meaning = match (class.max_m, class.min_m) {
            (Some(max), _) if max <= 0.3 => Meaning::Ankle,
            (Some(max), _) if max <= 0.5 => Meaning::Knee,
            (Some(max), _) if max <= 1.0 => Meaning::Waist,
            (Some(max), _) if max <= 3.0 => Meaning::FirstFloor,
            (Some(max), _) if max <= 5.0 => Meaning::SecondFloor,
            (Some(max), _) if max <= 10.0 => Meaning::Roof,
            (None, None) => Meaning::Water,
            _ => Meaning::Above,
        };
        let advice = match meaning {
            Meaning::Ankle | Meaning::Knee => Advice::Careful,
            Meaning::Waist | Meaning::FirstFloor => Advice::StayUpstairsPossible,
            _ => Advice::Leave,
        };
        (meaning, Some(advice))
    };
    match kind {
        HazardKind::RiverFlood | HazardKind::InlandFlood | HazardKind::StormSurge => depth(),
        // A wave is no rising water: whoever is in its reach goes up, however deep it stands.
        HazardKind::Tsunami => (depth().0, Some(Advice::RunUp)),
        HazardKind::FloodHistory => match class.min_m.or(class.max_m) {
            Some(_) => (depth().0, None),
            None => (Meaning::StoodBefore, None),
        },
        HazardKind::FloodDuration => match class.max_h {
            Some(hours) if hours <= 24.0 => (Meaning::Hours, None),
            Some(hours) if hours <= 72.0 => (Meaning::Days, None),
            // Nobody can be brought food for so long: the upper floor does not do.
            _ => (Meaning::Week, Some(Advice::Leave)),
        },
        HazardKind::CollapseFlow => (Meaning::HouseMayFall, Some(Advice::Leave)),
        HazardKind::CollapseBank => (Meaning::GroundMayGo, Some(Advice::Leave)),
        HazardKind::SteepSlope | HazardKind::DebrisFlow | HazardKind::Landslide => {
            match class.code.as_str() {
                "special" => (Meaning::SpecialZone, Some(Advice::Leave)),
                _ => (Meaning::SlopeMayFall, Some(Advice::Leave)),
            }
        }
    }
}

/// What to do at a spot about each of these layers that reaches it: the strictest that any layer of the same danger asks for. Where the
/// water is low but the current takes houses, or stays for a week, nobody is told that the upper floor may do; nor where the rain
/// that brings the water may bring the slope down.
pub fn advised(layers: &[LayerAt]) -> Vec<Option<(Meaning, Option<Advice>)>> {
    let told: Vec<_> =
        layers.iter().map(|at| at.class.as_ref().map(|(_, class)| means(at.layer, class))).collect();
    let reaching = || layers.iter().zip(&told).filter_map(|(at, told)| Some((at.layer, told.as_ref()?.1)));
    let slope = reaching().any(|(kind, _)| kind.flee_from() == Some(Hazard::Landslide));
    let strictest = |danger: Hazard| {
        let of_it = reaching().filter(|(kind, _)| kind.flee_from() == Some(danger));
        let advice = of_it.filter_map(|(_, advice)| advice).max();
        match advice {
            Some(Advice::StayUpstairsPossible) if slope => Some(Advice::Leave),
            advice => advice,
        }
    };
    let of = |(at, told): (&LayerAt, &Option<(Meaning, Option<Advice>)>)| {
        let (meaning, advice) = (*told)?;
        // What is only remembered asks for nothing, and what stays asks for what its danger does.
        Some((meaning, at.layer.flee_from().map_or(advice, strictest)))
    };
    layers.iter().zip(&told).map(of).collect()
}

#[cfg(test)]
mod tests {
    use madoguchi_model::Source;

    use super::super::LayerState;
    use super::*;

    fn depth(min_m: Option<f64>, max_m: Option<f64>) -> HazardClass {
        HazardClass { min_m, max_m, ..HazardClass::default() }
    }

    #[test]
    fn a_depth_is_told_by_its_deepest() {
        for (min, max, meaning, advice) in [
            (Some(0.0), Some(0.3), Meaning::Ankle, Advice::Careful),
            (Some(0.3), Some(0.5), Meaning::Knee, Advice::Careful),
            (Some(0.5), Some(1.0), Meaning::Waist, Advice::StayUpstairsPossible),
            (Some(0.5), Some(3.0), Meaning::FirstFloor, Advice::StayUpstairsPossible),
            (Some(3.0), Some(5.0), Meaning::SecondFloor, Advice::Leave),
            (Some(5.0), Some(10.0), Meaning::Roof, Advice::Leave),
            (Some(10.0), Some(20.0), Meaning::Above, Advice::Leave),
            (Some(20.0), None, Meaning::Above, Advice::Leave),
            // An open end is taken at its worst.
            (Some(0.5), None, Meaning::Above, Advice::Leave),
            (None, None, Meaning::Water, Advice::Leave),
        ] {
            let told = means(HazardKind::RiverFlood, &depth(min, max));
            assert_eq!(told, (meaning, Some(advice)), "{min:?} {max:?}");
        }
        assert_eq!(means(HazardKind::Tsunami, &depth(Some(0.0), Some(0.3))).1, Some(Advice::RunUp));
    }

    #[test]
    fn where_a_house_does_not_hold_nobody_is_told_to_stay() {
        let class = |code: &str| HazardClass { code: code.into(), ..HazardClass::default() };
        for kind in [HazardKind::CollapseFlow, HazardKind::CollapseBank, HazardKind::DebrisFlow] {
            assert_eq!(means(kind, &class("zone")).1, Some(Advice::Leave));
        }
        assert_eq!(means(HazardKind::SteepSlope, &class("special")).0, Meaning::SpecialZone);
        let long = HazardClass { min_h: Some(72.0), max_h: Some(168.0), ..HazardClass::default() };
        assert_eq!(means(HazardKind::FloodDuration, &long), (Meaning::Week, Some(Advice::Leave)));
    }

    fn reached(layer: HazardKind, class: HazardClass) -> LayerAt {
        LayerAt {
            id: layer.code().into(),
            layer,
            scenario: None,
            state: LayerState::Inside,
            class: Some((0, class)),
            edge: None,
            surveyor: None,
            survey_year: None,
            source: Source::default(),
        }
    }

    fn advice(layers: Vec<LayerAt>) -> Vec<Option<Advice>> {
        advised(&layers).into_iter().map(|told| told.and_then(|(_, advice)| advice)).collect()
    }

    #[test]
    fn the_strictest_layer_of_a_danger_speaks_for_all() {
        let shallow = || reached(HazardKind::RiverFlood, depth(Some(0.5), Some(3.0)));
        let upstairs = Some(Advice::StayUpstairsPossible);
        let leave = Some(Advice::Leave);
        assert_eq!(advice(vec![shallow()]), [upstairs]);
        for kind in [HazardKind::CollapseFlow, HazardKind::CollapseBank] {
            assert_eq!(advice(vec![shallow(), reached(kind, HazardClass::default())]), [leave, leave]);
        }
        let stays = |hours: f64| HazardClass { max_h: Some(hours), ..HazardClass::default() };
        let duration = |hours| reached(HazardKind::FloodDuration, stays(hours));
        assert_eq!(advice(vec![shallow(), duration(168.0)]), [leave, leave]);
        assert_eq!(advice(vec![shallow(), duration(72.0)]), [upstairs, upstairs]);
        // The same rain brings the slope down; a wave is another matter.
        let slope =
            reached(HazardKind::DebrisFlow, HazardClass { code: "warning".into(), ..HazardClass::default() });
        assert_eq!(advice(vec![shallow(), slope.clone()]), [leave, leave]);
        let inland = reached(HazardKind::InlandFlood, depth(Some(0.0), Some(0.3)));
        assert_eq!(advice(vec![inland, slope]), [Some(Advice::Careful), leave]);
        let wave = reached(HazardKind::Tsunami, depth(Some(3.0), Some(5.0)));
        assert_eq!(advice(vec![shallow(), wave]), [upstairs, Some(Advice::RunUp)]);
        // What lies outside says nothing, what is remembered asks for nothing.
        let outside = LayerAt {
            class: None,
            state: LayerState::Outside,
            ..reached(HazardKind::CollapseFlow, HazardClass::default())
        };
        assert_eq!(advised(&[outside]), [None]);
        assert_eq!(advice(vec![reached(HazardKind::FloodHistory, HazardClass::default())]), [None]);
    }
}
