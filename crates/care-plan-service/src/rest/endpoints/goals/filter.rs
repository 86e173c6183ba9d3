//! Which goals.

use jiff::civil::Date;
use schemars::json_schema;
use shared_plan::plan::{Achievement, Goal, GoalStatus};

use crate::rest::Problem;
use crate::rest::asked::{Parameter, Params};
use crate::rest::endpoints::choosing::{day, words};

/// The states that are asked for.
pub(super) const STATUS: Parameter = Parameter {
    name: "status",
    about: "Goals in one of these states only, with commas between.",
    schema: |_| {
        let code = GoalStatus::ALL.map(GoalStatus::code).join("|");
        json_schema!({ "type": "string", "pattern": format!("^({code})(,({code}))*$") })
    },
    required: false,
};

/// How far they are reached.
pub(super) const ACHIEVEMENT: Parameter = Parameter {
    name: "achievement",
    about: "Goals that are so far reached only, in one of these words, with commas between.",
    schema: |_| {
        let code = Achievement::ALL.map(Achievement::code).join("|");
        json_schema!({ "type": "string", "pattern": format!("^({code})(,({code}))*$") })
    },
    required: false,
};

/// Which goals.
pub(super) struct GoalFilter {
    statuses: Vec<GoalStatus>,
    achievements: Vec<Achievement>,
    due_before: Option<Date>,
}

impl GoalFilter {
    pub(super) fn read(params: &mut Params) -> Result<Self, Problem> {
        let achievements = params.read("achievement", "words of achievement with commas between", words)?;
        Ok(Self {
            statuses: params.read("status", "states of goals with commas between", words)?.unwrap_or_default(),
            achievements: achievements.unwrap_or_default(),
            due_before: params.read("due_before", "a day", day)?,
        })
    }

    /// True where a goal is one of those.
    pub(super) fn chooses(&self, goal: &Goal) -> bool {
        let reached = || goal.achievement.as_ref().is_some_and(|so_far| self.achievements.contains(&so_far.status));
        (self.statuses.is_empty() || self.statuses.contains(&goal.status))
            && (self.achievements.is_empty() || reached())
            && self.due_before.is_none_or(|day| goal.due().is_some_and(|due| due < day))
    }
}
