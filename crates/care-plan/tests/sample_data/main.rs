//! The laws of consolidation on whole records: those of people whom nobody on this project wrote, where they are at hand,
//! and always those of the sandbox's own people.
//!
//! The laws know no name, id or count of the data. The two tables (`guide_example`, `three_servers`) were made by hand
//! from the resources, not from what the consolidation answers.

mod arrival;
mod conservation;
mod guide_example;
mod overlapping;
mod splitting;
mod three_servers;
mod world;
