//! The shared plan as FHIR R4, by the MCC profiles on top of US Core (`http://hl7.org/fhir/us/mcc/`).
//!
//! One mapping for two readers: whoever reads the FHIR surface, and the consolidated plan, to which the shared plan is one
//! more source.
//!
//! - Resources of the shared plan are named relatively (`Goal/…`), so that they stand wherever they are served. What lies at
//!   a source is named by its whole address, or, where that is not known, by an identifier and its display.
//! - *Invariant:* a resource changes only when its version does. So a Goal or a Task says nothing that stands in another
//!   part of the plan and may change there; a CarePlan and its CareTeam carry the version of the whole plan.
//! - *Never:* `CarePlan.activity.detail` (MCC forbids it), and orders: an order is its source's own and is pointed at. An
//!   activity that asks for a service can be read as a ServiceRequest of intent `plan`; the consolidated plan has its Task.

mod care_plan;
mod care_team;
mod concept;
mod condition;
mod element;
mod goal;
mod kind;
mod narrative;
mod note;
mod patient;
mod provenance;
mod reference;
mod resources;
mod service_request;
mod spoken;
mod task;

pub use care_plan::{care_plan, care_plan_speaking};
pub use care_team::care_team;
pub use condition::condition;
pub use goal::goal;
pub use kind::ResourceKind;
pub use patient::patient;
pub use provenance::{Made, provenance};
pub use reference::Bases;
pub use resources::resources_of;
pub use service_request::service_request;
pub use spoken::Spoken;
pub use task::task;

/// The source under which a resource of the shared plan itself is pointed at, as by a plan that replaces another.
pub const OWN: &str = "shared-plan";
