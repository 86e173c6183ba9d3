//! One difference.

use access::Role;
use serde::Serialize;

use super::Said;
use crate::Id;
use crate::plan::{Activity, Goal, Member, Target};

/// One difference between two versions of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Which part.
    pub part: Part,
    /// What people call the part; as it is now, where it is still there.
    pub name: String,
    /// Which of its fields.
    pub field: Field,
    /// What it said; `None` where it said nothing.
    pub before: Option<Said>,
    /// What it says; `None` where it says nothing any more. For entries of a list, one of both is there; both are there
    /// where only the order is another.
    pub after: Option<Said>,
}

/// A part of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The plan itself, its review included.
    Plan,
    /// A goal.
    Goal(Id<Goal>),
    /// A target of a goal.
    Target(Id<Target>),
    /// An activity.
    Activity(Id<Activity>),
    /// A member of the team.
    Member(Id<Member>),
}

/// A field of a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is the field of the part that has its name; the rest say what they are")]
pub enum Field {
    /// The part itself was added, is gone, or stands elsewhere among its like.
    Itself,
    Title,
    Description,
    Category,
    Start,
    End,
    Custodian,
    /// A concern that it is for.
    Addresses,
    SupportingInformation,
    Encounter,
    Instantiates,
    Replaces,
    Author,
    Status,
    StatusReason,
    ReviewState,
    /// A role that is asked to sign.
    Asked,
    /// A signature in this role.
    Signature(Role),
    /// The version that was approved last.
    Approved,
    NextReview,
    Priority,
    ExpressedBy,
    Achievement,
    /// Who said how far a goal is reached.
    AchievementBy,
    /// What this person says to a goal.
    Answer(String),
    /// How much it matters to this person.
    AnswerPriority(String),
    /// Who this person is.
    AnswerBy(String),
    Note,
    Measure,
    /// What is to be reached.
    Value,
    Due,
    Often,
    /// Why something is to be done.
    Reason,
    /// A goal that an activity serves.
    Serves,
    Planned,
    Assigned,
    /// The day on which it was done.
    Completed,
    /// Who said that it was done.
    CompletedBy,
    Outcome,
    Performed,
    Name,
    Resource,
    /// What a member does.
    Role,
    OnBehalfOf,
}
