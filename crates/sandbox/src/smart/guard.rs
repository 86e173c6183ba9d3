//! What a bearer token opens at the FHIR server (RFC 6750; SMART scopes).

use axum::http::{HeaderMap, header};
use fhir_server::Interaction;

use super::{
    Authority,
    scope::{DataScope, Level, Permissions, Scope},
};
use crate::directory::UserKind;

/// Why nothing is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Closed {
    /// No bearer token was sent.
    NoToken,
    /// The token is unknown, expired or revoked.
    BadToken,
}

/// What a token opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Opened {
    /// The only person whose record is open; `None` where records of all are.
    pub patient: Option<String>,
    scopes: Vec<DataScope>,
    refuse_types: Vec<String>,
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
        !self.refuse_types.iter().any(|refused| refused == kind)
            && self.scopes.iter().any(|scope| (scope.kind == "*" || scope.kind == kind) && scope.may.contains(needed))
    }
}

/// Looks up the token of a request.
///
/// A launch that has a person in context opens that person's record only, `user/` scopes included, whoever the user is:
/// one launch, one person. Without one, a patient opens the own record, and staff what `user/` scopes name.
pub(super) fn open(authority: &Authority, headers: &HeaderMap) -> Result<Opened, Closed> {
    let token = bearer(headers).ok_or(Closed::NoToken)?;
    let memory = authority.memory();
    let (token, grant) = memory.access(token, authority.now()).ok_or(Closed::BadToken)?;
    let user = authority.directory.user(&grant.user).ok_or(Closed::BadToken)?;
    let own = user.patients.first().filter(|_| user.kind == UserKind::Patient);
    let patient = grant.patient.as_ref().or(own).cloned();
    let data = token.scopes.iter().filter_map(|scope| match scope {
        Scope::Data(data) if data.level != Level::System => Some(data.clone()),
        _ => None,
    });
    Ok(Opened { patient, scopes: data.collect(), refuse_types: authority.refuse_types.clone() })
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Interim.
pub(crate) fn fhir_half(authority: &std::sync::Arc<Authority>, _: &std::sync::Arc<crate::shelf::Store>) -> axum::Router {
    use axum::response::IntoResponse;
    let authority = authority.clone();
    axum::Router::new().fallback(move |headers: HeaderMap| {
        let opened = open(&authority, &headers);
        async move {
            match opened {
                Ok(opened) if opened.may("Patient", Interaction::Read) => "{}".into_response(),
                Ok(_) => axum::http::StatusCode::FORBIDDEN.into_response(),
                Err(_) => axum::http::StatusCode::UNAUTHORIZED.into_response(),
            }
        }
    })
}
