//! What others are told. Ids only: an event names nobody and says nothing clinical.

use access::{PersonId, TenantId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::facts::Facts;
use crate::ports::Kind;
use crate::{Id, Version};

/// Identifier of an event: the same for ever, however often it is told.
pub type EventId = Id<Event>;

/// Something that happened to a shared plan, or to what hangs on its person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its id; consumers know by it what they have seen.
    pub id: EventId,
    /// What happened.
    pub what: EventKind,
    /// The tenant.
    pub tenant: TenantId,
    /// The person.
    pub person: PersonId,
    /// What the document is.
    pub kind: Kind,
    /// The document: events of one document are told in their order.
    pub document: String,
    /// Its version after what happened.
    pub version: Version,
    /// Place among the events of this version, from 0.
    pub index: u32,
    /// The part that it happened to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// The canonical URL of the programme (`PlanDefinition`) that the plan was made from, without its version, for figures
    /// of a population.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme: Option<String>,
    /// The code of the state after it (lifecycle) of what it happened to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// What else there is to know. `None` for what an earlier release kept: it is told as it was then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<Facts>,
    /// When.
    pub at: Timestamp,
}

/// What can happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// A plan was made.
    PlanCreated,
    /// A plan's content was changed.
    PlanRevised,
    /// Every role that was asked has signed.
    PlanApproved,
    /// A plan is completed, revoked or was entered in error.
    PlanClosed,
    /// A goal was added or changed.
    GoalChanged,
    /// A goal is achieved.
    GoalAchieved,
    /// The day of a goal's target has passed.
    GoalOverdue,
    /// Somebody is to do an activity.
    ActivityAssigned,
    /// An activity is done.
    ActivityCompleted,
    /// The day of an activity has passed.
    ActivityOverdue,
    /// The plan is to be reviewed.
    ReviewDue,
    /// Somebody settled a detected issue.
    DecisionMade,
    /// What was settled about a detected issue was taken back.
    DecisionWithdrawn,
    /// The person, or their carer, said what concerns them.
    ConcernAdded,
    /// A concern of which was told is in another state.
    ConcernChanged,
}

impl EventKind {
    /// Every kind.
    pub const ALL: [Self; 15] = [
        Self::PlanCreated,
        Self::PlanRevised,
        Self::PlanApproved,
        Self::PlanClosed,
        Self::GoalChanged,
        Self::GoalAchieved,
        Self::GoalOverdue,
        Self::ActivityAssigned,
        Self::ActivityCompleted,
        Self::ActivityOverdue,
        Self::ReviewDue,
        Self::DecisionMade,
        Self::DecisionWithdrawn,
        Self::ConcernAdded,
        Self::ConcernChanged,
    ];

    /// The word in stores, subjects and `type`.
    pub fn code(self) -> &'static str {
        match self {
            Self::PlanCreated => "plan-created",
            Self::PlanRevised => "plan-revised",
            Self::PlanApproved => "plan-approved",
            Self::PlanClosed => "plan-closed",
            Self::GoalChanged => "goal-changed",
            Self::GoalAchieved => "goal-achieved",
            Self::GoalOverdue => "goal-overdue",
            Self::ActivityAssigned => "activity-assigned",
            Self::ActivityCompleted => "activity-completed",
            Self::ActivityOverdue => "activity-overdue",
            Self::ReviewDue => "review-due",
            Self::DecisionMade => "decision-made",
            Self::DecisionWithdrawn => "decision-withdrawn",
            Self::ConcernAdded => "concern-added",
            Self::ConcernChanged => "concern-changed",
        }
    }
}
