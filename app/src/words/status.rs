//! Status codes in words, at most a few of them, and the tone in which they are drawn.

use super::Words;

/// What a status means for the reader. Drawn as colour *and* as a mark, and never without the word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Nothing to say.
    Plain,
    /// Under way.
    Info,
    /// As wished.
    Good,
    /// Wants a look.
    Warn,
    /// Bad.
    Bad,
}

impl Words {
    /// A status code of any of the resource types that the plan shows, in words. A code we do not know is shown as it
    /// is; a missing one says so: status is never blank.
    pub fn status(self, code: Option<&str>) -> (String, Tone) {
        let Self::English = self;
        let Some(code) = code.filter(|code| !code.trim().is_empty()) else {
            return ("Status not recorded".to_owned(), Tone::Plain);
        };
        let (word, tone) = match code {
            "active" => ("Active", Tone::Info),
            "recurrence" => ("Recurrence", Tone::Warn),
            "relapse" => ("Relapse", Tone::Warn),
            "inactive" => ("Inactive", Tone::Plain),
            "remission" => ("In remission", Tone::Good),
            "resolved" => ("Resolved", Tone::Good),
            "proposed" => ("Proposed", Tone::Info),
            "planned" => ("Planned", Tone::Info),
            "accepted" => ("Accepted", Tone::Info),
            "draft" => ("Draft", Tone::Plain),
            "requested" => ("Requested", Tone::Info),
            "ready" => ("Ready", Tone::Info),
            "received" => ("Received", Tone::Info),
            "preparation" => ("In preparation", Tone::Info),
            "not-started" => ("Not started", Tone::Plain),
            "scheduled" | "booked" => ("Scheduled", Tone::Info),
            "in-progress" | "arrived" => ("In progress", Tone::Info),
            "on-hold" | "suspended" => ("On hold", Tone::Warn),
            "completed" | "fulfilled" | "final" | "finished" => ("Done", Tone::Good),
            "pending" => ("Pending", Tone::Info),
            "waitlist" => ("On the waiting list", Tone::Info),
            "checked-in" => ("Checked in", Tone::Info),
            "triaged" => ("Triaged", Tone::Info),
            "onleave" => ("On leave", Tone::Info),
            "current" => ("Current", Tone::Info),
            "superseded" => ("Superseded", Tone::Plain),
            "registered" => ("Registered", Tone::Info),
            "partial" => ("Partial", Tone::Warn),
            "preliminary" => ("Preliminary", Tone::Warn),
            "amended" | "appended" => ("Amended", Tone::Info),
            "corrected" => ("Corrected", Tone::Info),
            "cancelled" => ("Cancelled", Tone::Plain),
            "revoked" => ("Revoked", Tone::Plain),
            "stopped" => ("Stopped", Tone::Warn),
            "not-done" => ("Not done", Tone::Warn),
            "not-taken" => ("Not taken", Tone::Warn),
            "intended" => ("Intended", Tone::Info),
            "failed" => ("Failed", Tone::Bad),
            "rejected" => ("Rejected", Tone::Plain),
            "noshow" => ("Did not attend", Tone::Warn),
            "entered-in-error" => ("Entered in error", Tone::Bad),
            "unknown" => ("Status unknown", Tone::Plain),
            other => return (other.to_owned(), Tone::Plain),
        };
        (word.to_owned(), tone)
    }

    /// `Goal.achievementStatus` in words.
    pub fn achievement(self, code: &str) -> (String, Tone) {
        let Self::English = self;
        let (word, tone) = match code {
            "in-progress" => ("In progress", Tone::Info),
            "improving" => ("Improving", Tone::Good),
            "worsening" => ("Worsening", Tone::Bad),
            "no-change" => ("No change", Tone::Plain),
            "achieved" => ("Achieved", Tone::Good),
            "sustaining" => ("Sustaining", Tone::Good),
            "not-achieved" => ("Not achieved", Tone::Warn),
            "no-progress" => ("No progress", Tone::Warn),
            "not-attainable" => ("Not attainable", Tone::Bad),
            other => return (other.to_owned(), Tone::Plain),
        };
        (word.to_owned(), tone)
    }

    /// `Condition.verificationStatus`, where it is worth a word: a confirmed concern needs none.
    pub fn verification(self, code: &str) -> Option<&str> {
        let Self::English = self;
        match code {
            "confirmed" => None,
            "unconfirmed" => Some("unconfirmed"),
            "provisional" => Some("provisional"),
            "differential" => Some("differential"),
            "refuted" => Some("refuted"),
            "entered-in-error" => Some("entered in error"),
            _ => None,
        }
    }

    /// A concern that its record took back: `refuted` or `entered-in-error`.
    pub fn taken_back(self, code: &str) -> (String, Tone) {
        let Self::English = self;
        match code {
            "refuted" => ("Refuted".to_owned(), Tone::Plain),
            other => self.status(Some(other)),
        }
    }

    /// `Patient.gender` in words.
    pub fn gender(self, code: Option<&str>) -> String {
        let Self::English = self;
        match code {
            None => "Not recorded".to_owned(),
            Some("female") => "Female".to_owned(),
            Some("male") => "Male".to_owned(),
            Some("other") => "Other".to_owned(),
            Some("unknown") => "Unknown".to_owned(),
            Some(other) => other.to_owned(),
        }
    }
}

/// Codes of `Goal.achievementStatus` (R4 valueset-goal-achievement), in the order of the form.
pub const ACHIEVEMENTS: [&str; 9] = [
    "in-progress",
    "improving",
    "worsening",
    "no-change",
    "achieved",
    "sustaining",
    "not-achieved",
    "no-progress",
    "not-attainable",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_never_blank() {
        for code in [None, Some(""), Some("  ")] {
            assert_eq!(Words::English.status(code).0, "Status not recorded");
        }
        assert_eq!(Words::English.status(Some("on-ice")).0, "on-ice");
        assert_eq!(Words::English.status(Some("completed")), ("Done".to_owned(), Tone::Good));
    }

    #[test]
    fn each_achievement_of_the_form_has_a_word() {
        for code in ACHIEVEMENTS {
            assert_ne!(Words::English.achievement(code).0, code);
        }
    }
}
