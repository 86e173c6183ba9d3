//! Concerns that were entered here, in words.

use shared_plan::concern::ConcernStatus;

use super::super::goal::sentences;
use super::super::{Reader, Tone, Words};
use crate::desk::shared_plan::PlanAnswer;

sentences! {
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
    /// Title of the page.
    concern_page = "Concern";
    /// Heading of the list.
    concerns_entered = "Concerns that were entered here";
    /// Heading.
    concern_correct = "Correct what it says";
    /// Button.
    concern_correct_send = "Keep the correction";
    /// Heading.
    concern_move = "Say how it stands now";
    /// Legend.
    concern_move_to = "How is it now?";
    /// Button.
    concern_move_send = "Keep this";
    /// Label.
    concern_since_when = "Since when";
    /// Label.
    concern_why = "Reason";
    /// Where it is kept.
    concern_saves_to = "Kept in the shared plan; what it said before stays among its versions. No record is changed.";
    /// Why there are no forms.
    concern_not_yours = "Your care team entered this, and corrects it.";
}

impl Words {
    /// How a concern stands: to those who treat the person by its clinical status, to the person as one says it.
    pub fn concern_state(self, status: ConcernStatus, reader: Reader) -> (String, Tone) {
        let Self::English = self;
        let (clinical, tone) = self.status(Some(status.code()));
        let plain = match status {
            _ if reader == Reader::Professional => return (clinical, tone),
            ConcernStatus::Active => "It concerns me",
            ConcernStatus::Recurrence | ConcernStatus::Relapse => "It is back",
            ConcernStatus::Inactive => "It does not trouble me now",
            ConcernStatus::Remission => "It is better, and may come back",
            ConcernStatus::Resolved => "It is over",
            ConcernStatus::EnteredInError => "It was a mistake",
        };
        (plain.to_owned(), tone)
    }

    /// The codes that go with the text.
    pub fn concern_keep_codes(self, codes: &[String]) -> String {
        let Self::English = self;
        format!("It is still this: {}", codes.join(", "))
    }

    /// What the forms of a concern were told; `None` where they failed without an answer.
    pub fn concern_answer(self, answer: Option<&PlanAnswer>) -> String {
        let Self::English = self;
        match answer {
            Some(PlanAnswer::Saved { version }) => format!("Kept as version {version}."),
            Some(PlanAnswer::Unchanged) => "Nothing had to be kept: it says this already.".to_owned(),
            Some(PlanAnswer::Stale { now, .. }) => format!(
                "Not kept: somebody changed it meanwhile. Above is version {now}; what you typed is still below."
            ),
            Some(PlanAnswer::Refused { .. }) => "Not kept: something below has to be put right.".to_owned(),
            Some(PlanAnswer::NotLicensed) => "Not kept: this organisation has no licence for shared plans.".to_owned(),
            Some(PlanAnswer::NotNow { why } | PlanAnswer::Failed { why }) => format!("Not kept: {why}"),
            None => "Not kept: something went wrong on our side. What you typed is still here.".to_owned(),
        }
    }
}
