//! Goals: added, and changed.

use shared_plan::commands::{Refusal, add_goal, change_goal};
use shared_plan::plan::{Goal, GoalContent, GoalStatus, Priority};

use super::coded::{described, kept};
use super::links::Links;
use super::{Deed, Reading, targets};

pub(super) fn add(form: &mut Reading<'_>) -> Option<Deed> {
    let said = Said::read(form);
    let status =
        form.fields.must_choose("status", |code| GoalStatus::ALL.into_iter().find(|status| status.code() == code))?;
    Some(Box::new(move |plan, act| {
        add_goal(plan, said.content(&GoalContent::default())?, targets::kept(said.targets.clone(), &[]), status, act)
    }))
}

pub(super) fn change(form: &mut Reading<'_>) -> Option<Deed> {
    let said = Said::read(form);
    let id = form.fields.id::<Goal>("part")?;
    Some(Box::new(move |plan, act| {
        let goal = plan.goal(id).ok_or(Refusal::NoSuchPart { part: "goal" })?;
        let targets = targets::kept(said.targets.clone(), &goal.content.targets);
        change_goal(plan, id, said.content(&goal.content)?, targets, act)
    }))
}

/// What the form says, apart from what only the goal knows.
struct Said {
    description: shared_plan::plan::Coded,
    priority: Option<Priority>,
    start: Option<jiff::civil::Date>,
    targets: targets::Said,
    concerns: Links,
    plan: std::sync::Arc<care_plan::ConsolidatedPlan>,
}

impl Said {
    fn read(form: &mut Reading<'_>) -> Self {
        let targets = targets::read(form);
        let fields = &mut form.fields;
        let priorities = [Priority::High, Priority::Medium, Priority::Low];
        Self {
            description: described(fields),
            priority: fields.choice("priority", |code| priorities.into_iter().find(|known| known.code() == code)),
            start: fields.day("start"),
            targets,
            concerns: Links::read(fields, "concern"),
            plan: form.picture.plan.clone(),
        }
    }

    /// The new content; what no form shows stays as it was.
    fn content(&self, old: &GoalContent) -> Result<GoalContent, Refusal> {
        Ok(GoalContent {
            description: kept(self.description.clone(), &old.description),
            priority: self.priority,
            start: self.start,
            addresses: self.concerns.concerns(&self.plan, &old.addresses)?,
            ..old.clone()
        })
    }
}
