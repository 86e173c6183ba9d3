//! What the forms of all parts of a shared plan have in common.

use crate::desk::shared_plan::Held;
use crate::words::Words;
use crate::words::goal::sentences;

sentences! {
    /// Hint.
    plan_optional = "may be left empty";
    /// Summary of the fields of a code.
    plan_code_fields = "By a code as well";
    /// Label.
    plan_code = "Code";
    /// Label.
    plan_system = "Code system";
    /// Hint.
    plan_system_hint = "its address, such as http://snomed.info/sct";
    /// First choice of what need not be said.
    plan_not_said = "Not said";
    /// Label.
    plan_why = "Why";
    /// Hint.
    plan_why_state = "needed where something is given up, held or taken back";
    /// Heading and button.
    plan_change_state = "Change the state";
    /// Label.
    plan_new_state = "New state";
    /// A choice that was not made.
    choose_one = "Choose one of them.";
    /// First choice.
    plan_choose = "Choose";
    /// Heading.
    plan_note = "Write a note";
    /// Button.
    plan_note_send = "Add the note";
    /// Heading of what somebody else changed.
    plan_meanwhile = "What was changed since you opened it";
    /// Link.
    plan_to_what_i_typed = "To what you typed";
    /// Summary of what was typed into a form that could not be carried out.
    plan_what_i_typed = "What you typed";
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

    /// Who said or made something.
    pub fn plan_by(self, name: &str, day: &str) -> String {
        let Self::English = self;
        format!("By {name}, {day}")
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
}
