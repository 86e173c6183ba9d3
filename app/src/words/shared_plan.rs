//! Sentences of the pages of the shared plan: here those of the list and of the way to it, the others by what they are about.

mod activities;
mod answers;
mod concern;
mod content;
mod forms;
mod goals;
mod neighbours;
mod review;
mod signing;
mod states;
mod team;
mod values;
mod versions;

use super::Words;
use super::goal::sentences;

sentences! {
    /// Tab and heading.
    shared_plan = "Shared plan";
    /// What it is.
    plan_what = "The plan that everybody agrees on. It is kept here, beside the records, and shows in the care plan as one more source.";
    /// Name of the list.
    plan_list = "Shared plans of this person";
    /// Empty list.
    plan_none = "There is no shared plan yet.";
    /// Line on the board and the sources page.
    plan_door = "What everybody agrees on is in the shared plan.";
    /// Link.
    plan_door_open = "Open the shared plan";
    /// Line where there is no licence.
    plan_not_licensed_short = "This organisation keeps no shared plans.";
    /// Link.
    plan_why_not = "Why not";
    /// Heading where there is no licence.
    plan_not_licensed = "This organisation keeps no shared plans";
    /// What that means.
    plan_not_licensed_what = "Shared plans are a module that the organisation has not licensed, so nothing can be started or changed here. What you change goes to the record that owns it. Ask whoever runs this service if you need a shared plan.";
    /// Line where the licence has ended and plans are kept.
    plan_read_only_short = "It can be read and not changed.";
    /// Heading where the licence has ended and plans are kept.
    plan_read_only = "The shared plan can be read and not changed";
    /// What that means.
    plan_read_only_what = "Shared plans are a module that the organisation has not licensed any more. What was kept stays as it was last saved; nothing can be started or changed here. What you change goes to the record that owns it. Ask whoever runs this service if the plan must go on.";
    /// Sources page: whose record the shared plan is.
    plan_kept_here = "Kept here, beside the records.";
    /// Button and heading.
    plan_start = "Start a shared plan";
    /// What starting does.
    plan_start_what = "A new plan is a draft: it binds nobody before it is signed and put in force. Nothing is taken over from the records unless you choose it.";
    /// Link.
    plan_back_to_list = "All shared plans";
}

impl Words {
    /// Back to a plan.
    pub fn plan_back(self, title: &str) -> String {
        let Self::English = self;
        format!("Back to {title}")
    }

    /// When it was changed last.
    pub fn plan_changed(self, ago: &str) -> String {
        let Self::English = self;
        format!("Last changed: {ago}")
    }

    /// What is in a plan.
    pub fn plan_holds(self, goals: usize, activities: usize) -> String {
        let Self::English = self;
        let goals = if goals == 1 { "1 goal".to_owned() } else { format!("{goals} goals") };
        match activities {
            0 => format!("{goals}, nothing to be done"),
            1 => format!("{goals}, 1 thing to be done"),
            many => format!("{goals}, {many} things to be done"),
        }
    }
}
