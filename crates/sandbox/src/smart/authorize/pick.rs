//! `GET` and `POST /auth/pick`: whose record shall be opened?

use std::fmt::Write as _;
use std::sync::Arc;

use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::CookieJar;
use serde::Deserialize;

use super::{answer, request::AuthorizationRequest, sign_in::too_late};
use crate::{
    directory::{User, UserKind},
    page::{Page, escape},
    smart::{Authority, cookie},
};

/// Which sign-in the page belongs to.
#[derive(Debug, Deserialize)]
pub(in crate::smart) struct Asked {
    authorization: String,
}

/// The button that was pressed.
#[derive(Debug, Deserialize)]
pub(in crate::smart) struct Picked {
    authorization: String,
    patient: String,
}

/// Lists the people this user may open; a patient has only one and goes on by herself.
pub(in crate::smart) async fn people_to_pick(
    State(authority): State<Arc<Authority>>,
    jar: CookieJar,
    Query(asked): Query<Asked>,
) -> Response {
    let Some((request, user)) = signed_in(&authority, &jar, &asked.authorization) else {
        return too_late(&authority);
    };
    match (user.kind, user.patients.as_slice()) {
        (UserKind::Patient, [only]) => {
            authority.memory().end_pending(&asked.authorization);
            answer::code(&authority, &request, user, Some(only.clone()))
        }
        _ => page(&authority, &asked.authorization, user).into_response(),
    }
}

/// Gives the code for the chosen person.
pub(in crate::smart) async fn pick(
    State(authority): State<Arc<Authority>>,
    jar: CookieJar,
    Form(picked): Form<Picked>,
) -> Response {
    let Some((request, user)) = signed_in(&authority, &jar, &picked.authorization) else {
        return too_late(&authority);
    };
    if !authority.directory.may_open(user, &picked.patient) {
        return answer::page(&authority, StatusCode::FORBIDDEN, "You may not open this record.");
    }
    authority.memory().end_pending(&picked.authorization);
    answer::code(&authority, &request, user, Some(picked.patient))
}

/// The request and the user of a sign-in that this browser has begun.
fn signed_in<'a>(
    authority: &'a Authority,
    jar: &CookieJar,
    authorization: &str,
) -> Option<(AuthorizationRequest, &'a User)> {
    let browser = cookie::browser(jar, authority)?;
    let mut memory = authority.memory();
    let pending = memory.pending(authorization, &browser, authority.now())?;
    let user = authority.directory.user(pending.user.as_deref()?)?;
    Some((pending.request.clone(), user))
}

fn page(authority: &Authority, authorization: &str, user: &User) -> Page {
    let mut body = format!(
        "<h1>Choose a person</h1><p>Signed in as {}.</p>\
         <form method=\"post\" action=\"/auth/pick\"><input type=\"hidden\" name=\"authorization\" value=\"{}\">\
         <div class=\"choices\">",
        escape(&user.name),
        escape(authorization)
    );
    for person in authority.directory.people_of(user) {
        let _ = write!(
            body,
            "<button name=\"patient\" value=\"{}\">{}<small>born {} · {}</small></button>",
            escape(&person.id),
            escape(&person.name),
            escape(&person.birth_date),
            escape(&person.id)
        );
    }
    body.push_str("</div></form>");
    Page::new(&authority.name, "Choose a person").body(body)
}
