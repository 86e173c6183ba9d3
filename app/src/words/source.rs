//! States of sources in words: empty, not permitted, failed and partial never sound alike.

use care_plan::snapshot::{Reason, Status};

use super::Words;

impl Words {
    /// "214 items".
    pub fn items(self, count: usize) -> String {
        let Self::English = self;
        if count == 1 { "1 item".to_owned() } else { format!("{count} items") }
    }

    /// Why something is missing.
    pub fn reason(self, reason: &Reason) -> String {
        let Self::English = self;
        match reason {
            Reason::Unreachable => "no connection".to_owned(),
            Reason::TimedOut => "no answer in time".to_owned(),
            Reason::Http(status) => format!("answered with error {status}"),
            Reason::Busy(seconds @ ..120) => format!("asks to wait {seconds} seconds"),
            Reason::Busy(seconds) => format!("asks to wait {} minutes", seconds.div_ceil(60)),
            Reason::NotFhir => "answered with something that is not FHIR".to_owned(),
            Reason::Truncated => "the answer broke off".to_owned(),
            Reason::TooLarge => "the answer was too large".to_owned(),
            Reason::TooManyPages => "too many pages".to_owned(),
            Reason::ForeignPage => "a page leads to another server".to_owned(),
            Reason::SignInExpired => "sign-in expired".to_owned(),
            Reason::NoScope => "not part of what you agreed to share".to_owned(),
            Reason::Refused(None) => "refused".to_owned(),
            Reason::Refused(Some(said)) => format!("refused: {said}"),
            Reason::SourceSaysMore => "the source says there is more".to_owned(),
            Reason::EntriesUnusable(1) => "1 entry cannot be used".to_owned(),
            Reason::EntriesUnusable(count) => format!("{count} entries cannot be used"),
            Reason::OnlyPart => "the source offers only a part of this".to_owned(),
            Reason::WrongVersion(version) => format!("speaks FHIR {version}, which is not read here"),
        }
    }

    /// State of one read, in a few words.
    pub fn read_state(self, status: &Status) -> String {
        let Self::English = self;
        match status {
            Status::NotConnected => "not connected".to_owned(),
            Status::Pending => "loading…".to_owned(),
            Status::Complete => "complete".to_owned(),
            Status::Partial(reason) => format!("not all: {}", self.reason(reason)),
            Status::Failed(reason) => format!("could not be read: {}", self.reason(reason)),
            Status::NotPermitted(reason) => format!("not shared with us: {}", self.reason(reason)),
            Status::NotSupported => "not kept by this source".to_owned(),
        }
    }

    /// State of a source beside its name: what it gave, how fresh that is, and what is wrong.
    pub fn source_state(self, status: &Status, count: usize, age: Option<&str>) -> String {
        let Self::English = self;
        let items = self.items(count);
        match (status, age) {
            (Status::Complete, Some(age)) => format!("{items} · {age}"),
            (Status::Complete, None) => items,
            (Status::Pending, _) if count == 0 => "loading…".to_owned(),
            (Status::Pending, _) => format!("{items}, loading…"),
            (Status::Partial(reason), _) => format!("{items}, not all: {}", self.reason(reason)),
            (Status::Failed(reason), _) => self.reason(reason),
            (other, _) => self.read_state(other),
        }
    }

    /// Label of the link that signs in at a source for the first time.
    pub fn connect(self) -> &'static str {
        match self {
            Self::English => "Connect",
        }
    }

    /// Label of the link that signs in at a source again.
    pub fn reconnect(self) -> &'static str {
        match self {
            Self::English => "Reconnect",
        }
    }

    /// Label of the button that reads a source once more.
    pub fn retry(self) -> &'static str {
        match self {
            Self::English => "Retry",
        }
    }

    /// Name of the list of sources.
    pub fn sources(self) -> &'static str {
        match self {
            Self::English => "Sources",
        }
    }

    /// Name of the place that holds the list of sources.
    pub fn records(self) -> &'static str {
        match self {
            Self::English => "Records read",
        }
    }

    /// What a retry was told.
    pub fn retried(self, started: bool) -> &'static str {
        match (self, started) {
            (Self::English, true) => "Reading this record again.",
            (Self::English, false) => "This record cannot be read again now: connect it first.",
        }
    }

    /// One line at the top of the board for a source whose record is missing or not whole.
    pub fn missing_record(self, name: &str, status: &Status) -> Option<String> {
        let Self::English = self;
        match status {
            Status::Complete | Status::Pending | Status::NotConnected => None,
            Status::Partial(reason) => Some(format!("{name} is shown only in part: {}.", self.reason(reason))),
            Status::Failed(reason) => {
                Some(format!("{name} could not be read: {}. What it holds is not in this plan.", self.reason(reason)))
            }
            Status::NotPermitted(reason) => Some(format!(
                "{name} does not share this record: {}. What it holds is not in this plan.",
                self.reason(reason)
            )),
            Status::NotSupported => Some(format!("{name} keeps none of the kinds of entries that a plan is made of.")),
        }
    }

    /// "2 more records: reload" for readers without script.
    pub fn more_records(self, pending: usize) -> String {
        let Self::English = self;
        if pending == 1 {
            "1 more record is being read".to_owned()
        } else {
            format!("{pending} more records are being read")
        }
    }

    /// Label of the link that loads the page again.
    pub fn reload(self) -> &'static str {
        match self {
            Self::English => "Reload",
        }
    }

    /// Said politely when the board was brought up to date.
    pub fn board_changed(self) -> &'static str {
        match self {
            Self::English => "The plan was brought up to date.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_states_of_a_source_never_sound_alike() {
        let states = [
            Status::NotConnected,
            Status::Pending,
            Status::Complete,
            Status::Partial(Reason::TimedOut),
            Status::Failed(Reason::TimedOut),
            Status::NotPermitted(Reason::NoScope),
            Status::NotSupported,
        ];
        let said: Vec<String> = states.iter().map(|state| Words::English.source_state(state, 0, Some("now"))).collect();
        for (index, one) in said.iter().enumerate() {
            assert!(!said[..index].contains(one), "{one} is said twice");
        }
    }

    #[test]
    fn a_failed_source_never_says_how_many_items_it_has() {
        assert_eq!(Words::English.source_state(&Status::Failed(Reason::SignInExpired), 0, None), "sign-in expired");
    }
}
