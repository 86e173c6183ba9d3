//! Nobody gets in where they do not belong: interleaved operations of many tabs, and every route against every stranger.

mod interleavings;
mod judge;
mod route_table;
mod support;
