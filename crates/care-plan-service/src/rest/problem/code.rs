//! The kinds of problems.

use axum::http::StatusCode;

/// The kinds of problems. Their words stay what they are: programs depend on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// No token, or one that is refused.
    Unauthenticated,
    /// The tenant has not licensed the module.
    ModuleNotLicensed,
    /// The token does not allow it.
    InsufficientScope,
    /// Not in this role.
    NotAllowed,
    /// Not there, or not for this caller.
    NotFound,
    /// The path is there, by other methods.
    MethodNotAllowed,
    /// A parameter or a header cannot be read.
    InvalidParameter,
    /// The body is not JSON.
    InvalidJson,
    /// The body is JSON of another shape.
    InvalidBody,
    /// Two versions were sent.
    VersionAmbiguous,
    /// No version was sent.
    VersionMissing,
    /// Another version than the present one was sent.
    VersionStale,
    /// The body is longer than is taken.
    BodyTooLarge,
    /// The body is not said to be JSON.
    UnsupportedMediaType,
    /// What was sent cannot stand.
    InvalidContent,
    /// The idempotency key was used for something else.
    KeyReused,
    /// The plan is closed.
    PlanClosed,
    /// There is no way from the state to the one that was asked for.
    MayNotBecome,
    /// In its state the part says nothing new.
    Settled,
    /// Nothing was said of open activities.
    OpenActivities,
    /// Nothing was said of open goals.
    OpenGoals,
    /// The plan is not with reviewers.
    NotInReview,
    /// The plan is with reviewers already.
    InReview,
    /// Not everybody who was asked has signed.
    NotApproved,
    /// This role was not asked to sign.
    RoleNotAsked,
    /// This role has signed.
    AlreadySigned,
    /// It was asked too often.
    TooManyRequests,
    /// What is kept cannot be read.
    Internal,
    /// Who calls, the plan or the audit log could not be asked.
    Unavailable,
}

impl Code {
    /// Every kind.
    pub const ALL: [Self; 29] = [
        Self::Unauthenticated,
        Self::ModuleNotLicensed,
        Self::InsufficientScope,
        Self::NotAllowed,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::InvalidParameter,
        Self::InvalidJson,
        Self::InvalidBody,
        Self::VersionAmbiguous,
        Self::VersionMissing,
        Self::VersionStale,
        Self::BodyTooLarge,
        Self::UnsupportedMediaType,
        Self::InvalidContent,
        Self::KeyReused,
        Self::PlanClosed,
        Self::MayNotBecome,
        Self::Settled,
        Self::OpenActivities,
        Self::OpenGoals,
        Self::NotInReview,
        Self::InReview,
        Self::NotApproved,
        Self::RoleNotAsked,
        Self::AlreadySigned,
        Self::TooManyRequests,
        Self::Internal,
        Self::Unavailable,
    ];

    /// The word for programs.
    pub fn word(self) -> &'static str {
        self.facts().1
    }

    /// The kind in a few words.
    pub fn title(self) -> &'static str {
        self.facts().2
    }

    /// The status of the answer. What the plan does not allow is 422, so that 409 always means: read again.
    pub fn status(self) -> StatusCode {
        self.facts().0
    }

    /// Names the kind for ever.
    pub fn uri(self) -> String {
        format!("urn:accord:problem:{}", self.word().to_lowercase().replace('_', "-"))
    }

    fn facts(self) -> (StatusCode, &'static str, &'static str) {
        use StatusCode as S;
        match self {
            Self::Unauthenticated => (S::UNAUTHORIZED, "UNAUTHENTICATED", "A valid bearer token is needed"),
            Self::ModuleNotLicensed => (S::FORBIDDEN, "MODULE_NOT_LICENSED", "ehr.care_plans is not licensed"),
            Self::InsufficientScope => (S::FORBIDDEN, "INSUFFICIENT_SCOPE", "The token does not allow this"),
            Self::NotAllowed => (S::FORBIDDEN, "NOT_ALLOWED", "This is not for your role"),
            Self::NotFound => (S::NOT_FOUND, "NOT_FOUND", "There is nothing here"),
            Self::MethodNotAllowed => (S::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", "Not by this method"),
            Self::InvalidParameter => (S::BAD_REQUEST, "INVALID_PARAMETER", "A parameter or header cannot be read"),
            Self::InvalidJson => (S::BAD_REQUEST, "INVALID_JSON", "The body is not JSON"),
            Self::InvalidBody => (S::BAD_REQUEST, "INVALID_BODY", "The body has another shape"),
            Self::VersionAmbiguous => (S::BAD_REQUEST, "VERSION_AMBIGUOUS", "If-Match and version differ"),
            Self::VersionMissing => (S::PRECONDITION_REQUIRED, "VERSION_MISSING", "The version you saw is needed"),
            Self::VersionStale => (S::CONFLICT, "VERSION_STALE", "Somebody else was first"),
            Self::BodyTooLarge => (S::PAYLOAD_TOO_LARGE, "BODY_TOO_LARGE", "The body is too long"),
            Self::UnsupportedMediaType => {
                (S::UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE", "Only application/json is taken")
            }
            Self::InvalidContent => (S::UNPROCESSABLE_ENTITY, "INVALID_CONTENT", "Some fields cannot stand"),
            Self::KeyReused => (S::UNPROCESSABLE_ENTITY, "KEY_REUSED", "This Idempotency-Key was used otherwise"),
            Self::PlanClosed => (S::UNPROCESSABLE_ENTITY, "PLAN_CLOSED", "The plan is closed"),
            Self::MayNotBecome => (S::UNPROCESSABLE_ENTITY, "MAY_NOT_BECOME", "There is no way to that state"),
            Self::Settled => (S::UNPROCESSABLE_ENTITY, "SETTLED", "In its state it is not changed"),
            Self::OpenActivities => (S::UNPROCESSABLE_ENTITY, "OPEN_ACTIVITIES", "Activities are open"),
            Self::OpenGoals => (S::UNPROCESSABLE_ENTITY, "OPEN_GOALS", "Goals are open"),
            Self::NotInReview => (S::UNPROCESSABLE_ENTITY, "NOT_IN_REVIEW", "The plan is not in review"),
            Self::InReview => (S::UNPROCESSABLE_ENTITY, "IN_REVIEW", "The plan is in review already"),
            Self::NotApproved => (S::UNPROCESSABLE_ENTITY, "NOT_APPROVED", "The plan is not approved"),
            Self::RoleNotAsked => (S::UNPROCESSABLE_ENTITY, "ROLE_NOT_ASKED", "Your role was not asked to sign"),
            Self::AlreadySigned => (S::UNPROCESSABLE_ENTITY, "ALREADY_SIGNED", "Your role has signed already"),
            Self::TooManyRequests => (S::TOO_MANY_REQUESTS, "TOO_MANY_REQUESTS", "This was asked too often"),
            Self::Internal => (S::INTERNAL_SERVER_ERROR, "INTERNAL", "Something went wrong on our side"),
            Self::Unavailable => (S::SERVICE_UNAVAILABLE, "UNAVAILABLE", "This cannot be answered at the moment"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Code;

    #[test]
    fn every_kind_of_problem_has_a_word_of_its_own() {
        let words: BTreeSet<_> = Code::ALL.into_iter().map(Code::word).collect();
        assert_eq!(words.len(), Code::ALL.len());
        assert_eq!(Code::VersionStale.uri(), "urn:accord:problem:version-stale");
    }
}
