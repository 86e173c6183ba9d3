//! What could settle an issue, and how it was settled, in words.

use care_plan::decisions::{DeciderRole, SettledAs};

use super::super::Words;

impl Words {
    /// Adopt what one record says.
    pub fn adopt(self, element: &str, from: &str, to: &[String]) -> String {
        let Self::English = self;
        let element = self.element(element);
        if to.is_empty() {
            return format!("Go by the {element} of {from}.");
        }
        format!("Go by the {element} of {from}: it would be changed at {}.", self.list(to))
    }

    /// Set an element to something else.
    pub fn change(self, element: &str, at: &str, to: Option<&str>) -> String {
        let Self::English = self;
        let element = self.element(element);
        match to {
            Some(value) => format!("Set the {element} at {at} to “{value}”."),
            None => format!("Change the {element} at {at}."),
        }
    }

    /// Ask the prescriber.
    pub fn ask_prescriber(self, at: &[String]) -> String {
        let Self::English = self;
        format!("Ask who prescribed it at {}. Accord never changes an order.", self.list(at))
    }

    /// Add something to the plan.
    pub fn add_to_plan(self, what: &str, to: Option<&str>) -> String {
        let Self::English = self;
        let what = self.one_of(what);
        match to {
            Some(title) => format!("Add {what} for “{title}”."),
            None => format!("Add {what} to the plan."),
        }
    }

    /// Link two things that belong together.
    pub fn link_up(self, element: &str, of: Option<&str>) -> String {
        let Self::English = self;
        let element = self.element(element);
        match of {
            Some(title) => format!("Link “{title}” where it belongs ({element})."),
            None => format!("Link it where it belongs ({element})."),
        }
    }

    /// Say what is one.
    pub fn join_or_split(self) -> &'static str {
        match self {
            Self::English => "Say whether these are the same.",
        }
    }

    /// Read a source again.
    pub fn read_again(self, source: &str) -> String {
        let Self::English = self;
        format!("Read {source} again, or sign in there.")
    }

    /// Leave it.
    pub fn keep_as_is(self) -> &'static str {
        match self {
            Self::English => "Leave it as it is, on purpose.",
        }
    }

    /// How an issue was settled.
    pub fn settled_as(self, outcome: &SettledAs, from: Option<&str>) -> String {
        let Self::English = self;
        match outcome {
            SettledAs::Adopted { .. } => {
                from.map_or_else(|| "One record's word counts".to_owned(), |from| format!("What {from} says counts"))
            }
            SettledAs::Changed => "Changed".to_owned(),
            SettledAs::KeptAsIs => "Left as it is, on purpose".to_owned(),
            SettledAs::NotAnIssue => "No issue for this person".to_owned(),
            SettledAs::AskedTeam => "The care team was asked".to_owned(),
            SettledAs::AskedPrescriber => "The prescriber was asked".to_owned(),
            SettledAs::TakenBack => "An earlier decision was taken back".to_owned(),
        }
    }

    /// Who settled it and when.
    pub fn settled_by(self, how: &str, who: &str, when: &str) -> String {
        let Self::English = self;
        format!("{how}: {who}, {when}")
    }

    /// Whoever decided, with the role where it is not that of a professional.
    pub fn decider(self, name: &str, role: Option<DeciderRole>) -> String {
        let Self::English = self;
        match role {
            Some(DeciderRole::Patient) => format!("{name} (patient)"),
            Some(DeciderRole::Carer) => format!("{name} (carer)"),
            Some(DeciderRole::Clinician | DeciderRole::Coordinator) | None => name.to_owned(),
        }
    }

    /// What the person or a carer said of a matter of safety.
    pub fn voiced(self, how: &str, who: &str, when: &str) -> String {
        let Self::English = self;
        format!(
            "{who} said, {when}: {how}. It may harm, so it stays open until a professional of the care team has settled it."
        )
    }

    /// Label of a decision's reason.
    pub fn settled_because(self, reason: &str) -> String {
        let Self::English = self;
        format!("Reason: {reason}")
    }

    /// An issue that was settled and is open again.
    pub fn reopened(self, how: &str, who: &str, when: &str) -> String {
        let Self::English = self;
        format!("Was settled ({how}: {who}, {when}) and is open again, because the records say something else now:")
    }

    /// What changed since an issue was settled.
    pub fn changed_since(self, of: &str, name: &str, was: &str, now: &str) -> String {
        let Self::English = self;
        let said = |text: &str| if text.is_empty() { "nothing".to_owned() } else { format!("“{text}”") };
        let name = self.fact(name);
        let whose = if of.is_empty() { name } else { format!("{of}, {name}") };
        format!("{whose}: now {}, before {}", said(now), said(was))
    }

    /// A record that speaks of it since it was settled.
    pub fn speaks_now(self, of: &str) -> String {
        let Self::English = self;
        format!("{of} says something about it now")
    }

    /// A record that no longer speaks of it.
    pub fn speaks_no_more(self, of: &str) -> String {
        let Self::English = self;
        format!("{of} says nothing about it any more")
    }
}
