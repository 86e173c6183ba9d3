//! Sentences of "is it the same person": the question, taking apart, disconnecting.

use access::person::likeness::{Field, Likeness};

use super::Words;
use super::goal::sentences;
use crate::who::{IdentifierKind, Known, Missing, Raised, WhoTold, Withheld};

sentences! {
    /// Title of the question's page.
    confirm_title = "Same person?";
    /// Heading of the question's page.
    confirm_heading = "Are these two records of the same person?";
    /// What has happened so far.
    confirm_nothing_yet = "Nothing has been joined yet, and nothing of the other record is in the plan.";
    /// Why the question is asked.
    confirm_why_different = "The two records do not describe the same person in the same way. Look at both before you answer.";
    /// Why the question is asked.
    confirm_why_too_little = "One of the records says too little to tell who it is about: without a family name and a birth date, agreeing proves nothing.";
    /// Why the question is asked.
    confirm_why_another = "Accord keeps the other record as that of another person until now.";
    /// Name of the comparison.
    confirm_table = "The two records, side by side";
    /// Column.
    compared_column = "Compared";
    /// Column.
    what_column = "What";
    /// Row.
    names_row = "Names";
    /// Row.
    birth_row = "Birth date";
    /// Row.
    numbers_row = "Numbers";
    /// Row.
    city_row = "City";
    /// Cell: at least one record says nothing.
    not_compared = "Cannot be compared";
    /// Cell of what people compare themselves.
    not_compared_row = "For you to compare";
    /// Cell.
    says_the_same = "The same";
    /// Heading.
    confirm_if_yes = "If they are the same person";
    /// Heading.
    confirm_if_no = "If they are not, or you do not know";
    /// Consequence.
    confirm_undo = "It can be undone on the page of the sources, but what was seen and decided until then stays seen and decided. Two people in one plan can lead to a wrong treatment.";
    /// Legend of the answers.
    confirm_legend = "Your answer";
    /// Answer.
    answer_yes = "Yes, the same person";
    /// Box below it.
    answer_checked = "I have checked it with the person or the records";
    /// Answer.
    answer_no = "No, not the same";
    /// Answer.
    answer_unknown = "I don't know";
    /// What the third answer does.
    answer_unknown_means = "Counts as no: nothing is joined.";
    /// Button.
    answer_save = "Give this answer";
    /// Title of the page that takes a link apart.
    split_title = "Not the same person";
    /// Heading of what ends.
    split_ends = "What ends with it";
    /// Label of the reason.
    split_reason = "Why is it not the same person?";
    /// Below the reason.
    split_reason_hint = "Kept with your name and the time.";
    /// Button.
    split_button = "Take this record out";
    /// Link to it.
    not_the_same = "This is not the same person";
    /// Button.
    disconnect = "Disconnect";
    /// Title of the page that asks once more.
    sure_title = "Are you sure?";
    /// What has happened so far.
    sure_nothing_yet = "Nothing has been changed yet.";
    /// Heading of what ends.
    sure_ends = "What happens then";
    /// Way back.
    sure_back = "No, leave it as it is";
    /// Why a source has neither.
    own_source = "The plan was opened from this record: it says who the person is. It cannot be taken out from here.";
    /// How to end it.
    own_source_end = "To stop reading it, sign out: that ends this plan. If it is the wrong person, sign out and open the right one.";
    /// A link to a record that this launch does not read.
    known_not_read = "Known as this person's record, and not connected in this plan.";
    /// How a record is described.
    described_the_same = "as the record of this plan describes them";
    /// Way back.
    back_to_sources = "Back to the sources";
}

