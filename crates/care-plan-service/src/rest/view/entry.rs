//! What hangs on a person beside plans, as it is answered.

use schemars::JsonSchema;
use serde::Serialize;
use shared_plan::concern::Concern;
use shared_plan::decision::Decision;
use shared_plan::overlay::Overlay;
use shared_plan::{Entry, Kept};

use crate::rest::Answer;
use crate::service::SavedEntry;

/// A page of concerns.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ConcernList {
    /// In the order of their ids.
    pub concerns: Vec<Concern>,
    /// Where the next page begins: the parameter `cursor`. Not there on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A page of decisions.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DecisionList {
    /// In the order of their ids.
    pub decisions: Vec<Decision>,
    /// Where the next page begins: the parameter `cursor`. Not there on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A page of overlays.
#[derive(Debug, Serialize, JsonSchema)]
pub struct OverlayList {
    /// In the order of their ids.
    pub overlays: Vec<Overlay>,
    /// Where the next page begins: the parameter `cursor`. Not there on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// An entry, read.
pub fn entry<E: Entry>(entry: E) -> Answer<E> {
    let version = Kept::head(&entry).version;
    Answer::of(entry).at(version)
}

/// An entry, changed.
pub fn saved_entry<E: Entry>(saved: SavedEntry<E>) -> Answer<E> {
    entry(saved.entry).replayed(saved.repeated)
}
