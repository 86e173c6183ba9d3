//! Sentences of the banner and of the pages around the plan.

use access::Role;
use care_plan::snapshot::Status;

use super::Words;
use super::goal::sentences;

sentences! {
    /// Name of the product.
    product = "Accord";
    /// Link for keyboards, first on the page.
    skip = "Skip to content";
    /// Name of the navigation.
    pages = "Pages";
    /// Tab.
    care_plan = "Care plan";
    /// Label.
    born = "Born";
    /// Label.
    died = "Died";
    /// A death without a date.
    died_undated = "date not recorded";
    /// Label.
    gender_label = "Gender";
    /// Label.
    record_number = "MRN";
    /// The same label for the person.
    own_record_number = "Record number";
    /// Nobody has said who the person is.
    person_unknown = "Person not known yet";
    /// Why the banner is empty while reading.
    person_reading = "Waiting for the record that the plan was opened from: it says who this is.";
    /// The launch's own record does not say who the person is.
    person_not_known = "Person not known";
    /// Title of what stands in the place of the plan.
    withheld = "The plan is not shown";
    /// What to do where the person could not be read.
    withheld_what_to_do = "Read the record again, or close this and open the person once more from the record system.";
    /// What to do where the sign-in has ended.
    withheld_sign_in = "Close this and open the person once more from the record system.";
    /// Another record has another birth date.
    other_birth = "Different birth dates: is this the same person?";
    /// What to do about it.
    other_birth_do = "Make sure before you rely on the other record.";
    /// Label.
    allergies = "Allergies";
    /// State of an allergy list.
    allergies_none_known = "none known";
    /// State of an allergy list.
    allergies_not_recorded = "not recorded";
    /// State of an allergy list.
    allergies_unavailable = "not available";
    /// State of an allergy list.
    allergies_reading = "being read";
    /// Button.
    sign_out = "Sign out";
    /// Start page.
    start_heading = "One care plan from every record";
    /// Start page.
    start_what = "A person with several conditions has a care plan at each place that treats them. Accord reads all of those records, shows them as one plan, says which record each line comes from, and saves a change back to the record that owns it.";
    /// Start page.
    start_demo = "Try it: simulated records, invented people";
    /// Start page.
    start_demo_how = "You sign in at a simulated record system and come back here: to one person's plan, or as a coordinator to a list of people.";
    /// Start and sign-in page.
    sign_in_heading = "Sign in";
    /// Sign-in page.
    sign_in_how = "Choose the place where you want to sign in. Your password is typed there, never here.";
    /// Sign-in page without sources.
    sign_in_none = "No place to sign in has been set up yet.";
    /// Signed out.
    signed_out_heading = "You are signed out";
    /// Signed out.
    signed_out_what = "This session has ended, and what was read for it is forgotten here. You may still be signed in at the record system you came from: sign out there too, or close the browser, on a shared computer.";
    /// Signed out.
    sign_in_again = "Sign in again";
    /// Sources page.
    sources_heading = "What was read, and what could not be";
    /// Sources page.
    kind_column = "Kind of entry";
    /// Sources page.
    matrix_heading = "Kind by kind";
    /// Sources page: a kind that was not asked for at a source.
    not_asked = "not asked for";
    /// Sources page.
    identity_heading = "What says that these records are one person's";
    /// Sources page.
    identity_each = "How each record describes the person";
    /// Sources page.
    identity_none = "No record says so itself.";
    /// Sources page.
    nothing_asked = "Nothing has been asked here.";
    /// Title of an error page.
    not_shown = "Not shown";
    /// Title of a goal's page.
    goal_page = "Goal";
    /// Error page.
    start_page = "Go to the start page";
    /// Wherever somebody's name differs.
    also = "Also recorded";
}

impl Words {
    /// Only on paper: a sheet says itself of which moment it is, because "now" is over when it is read.
    pub fn drawn(self, moment: &str, tenant: &str) -> String {
        let Self::English = self;
        format!("As it stood on {moment}, {tenant}. What is printed is not brought up to date.")
    }

    /// Why a source did not say who the person is.
    pub fn no_patient(self, status: &Status) -> String {
        let Self::English = self;
        match status {
            Status::Complete | Status::NotSupported => "it answered without a Patient".to_owned(),
            other => self.read_state(other),
        }
    }

