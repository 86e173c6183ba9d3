//! Which items are linked with which, in either direction, stated or inferred.

use std::collections::{HashMap, HashSet};

use crate::plan::{ConsolidatedPlan, Goal, Intervention, ItemId, Phase, status};

/// The links of a plan, by item.
pub(super) struct Ties<'p> {
    near: HashMap<&'p ItemId, Vec<&'p ItemId>>,
    concerns: HashSet<&'p ItemId>,
    goals: HashMap<&'p ItemId, &'p Goal>,
    interventions: HashMap<&'p ItemId, &'p Intervention>,
}

impl<'p> Ties<'p> {
    pub(super) fn of(plan: &'p ConsolidatedPlan) -> Self {
        let mut near: HashMap<&ItemId, Vec<&ItemId>> = HashMap::new();
        for link in &plan.links {
            near.entry(&link.from).or_default().push(&link.to);
            near.entry(&link.to).or_default().push(&link.from);
        }
        Self {
            near,
            concerns: plan.concerns.iter().map(|concern| &concern.item.id).collect(),
            goals: plan.goals.iter().map(|goal| (&goal.item.id, goal)).collect(),
            interventions: plan.interventions.iter().map(|one| (&one.item.id, one)).collect(),
        }
    }

    fn near(&self, item: &ItemId) -> impl Iterator<Item = &'p ItemId> {
        self.near.get(item).into_iter().flatten().copied()
    }

    /// The goals linked with an item.
    pub(super) fn goals(&self, item: &ItemId) -> impl Iterator<Item = &'p Goal> {
        self.near(item).filter_map(|near| self.goals.get(near).copied())
    }

    /// The interventions linked with an item.
    pub(super) fn interventions(&self, item: &ItemId) -> impl Iterator<Item = &'p Intervention> {
        self.near(item).filter_map(|near| self.interventions.get(near).copied())
    }

    /// True where the item is linked with a concern.
    pub(super) fn has_concern(&self, item: &ItemId) -> bool {
        self.near(item).any(|near| self.concerns.contains(near))
    }

    /// True where the item is linked with an outcome, the only kind of item that is none of the others.
    pub(super) fn has_outcome(&self, item: &ItemId) -> bool {
        self.near(item).any(|near| {
            !self.concerns.contains(near) && !self.goals.contains_key(near) && !self.interventions.contains_key(near)
        })
    }
}

/// True where a goal says, or once said, what is to be reached: not one that was refused, called off or entered in error.
pub(super) fn is_goal_at_all(goal: &Goal) -> bool {
    let refused = |status: Option<&str>| matches!(status, Some("rejected" | "cancelled" | "entered-in-error"));
    goal.statements.iter().any(|said| !refused(said.lifecycle_status.as_deref()))
}

/// True where something is planned, under way or was done: not what was called off, refused or entered in error.
pub(super) fn is_activity(intervention: &Intervention) -> bool {
    let done = |said: Option<&str>| matches!(said, Some("completed" | "fulfilled" | "finished" | "ended" | "final"));
    intervention.statements.iter().any(|said| {
        let status = said.status.as_deref();
        done(status)
            || !status::is_past_act(status)
            || intervention.phase == Phase::Performed && matches!(status, Some("amended" | "corrected" | "appended"))
    })
}
