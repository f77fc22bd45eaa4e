//! Which lines of a map a person can walk on.

/// What is walked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum WayKind {
    /// For people on foot: a footway, a path, a pedestrian street.
    Foot = 0,
    /// A road with cars.
    Road = 1,
    /// Stairs.
    Steps = 2,
    /// A track through fields or woods.
    Track = 3,
}

impl WayKind {
    /// The kind with this number in a pack.
    pub(super) fn of_number(number: u8) -> Option<Self> {
        [Self::Foot, Self::Road, Self::Steps, Self::Track].get(usize::from(number)).copied()
    }

    /// The kind of a line with OSM's `highway`, or none where nobody may walk. `tag` gives its other tags as text.
    ///
    /// Left out: what is not built (yet, or any more); motorways and the ramps of trunk roads, roads for motor vehicles only and
    /// lanes for buses, unless they have a sidewalk or `foot` allows it; private ways and those closed to people on foot
    /// (`foot` speaks before `access`). `inside` tells whether ways inside buildings and underground belong to it: they have
    /// hours of opening, and are the first to fill with water.
    pub fn of_highway<'t>(
        highway: &str,
        tag: impl Fn(&str) -> Option<&'t str>,
        inside: bool,
    ) -> Option<Self> {
        let kind = match highway {
            "footway" | "pedestrian" | "path" | "cycleway" | "bridleway" | "living_street" | "corridor"
            | "platform" | "crossing" => Self::Foot,
            "steps" => Self::Steps,
            "track" => Self::Track,
            "trunk" | "primary" | "primary_link" | "secondary" | "secondary_link" | "tertiary"
            | "tertiary_link" | "unclassified" | "residential" | "service" | "road" | "motorway"
            | "motorway_link" | "trunk_link" | "busway" | "bus_guideway" => Self::Road,
            _ => return None,
        };
        let foot = tag("foot");
        let allowed = matches!(foot, Some("yes" | "designated" | "official" | "permissive"));
        let sidewalk = ["sidewalk", "sidewalk:both", "sidewalk:left", "sidewalk:right"]
            .iter()
            .any(|side| matches!(tag(side), Some("yes" | "both" | "left" | "right")));
        let for_cars =
            matches!(highway, "motorway" | "motorway_link" | "trunk_link" | "busway" | "bus_guideway")
                || tag("motorroad") == Some("yes");
        if for_cars && !allowed && !sidewalk {
            return None;
        }
        if matches!(foot, Some("no" | "private" | "customers" | "use_sidepath" | "permit")) {
            return None;
        }
        let closed = matches!(
            tag("access"),
            Some("no" | "private" | "customers" | "permit" | "delivery" | "military" | "residents")
        );
        if closed && !allowed || tag("construction").is_some_and(|state| state != "no" && state != "minor") {
            return None;
        }
        (inside || !is_inside(highway, tag)).then_some(kind)
    }
}

fn is_inside<'t>(highway: &str, tag: impl Fn(&str) -> Option<&'t str>) -> bool {
    // `level` can name several: a stair from the platform to the street is underground for a part.
    let below = |name| {
        tag(name)
            .is_some_and(|levels| levels.split(';').any(|l| l.trim().parse().is_ok_and(|l: f64| l < 0.0)))
    };
    highway == "corridor"
        || tag("indoor").is_some_and(|indoor| indoor != "no" && indoor != "false")
        || matches!(tag("indoor_or_underground"), Some("true" | "yes"))
        || matches!(tag("location"), Some("underground" | "indoor"))
        || below("layer")
        || below("level")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(highway: &str, tags: &[(&str, &'static str)], inside: bool) -> Option<WayKind> {
        WayKind::of_highway(highway, |key| tags.iter().find(|(k, _)| *k == key).map(|(_, v)| *v), inside)
    }

    #[test]
    fn who_walks_where() {
        assert_eq!(kind("footway", &[], false), Some(WayKind::Foot));
        assert_eq!(kind("steps", &[], false), Some(WayKind::Steps));
        assert_eq!(kind("trunk", &[], false), Some(WayKind::Road));
        assert_eq!(kind("track", &[], false), Some(WayKind::Track));
        assert_eq!(kind("residential", &[("oneway", "yes")], false), Some(WayKind::Road));
        for highway in ["construction", "proposed", "razed", "raceway", "elevator", ""] {
            assert_eq!(kind(highway, &[], true), None, "{highway}");
        }
        assert_eq!(kind("footway", &[("construction", "yes")], false), None);
    }

    #[test]
    fn roads_for_cars_only_need_a_sidewalk() {
        for highway in ["motorway", "motorway_link", "trunk_link", "busway"] {
            assert_eq!(kind(highway, &[], false), None, "{highway}");
            assert_eq!(kind(highway, &[("sidewalk", "left")], false), Some(WayKind::Road));
            assert_eq!(kind(highway, &[("sidewalk", "no")], false), None);
            assert_eq!(kind(highway, &[("foot", "yes")], false), Some(WayKind::Road));
        }
        assert_eq!(kind("trunk", &[("motorroad", "yes")], false), None);
    }

    #[test]
    fn foot_speaks_before_access() {
        assert_eq!(kind("service", &[("access", "private")], false), None);
        assert_eq!(kind("service", &[("access", "no"), ("foot", "yes")], false), Some(WayKind::Road));
        assert_eq!(kind("service", &[("access", "yes"), ("foot", "no")], false), None);
    }

    #[test]
    fn inside_and_underground_only_when_told() {
        let inside: [&[(&str, &str)]; 6] = [
            &[("indoor", "yes")],
            &[("indoor_or_underground", "true")],
            &[("layer", "-2")],
            &[("level", "0;-1")],
            &[("location", "underground")],
            &[("layer", "-1"), ("tunnel", "yes")],
        ];
        for tags in inside {
            assert_eq!(kind("footway", tags, false), None, "{tags:?}");
            assert_eq!(kind("footway", tags, true), Some(WayKind::Foot), "{tags:?}");
        }
        assert_eq!(kind("corridor", &[], false), None);
        assert_eq!(
            kind("footway", &[("indoor", "no"), ("layer", "1"), ("level", "0")], false),
            Some(WayKind::Foot)
        );
    }
}
