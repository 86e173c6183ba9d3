//! Sentences of the pages of the shared plan.

mod answers;
mod concern;
mod neighbours;
mod states;
mod values;

use super::Words;
use super::goal::sentences;
use crate::desk::shared_plan::Held;

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
    plan_kept_here = "Kept here, for the person of this launch.";
    /// Button and heading.
    plan_start = "Start a shared plan";
    /// What starting does.
    plan_start_what = "A new plan is a draft: it binds nobody before it is signed and put in force. Nothing is taken over from the records unless you choose it.";
    /// Link.
    plan_back_to_list = "All shared plans";
    /// Label.
    plan_title = "Title";
    /// Hint.
    plan_title_hint = "such as: Diabetes and kidney, together";
    /// Label.
    plan_description = "What it is for";
    /// Hint.
    plan_optional = "may be left empty";
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
    /// Label and heading.
    plan_next_review = "Next review";
    /// No day of review.
    plan_no_review = "Not set";
    /// Hint.
    plan_next_review_hint = "empty: none";
    /// Button.
    plan_next_review_send = "Set the day";
    /// Heading.
    plan_addresses = "For these concerns";
    /// Heading.
    plan_replaces = "Takes the place of";
    /// A concern that was entered here.
    plan_own_concern = "A concern of the shared plan";
    /// Heading.
    plan_review = "Review";
    /// Button.
    plan_change = "Change what the plan says";
    /// Button.
    plan_save = "Save the plan";
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
    /// Summary of the fields of a code.
    plan_code_fields = "By a code as well";
    /// Label.
    plan_code = "Code";
    /// Label.
    plan_system = "Code system";
    /// Hint.
    plan_system_hint = "its address, such as http://snomed.info/sct";
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
    /// First choice of what need not be said.
    plan_not_said = "Not said";
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
    /// Heading.
    plan_team = "Team of the plan";
    /// Empty.
    plan_no_team = "Nobody belongs to its team yet.";
    /// Button and heading.
    plan_add_member = "Add somebody to the team";
    /// Button.
    plan_save_member = "Save";
    /// Heading.
    directory = "Look somebody up";
    /// Label.
    directory_name = "Name, or NPI";
    /// Button.
    directory_find = "Look up";
    /// The directory does not answer.
    directory_away = "The provider directory cannot be asked at the moment. Enter who it is below; you can look them up later.";
    /// Nobody was found.
    directory_nobody = "Nobody of that name is in the provider directory. Enter who it is below.";
    /// Somebody who is in the directory and does not practise.
    directory_former = "does not practise any more";
    /// Label.
    plan_member_name = "Name";
    /// Label.
    plan_member_role = "Roles";
    /// Hint.
    plan_member_role_hint = "such as: dietitian; several with commas";
    /// Label.
    plan_member_from = "From";
    /// Label.
    plan_member_until = "Last day in the team";
    /// Hint.
    plan_member_until_hint = "nobody is taken out: who leaves gets a last day";
    /// Label.
    plan_behalf = "On behalf of";
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
    /// Label.
    plan_why = "Why";
    /// Hint.
    plan_why_state = "needed where something is given up, held or taken back";
    /// Heading and button.
    plan_change_state = "Change the state";
    /// Label.
    plan_new_state = "New state";
    /// First choice.
    plan_choose = "Choose";
    /// Heading.
    plan_note = "Write a note";
    /// Button.
    plan_note_send = "Add the note";
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
    /// Heading, for the person.
    plan_summary = "What changed in your plan";
    /// Heading.
    plan_what_changed = "What was done, step by step";
    /// Link.
    plan_all_versions = "All versions, and two of them compared";
    /// First version.
    plan_was_started = "The plan was started.";
    /// Heading.
    plan_versions = "Versions";
    /// Below a list that does not go back to the first version.
    plan_versions_older = "These are the newest versions. Older ones are kept and not listed here.";
    /// Heading.
    plan_compare = "Compare two versions";
    /// Label.
    plan_compare_from = "From";
    /// Label.
    plan_compare_to = "To";
    /// Button.
    plan_compare_send = "Compare";
    /// Two versions that say the same.
    plan_same = "They say the same.";
    /// Heading, for the person.
    plan_concern_own = "What concerns you?";
    /// Button.
    plan_concern_own_send = "Say what concerns me";
    /// Heading, for those who treat them.
    plan_concern = "Add a health concern";
    /// Button.
    plan_concern_send = "Add the concern";
    /// Label.
    plan_concern_text = "The concern in plain words";
    /// Hint.
    plan_concern_hint = "such as: too tired to cook in the evening";
    /// Label.
    plan_concern_note = "What else there is to say";
    /// Heading of what somebody else changed.
    plan_meanwhile = "What was changed since you opened it";
    /// Link.
    plan_to_what_i_typed = "To what you typed";
    /// Summary of what was typed into a form that could not be carried out.
    plan_what_i_typed = "What you typed";
    /// Legend.
    plan_correction = "Was what was said before a mistake?";
    /// Choice.
    plan_correction_yes = "Yes: nothing has happened, it was wrong";
}

impl Words {
    /// What became of a field that somebody else has changed while a form was open.
    pub fn plan_field_meanwhile(self, held: Held, before: &str, now: &str) -> String {
        let Self::English = self;
        let said = |text: &str| if text.is_empty() { "nothing".to_owned() } else { format!("“{text}”") };
        let (before, now) = (said(before), said(now));
        match held {
            Held::Disputed => {
                format!(
                    "When you opened it, this said {before}. Somebody else has changed it to {now}. Yours stands here: send it only if it is to take the place of theirs."
                )
            }
            Held::Theirs | Held::Mine | Held::Nobodys => {
                format!(
                    "Somebody else has changed this from {before} to {now}. You had not changed it, so theirs stands here."
                )
            }
        }
    }

    /// Back to a plan.
    pub fn plan_back(self, title: &str) -> String {
        let Self::English = self;
        format!("Back to {title}")
    }

    /// Heading of two versions.
    pub fn plan_compared(self, from: u64, to: u64) -> String {
        let Self::English = self;
        format!("From version {from} to version {to}")
    }

    /// Name of a version.
    pub fn plan_version(self, version: u64) -> String {
        let Self::English = self;
        format!("Version {version}")
    }

    /// Who made a version, and when.
    pub fn plan_step(self, day: &str, name: &str, role: Option<&str>) -> String {
        let Self::English = self;
        match role.filter(|role| *role != name) {
            Some(role) => format!("{day}, {name} ({})", role.to_lowercase()),
            None => format!("{day}, {name}"),
        }
    }

    /// Who said or made something.
    pub fn plan_by(self, name: &str, day: &str) -> String {
        let Self::English = self;
        format!("By {name}, {day}")
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

    /// Parts that are over.
    pub fn plan_over(self, count: usize) -> String {
        let Self::English = self;
        format!("{count} that are over")
    }

    /// A reason.
    pub fn plan_reason(self, why: &str) -> String {
        let Self::English = self;
        format!("Because: {why}")
    }

    /// Somebody's organisation.
    pub fn plan_on_behalf(self, name: &str) -> String {
        let Self::English = self;
        format!("for {name}")
    }

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
