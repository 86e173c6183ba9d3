//! A way to misbehave, and what must come of it.

use care_plan::snapshot::{Reason, Status};
use serde_json::Value;

use super::Position;

/// A way to misbehave.
pub struct Fault {
    pub name: &'static str,
    /// What the server sends in the place of its sound answer.
    pub reply: fn(&Asked) -> Reply,
    pub outcome: Outcome,
}

/// A request that meets the fault.
pub struct Asked<'a> {
    /// Its head.
    pub head: &'a str,
    /// Which case it belongs to.
    pub case: usize,
    /// Path below the base, with the query.
    pub target: &'a str,
    /// How many came before it.
    pub nth: usize,
    /// The body of the sound answer.
    pub sound: &'a str,
}

/// What goes over the wire.
pub struct Reply {
    pub bytes: Vec<u8>,
    pub then: Then,
}

/// What the server does with the connection afterwards.
pub enum Then {
    GoesOn,
    Closes,
    Resets,
    StaysSilent,
    Repeats(Vec<u8>),
}

/// What must come of a fault.
pub enum Outcome {
    /// Nothing is lost.
    Whole,
    /// Nothing is lost, though so many entries bring nothing new: the same again, or a message that only informs.
    Idle(usize),
    /// What was asked for is lost.
    Lost(fn() -> Reason),
    /// Nothing is lost that can be used; so many entries cannot.
    Unusable(usize),
    /// What came is kept, and it is said that more is missing.
    More(fn() -> Reason),
    /// 400 or 422: a query that is not taken.
    Rejected(u16),
    /// 403.
    Forbidden,
    /// 404 or 410: not there, or a page that is there no more.
    Gone,
    /// 405 or 501.
    NotDone,
    /// It never ends; at the soft deadline it is shown as late.
    Late,
}

impl Reply {
    pub fn of(bytes: impl Into<Vec<u8>>, then: Then) -> Self {
        Self { bytes: bytes.into(), then }
    }

    /// Any answer of HTTP, with its length.
    pub fn http(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let head = format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n", body.len());
        Self::of([head.as_bytes(), body].concat(), Then::GoesOn)
    }

    pub fn status(status: &str) -> Self {
        Self::http(status, "", "")
    }

    /// 200 with FHIR JSON.
    pub fn json(body: impl AsRef<[u8]>) -> Self {
        Self::http("200 OK", "content-type: application/fhir+json\r\n", body)
    }
}

impl<'a> Asked<'a> {
    /// Reads the head of a request for `/{case}/fhir/{target}`.
    pub fn of(head: &'a str) -> Self {
        let path = head.split(' ').nth(1).unwrap_or_default().trim_start_matches('/');
        let (case, target) = path.split_once("/fhir/").unwrap_or_default();
        Self { head, case: case.parse().unwrap_or(usize::MAX), target, nth: 0, sound: "" }
    }

    /// The sound answer, changed.
    pub fn changed(&self, change: impl FnOnce(&mut Value)) -> Reply {
        let mut body = serde_json::from_str(self.sound).unwrap_or_default();
        change(&mut body);
        Reply::json(body.to_string())
    }

    /// The sound Bundle with one more entry, as text.
    pub fn with_entry(&self, entry: &str) -> Reply {
        let sound: Value = serde_json::from_str(self.sound).unwrap_or_default();
        let there = sound["entry"].as_array().map(Vec::as_slice).unwrap_or_default();
        let entries: Vec<String> = there.iter().map(Value::to_string).chain([entry.to_owned()]).collect();
        let list = format!(r#""entry":[{}]"#, entries.join(","));
        let whole = format!(r#""entry":{}"#, sound["entry"]);
        Reply::json(sound.to_string().replace(&whole, &list))
    }

    /// True for a connection's request with the token that was not refreshed.
    pub fn has_old_token(&self) -> bool {
        self.head.to_ascii_lowercase().contains("authorization: bearer old")
    }
}

impl Outcome {
    /// How the read that met the fault is shown.
    pub fn status(&self, position: Position) -> Status {
        let lost =
            |reason| if position == Position::LaterPage { Status::Partial(reason) } else { Status::Failed(reason) };
        match self {
            Self::Whole | Self::Idle(_) => Status::Complete,
            Self::Lost(reason) => lost(reason()),
            Self::Unusable(entries) => Status::Partial(Reason::EntriesUnusable(*entries)),
            Self::More(reason) => Status::Partial(reason()),
            Self::Rejected(status) => lost(Reason::Http(*status)),
            Self::Forbidden if position == Position::LaterPage => Status::Partial(Reason::Refused(None)),
            Self::Forbidden => Status::NotPermitted(Reason::Refused(None)),
            Self::Gone | Self::NotDone if position == Position::FirstPage => Status::NotSupported,
            // Asked, and not there: the answer is whole.
            Self::Gone if position == Position::Reference => Status::Complete,
            Self::Gone => Status::Partial(Reason::Http(404)),
            Self::NotDone => lost(Reason::Http(405)),
            Self::Late => lost(Reason::TimedOut),
        }
    }

    /// True where what was asked for has not come.
    pub fn is_loss(&self) -> bool {
        !matches!(self, Self::Whole | Self::Idle(_) | Self::Unusable(_) | Self::More(..))
    }

    /// Entries that came and are neither a resource more nor a problem.
    pub fn idle(&self) -> usize {
        if let Self::Idle(entries) = self { *entries } else { 0 }
    }
}
