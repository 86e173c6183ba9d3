//! What changed since the last approved version, for the person whose plan it is: short sentences, no codes.

mod activities;
mod goals;
mod phrase;
mod plan;
mod team;

use jiff::civil::Date;
use serde::Serialize;

use crate::plan::Plan;

/// What changed, in plain sentences and in groups. A group without a sentence has nothing to say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// The plan as a whole.
    pub plan: Vec<String>,
    /// Goals that were not there before.
    pub new_goals: Vec<String>,
    /// Goals that are not as they were.
    pub changed_goals: Vec<String>,
    /// What is to be done that is new or not as it was.
    pub to_do: Vec<String>,
    /// What was done, and goals that were reached.
    pub done: Vec<String>,
    /// Who is in the team.
    pub team: Vec<String>,
}

impl Summary {
    /// True where nothing has changed that concerns the person.
    pub fn is_empty(&self) -> bool {
        self.groups().all(|(_, sentences)| sentences.is_empty())
    }

    /// The groups with their headings, in the order in which they are read.
    pub fn groups(&self) -> impl Iterator<Item = (&'static str, &[String])> {
        [
            ("Your plan", self.plan.as_slice()),
            ("New goals", &self.new_goals),
            ("Changed goals", &self.changed_goals),
            ("What to do", &self.to_do),
            ("Done", &self.done),
            ("Your team", &self.team),
        ]
        .into_iter()
    }
}

/// What has changed since a version that everybody had approved. `day` is the day of the reader, in their time zone: who is
/// in the team on it is their team now.
pub fn summary(approved_before: &Plan, now: &Plan, day: Date) -> Summary {
    let mut summary = Summary { plan: plan::sentences(approved_before, now), ..Summary::default() };
    goals::say(approved_before, now, &mut summary);
    activities::say(approved_before, now, &mut summary);
    summary.team = team::sentences(approved_before, now, day);
    summary
}
