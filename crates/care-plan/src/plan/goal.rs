//! Goals and their targets.

use fhir::{CodeableConcept, FhirDate};
use jiff::tz::TimeZone;
use rust_decimal::Decimal;
use serde::Serialize;

use super::status;
use super::{Component, Item, ItemId, Note};
use crate::decisions::Overlaid;

/// A goal. What stands here beside the statements is what all of them agree on.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Goal {
    /// Identity, title, members.
    pub item: Item,
    /// What each member says, in the order of the members.
    pub statements: Vec<GoalStatement>,
    /// `lifecycleStatus` code.
    pub lifecycle_status: Option<String>,
    /// `achievementStatus` code.
    pub achievement_status: Option<String>,
    /// `achievementStatus` in the sources' words.
    pub achievement_text: Option<String>,
    /// `priority`, as a label.
    pub priority: Option<String>,
    /// `startDate`.
    pub start: Option<FhirDate>,
    /// The targets that all members agree on; empty where they differ (each statement has its own).
    pub targets: Vec<GoalTarget>,
    /// True where the patient or a RelatedPerson expressed it, by any record.
    pub patients_own: bool,
    /// Who expressed it, in words.
    pub expressed_by: Option<String>,
    /// The series of readings that its first measured target is about.
    pub measure: Option<ItemId>,
    /// Notes of all members, newest first.
    pub notes: Vec<Note>,
    /// Edits that a source did not take: beside what the records say, never in its place.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub overlays: Vec<Overlaid>,
}

/// What one record says about a goal.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct GoalStatement {
    /// What this record calls it.
    pub title: String,
    /// `description`, with its codes.
    pub description: CodeableConcept,
    /// `lifecycleStatus` code.
    pub lifecycle_status: Option<String>,
    /// `achievementStatus` code.
    pub achievement_status: Option<String>,
    /// `achievementStatus` in the source's words.
    pub achievement_text: Option<String>,
    /// `priority`, as a label.
    pub priority: Option<String>,
    /// `startDate`.
    pub start: Option<FhirDate>,
    /// `statusDate`: since when the status holds.
    pub status_date: Option<FhirDate>,
    /// Targets in the order of the resource: the position is what an edit names.
    pub targets: Vec<GoalTarget>,
    /// True where the patient or a RelatedPerson expressed it.
    pub patients_own: bool,
    /// Who expressed it, in words.
    pub expressed_by: Option<String>,
    /// What it addresses, in words: the titles of the concerns it names.
    pub addresses: Vec<String>,
}

/// One target of a goal.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct GoalTarget {
    /// `measure`.
    pub measure: Option<CodeableConcept>,
    /// What is to be reached.
    pub detail: TargetDetail,
    /// `dueDate`, or the day that `dueDuration` after the start leads to.
    pub due: Option<FhirDate>,
}

/// What a target asks for.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum TargetDetail {
    /// A bound or a band; the unit is the source's.
    Band(Band),
    /// Words.
    Text(String),
    /// Not said.
    None,
}

/// A numeric target with its unit. `low` and `high` keep the digits of the source.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Band {
    /// Lower bound, if any.
    pub low: Option<Decimal>,
    /// Upper bound, if any.
    pub high: Option<Decimal>,
    /// How a single value was meant where the source gave one quantity: `<`, `<=`, `>`, `>=` or empty for "this value".
    pub comparator: Option<String>,
    /// True where the source gave one quantity, false where it gave a range.
    pub single: bool,
    /// Unit as shown.
    pub unit: String,
    /// UCUM code, where given.
    pub unit_code: Option<String>,
    /// The part of a blood pressure that it is for, where the target's measure says one.
    pub component: Option<Component>,
}

impl GoalStatement {
    /// True where this record still pursues it. A status that is missing or unknown counts as pursued.
    pub fn is_current(&self) -> bool {
        !status::is_past_goal(self.lifecycle_status.as_deref())
    }

    /// The first due date among its targets.
    pub fn due(&self) -> Option<&FhirDate> {
        self.targets.iter().filter_map(|target| target.due.as_ref()).min_by_key(|due| due.sort_key())
    }

    /// The due dates among its targets that can be meant: a goal is not due before it begins.
    pub fn possible_dues(&self) -> impl Iterator<Item = &FhirDate> {
        self.targets.iter().filter_map(|target| target.due.as_ref()).filter(|due| !self.is_before_start(due))
    }

    /// True for a day before the goal's own start, with every day that either may mean: an error of the record.
    pub fn is_before_start(&self, due: &FhirDate) -> bool {
        let first = self.start.as_ref().and_then(|start| start.first_day(&TimeZone::UTC));
        let last = due.last_day(&TimeZone::UTC);
        // An instant falls on two days, as the time zone of whoever reads it goes.
        let is_instant = |date: &FhirDate| matches!(date, FhirDate::Instant(_));
        let slack = i32::from(is_instant(due)) + i32::from(self.start.as_ref().is_some_and(is_instant));
        matches!((first, last), (Some(first), Some(last)) if (first - last).get_days() > slack)
    }
}

impl Goal {
    /// True where any record still pursues it: a disagreement never hides it.
    pub fn is_current(&self) -> bool {
        self.statements.iter().any(GoalStatement::is_current)
    }
}
