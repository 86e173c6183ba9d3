//! The way of a shared plan from its first review to its end, in words.

use crate::words::Words;
use crate::words::goal::sentences;

sentences! {
    /// Label and heading.
    plan_next_review = "Next review";
    /// No day of review.
    plan_no_review = "Not set";
    /// Hint.
    plan_next_review_hint = "leave it empty for none";
    /// Button.
    plan_next_review_send = "Set the day";
    /// Heading.
    plan_review = "Review";
    /// Heading.
    plan_send_heading = "Send it to review";
    /// Legend.
    plan_who_signs = "Who is to sign it?";
    /// Button.
    plan_send = "Send to review";
    /// Heading.
    plan_sign_heading = "Sign the plan";
    /// Button.
    plan_sign_send = "Sign the plan as it stands";
    /// Heading.
    plan_give_back = "Give it back";
    /// Button.
    plan_give_back_send = "Give back for changes";
    /// Heading.
    plan_take_back = "Take it back";
    /// Button.
    plan_take_back_send = "Take back from review";
    /// Heading.
    plan_activate = "Put the plan in force";
    /// What that means.
    plan_activate_what = "Everybody who was asked has signed. From now on its days are watched.";
    /// Button.
    plan_activate_send = "Put in force";
    /// Heading.
    plan_hold = "Hold the plan";
    /// Button.
    plan_hold_send = "Hold for now";
    /// Heading.
    plan_resume = "Go on with the plan";
    /// Button.
    plan_resume_send = "Go on";
    /// Button and heading.
    plan_close = "Close the plan";
    /// What that means.
    plan_close_what = "A closed plan is not changed any more, and stays readable.";
    /// Legend.
    plan_how_ends = "How does it end?";
    /// Heading.
    plan_close_open = "What becomes of what is still open?";
    /// Label.
    plan_left_day = "If it was done, on which day";
}

impl Words {
    /// A signature.
    pub fn plan_signed(self, role: &str, name: &str, day: &str) -> String {
        let Self::English = self;
        format!("{role}: signed by {name}, {day}")
    }

    /// A signature that is missing.
    pub fn plan_waits_for(self, role: &str) -> String {
        let Self::English = self;
        format!("{role}: not signed yet")
    }

    /// What a signature means.
    pub fn plan_sign_what(self, role: &str) -> String {
        let Self::English = self;
        format!(
            "You were asked as {}. You sign what stands here: when it is changed, it is signed anew.",
            role.to_lowercase()
        )
    }
}
