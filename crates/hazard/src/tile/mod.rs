//! Tiles for a map.
