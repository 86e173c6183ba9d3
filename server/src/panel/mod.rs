//! The panel's own work: who is listed, by which way a person is opened (DESIGN section 5), and who they are at sources
//! where the tenant itself is registered.

pub mod backend;
mod door;
mod find;
mod list;
mod seek;
mod sightings;
mod weigh;

pub use door::{Door, Doorkeeper, door};
pub use list::{Listed, ListedRecord, list};
pub use seek::read_by_backend;
pub use sightings::Sightings;
