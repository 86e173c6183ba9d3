//! What the journeys stand on.

pub mod browser;
pub mod canaries;
pub mod form;
pub mod identity;
pub mod program;
pub mod shared;
pub mod world;
