//! What was settled about a detected issue, and how an issue stands.

use std::collections::BTreeSet;

use fhir::{ResourceKey, SourceId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Change, MemberName, Seen};
use crate::plan::{DetectedIssue, IssueCode, ItemId};

/// A decision about a detected issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Settled {
    /// Which issue.
    pub subject: Subject,
    /// What the records said when it was settled.
    pub seen: Seen,
    /// How it was settled.
    pub outcome: SettledAs,
    /// Who, when and why.
    pub signature: Signature,
}

/// Which issue a decision is about: the rule and what it spoke of, whatever the records say there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Subject {
    /// The rule.
    pub code: IssueCode,
    /// The FHIR element.
    pub element: String,
    /// The resources, or parts of them, whose statements stand side by side.
    pub records: BTreeSet<MemberName>,
    /// What tells it from another issue of the same rule about the same records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apart: Option<String>,
    /// The source, for an issue of a source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
    /// The items, for an issue that no record is a side of.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub items: BTreeSet<ItemId>,
}

/// How an issue was settled.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum SettledAs {
    /// What one record says counts.
    Adopted {
        /// The record.
        from: ResourceKey,
    },
    /// Changed to something that no record said, or something was added to the plan.
    Changed,
    /// Left as it is, on purpose.
    KeptAsIs,
    /// No issue for this person: both can stand.
    NotAnIssue,
    /// The care team was asked.
    AskedTeam,
    /// The prescriber was asked: Accord never changes an order.
    AskedPrescriber,
    /// An earlier decision was taken back: the issue is open again.
    TakenBack,
}

/// Who decided, when and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Signature {
    /// Who.
    pub by: Decider,
    /// When.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub at: Timestamp,
    /// Why, in their words.
    pub reason: Option<String>,
}

/// Who decided.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Decider {
    /// What identifies them, such as `fhirUser` with its issuer.
    pub id: String,
    /// Their name for people.
    pub name: String,
    /// In which role; `None` where nobody knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<DeciderRole>,
}

/// In which role somebody decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DeciderRole {
    /// Practitioner.
    Clinician,
    /// Works over a panel of people.
    Coordinator,
    /// The person whose plan it is.
    Patient,
    /// RelatedPerson of the patient.
    Carer,
}

impl Decider {
    /// True for a professional of the care team. Whose role nobody knows is none.
    pub fn is_professional(&self) -> bool {
        match self.role {
            Some(DeciderRole::Clinician | DeciderRole::Coordinator) => true,
            Some(DeciderRole::Patient | DeciderRole::Carer) | None => false,
        }
    }
}

/// How a detected issue stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Standing {
    /// Nobody has settled it.
    #[default]
    Open,
    /// Somebody settled it, and the records still say what they said then.
    Decided {
        /// How.
        outcome: SettledAs,
        /// Who, when and why.
        signature: Signature,
    },
    /// The person, or a carer, said how it is for them, and the records still say what they said then. It is a matter of
    /// safety, so it stays open until a professional has settled it.
    Voiced {
        /// What they said.
        outcome: SettledAs,
        /// Who, when and why.
        signature: Signature,
    },
    /// Somebody settled it, and the records say something else now.
    Reopened {
        /// How it was settled.
        outcome: SettledAs,
        /// Who, when and why.
        signature: Signature,
        /// What changed since; never empty.
        changes: Vec<Change>,
    },
}

impl Standing {
    /// True where somebody has to look at it: it is open, or open again, or only the person has spoken.
    pub fn is_open(&self) -> bool {
        !matches!(self, Self::Decided { .. })
    }
}

impl Subject {
    /// What an issue is about.
    pub fn of(issue: &DetectedIssue) -> Self {
        let records: BTreeSet<MemberName> =
            issue.sides.iter().map(|side| MemberName { key: side.key.clone(), part: side.part }).collect();
        let items = if records.is_empty() { issue.items.iter().cloned().collect() } else { BTreeSet::new() };
        let (apart, source) = (issue.apart.clone(), issue.source.clone());
        Self { code: issue.code, element: issue.element.clone(), records, apart, source, items }
    }

    /// How many records both speak of, where one only has some more of them than the other: the same question, asked of
    /// one record more or one less. `None` for another question.
    pub(super) fn grown(&self, other: &Self) -> Option<usize> {
        let asks =
            |subject: &Self| (subject.code, subject.element.clone(), subject.apart.clone(), subject.source.clone());
        let same = asks(self) == asks(other);
        let nested = self.records.is_subset(&other.records) || other.records.is_subset(&self.records);
        let common = self.records.len().min(other.records.len());
        (same && nested && common > 0).then_some(common)
    }
}

impl Settled {
    /// A decision about an issue as it stands now.
    pub fn about(issue: &DetectedIssue, outcome: SettledAs, signature: Signature) -> Self {
        Self { subject: Subject::of(issue), seen: Seen::of(issue), outcome, signature }
    }
}
