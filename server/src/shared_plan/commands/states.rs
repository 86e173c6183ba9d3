//! States: of goals, of activities, of the plan.

use shared_plan::commands::{
    correct_achievement, hold as hold_plan, judge_goal, move_activity, move_goal, resume as resume_plan,
};
use shared_plan::plan::{Achievement, Activity, ActivityStatus, Goal, GoalStatus};

use super::{Deed, Reading};

pub(super) fn goal(form: &mut Reading<'_>) -> Option<Deed> {
    let find = |code: &str| GoalStatus::ALL.into_iter().find(|status| status.code() == code);
    let (status, id) = (form.fields.must_choose("status", find), form.fields.id::<Goal>("part"));
    let (status, id) = (status?, id?);
    Some(Box::new(move |plan, act| move_goal(plan, id, status, act)))
}

pub(super) fn judge(form: &mut Reading<'_>) -> Option<Deed> {
    let (status, id) = (form.fields.must_choose("achievement", Achievement::parse), form.fields.id::<Goal>("part"));
    let (status, id) = (status?, id?);
    let judge = if form.fields.text("correction").is_some() { correct_achievement } else { judge_goal };
    Some(Box::new(move |plan, act| judge(plan, id, status, act)))
}

pub(super) fn activity(form: &mut Reading<'_>) -> Option<Deed> {
    let find = |code: &str| ActivityStatus::ALL.into_iter().find(|status| status.code() == code);
    let (status, id) = (form.fields.must_choose("status", find), form.fields.id::<Activity>("part"));
    let (status, id) = (status?, id?);
    Some(Box::new(move |plan, act| move_activity(plan, id, status, act)))
}

pub(super) fn hold(_: &mut Reading<'_>) -> Option<Deed> {
    Some(Box::new(hold_plan))
}

pub(super) fn resume(_: &mut Reading<'_>) -> Option<Deed> {
    Some(Box::new(resume_plan))
}
