//! A plan is closed, and what becomes of each open activity and goal.

use std::collections::BTreeMap;

use shared_plan::Id;
use shared_plan::commands::{Closing, GoalLeft, LeftOpen, Wrong, close as close_plan};
use shared_plan::plan::{Activity, Goal, PlanStatus};

use super::{Deed, Reading};
use crate::shared_plan::fields::Fields;

/// Activities, or goals, that one form answers for; a plan holds no more.
const MOST: usize = shared_plan::commands::MAX_PARTS;

pub(super) fn close(form: &mut Reading<'_>) -> Option<Deed> {
    let fields = &mut form.fields;
    let closed = |code: &str| PlanStatus::ALL.into_iter().find(|status| status.code() == code && status.is_closed());
    let to = fields.must_choose("to", closed);
    let (open, open_goals) = (activities(fields), goals(fields));
    let closing = Closing { to: to?, open, open_goals };
    Some(Box::new(move |plan, act| close_plan(plan, &closing, act)))
}

fn activities(fields: &mut Fields<'_>) -> BTreeMap<Id<Activity>, LeftOpen> {
    let mut open = BTreeMap::new();
    for id in fields.ids("open").into_iter().take(MOST) {
        let left = match fields.text(&format!("open-{id}")) {
            Some("cancel") => LeftOpen::Cancel,
            Some("completed") => {
                let day = format!("day-{id}");
                match fields.day(&day) {
                    Some(day) => LeftOpen::Completed(day),
                    None => {
                        if fields.text(&day).is_none() {
                            fields.wrong(day, Wrong::Empty);
                        }
                        continue;
                    }
                }
            }
            _ => {
                fields.wrong(format!("open-{id}"), Wrong::NotAChoice);
                continue;
            }
        };
        open.insert(id, left);
    }
    open
}

fn goals(fields: &mut Fields<'_>) -> BTreeMap<Id<Goal>, GoalLeft> {
    let read = |code: &str| match code {
        "cancel" => Some(GoalLeft::Cancel),
        "completed" => Some(GoalLeft::Completed),
        "achieved" => Some(GoalLeft::Achieved),
        _ => None,
    };
    let ids: Vec<Id<Goal>> = fields.ids("ends").into_iter().take(MOST).collect();
    ids.into_iter().filter_map(|id| Some((id, fields.choice(&format!("ends-{id}"), read)?))).collect()
}
