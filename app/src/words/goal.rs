//! Sentences of a goal's page and form.

use care_plan::decisions::OverlaidField;

use super::Words;
use crate::desk::shared_plan::PlanAnswer;
use crate::desk::{GoalAnswer, NotKept};

macro_rules! sentences {
    ($($(#[$doc:meta])* $name:ident = $english:literal;)*) => {
        impl Words { $($(#[$doc])* pub fn $name(self) -> &'static str { match self { Self::English => $english } })* }
    };
}
pub(crate) use sentences;

sentences! {
    /// Link back to the board.
    back_to_plan = "Back to the plan";
    /// Link to the board after saving.
    see_in_plan = "See it in the plan";
    /// Heading of what the sources say.
    what_records_say = "What each record says";
    /// Label.
    achievement_label = "Achievement status";
    /// Label.
    target_label = "Target";
    /// Label.
    target_value_label = "Target value";
    /// Label.
    due_label = "Due date";
    /// Hint below a due date that is no whole day.
    due_hint = "Year, year-month or year-month-day";
    /// Label.
    note_label = "Progress note to add";
    /// Label.
    version_label = "Version";
    /// Label.
    lifecycle_label = "Status";
    /// Label.
    changed_label = "Last changed";
    /// Label.
    start_label = "Start";
    /// Label.
    expressed_by_label = "Expressed by";
    /// A date or text that the source does not give.
    not_recorded = "Not recorded";
    /// Heading of the trend.
    trend_heading = "Trend";
    /// Summary of the table with the trend's numbers.
    numbers = "The same numbers as a table";
    /// Column of the table.
    when_column = "Date";
    /// Column of the table.
    value_column = "Value";
    /// Column of the table.
    source_column = "Source";
    /// Heading of the notes.
    notes = "Notes";
    /// Empty notes.
    no_notes = "No notes recorded.";
    /// Heading of the form.
    change_goal = "Change this goal";
    /// Column of the comparison.
    when_opened = "When you opened it";
    /// Column of the comparison.
    yours = "Yours";
    /// Column of the comparison.
    field_column = "Field";
    /// First choice of the achievement status.
    no_achievement = "Not set";
    /// No chart.
    no_readings = "No readings of a measure belong to this goal.";
    /// Button.
    keep_in_plan = "Keep in the shared plan";
    /// Label.
    overlay_reason = "Why the record should say this";
    /// What to do with an edit that a source has just refused.
    keep_instead = "You can keep it in the shared plan instead: look it over below, then press “Keep in the shared plan”.";
    /// Heading of what was typed into a form that is not there any more.
    typed_not_saved = "What you typed, which is not saved";
    /// Heading of edits that no source took.
    overlays_heading = "Kept in the shared plan, beside this record";
    /// What hangs together with the goal.
    linked = "Linked with";
}

impl Words {
    /// Names where a change is saved, before it is.
    pub fn saves_to(self, source: &str) -> String {
        let Self::English = self;
        format!("Your change is saved in the record of {source}, and nowhere else.")
    }

    /// Names where an edit is kept that the source does not take, before it is.
    pub fn keeps_in_plan(self, source: &str) -> String {
        let Self::English = self;
        format!("Your change is kept in the shared plan, beside what {source} says. {source} is not changed.")
    }

    /// Why an edit that a source does not take cannot be kept in the shared plan either; `None` where that is said already.
    pub fn not_kept(self, why: NotKept) -> Option<&'static str> {
        let Self::English = self;
        match why {
            NotKept::NotLicensed => {
                Some("It cannot be kept in the shared plan either: this organisation has no licence for shared plans.")
            }
            NotKept::NotRead => Some(
                "It cannot be kept in the shared plan at the moment: what is kept there has not been read. Open this page again.",
            ),
            NotKept::Labelled => Some(
                "It cannot be kept in the shared plan either: a record labels this goal as confidential, and it is not copied there.",
            ),
            NotKept::Waits => Some(
                "It cannot be kept in the shared plan yet: an edit of this goal was kept before a record was taken out of this person, and nobody has said yet whether that was for this person. See “Whose is this?” on top of the page.",
            ),
            NotKept::OfTheTeam => Some(
                "The care team keeps a change of this goal in the shared plan, and only the care team changes that one. Tell them what you would like.",
            ),
            NotKept::Role | NotKept::NotMeant => None,
        }
    }

    /// Label of a field that was changed in the shared plan.
    pub fn overlaid(self, field: OverlaidField) -> &'static str {
        match field {
            OverlaidField::Achievement => self.achievement_label(),
            OverlaidField::TargetValue => self.target_value_label(),
            OverlaidField::Due => self.due_label(),
        }
    }

    /// What an edit in the shared plan says of a field, beside what the source says now, and what it said when the edit
    /// was made where that was something else.
    pub fn overlaid_value(self, field: &str, to: &str, source: &str, now: &str, was: Option<&str>) -> String {
        let Self::English = self;
        let was = was.map(|was| format!(", was {was}")).unwrap_or_default();
        format!("{field}: {to} (at {source}: {now}{was})")
    }

    /// Who made an edit in the shared plan, and when.
    pub fn overlaid_by(self, who: &str, when: &str) -> String {
        let Self::English = self;
        format!("{who}, {when}")
    }

    /// An edit that was made from a former version of the record.
    pub fn overlaid_older(self, source: &str) -> String {
        let Self::English = self;
        format!("Based on an older version: {source} has changed this goal since.")
    }

    /// An edit that the source says as well by now.
    pub fn overlaid_taken(self, source: &str) -> String {
        let Self::English = self;
        format!("{source} says the same now: this can be taken back.")
    }

    /// What taking an edit back was answered.
    pub fn overlay_answer(self, answer: Option<&PlanAnswer>) -> String {
        let Self::English = self;
        match answer {
            Some(PlanAnswer::Saved { .. } | PlanAnswer::Unchanged) => {
                "Taken back: the shared plan says nothing beside this goal any more.".to_owned()
            }
            Some(PlanAnswer::Stale { .. }) => {
                "Not taken back: somebody changed it meanwhile. Below is how it stands now.".to_owned()
            }
            Some(PlanAnswer::Refused { .. }) => "Not taken back: say why.".to_owned(),
            Some(PlanAnswer::NotLicensed) => {
                "Not taken back: this organisation has no licence for shared plans.".to_owned()
            }
            Some(PlanAnswer::NotNow { why } | PlanAnswer::Failed { why }) => format!("Not taken back: {why}"),
            None => "Not taken back: something went wrong on our side.".to_owned(),
        }
    }

    /// Label of the button.
    pub fn save_at(self, source: &str) -> String {
        let Self::English = self;
        format!("Save at {source}")
    }

    /// Column of the comparison.
    pub fn now_at(self, source: &str) -> String {
        let Self::English = self;
        format!("Now at {source}")
    }

    /// What became of a goal form. `None`: the function failed without an answer.
    pub fn goal_answer(self, answer: Option<&GoalAnswer>) -> String {
        let Self::English = self;
        match answer {
            None => "Not saved: something went wrong on our side. What you typed is still here; try again.".to_owned(),
            Some(GoalAnswer::Saved { source_name, version: Some(version), .. }) => {
                format!("Saved at {source_name} as version {version}, and read back.")
            }
            Some(GoalAnswer::Saved { source_name, version: None, .. }) => {
                format!("Saved at {source_name}, and read back.")
            }
            Some(GoalAnswer::Kept { source_name }) => {
                format!("Kept in the shared plan. {source_name} is not changed.")
            }
            Some(GoalAnswer::NotTaken { source_name, why }) => {
                format!("Not saved: {source_name} does not take this change. {why} What you typed is still here.")
            }
            Some(GoalAnswer::NothingToChange) => "Nothing to save: the record says this already.".to_owned(),
            Some(GoalAnswer::Conflict { source_name, .. }) => format!(
                "Not saved: the goal was changed at {source_name} since you opened it. Nothing was overwritten; what you typed is still here."
            ),
            Some(GoalAnswer::Refused { why, .. }) => format!("Not saved: {why}"),
            Some(GoalAnswer::Unclear { why }) => format!("It is not certain that this was saved: {why}"),
            Some(GoalAnswer::Failed { why }) => format!("Not saved: {why} What you typed is still here."),
        }
    }
}
