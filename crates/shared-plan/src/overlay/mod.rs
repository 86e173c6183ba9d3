//! Edits that a source did not take: kept here, beside the resource that they could not change.
//!
//! *Invariant:* a person has one overlay on a target of a resource. Its id follows from the person and from what it points
//! at, so of two who lay it at the same time one is told that the other was first.

mod change;
mod commands;
mod status;

use access::{PersonId, TenantId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::named::id_of;
use crate::ports::Kind;
use crate::{Foreign, Id, OneOfAKind, Version, Who};

pub use change::{EditedField, FieldChange};
pub use commands::{NewOverlay, lay, lay_anew, mark_taken, revise, withdraw};
pub use status::OverlayStatus;

/// An edit of a resource at a source that the source did not take.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Overlay {
    /// Its id, for ever.
    pub id: Id<Overlay>,
    /// Its tenant, for ever.
    pub tenant: TenantId,
    /// The person, for ever.
    #[cfg_attr(feature = "schema", schemars(with = "Id<PersonId>"))]
    pub person: PersonId,
    /// How often it was changed.
    pub version: Version,
    /// When this version was made.
    pub at: Timestamp,
    /// When the edit was first made.
    pub created: Timestamp,
    /// State.
    pub status: OverlayStatus,
    /// Why it is in this state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_reason: Option<String>,
    /// What it points at, for ever; its version is the one that was seen.
    pub target: Foreign,
    /// Position in `Goal.target` of the target that value and due date belong to.
    pub target_index: u32,
    /// What was changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<FieldChange>,
    /// What was written to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Why it was changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Who made the edit as it stands.
    pub by: Who,
    /// When they made it.
    pub edited: Timestamp,
}

impl Overlay {
    /// The id of the overlay on one target of a resource, in whatever version.
    pub fn id_on(person: &PersonId, target: &Foreign, index: u32) -> Id<Overlay> {
        Self::id_after(person, target, index, 0)
    }

    fn id_after(person: &PersonId, target: &Foreign, index: u32, others: u32) -> Id<Overlay> {
        id_of("overlay", person, &[&target.source, &target.kind, &target.id, &index.to_string()], others)
    }

    /// True where it is on this target of this resource, in whatever version.
    pub fn is_on(&self, target: &Foreign, index: u32) -> bool {
        let names = |foreign: &Foreign| (foreign.source.clone(), foreign.kind.clone(), foreign.id.clone());
        (names(&self.target), self.target_index) == (names(target), index)
    }

    /// What it says of a field, where it changes that: the new text, or nothing where it was taken away.
    pub fn says(&self, field: EditedField) -> Option<Option<&str>> {
        self.changes.iter().find(|change| change.field == field).map(|change| change.to.as_deref())
    }

    /// True where a resource, read field by field, says all that the edit wanted. A note is no field: an edit that is
    /// nothing but a note is never found taken.
    pub fn is_in<'t>(&self, now: impl Fn(EditedField) -> Option<&'t str>) -> bool {
        !self.changes.is_empty() && self.changes.iter().all(|change| change.is_in(now(change.field)))
    }
}

impl OneOfAKind for Overlay {
    fn pass(&mut self, others: u32) {
        self.id = Self::id_after(&self.person, &self.target, self.target_index, others);
    }
}

crate::entry::entry!(Overlay, Kind::Overlay);
