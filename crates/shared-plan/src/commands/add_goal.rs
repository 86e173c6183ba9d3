//! A goal is added.

use super::check::{MAX_PARTS, Problems};
use super::happened::Of;
use super::working::Working;
use super::{Act, Changed, Refusal, Wrong};
use crate::plan::{Coded, Goal, GoalContent, GoalStatus, Plan, Target, TargetValue};
use crate::{EventKind, Id, Version};

/// A target of a form: one that is there already by its id, or a new one.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NewTarget {
    /// The id of a target that is there.
    #[serde(default)]
    pub id: Option<Id<Target>>,
    /// What is measured.
    #[serde(default)]
    pub measure: Option<Coded>,
    /// What is to be reached.
    #[serde(default)]
    pub value: Option<TargetValue>,
    /// Until when.
    #[serde(default)]
    pub due: Option<jiff::civil::Date>,
}

impl NewTarget {
    /// The target with its id: its own, or a new one.
    pub(super) fn with_id(self, act: &Act<'_>) -> Target {
        Target { id: self.id.unwrap_or_else(|| act.fresh()), measure: self.measure, value: self.value, due: self.due }
    }
}

/// Adds a goal in the state `status`, with its targets.
///
/// # Errors
/// What cannot stand; a state in which no goal begins; a closed plan.
pub fn add_goal(
    plan: &Plan,
    content: GoalContent,
    targets: Vec<NewTarget>,
    status: GoalStatus,
    act: &Act<'_>,
) -> Result<Changed, Refusal> {
    let mut working = Working::open(plan, act)?;
    let new = targets.into_iter().map(|target| NewTarget { id: None, ..target }.with_id(act)).collect();
    let content = GoalContent { targets: new, ..content };
    let mut problems = Problems::of(Some(plan));
    problems.goal(&content);
    if plan.goals.len() >= MAX_PARTS {
        problems.push("", Wrong::TooLong { at_most: MAX_PARTS });
    }
    problems.ok()?;
    if !matches!(status, GoalStatus::Proposed | GoalStatus::Planned | GoalStatus::Accepted | GoalStatus::Active) {
        return Err(Refusal::MayNotBecome { part: "a goal", from: "new", to: status.code() });
    }
    let id = act.fresh();
    working.plan.goals.push(Goal {
        id,
        version: Version::FIRST,
        at: act.at,
        status,
        status_reason: None,
        achievement: None,
        worded: Some(Version::FIRST),
        acceptance: Vec::new(),
        notes: Vec::new(),
        content,
    });
    working.tell(EventKind::GoalChanged, Of::Goal(id));
    Ok(working.revised())
}
