//! Sentences about shared plans of which nobody knows whose they are.

use shared_plan::ports::Kind;

use super::Words;
use super::goal::sentences;
use crate::unsettled::{Answered, UnsettledItem, Written};

sentences! {
    /// Title of the page, and name of the notice.
    unsettled_title = "Whose is this?";
    /// What the page is for.
    unsettled_why = "A record was taken out of this person. Each of these was written before that, so it may belong to either. Until you say whose it is, nobody sees it, nothing in it is followed, and nothing reminds of it.";
    /// What to do in doubt.
    unsettled_in_doubt = "Answer only what you know. Something that is left open stays hidden, which is safer than with the wrong person.";
    /// The page without anything on it.
    unsettled_none = "Nothing waits: it is known whose each shared plan is.";
    /// Link of the notice.
    unsettled_answer = "Say whose they are";
    /// The notice, for those who may not answer.
    unsettled_who_can = "A clinician, a coordinator or the person themself can say it.";
    /// The notice, where it could not be asked.
    unsettled_unknown = "It could not be asked whether a shared plan waits to be told whose it is. There may be one that is not shown.";
    /// Answer.
    unsettled_stays = "It belongs to the person of this plan";
    /// Answer.
    unsettled_not_known = "Not known yet: it stays hidden";
    /// Button.
    unsettled_save = "Save this answer";
    /// Something that says no title.
    unsettled_untitled = "Without a title";
    /// Where no record that was taken out is known any more.
    unsettled_no_other = "The record that was taken out belongs to this person again, or to nobody who is known.";
}

impl Words {
    /// The notice.
    pub fn unsettled_here(self, count: usize) -> String {
        let Self::English = self;
        match count {
            1 => "1 entry of the shared plan is not shown: it waits until somebody says whose it is.".to_owned(),
            _ => format!(
                "{count} entries of the shared plan are not shown: they wait until somebody says whose they are."
            ),
        }
    }

    /// The notice for the one whose record was taken out.
    pub fn unsettled_elsewhere(self, count: usize) -> String {
        let Self::English = self;
        let (what, are) = if count == 1 {
            ("1 entry of a shared plan that may be this person's is".to_owned(), "it is")
        } else {
            (format!("{count} entries of a shared plan that may be this person's are"), "they are")
        };
        format!(
            "{what} not shown. This record was taken out of another plan, and there nobody has said yet whose {are}."
        )
    }

    /// What an entry is.
    pub fn unsettled_kind(self, kind: Kind) -> &'static str {
        let Self::English = self;
        match kind {
            Kind::Plan => "Shared plan",
            Kind::Concern => "Health concern",
            Kind::Overlay => "Edit that a source did not take",
            Kind::Decision => "Decision about a difference or a gap",
        }
    }

    /// Heading of an entry.
    pub fn unsettled_heading(self, item: &UnsettledItem) -> String {
        let Self::English = self;
        let title = item.title.as_deref().filter(|title| !title.trim().is_empty());
        format!("{}: {}", self.unsettled_kind(item.kind), title.unwrap_or_else(|| self.unsettled_untitled()))
    }

    /// Who began an entry.
    pub fn unsettled_begun(self, written: &Written, when: &str) -> String {
        let Self::English = self;
        format!("Begun by {} {when}, {}.", written.by, self.unsettled_place(written))
    }

    /// Who changed it last.
    pub fn unsettled_changed(self, written: &Written, when: &str) -> String {
        let Self::English = self;
        format!("Last changed by {} {when}, {}.", written.by, self.unsettled_place(written))
    }

    fn unsettled_place(self, written: &Written) -> String {
        let Self::English = self;
        match &written.source_name {
            Some(source) => format!("at the record of {source}"),
            None => "without a record being open".to_owned(),
        }
    }

    /// Answer: it is of a record that was taken out.
    pub fn unsettled_goes(self, source_name: &str) -> String {
        let Self::English = self;
        format!("It belongs to the record of {source_name} that was taken out")
    }

    /// What came of an answer.
    pub fn unsettled_told(self, answered: Answered) -> &'static str {
        let Self::English = self;
        match answered {
            Answered::TakenOut => {
                "The record was taken out. These entries were written before that: say whose each of them is."
            }
            Answered::Kept { stays: true } => "It belongs to the person of this plan, and is shown here again.",
            Answered::Kept { stays: false } => "It went to the other person, and is shown with their plan only.",
            Answered::NotKnown => "It stays hidden until somebody knows whose it is.",
            Answered::Before => {
                "Somebody else has answered this before, or it is asked in another way now. Nothing was changed by your answer."
            }
            Answered::NothingChosen => "Nothing was chosen, so nothing was changed.",
        }
    }
}
