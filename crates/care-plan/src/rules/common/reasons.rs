//! Why something of a source is missing, in words that change only when the reason does.

use crate::snapshot::Reason;

/// The reason in words. Numbers that change from one reading to the next are left out: they would open a settled issue
/// again each time.
pub(in crate::rules) fn words(reason: &Reason) -> String {
    match reason {
        Reason::Unreachable => "no connection".to_owned(),
        Reason::TimedOut => "no answer in time".to_owned(),
        Reason::Http(status) => format!("error {status}"),
        Reason::Busy(_) => "the source asks to be left alone".to_owned(),
        Reason::NotFhir => "the answer is not FHIR".to_owned(),
        Reason::Truncated => "the answer broke off".to_owned(),
        Reason::TooLarge => "the answer is too large".to_owned(),
        Reason::TooManyPages => "too many pages".to_owned(),
        Reason::ForeignPage => "the next page is at another address".to_owned(),
        Reason::SignInExpired => "the sign-in there has ended".to_owned(),
        Reason::NoScope => "not covered by the permission".to_owned(),
        Reason::Refused(_) => "refused by the source".to_owned(),
        Reason::SourceSaysMore => "the source has more than it sent".to_owned(),
        Reason::EntriesUnusable(_) => "some entries cannot be used".to_owned(),
        Reason::OnlyPart => "the source offers only a part".to_owned(),
        Reason::WrongVersion(version) => format!("FHIR version {version} is not read"),
    }
}
