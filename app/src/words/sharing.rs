//! Sentences of the page about sharing.

use access::Purpose;

use super::Words;
use super::goal::sentences;
use crate::desk::sharing::{GivenBy, HowEnded, LastingAccess, SharingAnswer};

sentences! {
    /// Tab.
    sharing = "Sharing";
    /// Heading for the person.
    sharing_heading = "What you share, and with whom";
    /// Heading for the care team.
    sharing_heading_team = "What this person shares";
    /// What the page is, for the person.
    sharing_what = "You decide for each record. Nothing is shared until you say so here, and you can take it back at any time.";
    /// What the page is, for the care team.
    sharing_what_team = "What the person has allowed, record by record. Only the person can change it. What is not listed as shared is not read by it when they are away.";
    /// A purpose that was given, and that nothing is done by.
    sharing_unused = "Accord does nothing by this at present, and does not ask for it any more.";
    /// Heading.
    sharing_means = "What sharing means";
    /// What is seen.
    sharing_means_seen = "The care team sees the same plan that you see: concerns, goals, interventions, outcomes, and which record each line comes from. In their list of people they see your name, birth date and sex.";
    /// What stays written.
    sharing_means_written = "Each time somebody opens your plan it is written down.";
    /// What taking back does.
    sharing_means_back = "When you take it back, the access is ended at the record's own system, what was kept from there is erased here, and open screens of the care team that show it close. What somebody wrote into their own records before stays there.";
    /// What two purposes have in common.
    sharing_means_purposes = "Each purpose stands alone: taking one back leaves the others as they are.";
    /// Label of the end date.
    sharing_until = "Until and including";
    /// Beside it.
    sharing_until_hint = "(may stay empty)";
    /// Button.
    sharing_take_back = "Take it back";
    /// Nothing in force.
    sharing_not_shared = "Not shared";
    /// In force.
    sharing_shared = "Shared";
    /// In force without access.
    sharing_ended_there = "Agreed, but nothing is read";
    /// Why nothing is read.
    sharing_ended_there_why = "The record's own system has ended the access. Share it once more to sign in there again, or take it back.";
    /// Summary of the list of former consents.
    sharing_before = "Before";
    /// A source that is not connected.
    sharing_connect_first = "This record is not connected, so there is nothing to share yet.";
    /// A source that gives no lasting access.
    sharing_never = "This record can only be opened from its own system, so it cannot be shared from here.";
    /// Title of the page on the way to a sign-in.
    leave_heading = "On the way to sign in";
    /// Before the sign-in there.
    sharing_sign_in = "You will sign in there once more, so that its own system agrees too.";
}

