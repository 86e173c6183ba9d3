//! What a bearer token opens at the FHIR server (RFC 6750; SMART scopes).

use std::sync::Arc;

use axum::http::{HeaderMap, header};
use fhir_server::{Binding, Interaction, Issue, Outcome, binding};

use super::{
    Authority,
    scope::{DataScope, Level, Permissions, Scope},
};
use crate::{
    directory::UserKind,
    fhir::{Access, Guard, Refusal},
};

/// Lets in who has a token of this EHR.
pub(crate) struct Bearers(pub(crate) Arc<Authority>);

impl Guard for Bearers {
    fn admit(&self, headers: &HeaderMap) -> Result<Access, Refusal> {
        let opened = open(&self.0, headers).map_err(refusal)?;
        let patient = opened.patient.clone();
        Ok(Access { may: Arc::new(move |kind, interaction| opened.may(kind, interaction)), patient })
    }
}

/// RFC 6750 section 3.1: without a token no error code, with a bad one `invalid_token`.
fn refusal(closed: Closed) -> Refusal {
    let (challenge, sentence) = match closed {
        Closed::NoToken => ("Bearer realm=\"fhir\"", "An access token is needed."),
        Closed::BadToken => {
            ("Bearer realm=\"fhir\", error=\"invalid_token\"", "The access token is unknown, expired or revoked.")
        }
    };
    Refusal {
        status: 401,
        outcome: Outcome(vec![Issue::error("login", sentence)]),
        challenge: Some(challenge.to_owned()),
    }
}

/// Why nothing is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Closed {
    /// No bearer token was sent.
    NoToken,
    /// The token is unknown, expired or revoked.
    BadToken,
}

/// What a token opens.
#[derive(Debug)]
pub(super) struct Opened {
    /// The only person whose record is open; `None` where records of all are.
    pub patient: Option<String>,
    /// Whether records of people are open at all, or only what is about nobody, such as the directory.
    people: bool,
    scopes: Vec<DataScope>,
}

impl Opened {
    /// Whether an interaction with a type is within the scopes.
    pub(super) fn may(&self, kind: &str, interaction: Interaction) -> bool {
        let needed = match interaction {
            Interaction::Read | Interaction::Vread | Interaction::History => Permissions::READ,
            Interaction::Search => Permissions::SEARCH,
            Interaction::Create => Permissions::CREATE,
            Interaction::Update | Interaction::Patch => Permissions::UPDATE,
            Interaction::Delete => Permissions::DELETE,
        };
        (self.people || binding(kind) == Binding::Shared)
            && self.scopes.iter().any(|scope| (scope.kind == "*" || scope.kind == kind) && scope.may.contains(needed))
    }
}

/// Looks up the token of a request.
///
/// A launch that has a person in context opens that person's record only, `user/` scopes included, whoever the user is:
/// one launch, one person. Without one, a patient opens the own record; staff who may open every record open all of
/// them by `user/` scopes, and staff with a panel of people open none, because nobody said which.
/// A token without a user opens everybody's by its `system/` scopes, and by no others.
pub(super) fn open(authority: &Authority, headers: &HeaderMap) -> Result<Opened, Closed> {
    let token = bearer(headers).ok_or(Closed::NoToken)?;
    let memory = authority.memory();
    let (token, grant) = memory.access(token, authority.now()).ok_or(Closed::BadToken)?;
    let of_level = |wanted: fn(Level) -> bool| {
        let data = token.scopes.iter().filter_map(move |scope| match scope {
            Scope::Data(data) if wanted(data.level) => Some(data.clone()),
            _ => None,
        });
        data.collect::<Vec<_>>()
    };
    let Some(user) = &grant.user else {
        return Ok(Opened { patient: None, people: true, scopes: of_level(|level| level == Level::System) });
    };
    let user = authority.directory.user(user).ok_or(Closed::BadToken)?;
    let own = user.patients.first().filter(|_| user.kind == UserKind::Patient);
    let patient = grant.patient.as_ref().or(own).cloned();
    let everybody = || authority.directory.people().iter().all(|person| user.patients.contains(&person.id));
    let people = patient.is_some() || everybody();
    Ok(Opened { patient, people, scopes: of_level(|level| level != Level::System) })
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
