//! Settling an issue, in words.

use super::super::Words;
use super::super::goal::sentences;
use crate::desk::kept::DecideAnswer;
use crate::desk::shared_plan::PlanAnswer;
use crate::sections::decide::Locked;

sentences! {
    /// Legend of the choices.
    decide_legend = "Your decision";
    /// Opens the form of a gap.
    decide_summary = "Settle this";
    /// Label.
    decide_words = "What was agreed";
    /// Label.
    decide_reason = "Reason";
    /// Where it is kept.
    decide_saves_to = "Kept in the shared plan with your name, the day and your reason. No record is changed. Where one is to follow, it is changed there afterwards.";
    /// For a medication.
    decide_order = "Accord changes no order. Where somebody has to change one, a message to the prescriber is drafted for you to copy and send.";
    /// For a person or carer, of what may harm.
    decide_word_only = "This may harm. What you say is shown to your care team, and it stays open until one of them has settled it.";
    /// What the person or a carer said of it was kept.
    decide_voiced = "Kept in the shared plan, where your care team reads it. It stays open until one of them has settled it:";
    /// Button.
    decide_send = "Keep this decision in the shared plan";
    /// Choice.
    choose_both = "Keep both, on purpose";
    /// Choice.
    choose_as_it_is = "Leave it as it is, on purpose";
    /// Choice.
    choose_not_relevant = "Not relevant for this person";
    /// Choice.
    choose_other = "Something else";
    /// Choice.
    choose_prescriber = "Ask the prescriber";
    /// Label.
    message_to_copy = "Message to the prescriber, to copy and send";
    /// End of the message.
    message_please = "Please look at the order and tell us what holds.";
    /// Opens the form that takes a decision back.
    take_back = "Take back";
    /// Label.
    take_back_reason = "Why it is taken back";
    /// Where that is kept.
    take_back_saves_to = "Kept in the shared plan. The issue is open again; no record is changed.";
    /// Button.
    take_back_send = "Take the decision back";
    /// Why there is no such form.
    take_back_not_yours = "Only your care team can take this back. Tell them if you see it differently.";
    /// Above what was typed, where its form is gone.
    decide_you_typed = "What you typed:";
}

impl Words {
    /// A record's word that can be chosen.
    pub fn choose_record(self, source: &str, called: Option<&str>, says: &[String]) -> String {
        let Self::English = self;
        let called = called.map(|called| format!(" (“{called}”)")).unwrap_or_default();
        if says.is_empty() {
            format!("What {source} says{called}")
        } else {
            format!("What {source} says{called}: {}", says.join(", "))
        }
    }

    /// Link to where a record can be changed.
    pub fn decide_to_goal(self, title: &str) -> String {
        let Self::English = self;
        format!("To change a record as well, open the goal “{title}”")
    }

    /// Why an issue cannot be settled here, and where one goes on.
    pub(crate) fn decide_locked(self, why: Locked) -> (&'static str, Option<(&'static str, &'static str)>) {
        let Self::English = self;
        match why {
            Locked::NoService => ("", None),
            Locked::NotLicensed => {
                let line = "Decisions are kept in the shared plan, for which this organisation has no licence.";
                (line, Some(("shared-plan", "What that means")))
            }
            Locked::Role => ("Your role sees what is settled and does not settle it.", None),
            Locked::NotRead => (
                "What was settled before could not be read yet, so nothing can be settled now.",
                Some(("reconcile", "Load again")),
            ),
            Locked::Labelled => (
                "A record labels this as confidential: it is not copied into the shared plan, so it cannot be settled here.",
                None,
            ),
            Locked::Waits => (
                "This was settled before a record was taken out of this person, and nobody has said yet whether that was for this person. Until then it cannot be settled anew: see “Whose is this?” on top of the page.",
                None,
            ),
            Locked::AtSources => {
                ("This is settled where the records are joined and read.", Some(("sources", "Sources")))
            }
        }
    }

    /// What a form that settles was told; `None` where it failed without an answer.
    pub fn decide_answer(self, answer: Option<&DecideAnswer>) -> String {
        let Self::English = self;
        match answer {
            None => "Not kept: something went wrong on our side. What you typed is still here.".to_owned(),
            Some(DecideAnswer::Kept) => "Kept in the shared plan; it stands among what was settled:".to_owned(),
            Some(DecideAnswer::TakenBack) => "Taken back; it is open again:".to_owned(),
            Some(DecideAnswer::RecordsChanged) => {
                "Not kept: the records say something else than when you opened this. What you typed is still here."
                    .to_owned()
            }
            Some(DecideAnswer::Gone) => {
                "Not kept: this is not there any more, because the records or what was read of them have changed."
                    .to_owned()
            }
            Some(DecideAnswer::Not(PlanAnswer::Stale { .. })) => {
                "Not kept: somebody else settled this meanwhile, or took it back. Below is how it stands now."
                    .to_owned()
            }
            Some(DecideAnswer::Not(PlanAnswer::Refused { .. })) => {
                "Not kept: something is missing below. What you typed is still here.".to_owned()
            }
            Some(DecideAnswer::Not(PlanAnswer::NotLicensed)) => {
                "Not kept: this organisation has no licence for shared plans.".to_owned()
            }
            Some(DecideAnswer::Not(PlanAnswer::NotNow { why } | PlanAnswer::Failed { why })) => {
                format!("Not kept: {why}")
            }
            Some(DecideAnswer::Not(_)) => "Nothing had to be kept: it says this already.".to_owned(),
        }
    }

    /// First line of the message to a prescriber.
    pub fn message_about(self, title: &str, issue: &str) -> String {
        let Self::English = self;
        format!("About {title}: {}. The records say:", lower_first(issue))
    }

    /// What was chosen, in the message.
    pub fn message_adopted(self, source: &str) -> String {
        let Self::English = self;
        format!("We hold that what {source} says is current.")
    }

    /// What was agreed instead, in the message.
    pub fn message_other(self, words: &str) -> String {
        let Self::English = self;
        format!("We suggest: {words}")
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