impl Words {
    /// A purpose in a few words; said to the person who decides, or else to the care team about the person.
    pub fn purpose(self, purpose: Purpose, decides: bool) -> &'static str {
        let Self::English = self;
        match (purpose, decides) {
            (Purpose::CareTeam, _) => "The care team reads it",
            (Purpose::OfflineReading, true) => "It is read while you are away",
            (Purpose::OfflineReading, false) => "It is read while they are away",
            (Purpose::LabelledItems, _) => "Sensitive entries may be carried on",
        }
    }

    /// What a purpose allows, and what it does not; to whom as in [`Self::purpose`].
    pub fn purpose_means(self, purpose: Purpose, decides: bool) -> &'static str {
        let Self::English = self;
        match (purpose, decides) {
            (Purpose::CareTeam, true) => {
                "Care coordinators of this organisation can open the plan with this record in it when you are not there."
            }
            (Purpose::CareTeam, false) => {
                "Care coordinators of this organisation can open the plan with this record in it when the person is not there."
            }
            (Purpose::OfflineReading, true) => {
                "Accord may read this record when neither you nor your care team is signed in, and keep what it needs until the next visit."
            }
            (Purpose::OfflineReading, false) => {
                "Accord may read this record when nobody is signed in, and keep what it needs until the next visit."
            }
            (Purpose::LabelledItems, _) => {
                "Entries that this record marks as more sensitive than usual may be copied into another record when a change is saved there. Without this they never are."
            }
        }
    }

    /// A source that the organisation reads by itself; said to the person who decides, or else to the care team.
    pub fn sharing_reads_itself(self, name: &str, decides: bool) -> String {
        let Self::English = self;
        if decides {
            format!(
                "This organisation also reads at {name} by a registration of its own, without your sign-in. Taking back what you share does not end that: its coordinators may still open this record from there. Ask the organisation about it."
            )
        } else {
            format!(
                "This organisation also reads at {name} by a registration of its own. That is not the person's to give here, and does not end when they take something back."
            )
        }
    }

    /// Heading of the page that asks once more before a consent is taken back.
    pub fn sure_take_back(self, name: &str, purpose: Purpose) -> String {
        let Self::English = self;
        format!("{name}: take back \"{}\"?", self.purpose(purpose, true))
    }

    /// Button that shares.
    pub fn share_for(self, purpose: Purpose) -> &'static str {
        let Self::English = self;
        match purpose {
            Purpose::CareTeam => "Share with the care team",
            Purpose::OfflineReading => "Allow reading while I am away",
            Purpose::LabelledItems => "Allow carrying sensitive entries",
        }
    }

    /// State of a consent in force, in a few words.
    pub fn shared_state(self, access: LastingAccess) -> &'static str {
        match access {
            LastingAccess::NotNeeded | LastingAccess::There => self.sharing_shared(),
            LastingAccess::Ended => self.sharing_ended_there(),
        }
    }

    /// Since when, until when and by whom.
    pub fn shared_since(self, since: &str, until: Option<&str>, by: GivenBy) -> String {
        let Self::English = self;
        let by = match by {
            GivenBy::You => "you",
            GivenBy::ThePatient => "the patient",
        };
        match until {
            Some(until) => format!("Since {since}, until and including {until}, by {by}."),
            None => format!("Since {since}, without an end date, by {by}."),
        }
    }

    /// A consent that is over.
    pub fn shared_before(self, since: &str, ended: &str, how: HowEnded) -> String {
        let Self::English = self;
        match how {
            HowEnded::TakenBack => format!("Shared from {since}, taken back or renewed on {ended}."),
            HowEnded::ByDate => format!("Shared from {since}, ended by its date on {ended}."),
        }
    }

    /// On the way to a sign-in.
    pub fn leave_what(self, name: &str) -> String {
        let Self::English = self;
        format!(
            "{name} is asked for access that lasts when you have gone. You agree to that there; nothing is shared before."
        )
    }

    /// Link on the way to a sign-in.
    pub fn leave_on(self, name: &str) -> String {
        let Self::English = self;
        format!("Go on to {name}")
    }

    /// What a form of the page was told.
    pub fn sharing_answer(self, answer: &SharingAnswer) -> String {
        let Self::English = self;
        match answer {
            SharingAnswer::Given { source_name, purpose } => {
                format!("{source_name}: \"{}\" is allowed now.", self.purpose(*purpose, true))
            }
            SharingAnswer::TakenBack { source_name, purpose, reads_itself } => {
                let taken_back = format!(
                    "{source_name}: \"{}\" is taken back. What was kept by it is erased here, and screens that showed it are closed.",
                    self.purpose(*purpose, true)
                );
                if *reads_itself {
                    format!("{taken_back} {}", self.sharing_reads_itself(source_name, true))
                } else {
                    taken_back
                }
            }
            SharingAnswer::WasOver => "That was over already. Nothing is shared by it.".to_owned(),
            SharingAnswer::BadDate => "Nothing was changed: the end date must be a day from today on.".to_owned(),
            SharingAnswer::NoLastingAccess { source_name } => format!(
                "Nothing is shared: {source_name} gave no access that lasts when you have gone. It may have asked whether to stay connected; try again and agree there, or ask {source_name} whether it allows this."
            ),
            SharingAnswer::NotThePerson { source_name } => format!(
                "Nothing is shared: the sign-in at {source_name} was not the patient's own. Sign in there as yourself."
            ),
            SharingAnswer::ConnectFirst { source_name } => {
                format!("Nothing is shared: connect {source_name} first, so that it is certain whose record it is.")
            }
            SharingAnswer::NobodyDecides => {
                "Nothing is shared: the place where you signed in does not say who you are, so it could not be written down who agreed.".to_owned()
            }
        }
    }
}
