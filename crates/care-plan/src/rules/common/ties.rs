//! Which items are linked with which, in either direction, stated or inferred.

use std::collections::{HashMap, HashSet};

use crate::plan::{ConsolidatedPlan, Goal, Intervention, ItemId, Phase, status};

/// The links of a plan, by item.
pub(in crate::rules) struct Ties<'p> {
    near: HashMap<&'p ItemId, Vec<&'p ItemId>>,
    concerns: HashSet<&'p ItemId>,
    goals: HashMap<&'p ItemId, &'p Goal>,
    interventions: HashMap<&'p ItemId, &'p Intervention>,
    /// What stands in a plan in force together with an item.
    beside: HashMap<&'p ItemId, Beside>,
}

/// What a plan in force that names an item names as well: what holds for the whole plan holds for all that is in it
/// (mcc-digest section 2: `CarePlan.goal` are the goals of the whole plan).
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::rules) struct Beside {
    /// A concern.
    pub(in crate::rules) concern: bool,
    /// A goal.
    pub(in crate::rules) goal: bool,
    /// Something planned or done.
    pub(in crate::rules) activity: bool,
}

impl<'p> Ties<'p> {
    pub(in crate::rules) fn of(plan: &'p ConsolidatedPlan) -> Self {
        let mut near: HashMap<&ItemId, Vec<&ItemId>> = HashMap::new();
        for link in &plan.links {
            near.entry(&link.from).or_default().push(&link.to);
            near.entry(&link.to).or_default().push(&link.from);
        }
        let mut ties = Self {
            near,
            concerns: plan.concerns.iter().map(|concern| &concern.item.id).collect(),
            goals: plan.goals.iter().map(|goal| (&goal.item.id, goal)).collect(),
            interventions: plan.interventions.iter().map(|one| (&one.item.id, one)).collect(),
            beside: HashMap::new(),
        };
        for header in plan.plans.iter().filter(|header| header.is_current()) {
            let found = Beside {
                concern: header.items.iter().any(|item| ties.concerns.contains(item)),
                goal: header.items.iter().any(|item| ties.goals.get(item).is_some_and(|goal| is_goal_at_all(goal))),
                activity: header
                    .items
                    .iter()
                    .any(|item| ties.interventions.get(item).is_some_and(|one| is_activity(one))),
            };
            for item in &header.items {
                let beside = ties.beside.entry(item).or_default();
                beside.concern |= found.concern;
                beside.goal |= found.goal;
                beside.activity |= found.activity;
            }
        }
        ties
    }

    /// What stands in a plan in force together with an item.
    pub(in crate::rules) fn beside(&self, item: &ItemId) -> Beside {
        self.beside.get(item).copied().unwrap_or_default()
    }

    fn near(&self, item: &ItemId) -> impl Iterator<Item = &'p ItemId> {
        self.near.get(item).into_iter().flatten().copied()
    }

    /// The goals linked with an item.
    pub(in crate::rules) fn goals(&self, item: &ItemId) -> impl Iterator<Item = &'p Goal> {
        self.near(item).filter_map(|near| self.goals.get(near).copied())
    }

    /// The interventions linked with an item.
    pub(in crate::rules) fn interventions(&self, item: &ItemId) -> impl Iterator<Item = &'p Intervention> {
        self.near(item).filter_map(|near| self.interventions.get(near).copied())
    }

    /// The concerns linked with an item.
    pub(in crate::rules) fn concerns(&self, item: &ItemId) -> impl Iterator<Item = &'p ItemId> {
        self.near(item).filter(|near| self.concerns.contains(near))
    }

    /// True where the item is linked with a concern.
    pub(in crate::rules) fn has_concern(&self, item: &ItemId) -> bool {
        self.concerns(item).next().is_some()
    }

    /// True where the item is linked with an outcome, the only kind of item that is none of the others.
    pub(in crate::rules) fn has_outcome(&self, item: &ItemId) -> bool {
        self.near(item).any(|near| {
            !self.concerns.contains(near) && !self.goals.contains_key(near) && !self.interventions.contains_key(near)
        })
    }
}

/// True where a goal says, or once said, what is to be reached: not one that was refused, called off or entered in error.
pub(in crate::rules) fn is_goal_at_all(goal: &Goal) -> bool {
    let refused = |status: Option<&str>| matches!(status, Some("rejected" | "cancelled" | "entered-in-error"));
    goal.statements.iter().any(|said| !refused(said.lifecycle_status.as_deref()))
}

/// True where something is planned, under way or was done: not what was called off, refused or entered in error.
pub(in crate::rules) fn is_activity(intervention: &Intervention) -> bool {
    let done = |said: Option<&str>| matches!(said, Some("completed" | "fulfilled" | "finished" | "ended" | "final"));
    intervention.statements.iter().any(|said| {
        let status = said.status.as_deref();
        done(status)
            || !status::is_past_act(status)
            || intervention.phase == Phase::Performed && matches!(status, Some("amended" | "corrected" | "appended"))
    })
}
