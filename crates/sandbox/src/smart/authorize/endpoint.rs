//! `GET` and `POST /auth/authorize` (SMART App Launch 2.2 asks for both).

use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::CookieJar;

use super::{answer, request::AuthorizationRequest, sign_in};
use crate::smart::{Authority, authority::PENDING_LIFE, cookie, form::Parameters, memory::Pending};

/// Takes the parameters from the address.
pub(in crate::smart) async fn by_get(
    State(authority): State<Arc<Authority>>,
    jar: CookieJar,
    RawQuery(query): RawQuery,
) -> Response {
    authorize(&authority, jar, &query.unwrap_or_default())
}

/// Takes the parameters from a form.
pub(in crate::smart) async fn by_post(
    State(authority): State<Arc<Authority>>,
    jar: CookieJar,
    body: String,
) -> Response {
    authorize(&authority, jar, &body)
}

fn authorize(authority: &Authority, jar: CookieJar, text: &str) -> Response {
    let Ok(parameters) = Parameters::parse(text) else {
        return answer::page(authority, StatusCode::BAD_REQUEST, "The application sent a parameter twice.");
    };
    let request = match AuthorizationRequest::read(&parameters, authority) {
        Ok(request) => request,
        Err(refused) => return answer::refused(authority, refused),
    };
    match &request.launch {
        Some(launch) => from_ehr(authority, &request, launch),
        None => standalone(authority, jar, request),
    }
}

/// The user is at work in the EHR and has a record open: nothing to ask.
fn from_ehr(authority: &Authority, request: &AuthorizationRequest, launch: &str) -> Response {
    let launch = authority.memory().launch(launch, authority.now()).filter(|launch| launch.client == request.client);
    let known = launch.and_then(|launch| Some((authority.directory.user(&launch.user)?, launch.patient)));
    match known {
        Some((user, patient)) => answer::code(authority, request, user, Some(patient)),
        None => answer::failure(authority, request.failure("invalid_request", "This launch is unknown or too old.")),
    }
}

fn standalone(authority: &Authority, jar: CookieJar, request: AuthorizationRequest) -> Response {
    let known = cookie::browser(&jar, authority);
    let browser = known.unwrap_or_else(|| authority.opaque());
    let id = authority.opaque();
    let page = sign_in::page(authority, &id, &request);
    let now = authority.now();
    let pending = Pending { request, browser: browser.clone(), user: None, expires: now + PENDING_LIFE };
    authority.memory().put_pending(id, pending, now);
    (jar.add(cookie::fresh(browser, authority)), page).into_response()
}
