//! All that the files are drawn from.

use crate::curve::oval;
use crate::geo::{P, closed, distance, inside, p};
use crate::ground::Ground;
use crate::near::Near;
use crate::plan::GREENS;
use crate::roads::{Way, ways};
use crate::skeleton::Skeleton;
use crate::water::Water;

/// The town before it is written.
pub struct Town {
    /// What it hangs on.
    pub skeleton: Skeleton,
    /// Its ground.
    pub ground: Ground,
    /// Its water.
    pub water: Water,
    /// The ring of each block.
    pub blocks: Vec<Vec<P>>,
    /// Its border.
    pub border: Vec<P>,
    /// The middle of the railway.
    pub rail: Vec<P>,
    /// Parks and grounds, in the order of the plan.
    pub greens: Vec<Vec<P>>,
    /// Its streets.
    pub ways: Vec<Way>,
    coast: Near,
    flow: Near,
    tracks: Near,
    edges: Vec<Near>,
}

impl Town {
    /// Draws it.
    pub fn new() -> Self {
        let skeleton = Skeleton::new();
        let water = Water::new(&skeleton);
        let coast = skeleton.coast();
        let mut town = Town {
            ground: Ground::new(&water.river),
            blocks: skeleton.blocks(),
            border: skeleton.border(),
            rail: skeleton.chain("rail").to_vec(),
            greens: greens(),
            ways: Vec::new(),
            coast: Near::new([coast.as_slice()], 60.0),
            flow: Near::new([water.river.as_slice(), water.brook.as_slice()], 110.0),
            tracks: Near::new([skeleton.chain("rail")], 30.0),
            edges: skeleton.blocks().iter().map(|ring| Near::new([closed(ring).as_slice()], 20.0)).collect(),
            skeleton,
            water,
        };
        town.ways = ways(&town);
        town
    }

    /// May there be a street or a house: no water within `bank` metres, no rails, no park, not too steep?
    pub fn can_build(&self, at: P, bank: f64) -> bool {
        self.coast.distance(at) > 34.0
            && self.ground.slope(at).length() < 0.2
            && self.tracks.distance(at) > 13.0
            && self.far_to_flow(at, bank)
            && !self.greens.iter().any(|green| inside(green, at))
            && !self.water.still(at)
    }

    fn far_to_flow(&self, at: P, bank: f64) -> bool {
        let near = self.flow.distance(at);
        near > 105.0 || (self.water.to_river(at) > bank && distance(&self.water.brook, at) > bank.min(16.0))
    }

    /// Is a point in a block, or within 16 m of it?
    pub fn about(&self, block: usize, at: P) -> bool {
        self.edges[block].distance(at) < 16.0 || inside(&self.blocks[block], at)
    }

    /// The block that a point lies in.
    pub fn block_of(&self, at: P) -> Option<usize> {
        self.blocks.iter().position(|ring| inside(ring, at))
    }
}

fn greens() -> Vec<Vec<P>> {
    GREENS
        .iter()
        .map(|plan| {
            let (middle, run) = (p(plan.middle.0, plan.middle.1), p(plan.run.0, plan.run.1).unit());
            if plan.tag.1 == "pitch" || plan.half.0 < 40.0 {
                let (along, side) = (run * plan.half.0, run.left() * plan.half.1);
                return vec![
                    middle - along - side,
                    middle + along - side,
                    middle + along + side,
                    middle - along + side,
                ];
            }
            // Rounder than a box and squarer than an egg: a superellipse.
            let ring = oval(p(0.0, 0.0), p(1.0, 0.0), 1.0, 24);
            ring.iter()
                .map(|c| {
                    let square = c.x * c.x * c.x * c.x + c.y * c.y * c.y * c.y;
                    let out = *c * (1.0 / square.sqrt().sqrt());
                    middle + run * (out.x * plan.half.0) + run.left() * (out.y * plan.half.1)
                })
                .collect()
        })
        .collect()
}
