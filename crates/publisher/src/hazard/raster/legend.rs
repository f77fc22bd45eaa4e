//! What colours mean. The same colour means different things in different tables: 247,245,169 is below 0.5 m in the one
//! and 0.3 to 0.5 m in the other.

use madoguchi_model::HazardKind;

use crate::hazard::classes::Draft;
use crate::hazard::depth::Depth;
use crate::hazard::layouts::duration_rank;
use crate::settings::Legend;

type Colour = [u8; 3];

/// Depths of 洪水.
const FLOOD: &[(Colour, f64, Option<f64>)] = &[
    ([247, 245, 169], 0.0, Some(0.5)),
    ([255, 216, 192], 0.5, Some(3.0)),
    ([255, 183, 183], 3.0, Some(5.0)),
    ([255, 145, 145], 5.0, Some(10.0)),
    ([242, 133, 201], 10.0, Some(20.0)),
    ([220, 122, 220], 20.0, None),
];

/// Depths of 津波, 高潮, 内水.
const FINE: &[(Colour, f64, Option<f64>)] = &[
    ([255, 255, 179], 0.0, Some(0.3)),
    ([247, 245, 169], 0.3, Some(0.5)),
    ([248, 225, 166], 0.5, Some(1.0)),
    ([255, 216, 192], 1.0, Some(3.0)),
    ([255, 183, 183], 3.0, Some(5.0)),
    ([255, 145, 145], 5.0, Some(10.0)),
    ([242, 133, 201], 10.0, Some(20.0)),
    ([220, 122, 220], 20.0, None),
];

/// 浸水継続時間, by rank.
const DURATION: &[(Colour, u32)] = &[
    ([160, 210, 255], 1),
    ([0, 65, 255], 2),
    ([250, 245, 0], 3),
    ([255, 153, 0], 4),
    ([255, 40, 0], 5),
    ([180, 0, 104], 6),
    ([96, 0, 96], 7),
];

/// 土砂災害: which kind, and whether 特別警戒区域.
const LANDSLIDE: &[(Colour, HazardKind, bool)] = &[
    ([230, 200, 50], HazardKind::DebrisFlow, false),
    ([165, 0, 33], HazardKind::DebrisFlow, true),
    ([250, 230, 0], HazardKind::SteepSlope, false),
    ([250, 40, 0], HazardKind::SteepSlope, true),
    ([255, 153, 0], HazardKind::Landslide, false),
    ([180, 0, 40], HazardKind::Landslide, true),
];

impl Legend {
    /// The table that tiles of a kind are drawn by.
    pub(super) fn usual(kind: HazardKind) -> Option<Self> {
        match kind {
            HazardKind::RiverFlood => Some(Legend::Flood),
            HazardKind::InlandFlood | HazardKind::StormSurge | HazardKind::Tsunami => Some(Legend::Fine),
            HazardKind::FloodDuration => Some(Legend::Duration),
            HazardKind::SteepSlope | HazardKind::DebrisFlow | HazardKind::Landslide => {
                Some(Legend::Landslide)
            }
            HazardKind::CollapseFlow | HazardKind::CollapseBank | HazardKind::FloodHistory => None,
        }
    }

    /// Its colours, each with the kind that only it tells and its class.
    pub(super) fn table(self) -> Vec<(Colour, Option<HazardKind>, Draft)> {
        let depths = |table: &[(Colour, f64, Option<f64>)]| {
            let class = |(colour, min, max): &(Colour, f64, Option<f64>)| {
                let code = Depth::new(*min, *max)?.code();
                Some((*colour, None, Draft::of_code(&code, None)?))
            };
            table.iter().filter_map(class).collect::<Vec<_>>()
        };
        match self {
            Legend::Flood => depths(FLOOD),
            Legend::Fine => depths(FINE),
            Legend::Duration => DURATION
                .iter()
                .filter_map(|(colour, rank)| Some((*colour, None, duration_rank(*rank)?)))
                .collect(),
            Legend::Landslide => LANDSLIDE
                .iter()
                .map(|(colour, kind, special)| (*colour, Some(*kind), Draft::landslide(*special, true)))
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(legend: Legend, colour: Colour) -> Option<String> {
        legend.table().into_iter().find(|(known, ..)| *known == colour).map(|(.., draft)| draft.code)
    }

    #[test]
    fn one_colour_means_two_things() {
        assert_eq!(code(Legend::Flood, [247, 245, 169]).as_deref(), Some("0-0.5"));
        assert_eq!(code(Legend::Fine, [247, 245, 169]).as_deref(), Some("0.3-0.5"));
        assert_eq!(code(Legend::Flood, [255, 216, 192]).as_deref(), Some("0.5-3"));
        assert_eq!(code(Legend::Fine, [255, 216, 192]).as_deref(), Some("1-3"));
        assert_eq!(code(Legend::Duration, [96, 0, 96]).as_deref(), Some("672h-"));
        assert_eq!([FLOOD.len(), FINE.len(), DURATION.len(), LANDSLIDE.len()], [6, 8, 7, 6]);
        for legend in [Legend::Flood, Legend::Fine, Legend::Duration, Legend::Landslide] {
            let mut colours: Vec<Colour> = legend.table().into_iter().map(|(colour, ..)| colour).collect();
            let count = colours.len();
            colours.sort_unstable();
            colours.dedup();
            assert_eq!(colours.len(), count);
        }
    }
}
