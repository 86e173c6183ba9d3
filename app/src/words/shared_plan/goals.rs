//! Goals of the shared plan in words, and how far they are reached.

use crate::words::Words;
use crate::words::goal::sentences;

sentences! {
    /// Heading.
    plan_goals = "Goals of the plan";
    /// Empty.
    plan_no_goals = "It has no goals yet.";
    /// Button and heading.
    plan_add_goal = "Add a goal";
    /// Button.
    plan_save_goal = "Save the goal";
    /// Heading.
    plan_goal_says = "What the goal says";
    /// Label.
    plan_goal_text = "What is to be reached?";
    /// Hint.
    plan_goal_text_hint = "in words that the person understands";
    /// Legend.
    plan_goal_concerns = "Which concerns is it for?";
    /// Label.
    plan_measure = "What is measured?";
    /// First choice.
    plan_measure_words = "In my own words, below";
    /// Label.
    plan_measure_own = "The measure in my own words";
    /// Hint.
    plan_measure_own_hint = "only where it is not in the list";
    /// Label.
    plan_how_label = "It is reached when the value is";
    /// Label.
    plan_upper = "Upper value";
    /// Label.
    plan_unit = "Unit";
    /// Hint.
    plan_unit_hint = "as the readings have it, such as %";
    /// Summary.
    plan_one_more_target = "One more target";
    /// Label.
    plan_priority_label = "Priority";
    /// Heading.
    plan_support_heading = "Do you support it?";
    /// Legend.
    plan_support_question = "What do you say to this goal?";
    /// Label.
    plan_matters = "How much does it matter to you?";
    /// Button.
    plan_support_send = "Say so";
    /// Heading.
    plan_judge = "How far is it reached?";
    /// Button.
    plan_judge_send = "Save how far it is";
    /// Legend.
    plan_correction = "Was what was said before a mistake?";
    /// Choice.
    plan_correction_yes = "Yes: nothing has happened, it was wrong";
}
