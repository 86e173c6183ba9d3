//! Tests of the loader and of the splits.

mod loading;
mod splitting;
