//! What all items have: identity, title, members, and why they are one.

use std::fmt;

use fhir::{FhirDate, ResourceKey, SourceId};
use serde::{Deserialize, Serialize};

/// Name of an item within one plan: the same as long as its first member is the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct ItemId(pub String);

impl fmt::Display for ItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What all items have: identity, title and members.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Item {
    /// Its name within the plan; safe in a URL and an HTML id.
    pub id: ItemId,
    /// What a person calls it: what all members share, with the difference in words ("stage 3b or 4"). Never empty:
    /// "Untitled goal" where no source gives words.
    pub title: String,
    /// The resources that are this item, sorted by key; never empty.
    pub members: Vec<Member>,
    /// Why the members are one item, sorted; empty for a single member.
    pub because: Vec<Evidence>,
    /// The highest confidentiality among the members.
    pub confidentiality: Confidentiality,
}

/// Why two resources are about the same thing. Text alone is never evidence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Evidence {
    /// They carry exactly the same business identifier.
    SameIdentifier {
        /// The system.
        system: String,
        /// The value.
        value: String,
    },
    /// A source says that they are the same resource (Linkage).
    Linked {
        /// The Linkage.
        by: ResourceKey,
    },
    /// A source says that one is a copy of the other (Provenance, role `source` or `quotation`).
    Copied {
        /// The Provenance.
        by: ResourceKey,
    },
    /// They carry the same code, and their times do not exclude each other.
    SameCode {
        /// The code system, in its canonical form.
        system: String,
        /// The code.
        code: String,
        /// What one of them calls it.
        display: Option<String>,
    },
    /// Their codes mean the same by the crosswalk (`docs/consolidation.md`).
    SameConcept {
        /// What the codes have in common, in words.
        concept: String,
    },
    /// The same ingredients in the same strength and form.
    SameMedication {
        /// Ingredients, strength and form, in words.
        medication: String,
    },
    /// Goals on the same measure that are open at the same time.
    SameGoalMeasure {
        /// The measure, in words.
        measure: String,
    },
    /// Readings of the same measure, joined into one series of outcomes; each reading keeps its resource.
    SameMeasure,
    /// The same person or organisation: one national identifier, such as an NPI.
    SamePractitioner {
        /// The system of the identifier.
        system: String,
        /// Its value.
        value: String,
    },
    /// Somebody joined them by hand.
    ByHand,
}

/// One resource that is part of an item.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Member {
    /// Source, type and id.
    pub key: ResourceKey,
    /// Position within the resource, where the member is a part of it: an activity that only a CarePlan describes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<usize>,
    /// Version that was read.
    pub version: Option<String>,
    /// The status at that source, as its code.
    pub status: Option<String>,
    /// When that source last changed it, where it says.
    pub updated: Option<FhirDate>,
    /// What `meta.security` says.
    pub confidentiality: Confidentiality,
}

/// How widely a resource may be shared, from its security labels (`meta.security`; HL7 v3 Confidentiality), rising.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Confidentiality {
    /// No label, or one of `U`, `L`, `M`, `N`.
    #[default]
    Normal,
    /// A label that we do not know: treated as above normal.
    Unknown,
    /// `R`, or a sensitivity such as `PSY`, `HIV`, `ETH`.
    Restricted,
    /// `V`.
    VeryRestricted,
}

/// A note.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Note {
    /// What it says.
    pub text: String,
    /// Who wrote it, in words.
    pub author: Option<String>,
    /// When.
    pub when: Option<FhirDate>,
    /// Where it is kept.
    pub source: SourceId,
}

/// What all who say something agree on; `None` where nobody says anything or they differ.
pub fn agreed<T: PartialEq>(said: impl IntoIterator<Item = Option<T>>) -> Option<T> {
    let mut said = said.into_iter().flatten();
    let first = said.next()?;
    said.all(|other| other == first).then_some(first)
}

/// True where two of those who say something say different things.
pub fn differ<T: PartialEq>(said: impl IntoIterator<Item = Option<T>>) -> bool {
    let mut said = said.into_iter().flatten();
    said.next().is_some_and(|first| said.any(|other| other != first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_not_agreed_on_and_silence_is_no_disagreement() {
        assert_eq!((agreed([Some(1), None, Some(1)]), differ([Some(1), None, Some(1)])), (Some(1), false));
        assert_eq!((agreed([Some(1), Some(2)]), differ([Some(1), Some(2)])), (None, true));
        assert_eq!((agreed::<u8>([None, None]), differ::<u8>([None])), (None, false));
    }
}
