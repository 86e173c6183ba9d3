//! `POST /auth/sign-in`, and the page before it: who is there?
//!
//! There are no passwords. Everybody is invented, and a button per person is what a demonstration needs.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::{
    Form,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::CookieJar;
use serde::Deserialize;

use super::{answer, request::AuthorizationRequest};
use crate::{
    directory::UserKind,
    page::{Page, escape},
    smart::{Authority, cookie},
};

/// The button that was pressed.
#[derive(Debug, Deserialize)]
pub(in crate::smart) struct SignIn {
    authorization: String,
    user: String,
}

/// Notes who signed in, and goes on to the people or to the code.
pub(in crate::smart) async fn sign_in(
    State(authority): State<Arc<Authority>>,
    jar: CookieJar,
    Form(form): Form<SignIn>,
) -> Response {
    let browser = cookie::browser(&jar, &authority).unwrap_or_default();
    let Some(user) = authority.directory.user(&form.user) else {
        return answer::page(&authority, StatusCode::BAD_REQUEST, "Nobody of that name works or is treated here.");
    };
    let request = {
        let mut memory = authority.memory();
        let Some(pending) = memory.pending(&form.authorization, &browser, authority.now()) else {
            drop(memory);
            return too_late(&authority);
        };
        pending.user = Some(user.id.clone());
        pending.request.clone()
    };
    if request.wants_a_person() {
        let mut url = "/auth/pick?authorization=".to_owned();
        url.extend(url::form_urlencoded::byte_serialize(form.authorization.as_bytes()));
        return Redirect::to(&url).into_response();
    }
    authority.memory().end_pending(&form.authorization);
    answer::code(&authority, &request, user, None)
}

/// What a browser sees that did not begin this sign-in, or began it long ago.
pub(super) fn too_late(authority: &Authority) -> Response {
    answer::page(authority, StatusCode::BAD_REQUEST, "This sign-in is over, or it was begun in another browser.")
}

/// Lists the users under the headings of their kinds; the kind that `login_hint` names comes first.
pub(super) fn page(authority: &Authority, authorization: &str, request: &AuthorizationRequest) -> Page {
    let client = authority.client(&request.client).expect("the request was checked");
    let mut groups = [
        (UserKind::Patient, "patient", "Patients"),
        (UserKind::Clinician, "clinician", "Clinicians"),
        (UserKind::Coordinator, "coordinator", "Care coordinators"),
    ];
    groups.sort_by_key(|(_, hint, _)| request.login_hint.as_deref() != Some(hint));
    let mut body = format!(
        "<h1>Sign in</h1><p>{} asks to read records of {}. Who are you?</p>\
         <form method=\"post\" action=\"/auth/sign-in\"><input type=\"hidden\" name=\"authorization\" value=\"{}\">",
        escape(&client.shown_name()),
        escape(&authority.name),
        escape(authorization)
    );
    for (kind, hint, heading) in groups {
        let mut users = authority.directory.users().iter().filter(|user| user.kind == kind).peekable();
        if users.peek().is_none() {
            continue;
        }
        let _ =
            write!(body, "<section aria-labelledby=\"{hint}\"><h2 id=\"{hint}\">{heading}</h2><div class=\"choices\">");
        for user in users {
            let _ =
                write!(body, "<button name=\"user\" value=\"{}\">{}</button>", escape(&user.id), escape(&user.name));
        }
        body.push_str("</div></section>");
    }
    body.push_str("</form>");
    Page::new(&authority.name, "Sign in").body(body)
}
