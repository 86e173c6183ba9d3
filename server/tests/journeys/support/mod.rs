//! What the journeys stand on.

pub mod browser;
pub mod form;
pub mod world;
