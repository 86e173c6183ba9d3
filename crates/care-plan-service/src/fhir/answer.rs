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
    /// By what it is told from other answers about the same.
    pub(super) tagged: Tagged,
}

/// By what an answer is told from others about the same (`ETag`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tagged {
    /// By its version: one version says one thing.
    ByVersion,
    /// By its version, and sent whole each time: whom a former version names may have been settled since it was sent last.
    SentWhole,
    /// By what it says: one version may say something else, because whose something is was settled beside it.
    ByWords,
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
        Self { body: Body::Resource(shown.resource), stamp: shown.stamp, tagged: shown.tagged }
    }

    /// What has no version.
    pub(super) fn of_value(value: Value) -> Self {
        Self { body: Body::Resource(Arc::new(value)), stamp: None, tagged: Tagged::ByWords }
    }

    /// A search's Bundle.
    pub(super) fn of_search(set: SearchSet) -> Self {
        Self { body: Body::SearchSet(set), stamp: None, tagged: Tagged::ByWords }
    }
}

/// A moment as HTTP headers write it (RFC 9110 section 5.6.7).
pub(super) fn http_date(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}
