//! What is to be done, in words.

use crate::words::Words;
use crate::words::goal::sentences;

sentences! {
    /// Heading.
    plan_activities = "What is to be done";
    /// Empty.
    plan_no_activities = "Nothing is to be done yet.";
    /// Title of a page.
    plan_activity = "Activity";
    /// Button and heading.
    plan_add_activity = "Add an activity";
    /// Button.
    plan_save_activity = "Save the activity";
    /// Heading.
    plan_change_activity = "Change this activity";
    /// Heading.
    plan_activity_says = "What the activity says";
    /// Label.
    plan_activity_text = "What is to be done?";
    /// Label.
    plan_often = "How often";
    /// Hint.
    plan_often_hint = "such as: every morning";
    /// Legend and heading.
    plan_serves = "Which goals does it serve?";
    /// Legend and heading.
    plan_reasons = "Why: these concerns";
    /// Chip.
    plan_late = "Overdue";
    /// Nobody does it.
    plan_nobody = "Nobody yet";
    /// Label and heading.
    plan_who = "Who does it";
    /// Button.
    plan_assign = "Assign it";
    /// Heading.
    plan_done = "It is done";
    /// Label.
    plan_done_day = "On which day";
    /// Label.
    plan_outcome = "What came of it";
    /// Button.
    plan_done_send = "Mark as done";
}
