//! Detected issues: where the records differ, and what the plan lacks (R4 detectedissue.html).

use fhir::{FhirDate, ResourceKey};
use serde::{Deserialize, Serialize};

use super::ItemId;
use crate::decisions::Standing;

/// A typed disagreement between records, or a gap in the plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct DetectedIssue {
    /// Its name within the plan: from the rule and the resources it is about.
    pub id: IssueId,
    /// Which rule found it.
    pub code: IssueCode,
    /// How grave it is.
    pub severity: Severity,
    /// What it is about, in words: the title of an item, or of a source.
    pub title: String,
    /// The items it is about, the one it stands on first.
    pub items: Vec<ItemId>,
    /// The FHIR element that differs or lacks, such as `Goal.target.detailQuantity`.
    pub element: String,
    /// What each record says, side by side; sorted by key. One side only for a gap.
    pub sides: Vec<Side>,
    /// What the rule knows beside, in words-ready form: a limit and its source, a measured value, a count.
    pub facts: Vec<Fact>,
    /// What tells it from another issue of the same rule about the same records, such as the measure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub apart: Option<String>,
    /// The source, for an issue of a source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<fhir::SourceId>,
    /// The edits that would settle it. None is chosen for anybody.
    pub settle: Vec<Settlement>,
    /// Whether somebody settled it, and whether that still holds.
    pub standing: Standing,
}

/// Name of a detected issue within a plan.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct IssueId(pub String);

/// What one record says about what is at issue.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Side {
    /// The resource.
    pub key: ResourceKey,
    /// Position within the resource, where the side is a part of it: an activity that only a CarePlan describes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<usize>,
    /// Its version.
    pub version: Option<String>,
    /// What it says.
    pub says: Vec<Fact>,
}

/// A named fact. The name is a key that screens have words for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Fact {
    /// What is told: `target`, `due`, `status`, `onset`, `stage`, `dose`, `setBy`, `addresses`, ….
    pub name: &'static str,
    /// What it is.
    pub value: FactValue,
    /// True where this is what differs.
    pub differs: bool,
}

/// The value of a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum FactValue {
    /// In the record's own words, or ours where the record has none.
    Text(String),
    /// A status code, which screens have words for.
    Code(String),
    /// A date.
    Date(FhirDate),
    /// The record says nothing here.
    Unsaid,
}

impl FactValue {
    /// What it says as plain text, to compare and to sort.
    pub fn plain(&self) -> String {
        match self {
            Self::Text(text) | Self::Code(text) => text.clone(),
            Self::Date(date) => date.to_string(),
            Self::Unsaid => String::new(),
        }
    }
}

impl Ord for FactValue {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.plain().cmp(&other.plain())
    }
}

impl PartialOrd for FactValue {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// How grave an issue is (R4 detectedissue-severity), gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// May harm, and soon.
    High,
    /// May harm.
    Moderate,
    /// Untidy, or a matter of follow-up.
    Low,
}

/// Which rule found an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum IssueCode {
    /// Plans in force ask for targets that cannot both be met, or that differ.
    ContradictoryTargets,
    /// Plans in force have different due dates for the same goal.
    ContradictoryDueDates,
    /// Records differ on whether a goal or an intervention is going on.
    StatusDisagreement,
    /// Records differ on whether a condition is present.
    ClinicalStatusDisagreement,
    /// Records differ on the stage of a condition.
    StageDisagreement,
    /// Records differ on when a condition began.
    OnsetDisagreement,
    /// The same is asked for more than once.
    DuplicateRequest,
    /// The same ingredient is ordered more than once.
    DuplicateIngredient,
    /// Records differ on the dose of the same medication.
    DoseDisagreement,
    /// Stopped in one record and active in another.
    StoppedAndActive,
    /// A medication that an allergy speaks against.
    MedicationAgainstAllergy,
    /// A medication that a measured value speaks against.
    MedicationAgainstMeasure,
    /// A plan, goal or intervention for a condition that is over or refuted.
    ForInactiveCondition,
    /// A current concern without a goal.
    ConcernWithoutGoal,
    /// A current goal that addresses no concern.
    GoalWithoutConcern,
    /// A current goal that nothing measures.
    GoalWithoutMeasure,
    /// A current goal without an activity.
    GoalWithoutActivity,
    /// A current intervention without a goal or a reason.
    InterventionWithoutReason,
    /// A goal whose due date is over.
    OverdueGoal,
    /// A goal that was to be reached before it begins: one of the dates is wrong.
    DueBeforeStart,
    /// An activity whose time is over and that nobody reports as done.
    OverdueActivity,
    /// A plan whose period is over, or whose review is due.
    ReviewDue,
    /// A goal that the data or a record call achieved, still active.
    GoalMetButActive,
    /// A measure that was not recorded within its regime.
    MeasureNotRecorded,
    /// Two people for one role, where one is expected.
    CareTeamOverlap,
    /// Nobody is named as responsible.
    CareTeamGap,
    /// What the patient voiced and no goal or intervention answers.
    PatientConcernUnanswered,
    /// The sources describe different people.
    PersonMismatch,
    /// A reference that leads nowhere.
    DanglingReference,
    /// References that lead in a circle.
    CircularReference,
    /// A source that is missing, partial or old, with what that hides.
    MissingSource,
}

impl IssueCode {
    /// True for an issue that may harm by itself: what is taken, and whose record it is.
    pub fn is_safety(self) -> bool {
        matches!(
            self,
            Self::MedicationAgainstAllergy
                | Self::MedicationAgainstMeasure
                | Self::DuplicateIngredient
                | Self::DoseDisagreement
                | Self::StoppedAndActive
                | Self::PersonMismatch
        )
    }
}

impl DetectedIssue {
    /// True where only a professional settles it: it may harm, and whoever lives with it may not see how.
    pub fn needs_professional(&self) -> bool {
        self.code.is_safety() || self.severity == Severity::High
    }
}

/// An edit that would settle an issue. The user chooses; nothing is preselected.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Settlement {
    /// Give an element of some resources the value that one of them has.
    Adopt {
        /// The element, such as `Goal.target`.
        element: &'static str,
        /// The resource whose value is adopted.
        from: ResourceKey,
        /// The resources that are changed.
        to: Vec<ResourceKey>,
    },
    /// Set an element to another value.
    Change {
        /// The element.
        element: &'static str,
        /// The resource.
        of: ResourceKey,
        /// The value, where only one makes sense.
        to: Option<String>,
    },
    /// Ask the prescriber: Accord never changes an order (invariant 9).
    AskPrescriber {
        /// The orders.
        about: Vec<ResourceKey>,
    },
    /// Add something to the plan: a goal, a measure, an activity, a team member.
    Add {
        /// The resource type.
        what: &'static str,
        /// For which item.
        to: Option<ItemId>,
    },
    /// Link two things that belong together.
    Link {
        /// The element, such as `Goal.addresses`.
        element: &'static str,
        /// The item that gets the link.
        of: ItemId,
    },
    /// Say that two items are the same, or that one cluster is two things.
    JoinOrSplit {
        /// The resources.
        of: Vec<ResourceKey>,
    },
    /// Read a source again, or sign in there.
    ReadAgain {
        /// The source.
        source: fhir::SourceId,
    },
    /// Leave it as it is, on purpose.
    KeepAsIs,
}
