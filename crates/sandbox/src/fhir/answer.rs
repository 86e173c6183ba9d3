//! What an interaction answers, before it becomes HTTP or an entry of a Bundle.

use std::sync::Arc;

use fhir_server::{Base, Outcome, Return, SearchSet, Version};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::store::StoredVersion;

/// The answer of one interaction.
#[derive(Debug)]
pub(super) struct Answer {
    /// HTTP status code.
    pub(super) status: u16,
    /// The resource or Bundle.
    pub(super) body: Body,
    /// Version and time of change, for `ETag` and `Last-Modified`.
    pub(super) stamp: Option<(Version, Timestamp)>,
    /// `Location`, relative to the base.
    pub(super) location: Option<String>,
}

/// The body of an answer.
#[derive(Debug)]
pub(super) enum Body {
    /// None.
    Empty,
    /// A resource of the store, shared.
    Resource(Arc<Value>),
    /// A search's Bundle.
    SearchSet(SearchSet),
}

impl Answer {
    /// 200 with a stored version; a deletion has no body.
    pub(super) fn of_version(version: &StoredVersion) -> Self {
        Self {
            status: 200,
            body: version.resource.clone().map_or(Body::Empty, Body::Resource),
            stamp: Some((version.number, version.at)),
            location: None,
        }
    }

    /// The answer to a write that made this version.
    pub(super) fn written(status: u16, kind: &str, id: &str, version: &StoredVersion) -> Self {
        let location = format!("{kind}/{id}/_history/{}", version.number.0);
        Self { status, location: Some(location), ..Self::of_version(version) }
    }

    /// An answer with a made-up resource: a history, a transaction's Bundle, a CapabilityStatement.
    pub(super) fn of_value(value: Value) -> Self {
        Self { status: 200, body: Body::Resource(Arc::new(value)), stamp: None, location: None }
    }

    /// Gives a write the body that the client wishes.
    pub(super) fn shaped(mut self, wish: Return) -> Self {
        self.body = match wish {
            Return::Representation => return self,
            Return::Minimal => Body::Empty,
            Return::OperationOutcome => Body::Resource(Arc::new(Outcome::all_ok("Done.").to_value())),
        };
        self
    }

    /// The whole address of [`Answer::location`].
    pub(super) fn address(&self, base: &Base) -> Option<String> {
        self.location.as_ref().map(|location| format!("{}/{location}", base.as_str()))
    }
}

/// A moment as HTTP headers write it (RFC 9110 section 5.6.7).
pub(super) fn http_date(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}
