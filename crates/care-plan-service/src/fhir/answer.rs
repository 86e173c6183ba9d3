//! What an interaction answers, before it becomes HTTP.

use std::sync::Arc;

use fhir_server::{SearchSet, Version};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::held::Shown;

/// The answer of an interaction that was carried out.
#[derive(Debug)]
pub(super) struct Answer {
    /// The resource or Bundle.
    pub(super) body: Body,
    /// Version and time of change, for `ETag` and `Last-Modified`.
    pub(super) stamp: Option<(Version, Timestamp)>,
}

/// The body of an answer.
#[derive(Debug)]
pub(super) enum Body {
    /// A resource, or a Bundle that is no search's.
    Resource(Arc<Value>),
    /// A search's Bundle.
    SearchSet(SearchSet),
}

impl Answer {
    /// One version of a resource.
    pub(super) fn of_shown(shown: Shown) -> Self {
        Self { body: Body::Resource(shown.resource), stamp: shown.stamp }
    }

    /// What has no version.
    pub(super) fn of_value(value: Value) -> Self {
        Self { body: Body::Resource(Arc::new(value)), stamp: None }
    }

    /// A search's Bundle.
    pub(super) fn of_search(set: SearchSet) -> Self {
        Self { body: Body::SearchSet(set), stamp: None }
    }
}

/// A moment as HTTP headers write it (RFC 9110 section 5.6.7).
pub(super) fn http_date(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}
