//! What a shared plan says itself, in words.

use crate::words::Words;
use crate::words::goal::sentences;

sentences! {
    /// Label.
    plan_title = "Title";
    /// Hint.
    plan_title_hint = "such as: Diabetes and kidney, together";
    /// Label.
    plan_description = "What it is for";
    /// Label.
    plan_category = "Category";
    /// Hint.
    plan_category_hint = "such as: chronic disease; several with commas";
    /// Label.
    plan_until = "Until";
    /// Legend.
    plan_which_concerns = "Which concerns is it for?";
    /// Legend.
    plan_which_plans = "Which plans of the records does it take the place of?";
    /// Legend.
    plan_first_team = "Who carries it? These care for the person now, as the records say";
    /// Heading.
    plan_stands = "Where it stands";
    /// Label.
    plan_period_label = "For the time";
    /// Heading.
    plan_addresses = "For these concerns";
    /// Heading.
    plan_replaces = "Takes the place of";
    /// A concern that was entered here.
    plan_own_concern = "A concern of the shared plan";
    /// Button.
    plan_change = "Change what the plan says";
    /// Button.
    plan_save = "Save the plan";
}
