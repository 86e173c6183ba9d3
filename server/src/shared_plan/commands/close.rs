//! A plan is closed, and what becomes of each open activity.

use std::collections::BTreeMap;

use shared_plan::Id;
use shared_plan::commands::{Closing, LeftOpen, Wrong, close as close_plan};
use shared_plan::plan::{Activity, PlanStatus};

use super::{Deed, Reading};

/// Activities that one form answers for; a plan holds no more.
const MOST: usize = shared_plan::commands::MAX_PARTS;

pub(super) fn close(form: &mut Reading<'_>) -> Option<Deed> {
    let fields = &mut form.fields;
    let closed = |code: &str| PlanStatus::ALL.into_iter().find(|status| status.code() == code && status.is_closed());
    let to = fields.must_choose("to", closed);
    let mut open: BTreeMap<Id<Activity>, LeftOpen> = BTreeMap::new();
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
    let to = to?;
    Some(Box::new(move |plan, act| close_plan(plan, &Closing { to, open }, act)))
}
