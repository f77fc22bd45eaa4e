//! The river, the brook, ponds, ditches and the sea.

use crate::curve::{curve, oval, simpler, simpler_ring};
use crate::geo::{P, distance, p};
use crate::geojson::{Feature, Shape};
use crate::skeleton::Skeleton;

/// Water that flows, and the shores of what does not.
pub struct Water {
    /// The middle of the river.
    pub river: Vec<P>,
    /// The middle of the brook that joins it.
    pub brook: Vec<P>,
    /// Ponds.
    pub ponds: Vec<Vec<P>>,
    /// Ditches between the fields.
    pub ditches: Vec<Vec<P>>,
    sea: Vec<P>,
    walls: Vec<Vec<P>>,
}

/// Half of the brook's width.
pub const BROOK: f64 = 5.0;

impl Water {
    /// Fills the beds.
    pub fn new(skeleton: &Skeleton) -> Self {
        let mut sea = vec![p(-1400.0, -1500.0), p(-1400.0, -330.0), p(-500.0, -160.0)];
        sea.extend(skeleton.coast());
        sea.extend([p(8420.0, 1430.0), p(8800.0, 1380.0), p(9500.0, 1120.0), p(9500.0, -1500.0)]);
        let wall = |line: &[(f64, f64)]| {
            let line = curve(line, 60.0);
            let mut ring: Vec<P> = line.iter().map(|at| *at + p(0.0, 6.0)).collect();
            ring.extend(line.iter().rev().map(|at| *at - p(0.0, 6.0)));
            ring
        };
        Water {
            river: skeleton.chain("river").to_vec(),
            brook: skeleton.chain("brook").to_vec(),
            ponds: vec![
                oval(p(250.0, 3080.0), p(70.0, 20.0), 42.0, 16),
                oval(p(5880.0, 3680.0), p(25.0, 60.0), 38.0, 16),
                oval(p(7760.0, 3050.0), p(60.0, -20.0), 36.0, 16),
            ],
            ditches: vec![
                curve(
                    &[(1560.0, 1790.0), (1200.0, 1380.0), (760.0, 1120.0), (420.0, 600.0), (420.0, -60.0)],
                    60.0,
                ),
                curve(
                    &[(1340.0, 3600.0), (1000.0, 3420.0), (760.0, 3050.0), (980.0, 2720.0), (1440.0, 2500.0)],
                    60.0,
                ),
            ],
            walls: vec![
                wall(&[(3300.0, 40.0), (3520.0, -70.0), (3800.0, -110.0)]),
                wall(&[(4240.0, -40.0), (4080.0, -130.0), (3930.0, -190.0)]),
            ],
            sea,
        }
    }

    /// Half of the river's width, wider downstream.
    pub fn half(at: P) -> f64 {
        17.0 + 24.0 * ((4200.0 - at.y) / 4000.0).clamp(0.0, 1.0)
    }

    /// Metres from the river's edge; negative in it.
    pub fn to_river(&self, at: P) -> f64 {
        distance(&self.river, at) - Self::half(at)
    }

    /// Metres from the edge of any flowing water.
    pub fn to_flow(&self, at: P) -> f64 {
        self.to_river(at).min(distance(&self.brook, at) - BROOK)
    }

    /// Is a point in the sea or in a pond?
    pub fn still(&self, at: P) -> bool {
        crate::geo::inside(&self.sea, at) || self.ponds.iter().any(|pond| crate::geo::inside(pond, at))
    }

    /// The features of the file.
    pub fn features(&self) -> Vec<Feature> {
        let mut sea = vec![simpler_ring(&self.sea, 1.0)];
        sea.extend(self.walls.iter().cloned());
        let mut out = vec![
            Feature::new(
                Shape::Area(vec![sea]),
                vec![
                    ("natural", "water".into()),
                    ("water", "sea".into()),
                    ("name", "見本湾".into()),
                    ("name:en", "Mihon Bay".into()),
                ],
            ),
            Feature::new(Shape::Area(vec![vec![ribbon(&self.river, &Self::half)]]), river("river")),
            Feature::new(Shape::Area(vec![vec![ribbon(&self.brook, &|_| BROOK)]]), brook("stream")),
        ];
        let names = [("北野池", "Kitano Pond"), ("病院池", "Byoin Pond"), ("若葉池", "Wakaba Pond")];
        for (pond, (name, english)) in self.ponds.iter().zip(names) {
            out.push(Feature::new(
                Shape::Area(vec![vec![pond.clone()]]),
                vec![
                    ("natural", "water".into()),
                    ("water", "pond".into()),
                    ("name", name.into()),
                    ("name:en", english.into()),
                ],
            ));
        }
        let line = |points: &[P]| Shape::Line(simpler(points, 2.0, &|_| false));
        let named = |name: &str, english: &str, kind: &str| {
            vec![("waterway", kind.into()), ("name", name.into()), ("name:en", english.into())]
        };
        out.push(Feature::new(line(&self.river), named("見本川", "Mihon River", "river")));
        out.push(Feature::new(line(&self.brook), named("柿沢川", "Kakisawa Brook", "stream")));
        out.extend(
            self.ditches.iter().map(|ditch| Feature::new(line(ditch), vec![("waterway", "ditch".into())])),
        );
        out
    }
}

fn river(kind: &str) -> Vec<(&'static str, crate::geojson::Value)> {
    vec![
        ("natural", "water".into()),
        ("water", kind.into()),
        ("name", "見本川".into()),
        ("name:en", "Mihon River".into()),
    ]
}

fn brook(kind: &str) -> Vec<(&'static str, crate::geojson::Value)> {
    vec![
        ("natural", "water".into()),
        ("water", kind.into()),
        ("name", "柿沢川".into()),
        ("name:en", "Kakisawa Brook".into()),
    ]
}

/// A line made as wide as water.
fn ribbon(line: &[P], half: &dyn Fn(P) -> f64) -> Vec<P> {
    let mut ring = crate::curve::beside(line, half);
    ring.extend(crate::curve::beside(line, |at| -half(at)).iter().rev());
    simpler_ring(&ring, 1.0)
}

/// The places where a line enters or leaves a strip of half-width `half` around another, in order along the line.
pub fn banks(line: &[P], around: &[P], half: &dyn Fn(P) -> f64) -> Vec<P> {
    let within = |at: P| distance(around, at) < half(at);
    let mut out = Vec::new();
    for pair in line.windows(2) {
        if within(pair[0]) != within(pair[1]) {
            let (mut low, mut high) = (0.0, 1.0);
            for _ in 0..20 {
                let middle = (low + high) / 2.0;
                if within(pair[0].toward(pair[1], middle)) == within(pair[0]) {
                    low = middle
                } else {
                    high = middle
                }
            }
            out.push(pair[0].toward(pair[1], (low + high) / 2.0));
        }
    }
    out
}
