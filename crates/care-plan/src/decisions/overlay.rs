//! Edits that a source did not take, laid beside the goals that they could not change.
//!
//! *Law:* an overlay changes nothing of what a record says, and nothing that follows from it: it stands beside, marked, and
//! says whether the record is still the version that was seen.

use std::collections::BTreeMap;

use fhir::ResourceKey;
use serde::{Deserialize, Serialize};

use super::{Decisions, Signature};
use crate::plan::Goal;

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
}

/// Whether a record is still the version that an edit was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// It is.
    SameVersion,
    /// The source has changed the record since, or does not say which version it is.
    OlderVersion,
}

/// Lays the overlays of the decisions beside their goals. One whose resource is not in the plan stands nowhere; the order of
/// overlays changes nothing.
pub(crate) fn lay(decisions: &Decisions, goals: &mut [Goal]) {
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
            overlays.map(|overlay| {
                let same = overlay.version.is_some() && overlay.version == member.version;
                let basis = if same { Basis::SameVersion } else { Basis::OlderVersion };
                Overlaid { overlay: (*overlay).clone(), basis }
            })
        });
        let mut laid: Vec<Overlaid> = laid.collect();
        laid.sort_by(|one, other| one.overlay.cmp(&other.overlay));
        laid.dedup();
        goal.overlays = laid;
    }
}