    /// Why nothing clinical is shown.
    pub fn withheld_why(self, name: &str, status: &Status) -> String {
        let Self::English = self;
        let state = self.no_patient(status);
        format!(
            "{name}, from which this plan was opened, did not say who the person is ({state}). Without that nothing of any record is shown."
        )
    }

    /// Why nothing clinical is shown of a Patient that was merged into another.
    pub fn withheld_replaced(self, name: &str) -> String {
        let Self::English = self;
        format!(
            "{name} has merged this record into another one of the same person. What is shown here would be out of date."
        )
    }

    /// Title, sentence and what to do for an address that shows nothing.
    pub fn trouble_not_found(self) -> [&'static str; 3] {
        let Self::English = self;
        [
            "There is nothing at this address",
            "The page does not exist, or it belongs to a launch that is not open in this browser.",
            "Open the person again from the record system, or go to the start page.",
        ]
    }

    /// Title, sentence and what to do for something the user may not do.
    pub fn trouble_forbidden(self) -> [&'static str; 3] {
        let Self::English = self;
        [
            "This is not open to you",
            "Your sign-in does not cover what you asked for, or the request came from another site.",
            "Go back to the plan. If you expected to be allowed, ask the organisation that runs this service.",
        ]
    }

    /// Title, sentence and what to do for a launch that has ended.
    pub fn trouble_gone(self) -> [&'static str; 3] {
        let Self::English = self;
        [
            "This launch has ended",
            "For safety a launch ends after a while, and when you sign out. What you had saved is saved.",
            "Open the person again from the record system.",
        ]
    }

    /// Title, sentence and what to do for our own failure.
    pub fn trouble_internal(self) -> [&'static str; 3] {
        let Self::English = self;
        [
            "Something went wrong on our side",
            "The page could not be made. Nothing was changed by this.",
            "Try again. If it happens again, tell support the reference below.",
        ]
    }

    /// Button of the demo.
    pub fn open_as(self, role: Role) -> &'static str {
        let Self::English = self;
        match role {
            Role::Clinician => "Open as clinician",
            Role::Patient => "Open as patient",
            Role::Coordinator => "Open as coordinator",
            Role::Carer => "Open as carer",
        }
    }

    /// What a way into the demo shows, in one line.
    pub fn demo_shows(self, role: Role) -> &'static str {
        let Self::English = self;
        match role {
            Role::Clinician => "A person's plan, opened from the EHR; three more records can be joined.",
            Role::Patient => "Your own plan, who keeps which part of it, and with whom you share it.",
            Role::Coordinator => "Everybody who shares a record with the care team.",
            Role::Carer => "The plan of somebody you care for.",
        }
    }

    /// A role as a word.
    pub fn role(self, role: Role) -> &'static str {
        let Self::English = self;
        match role {
            Role::Clinician => "Clinician",
            Role::Patient => "Patient",
            Role::Coordinator => "Coordinator",
            Role::Carer => "Carer",
        }
    }

    /// A title of our own words and, where they are known, the person's initials.
    pub fn title(self, page: &str, initials: Option<&str>) -> String {
        match initials {
            Some(initials) => format!("{initials} · {page} · {}", self.product()),
            None => format!("{page} · {}", self.product()),
        }
    }

    /// "Sign in at Valley Primary Care".
    pub fn sign_in_at(self, name: &str) -> String {
        let Self::English = self;
        format!("Sign in at {name}")
    }

    /// The reference of a failure, for support.
    pub fn reference(self, reference: &str) -> String {
        let Self::English = self;
        format!("Reference for support: {reference}")
    }

    /// A Linkage: which source says that which entries are one person's.
    pub fn linkage(self, source: &str, items: &[(String, String)]) -> String {
        let Self::English = self;
        let role = |role: &str| match role {
            "source" => "main entry".to_owned(),
            "alternate" => "other entry".to_owned(),
            "historical" => "former entry".to_owned(),
            other => other.to_owned(),
        };
        let items: Vec<String> = items.iter().map(|(reference, is)| format!("{reference} ({})", role(is))).collect();
        format!("{source} says that these are the same person: {}.", self.list(&items))
    }

    /// Says which of the linked entries this launch has read.
    pub fn linkage_known(self, known: usize) -> String {
        let Self::English = self;
        match known {
            0 => "None of them is a record of this launch.".to_owned(),
            1 => "One of them is a record of this launch.".to_owned(),
            known => format!("{known} of them are records of this launch."),
        }
    }
}
