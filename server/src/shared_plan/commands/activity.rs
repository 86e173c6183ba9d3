//! Activities: added, changed, given to somebody.

use shared_plan::Id;
use shared_plan::commands::{Refusal, add_activity_for, assign_activity, change_activity};
use shared_plan::plan::{Activity, ActivityContent, Coded, Member, Period, Plan, Schedule};

use super::coded::{described, kept};
use super::links::Links;
use super::{Deed, Reading};

pub(super) fn add(form: &mut Reading<'_>) -> Option<Deed> {
    let said = Said::read(form);
    let member = form.fields.id::<Member>("member");
    Some(Box::new(move |plan, act| {
        add_activity_for(plan, said.content(plan, &ActivityContent::default())?, member, act)
    }))
}

pub(super) fn change(form: &mut Reading<'_>) -> Option<Deed> {
    let said = Said::read(form);
    let id = form.fields.id::<Activity>("part")?;
    Some(Box::new(move |plan, act| {
        let activity = plan.activity(id).ok_or(Refusal::NoSuchPart { part: "activity" })?;
        change_activity(plan, id, said.content(plan, &activity.content)?, act)
    }))
}

pub(super) fn assign(form: &mut Reading<'_>) -> Option<Deed> {
    let member = form.fields.id::<Member>("member");
    let id = form.fields.id::<Activity>("part")?;
    Some(Box::new(move |plan, act| assign_activity(plan, id, member, act)))
}

/// What the form says, apart from what only the activity knows.
struct Said {
    description: Coded,
    schedule: Schedule,
    goals: Links,
    concerns: Links,
    plan: std::sync::Arc<care_plan::ConsolidatedPlan>,
}

impl Said {
    fn read(form: &mut Reading<'_>) -> Self {
        let fields = &mut form.fields;
        let period = Period { start: fields.day("start"), end: fields.day("until") };
        let schedule = Schedule { period, due: fields.day("due"), often: fields.text("often").map(str::to_owned) };
        Self {
            description: described(fields),
            schedule,
            goals: Links::read(fields, "goal"),
            concerns: Links::read(fields, "concern"),
            plan: form.picture.plan.clone(),
        }
    }

    /// The new content; what no form shows stays as it was.
    fn content(&self, plan: &Plan, old: &ActivityContent) -> Result<ActivityContent, Refusal> {
        let there = |names: &[String]| {
            let goals = names.iter().filter_map(|name| Id::parse(name));
            goals.filter(|id| plan.goal(*id).is_some()).collect()
        };
        Ok(ActivityContent {
            description: kept(self.description.clone(), &old.description),
            schedule: self.schedule.clone(),
            reasons: self.concerns.concerns(&self.plan, &old.reasons)?,
            goals: self.goals.apply(&old.goals, |id| Some(id.to_string()), there)?,
            planned: old.planned.clone(),
        })
    }
}
