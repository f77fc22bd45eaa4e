//! The walking graph.
