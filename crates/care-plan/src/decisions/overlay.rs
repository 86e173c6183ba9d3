//! Edits that a source did not take, laid beside the goals that they could not change.
//!
//! *Law:* an overlay changes nothing of what a record says, and nothing that follows from it: it stands beside, marked, and
//! says whether the record is still the version that was seen, and what it says now.

use std::collections::BTreeMap;

use fhir::{GoalFields, Resource, ResourceKey};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Decisions, Signature, overlay_now};
use crate::plan::{Goal, Member};

/// An edit that a source did not take, kept beside the resource that it points at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Overlay {
    /// The resource.
    pub target: ResourceKey,
    /// Position in `Goal.target` that value and due date belong to.
    pub index: usize,
    /// The version that was seen, where the source says one.
    pub version: Option<String>,
    /// What was wanted.
    pub changes: Vec<OverlayChange>,
    /// What was written to it.
    pub note: Option<String>,
    /// Who, when and why.
    pub signature: Signature,
}

/// One changed field, in the texts of the source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OverlayChange {
    /// Which field.
    pub field: OverlaidField,
    /// What the source said; `None` for nothing.
    pub from: Option<String>,
    /// What it should say; `None` for nothing.
    pub to: Option<String>,
}

/// The fields that an edit of a goal can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum OverlaidField {
    /// Code of `achievementStatus`.
    Achievement,
    /// Value of the target with its digits.
    TargetValue,
    /// `target.dueDate`.
    Due,
}

/// An overlay beside its resource as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Overlaid {
    /// The edit.
    #[serde(flatten)]
    pub overlay: Overlay,
    /// Whether the record is still the version that was seen.
    pub basis: Basis,
    /// What the record says now of each changed field, in the order of the changes; nothing where it says nothing.
    pub now: Vec<Option<String>>,
}

/// Whether a record is still the version that an edit was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// It is; of a source that does not say versions, it says the same of each changed field.
    SameVersion,
    /// The source has changed the record since.
    OlderVersion,
}

/// Lays the overlays of the decisions beside their goals. One whose resource is not in the plan stands nowhere; the order of
/// overlays changes nothing.
pub(crate) fn lay<'r>(
    decisions: &Decisions,
    goals: &mut [Goal],
    record: impl Fn(&ResourceKey) -> Option<&'r Resource>,
) {
    let mut of_resource: BTreeMap<&ResourceKey, Vec<&Overlay>> = BTreeMap::new();
    for overlay in &decisions.overlays {
        of_resource.entry(&overlay.target).or_default().push(overlay);
    }
    if of_resource.is_empty() {
        return;
    }
    for goal in goals {
        let laid = goal.item.members.iter().flat_map(|member| {
            let overlays = of_resource.get(&member.key).into_iter().flatten();
            let read = of_resource.contains_key(&member.key).then(|| record(&member.key)).flatten();
            let goal = read.map(Resource::to_value).unwrap_or_default();
            overlays.map(move |overlay| beside(overlay, member, &goal))
        });
        let mut laid: Vec<Overlaid> = laid.collect();
        laid.sort_by(|one, other| one.overlay.cmp(&other.overlay));
        laid.dedup();
        goal.overlays = laid;
    }
}

/// An overlay beside its record as it is now.
fn beside(overlay: &Overlay, member: &Member, goal: &Value) -> Overlaid {
    let fields = GoalFields::of(goal, overlay.index);
    let now: Vec<Option<String>> =
        overlay.changes.iter().map(|change| overlay_now::of(&fields, change.field)).collect();
    let same = match (&overlay.version, &member.version) {
        (Some(seen), Some(version)) => seen == version,
        // Nobody knows the version that was seen, or the one that is there: what it says of the fields tells.
        _ => overlay.changes.iter().zip(&now).all(|(change, now)| overlay_now::is_as_seen(change, now.as_deref())),
    };
    let basis = if same { Basis::SameVersion } else { Basis::OlderVersion };
    Overlaid { overlay: overlay.clone(), basis, now }
}

impl Overlaid {
    /// The changes, each with what the record says now, and true where that is what it said when the edit was made.
    pub fn changes(&self) -> impl Iterator<Item = (&OverlayChange, Option<&str>, bool)> {
        let with_now = self.overlay.changes.iter().zip(&self.now);
        with_now.map(|(change, now)| (change, now.as_deref(), overlay_now::is_as_seen(change, now.as_deref())))
    }
}
