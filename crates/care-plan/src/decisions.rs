//! What people settled about one person's plan. Pure; where decisions are kept is the work of the room that keeps the
//! shared plan.
//!
//! Decisions are a log: each is only ever added, and what is read is the whole log of one person, in any order. A store
//! keeps the laws by giving back all that it was given.
//!
//! *Law:* an issue that was settled does not come back while it shows the same evidence; it is listed as decided.
//! *Law:* where the evidence has changed, the issue is open again and says what changed, record by record.
//! *Law:* a decision on one issue never hides another.
//! *Law:* a matter of safety is settled by professionals only: what the person or a carer says of it stands beside, and it
//! stays open.
//! *Law:* of two decisions about the same the newer counts; their order in the log changes nothing else.

mod apply;
mod overlay;
mod overlay_now;
mod regroup;
mod seen;
mod settled;

use std::collections::BTreeSet;

use fhir::ResourceKey;
use serde::{Deserialize, Serialize};

pub use apply::apply;
pub(crate) use overlay::lay;
pub use overlay::{Basis, Overlaid, OverlaidField, Overlay, OverlayChange};
pub use regroup::Regrouping;
pub use seen::{Change, Seen, SideSeen, Told};
pub use settled::{Decider, DeciderRole, Settled, SettledAs, Signature, Standing, Subject};

/// Everything that people settled about one person's plan. The order of entries changes nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Decisions {
    /// Which resources are one item, or are not, whatever the evidence says.
    pub groupings: Vec<Grouping>,
    /// The same with who, when and why: of two that speak of the same resources the newer counts.
    pub regroupings: Vec<Regrouping>,
    /// What was settled about detected issues.
    pub settled: Vec<Settled>,
    /// Edits that no source took, as they stand.
    pub overlays: Vec<Overlay>,
}

/// One entry of the log of decisions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Decision {
    /// About a detected issue.
    Settled(Settled),
    /// About what is one item.
    Regrouped(Regrouping),
}

impl FromIterator<Decision> for Decisions {
    fn from_iter<I: IntoIterator<Item = Decision>>(log: I) -> Self {
        let mut decisions = Self::default();
        decisions.extend(log);
        decisions
    }
}

impl Extend<Decision> for Decisions {
    fn extend<I: IntoIterator<Item = Decision>>(&mut self, log: I) {
        for decision in log {
            match decision {
                Decision::Settled(settled) => self.settled.push(settled),
                Decision::Regrouped(regrouping) => self.regroupings.push(regrouping),
            }
        }
    }
}

/// A resource, or a part of one, as a decision names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct MemberName {
    /// Source, type and id.
    pub key: ResourceKey,
    /// Position within the resource, for an activity that only a CarePlan describes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<usize>,
}

/// A decision about what is one item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Grouping {
    /// These are one.
    Join {
        /// The members.
        members: BTreeSet<MemberName>,
    },
    /// These are not one with any other, whatever evidence there is; among themselves the evidence still counts.
    Split {
        /// The members.
        members: BTreeSet<MemberName>,
    },
}