impl Words {
    /// What is compared.
    fn field(self, field: Field) -> &'static str {
        let Self::English = self;
        match field {
            Field::Family => "family name",
            Field::Given => "given names",
            Field::BirthDate => "birth date",
            Field::Sex => "gender",
        }
    }

    fn fields(self, fields: &[Field]) -> String {
        self.list(&fields.iter().map(|field| self.field(*field)).collect::<Vec<_>>())
    }

    /// How a record describes the person beside the launch's own.
    pub fn likeness(self, likeness: &Likeness) -> String {
        let Self::English = self;
        match likeness {
            Likeness::Same => self.described_the_same().to_owned(),
            Likeness::SpellingDiffers(fields) => format!("written differently: {}", self.fields(fields)),
            Likeness::Different(fields) => format!("different: {}", self.fields(fields)),
        }
    }

    /// What came of comparing one row of the two records; `several` where the row has more than one part.
    pub fn compared(self, likeness: &Likeness, several: bool) -> String {
        let Self::English = self;
        let (word, fields) = match likeness {
            Likeness::Same => return self.says_the_same().to_owned(),
            Likeness::SpellingDiffers(fields) => ("Written differently", fields),
            Likeness::Different(fields) => ("Different", fields),
        };
        if several { format!("{word}: {}", self.fields(fields)) } else { word.to_owned() }
    }

    /// A name's use, where it is not the plain one.
    pub fn name_use(self, used_as: Option<&str>) -> Option<&'static str> {
        let Self::English = self;
        match used_as? {
            "old" => Some("former name"),
            "maiden" => Some("name before marriage"),
            "nickname" => Some("called"),
            "temp" => Some("for a time"),
            "anonymous" => Some("not the real name"),
            _ => None,
        }
    }

    /// A kind of number with its end, never the whole.
    pub fn number(self, kind: &IdentifierKind, ending: &str) -> String {
        let Self::English = self;
        let kind = match kind {
            IdentifierKind::RecordNumber => self.record_number(),
            IdentifierKind::Named(name) => name,
            IdentifierKind::Unnamed => "Number of an unnamed kind",
        };
        if ending.is_empty() { kind.to_owned() } else { format!("{kind} ending in {ending}") }
    }

    /// Why it is asked about a record that nobody signed in for.
    pub fn confirm_why_found(self, name: &str) -> String {
        let Self::English = self;
        format!(
            "This organisation reads at {name} by itself, and asked there who this person is. {name} named one record, and that alone is not enough to join it."
        )
    }

    /// What "no" and "I don't know" do.
    pub fn confirm_no_means(self, raised: Raised) -> &'static str {
        let Self::English = self;
        match raised {
            Raised::SignIn => "Nothing is joined. The sign-in there is given back, and the plan stays as it is.",
            Raised::Search => {
                "Nothing is joined, and the plan stays as it is. You are not asked again while this plan is open."
            }
        }
    }

    /// What "yes" does.
    pub fn confirm_yes_means(self, name: &str, of_another: bool) -> String {
        let Self::English = self;
        let joined = format!(
            "What {name} holds is read into this plan now, and Accord knows both records as one person's from then on, in every later plan."
        );
        if of_another {
            format!(
                "{joined} The person that Accord knew it as becomes this one. What that person had agreed to share ends, because it was given for somebody else's plan, and has to be asked for again."
            )
        } else {
            joined
        }
    }

    /// Why there is no "yes".
    pub fn confirm_withheld(self, why: Withheld) -> &'static str {
        let Self::English = self;
        match why {
            Withheld::Nameless => {
                "Your sign-in did not say who you are, and records of two people that Accord knows are joined by name only. Sign in with your own account to confirm it."
            }
            Withheld::Carer => {
                "Accord knows these records as those of two people. That they are one can be said by the person or by a clinician, who can also take them apart again; as a carer you cannot. Ask one of them to connect this record."
            }
        }
    }

    /// What is missing in an answer.
    pub fn missing(self, missing: Missing) -> &'static str {
        let Self::English = self;
        match missing {
            Missing::Choice => "Choose one of the answers. Nothing has been joined.",
            Missing::Check => {
                "\"Yes\" is taken only with the box below it checked: somebody has to have looked. Nothing has been joined."
            }
            Missing::Reason => "Say why. Nothing has been changed yet.",
            Missing::ShorterReason => "The reason is too long: 2000 letters are kept. Nothing has been changed yet.",
        }
    }

    /// Heading of the page that takes a link apart.
    pub fn split_heading(self, name: &str) -> String {
        let Self::English = self;
        format!("{name}: not the same person?")
    }

    /// Heading of the page that asks once more before a source is disconnected.
    pub fn sure_disconnect(self, name: &str) -> String {
        let Self::English = self;
        format!("Disconnect {name}?")
    }

    /// What ends when a source is disconnected.
    pub fn disconnect_means(self, name: &str) -> [String; 3] {
        let Self::English = self;
        [
            format!("What {name} holds disappears from this plan, on every screen that shows it."),
            format!("The sign-in at {name} for this plan is given back."),
            "It stays known as this person's record, and can be connected again.".to_owned(),
        ]
    }

    /// What ends when a link is taken apart.
    pub fn split_means(self, name: &str) -> [String; 6] {
        let Self::English = self;
        [
            format!("What {name} holds disappears from this plan and from every other open plan of this person."),
            format!("The sign-ins at {name} for those plans are given back."),
            format!("What the person shares from {name} with the care team ends, and what was kept of it is erased."),
            format!("The record becomes a person of its own. {name} itself is not changed."),
            "Shared plans of this person are hidden until it was said of each whose it is: that is asked next."
                .to_owned(),
            format!(
                "What was saved at {name} from this plan, such as a goal's target or a note, stays in that record: tell {name}, so that it is put right there."
            ),
        ]
    }

    /// How a link is known, and since when.
    pub fn known(self, how: Known, when: &str) -> String {
        let Self::English = self;
        match how {
            Known::Grant => format!("Known as this person's by signing in there, {when}."),
            Known::Match => format!("Found there as this person, {when}."),
            Known::Confirmed => format!("Confirmed as the same person with both records shown, {when}."),
        }
    }

    /// A record of the person that a plan from the panel does not read; `shared` is whether it is shared with the care team.
    pub fn known_in_panel(self, shared: bool) -> &'static str {
        let Self::English = self;
        if shared {
            "The person shares this record with the care team, and it could not be read by that: its own system may have ended the access."
        } else {
            "The person has a record here that they do not share with the care team, so nothing of it is read in this plan."
        }
    }

    /// What came of a question, a split or a disconnection.
    pub fn who_told(self, told: &WhoTold) -> String {
        let Self::English = self;
        match told {
            WhoTold::NotJoined { source_name } => {
                format!(
                    "Nothing was joined. The record at {source_name} is not in this plan, and the sign-in there was given back."
                )
            }
            WhoTold::FoundNotJoined { source_name } => {
                format!("Nothing was joined. The record found at {source_name} is not in this plan.")
            }
            WhoTold::Split { source_name } => {
                format!(
                    "The record at {source_name} was taken out: it is not this person's any more, here and in every other plan."
                )
            }
            WhoTold::Disconnected { source_name } => {
                format!(
                    "{source_name} is disconnected: its record is not in this plan any more, and the sign-in there was given back."
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_the_comparison_names_its_parts_where_it_has_several() {
        let words = Words::English;
        assert_eq!(words.compared(&Likeness::Same, true), "The same");
        let spelled = Likeness::SpellingDiffers(vec![Field::Given]);
        assert_eq!(words.compared(&spelled, true), "Written differently: given names");
        let different = Likeness::Different(vec![Field::BirthDate]);
        assert_eq!(words.compared(&different, false), "Different");
    }
}
