//! The end of an authorization: a code or an error by redirect, or a page.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use url::Url;

use super::request::{AuthorizationRequest, Failure, Refused};
use crate::{
    directory::User,
    page::{Page, escape},
    smart::{
        Authority,
        authority::CODE_LIFE,
        memory::{Code, Grant},
        scope::grantable,
    },
};

/// Gives the code, with the person who was in context or was chosen.
pub(super) fn code(
    authority: &Authority,
    request: &AuthorizationRequest,
    user: &User,
    patient: Option<String>,
) -> Response {
    let scopes = grantable(&request.scopes, patient.is_some(), &authority.refuse_types);
    if scopes.is_empty() {
        return failure(authority, request.failure("invalid_scope", "None of the scopes can be granted."));
    }
    let text = authority.opaque();
    let mut memory = authority.memory();
    let grant =
        memory.add_grant(Grant { client: request.client.clone(), user: Some(user.id.clone()), patient, scopes });
    let code = Code {
        client: request.client.clone(),
        redirect_uri: request.redirect_uri.clone(),
        challenge: request.challenge.clone(),
        nonce: request.nonce.clone(),
        expires: authority.now() + CODE_LIFE,
        grant,
        used: false,
    };
    memory.put_code(text.clone(), code);
    redirect(authority, &request.redirect_uri, &[("code", &text), ("state", &request.state)])
}

/// Tells the client that there will be no code.
pub(super) fn failure(authority: &Authority, failure: Failure) -> Response {
    let mut pairs = vec![("error", failure.error), ("error_description", &failure.description)];
    if let Some(state) = &failure.state {
        pairs.push(("state", state));
    }
    redirect(authority, &failure.redirect_uri, &pairs)
}

/// Answers a request that could not be accepted, to whom it may be answered.
pub(super) fn refused(authority: &Authority, refused: Refused) -> Response {
    match refused {
        Refused::OnPage(sentence) => page(authority, StatusCode::BAD_REQUEST, sentence),
        Refused::ByRedirect(what) => failure(authority, what),
    }
}

/// A page that says why it does not go on.
pub(super) fn page(authority: &Authority, status: StatusCode, sentence: &str) -> Response {
    let body = format!(
        "<h1>Sign-in did not work</h1><p role=\"alert\">{}</p><p>Go back to the application and start again.</p>",
        escape(sentence)
    );
    (status, Page::new(&authority.name, "Sign-in did not work").body(body)).into_response()
}

/// Redirects with `iss` beside the parameters, so that a client of several servers sees who answers (RFC 9207).
fn redirect(authority: &Authority, redirect_uri: &str, pairs: &[(&str, &str)]) -> Response {
    let mut url = Url::parse(redirect_uri).expect("registered addresses are checked when the configuration is read");
    url.query_pairs_mut().extend_pairs(pairs).append_pair("iss", authority.issuer());
    let mut response = Redirect::to(url.as_str()).into_response();
    crate::page::never_stored(response.headers_mut());
    response
}
