//! A progress note is added.

use super::check::{MAX_LONG, MAX_PARTS, Problems};
use super::happened::Of;
use super::working::Working;
use super::{Act, Changed, Refusal, Wrong};
use crate::plan::{Activity, Goal, Note, Plan};
use crate::{EventKind, Id};

/// What a note is written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noted {
    /// A goal.
    Goal(Id<Goal>),
    /// An activity.
    Activity(Id<Activity>),
}

/// Adds a note to a goal or an activity, whatever its state.
///
/// # Errors
/// An empty or too long note; a closed plan.
pub fn add_note(plan: &Plan, to: Noted, text: &str, act: &Act<'_>) -> Result<Changed, Refusal> {
    let mut working = Working::open(plan, act)?;
    let note = Note { id: act.fresh(), by: act.by.clone(), at: act.at, text: text.trim().to_owned() };
    let notes = match to {
        Noted::Goal(id) => &mut working.goal(id)?.notes,
        Noted::Activity(id) => &mut working.activity(id)?.notes,
    };
    let mut problems = Problems::of(None);
    problems.required("/text", text, MAX_LONG);
    if notes.len() >= MAX_PARTS {
        problems.push("/text", Wrong::TooLong { at_most: MAX_PARTS });
    }
    problems.ok()?;
    notes.push(note);
    match to {
        Noted::Goal(id) => {
            working.touch_goal(id);
            working.tell(EventKind::GoalChanged, Of::Goal(id));
        }
        Noted::Activity(id) => {
            working.touch_activity(id);
            working.tell(EventKind::PlanRevised, Of::Activity(id));
        }
    }
    Ok(working.done())
}
