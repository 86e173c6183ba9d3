//! `/typed`: what was typed when the session had ended is shown once more, and after signing in it goes back into its
//! form.
//!
//! The text travels in the browser's own form only. Nothing of it stands in an address, and without a session nothing of
//! it is kept; with one it is kept like the answer to any form, for that launch alone.

use std::sync::Arc;

use access::{Session, StoreError};
use app::desk::{Answer, GoalAnswer, LaunchDesk};
use app::pages::{TypedForm, session_ended_document};
use app::words::words;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use care_plan::plan::ItemId;

use super::{draw, trouble};
use crate::cookies;
use crate::desk::Desk;
use crate::rooms::{BUDGET, Room};
use crate::state::Server;

/// Before each form stands a field of this name, with the function that the form was for.
const FORM: &str = "_form";

/// Puts what was typed back into its form where an open plan has that form; else shows it once more.
pub async fn show(State(server): State<Arc<Server>>, headers: HeaderMap, body: Bytes) -> Response {
    let forms = forms(serde_urlencoded::from_bytes(&body).unwrap_or_default());
    let open = match open_sessions(&server, &headers).await {
        Ok(open) => open,
        Err(error) => return trouble::internal(&server, &error).await,
    };
    if let [form] = &forms[..] {
        match put_back(&server, &open, form).await {
            Ok(Some(place)) => return Redirect::to(&place).into_response(),
            Ok(None) => {}
            Err(error) => return trouble::internal(&server, &error).await,
        }
    }
    let nowhere = !open.is_empty();
    draw::page(&server, StatusCode::OK, move || session_ended_document(forms.clone(), nowhere)).await
}

fn forms(fields: Vec<(String, String)>) -> Vec<TypedForm> {
    let mut forms: Vec<TypedForm> = Vec::new();
    for (name, value) in fields {
        if name == FORM {
            forms.push(TypedForm { function: value, fields: Vec::new() });
        } else if let Some(form) = forms.last_mut() {
            form.fields.push((name, value));
        }
    }
    forms.retain(TypedForm::holds_text);
    forms
}

async fn open_sessions(server: &Server, headers: &HeaderMap) -> Result<Vec<Session>, StoreError> {
    let mut open = Vec::new();
    for cookie in cookies::sessions(headers) {
        open.extend(server.sessions.lookup(cookie, server.clock.now()).await?);
    }
    Ok(open)
}

/// Address of the form with the text in it. Only plans that the user has open now are looked through: nothing is read
/// for this, and who looks at the form next is asked and written down as ever.
async fn put_back(server: &Arc<Server>, open: &[Session], form: &TypedForm) -> Result<Option<String>, StoreError> {
    let field = |name: &str| form.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let (Some(item), Some(member)) = (field("item"), field("member")) else { return Ok(None) };
    for session in open {
        let launches = server.launches.of_session(session.hash).await?;
        for launch in launches.into_iter().rev().filter(|launch| session.opens(launch)) {
            let Some(room) = server.rooms.held(&launch.id) else { continue };
            if !has_form(server, &room, item, member).await {
                continue;
            }
            let refused = GoalAnswer::Refused { field: None, why: words().kept_back().to_owned() };
            let answer = Answer {
                function: form.function.clone(),
                said: serde_json::to_string(&refused).ok(),
                typed: form.fields.clone(),
            };
            let ticket = server.opaque.text();
            server.tickets.put(&launch.id, ticket.clone(), answer, server.clock.now());
            return Ok(Some(format!("/l/{}/goals/{}?answer={ticket}", launch.id, app::sections::encoded(item))));
        }
    }
    Ok(None)
}

/// True where the plan has the very resource that the text was for: what was meant for one person never gets into the
/// form of another.
async fn has_form(server: &Arc<Server>, room: &Arc<Room>, item: &str, member: &str) -> bool {
    let (desk, item) = (Desk::of(server, room), ItemId(item.to_owned()));
    desk.picture(BUDGET).await;
    desk.goal(&item).await.is_some_and(|sheet| sheet.members.iter().any(|known| known.name == member))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_begins_with_its_function_and_empty_ones_are_left_out() {
        let pairs = [
            ("lost", "x"),
            ("_form", "save_goal"),
            ("item", "g1"),
            ("note", "a\r\nb"),
            ("_form", "save_goal"),
            ("item", "g2"),
            ("note", " "),
        ];
        let forms = forms(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec());
        assert_eq!(forms.len(), 1);
        assert_eq!(forms[0].fields, [("item".to_owned(), "g1".to_owned()), ("note".to_owned(), "a\r\nb".to_owned())]);
    }
}
