//! `GET` and `POST /launcher`: an EHR launch (SMART App Launch 2.2, "Launch App: EHR Launch").

use std::fmt::Write as _;
use std::sync::Arc;

use axum::{
    Form,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use crate::{
    directory::UserKind,
    page::{Page, escape},
    smart::Authority,
};

/// The choice made on the page.
#[derive(Debug, Deserialize)]
pub(super) struct Choice {
    patient: String,
    user: String,
    client: String,
    /// Set where the application shall stand in a frame of the EHR's own page.
    #[serde(default)]
    frame: Option<String>,
}

/// Offers the people, the users and the applications.
pub(super) async fn page(State(authority): State<Arc<Authority>>) -> Page {
    Page::new(&authority.name, "Launch an application").body(form(&authority))
}

/// Prepares the launch and sends the browser to the application with `iss` and `launch`.
pub(super) async fn launch(State(authority): State<Arc<Authority>>, Form(choice): Form<Choice>) -> Response {
    match authority.launch(&choice.client, &choice.user, &choice.patient) {
        Some(url) if choice.frame.is_some() => framed(&authority, &choice, url.as_str()).into_response(),
        Some(url) => {
            let mut response = Redirect::to(url.as_str()).into_response();
            crate::page::never_stored(response.headers_mut());
            response
        }
        None => {
            let alert = "<p role=\"alert\">This user may not open that record, or the application is not launched from here.</p>";
            let body = format!("{alert}{}", form(&authority));
            (StatusCode::BAD_REQUEST, Page::new(&authority.name, "Launch an application").body(body)).into_response()
        }
    }
}

/// The EHR's own page with the application in it, as most EHRs show applications.
fn framed(authority: &Authority, choice: &Choice, url: &str) -> Page {
    let client = authority.client(&choice.client);
    let name = client.map(|client| client.shown_name()).unwrap_or_default();
    let body = format!("<iframe class=\"application\" title=\"{}\" src=\"{}\"></iframe>", escape(&name), escape(url));
    Page::new(&authority.name, &name).body(body).with_frames()
}

fn form(authority: &Authority) -> String {
    let mut html = "<h1>Launch an application</h1><form method=\"post\" action=\"/launcher\">\
                    <fieldset><legend>Person</legend>"
        .to_owned();
    for (index, person) in authority.directory.people().into_iter().enumerate() {
        let _ = write!(
            html,
            "<label><input type=\"radio\" name=\"patient\" value=\"{id}\" required{checked}>\
             <span>{name} <small>born {born} · {id}</small></span></label>",
            id = escape(&person.id),
            checked = if index == 0 { " checked" } else { "" },
            name = escape(&person.name),
            born = escape(&person.birth_date),
        );
    }
    html.push_str("</fieldset><p><label>User <select name=\"user\">");
    for kind in [UserKind::Clinician, UserKind::Coordinator] {
        for user in authority.directory.users().iter().filter(|user| user.kind == kind) {
            let _ = write!(html, "<option value=\"{}\">{}</option>", escape(&user.id), escape(&user.name));
        }
    }
    html.push_str(
        "</select></label></p><p><label><input type=\"checkbox\" name=\"frame\" value=\"yes\"> in a frame of this page</label></p>\
         <p class=\"inline\">",
    );
    let launched = authority.clients.iter().filter(|client| client.launch_url.is_some());
    let mut any = false;
    for client in launched {
        any = true;
        let _ = write!(
            html,
            "<button class=\"main\" name=\"client\" value=\"{}\">Launch {}</button>",
            escape(&client.id),
            escape(&client.shown_name())
        );
    }
    if !any {
        html.push_str("No application with a launch address is registered here.");
    }
    html.push_str("</p></form>");
    html
}
