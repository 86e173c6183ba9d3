//! Activities: added, changed, given to somebody.

use shared_plan::Id;
use shared_plan::commands::{Refusal, Wrong, add_activity_for, assign_activity, change_activity};
use shared_plan::plan::{Activity, ActivityContent, Coded, Goal, Member, Period, Schedule};

use super::coded::{concerns, described, kept};
use super::{Deed, Reading};

pub(super) fn add(form: &mut Reading<'_>) -> Option<Deed> {
    let said = Said::read(form);
    let member = form.fields.id::<Member>("member");
    Some(Box::new(move |plan, act| add_activity_for(plan, said.content(&ActivityContent::default()), member, act)))
}

pub(super) fn change(form: &mut Reading<'_>) -> Option<Deed> {
    let said = Said::read(form);
    let id = form.fields.id::<Activity>("part")?;
    Some(Box::new(move |plan, act| {
        let activity = plan.activity(id).ok_or(Refusal::NoSuchPart { part: "activity" })?;
        change_activity(plan, id, said.content(&activity.content), act)
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
    goals: Vec<Id<Goal>>,
    chosen: Vec<String>,
    plan: std::sync::Arc<care_plan::ConsolidatedPlan>,
}

impl Said {
    fn read(form: &mut Reading<'_>) -> Self {
        let fields = &mut form.fields;
        let period = Period { start: fields.day("start"), end: fields.day("until") };
        let schedule = Schedule { period, due: fields.day("due"), often: fields.text("often").map(str::to_owned) };
        let mut goals = Vec::new();
        for goal in fields.all("goal") {
            match Id::parse(goal) {
                Some(goal) => goals.push(goal),
                None => fields.wrong("goal", Wrong::PointsNowhere),
            }
        }
        Self {
            description: described(fields),
            schedule,
            goals,
            chosen: fields.all("concern").into_iter().map(str::to_owned).collect(),
            plan: form.picture.plan.clone(),
        }
    }

    /// The new content; what no form shows stays as it was.
    fn content(&self, old: &ActivityContent) -> ActivityContent {
        let chosen: Vec<&str> = self.chosen.iter().map(String::as_str).collect();
        ActivityContent {
            description: kept(self.description.clone(), &old.description),
            schedule: self.schedule.clone(),
            reasons: concerns(&self.plan, &chosen, &old.reasons),
            goals: self.goals.clone(),
            planned: old.planned.clone(),
        }
    }
}
