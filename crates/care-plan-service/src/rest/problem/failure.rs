//! What the service refuses, as a problem.

use super::{Code, Problem};
use crate::Failure;
use crate::identity::{NotAdmitted, whole_seconds};

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::NotLicensed => Self::of(Code::ModuleNotLicensed),
            Failure::Refused(_) => Self::of(Code::NotAllowed),
            Failure::NotFound => Self::of(Code::NotFound),
            Failure::VersionMissing => {
                Self::of(Code::VersionMissing).saying("Send it as \"version\" in the body, or as If-Match: \"n\".")
            }
            Failure::Stale { now } => {
                let detail = format!("It is at version {now} now. Read it again.");
                Self { version: Some(now), ..Self::of(Code::VersionStale).saying(detail) }
            }
            Failure::KeyReused => Self::of(Code::KeyReused),
            Failure::Plan(refusal) => refusal.into(),
            Failure::Content(error) => {
                tracing::error!(%error, "what is kept cannot be read");
                Self::of(Code::Internal)
            }
            Failure::Store(error) => {
                tracing::error!(%error, "the store could not be asked");
                Self::of(Code::Unavailable)
            }
            Failure::Unaudited(error) => {
                tracing::error!(%error, "refused, because it could not be written into the audit log");
                Self::of(Code::Unavailable)
            }
        }
    }
}

impl From<NotAdmitted> for Problem {
    fn from(why: NotAdmitted) -> Self {
        match why {
            NotAdmitted::NoToken => Self::of(Code::Unauthenticated),
            NotAdmitted::Refused(_) => Self::of(Code::Unauthenticated).challenging("Bearer error=\"invalid_token\""),
            NotAdmitted::TooOften(too_often) => {
                let seconds = whole_seconds(too_often);
                let words = format!("Come back in {seconds} seconds.");
                Self::of(Code::TooManyRequests).saying(words).after(seconds)
            }
            NotAdmitted::NotAsked => Self::of(Code::Unavailable),
        }
    }
}
