//! Hazard packs.
