//! States of the shared plan in words.

use shared_plan::plan::{AcceptanceAnswer, Workflow};

use crate::words::{Tone, Words};

impl Words {
    /// Where a plan stands.
    pub fn workflow(self, workflow: Workflow) -> (&'static str, Tone) {
        let Self::English = self;
        match workflow {
            Workflow::Draft => ("Draft", Tone::Plain),
            Workflow::InReview => ("In review", Tone::Info),
            Workflow::Approved => ("Approved, not in force yet", Tone::Good),
            Workflow::Active => ("In force", Tone::Good),
            Workflow::ReviewDue => ("Review due", Tone::Warn),
            Workflow::Revised => ("Not signed as it stands", Tone::Warn),
            Workflow::OnHold => ("On hold", Tone::Warn),
            Workflow::Closed => ("Closed", Tone::Plain),
        }
    }

    /// A way to answer a goal.
    pub fn plan_answer_word(self, code: &str) -> &'static str {
        let Self::English = self;
        match code {
            "agree" => "I support it",
            "disagree" => "I do not support it",
            _ => "I do not know yet",
        }
    }

    /// What somebody said to a goal.
    pub fn plan_support(self, name: &str, answer: AcceptanceAnswer) -> String {
        let Self::English = self;
        match answer {
            AcceptanceAnswer::Agree => format!("{name} supports it"),
            AcceptanceAnswer::Disagree => format!("{name} does not support it"),
            AcceptanceAnswer::Pending => format!("{name} does not know yet"),
        }
    }

    /// What somebody said to a goal that was worded otherwise then.
    pub fn plan_support_earlier(self, name: &str, answer: AcceptanceAnswer, day: &str) -> String {
        let Self::English = self;
        match answer {
            AcceptanceAnswer::Agree => format!("{name} supported an earlier wording, on {day}"),
            AcceptanceAnswer::Disagree => format!("{name} did not support an earlier wording, on {day}"),
            AcceptanceAnswer::Pending => format!("{name} did not know yet of an earlier wording, on {day}"),
        }
    }

    /// A priority.
    pub fn plan_priority(self, code: &str) -> &'static str {
        let Self::English = self;
        match code {
            "high" => "High",
            "low" => "Low",
            _ => "Medium",
        }
    }

    /// A way in which a plan ends.
    pub fn plan_end(self, code: &str) -> &'static str {
        let Self::English = self;
        match code {
            "completed" => "It was carried out",
            "revoked" => "It ends before its time",
            _ => "It was entered in error",
        }
    }

    /// Heading, where a plan is closed.
    pub fn plan_close_goals(self) -> &'static str {
        let Self::English = self;
        "What becomes of its goals?"
    }

    /// What closing means for them.
    pub fn plan_close_goals_what(self) -> &'static str {
        let Self::English = self;
        "Goals end with their plan. One that is to go on is added to another plan, where it is followed. If the plan was \
         entered in error, everything in it goes with it, and you need say nothing here."
    }

    /// What becomes of an open goal.
    pub fn plan_goal_left(self, code: &str) -> &'static str {
        let Self::English = self;
        match code {
            "achieved" => "It is reached",
            "completed" => "It is over, as far as it was reached",
            _ => "It is not pursued any more, or goes on in another plan",
        }
    }

    /// What becomes of an open activity.
    pub fn plan_left(self, code: &str) -> &'static str {
        let Self::English = self;
        if code == "completed" { "It was done" } else { "It is not to be done any more" }
    }
}
