//! The walking graph of a town, and ways over it that keep out of the water.
//!
//! [`build`] makes a pack of [`Way`]s; [`Graph`] is opened from it and finds a [`Route`].

mod build;
mod crossings;
mod doors;
mod format;
mod graph;
mod kind;
mod legs;
mod metric;
mod pieces;
mod search;
mod spot;
mod tree;
mod walk;
mod words;

use serde::Serialize;

use crate::{Point, ReadError};

pub use build::{build, build_crossing};
pub use graph::Graph;
pub use kind::WayKind;
pub use metric::distance_m;
pub use words::{Heading8, WALKING, WALKING_SLOWLY, minutes};

/// Segments between two points that a graph may have.
pub const MAX_SEGMENTS: usize = 8_000_000;
/// Bytes of a pack of ways: it is read whole.
pub const MAX_BYTES: u64 = 64 << 20;
/// Bytes of a way's name.
pub const MAX_NAME: usize = 1_000;
/// Goals of one search.
pub const MAX_GOALS: usize = 1_000;
/// Nobody is sent farther than this across the fields to the first way, in metres.
pub const MAX_OFF_ROAD_M: f64 = 2_000.0;
/// What a metre in the water weighs against dry ones ([`Cost::Worse`]): a detour is taken where it is up to so many times longer
/// than the wet part that it saves.
pub const AVOID: f64 = 100.0;

/// A line that can be walked, as its source drew it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// Its points.
    pub points: Vec<Point>,
    /// What it is.
    pub kind: WayKind,
    /// The street's name.
    pub name: Option<String>,
}

/// What a walk along a straight piece costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cost {
    /// Its length.
    Free,
    /// Its length times this (what is below 1 counts as 1): possible, where nothing better leads on.
    Worse(f64),
    /// It cannot be walked.
    Closed,
}

/// A way to a goal.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// Which of the goals.
    pub goal: usize,
    /// From the start itself to the goal itself.
    pub points: Vec<Point>,
    /// Metres, with those off the road.
    pub distance_m: f64,
    /// The same way in words.
    pub legs: Vec<Leg>,
    /// Metres of it that are worse (through a zone), where that cannot be avoided.
    pub wet_m: f64,
    /// Metres of it from the start to the first way and from the last one to the goal, in straight lines.
    pub off_road_m: f64,
    /// Metres of it on stairs.
    pub steps_m: f64,
}

/// A part of a route: along one street, or in one direction.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Leg {
    /// The street, where it has a name.
    pub name: Option<String>,
    /// Where it leads.
    pub heading: Heading8,
    /// Its metres.
    pub distance_m: f64,
}

/// Why there is no graph, or no search in it.
#[derive(Debug, thiserror::Error)]
pub enum RoadsError {
    /// More than a graph holds.
    #[error("{count} {what}, more than {limit}")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many there are, or so many were counted before giving up.
        count: usize,
        /// How many there may be.
        limit: usize,
    },
    /// A way's name is too long.
    #[error("way {0}: its name is longer than {MAX_NAME} bytes")]
    Name(usize),
    /// The ways lie farther apart than one town.
    #[error("the ways are farther apart than 60 degrees")]
    TooWide,
    /// The pack cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// No pack of ways, or one of a later format.
    #[error("this is no pack of ways of format 1")]
    Format,
    /// The pack is damaged.
    #[error("the pack of ways is damaged: {0}")]
    Damaged(&'static str),
}
