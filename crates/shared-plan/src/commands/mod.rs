//! What can be done to a shared plan. Each command takes the plan as it was and gives it as it is, or says what forbids it.
//!
//! Content (what the plan, a goal or an activity *says*) is what reviewers sign: when it changes, signatures are void and
//! an approved plan is *revised*. Progress (a state, a note, an achievement, a completion) is what happens to it, and
//! leaves them standing.

mod accept_goal;
mod activate;
mod add_activity;
mod add_goal;
mod add_member;
mod add_note;
mod ask_for_changes;
mod assign_activity;
mod change_activity;
mod change_goal;
mod change_member;
mod change_plan;
pub(crate) mod check;
mod close;
mod complete_activity;
pub(crate) mod happened;
mod hold;
mod judge_goal;
mod move_activity;
mod move_goal;
mod refusal;
mod send_to_review;
mod set_next_review;
mod sign_off;
mod start;
pub(crate) mod working;

pub use accept_goal::accept_goal;
pub use activate::activate;
pub use add_activity::{add_activity, add_activity_for};
pub use add_goal::{NewTarget, add_goal};
pub use add_member::add_member;
pub use add_note::{Noted, add_note};
pub use ask_for_changes::ask_for_changes;
pub use assign_activity::assign_activity;
pub use change_activity::change_activity;
pub use change_goal::change_goal;
pub use change_member::change_member;
pub use change_plan::change_plan;
pub use check::{MAX_LONG, MAX_PARTS, MAX_SHORT};
pub use close::{Closing, GoalLeft, LeftOpen, close};
pub use complete_activity::{Done, complete_activity};
pub use happened::Happened;
pub use hold::{hold, resume};
pub use judge_goal::{correct_achievement, judge_goal};
pub use move_activity::move_activity;
pub use move_goal::move_goal;
pub use refusal::{Problem, Refusal, Wrong};
pub use send_to_review::send_to_review;
pub use set_next_review::set_next_review;
pub use sign_off::sign_off;
pub use start::{NewPlan, start};
pub use working::{Act, Changed};
