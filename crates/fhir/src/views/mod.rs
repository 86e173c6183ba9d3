//! Views of the resources, one file each, with the elements that the house reads.

mod allergy_intolerance;
mod care_plan;
mod care_team;
mod condition;
mod goal;
mod linkage;
mod medication;
mod observation;
mod outcome;
mod patient;
mod people;
mod performed;
mod provenance;
mod request;

pub use allergy_intolerance::*;
pub use care_plan::*;
pub use care_team::*;
pub use condition::*;
pub use goal::*;
pub use linkage::*;
pub use medication::*;
pub use observation::*;
pub use outcome::*;
pub use patient::*;
pub use people::*;
pub use performed::*;
pub use provenance::*;
pub use request::*;
