//! `/l/{launch}/confirm/{question}`: whether the Patient that a second source granted, or named where the organisation
//! itself is registered, is the person of the launch.
//!
//! Nothing of it is stored, linked or read into the plan before the answer "yes"; whatever else is answered, or nothing,
//! gives a grant back (smart-launch P9).

use std::collections::HashMap;
use std::sync::Arc;

use access::policy::Why;
use access::{AuditEvent, Operation, Outcome, PatientAt};
use app::desk::Sighting;
use app::pages::confirm_document;
use app::who::{Missing, WhoTold, Withheld};
use axum::Extension;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use care_plan::snapshot::Status;
use fhir::SourceId;
use serde::Deserialize;

use super::{draw, give_back, told, trouble};
use crate::gate::{self, Admitted};
use crate::person::{self, Confirmed};
use crate::questions::{self, Question, Reach};
use crate::rooms::Room;
use crate::state::Server;

/// What the address may say.
#[derive(Debug, Deserialize)]
pub struct ConfirmQuery {
    missing: Option<String>,
}

/// The form.
#[derive(Debug, Deserialize)]
pub struct ConfirmForm {
    answer: Option<String>,
    checked: Option<String>,
}

/// Draws the question.
pub async fn page(
    State(server): State<Arc<Server>>,
    Extension(room): Extension<Arc<Room>>,
    Extension(admitted): Extension<Admitted>,
    Path(path): Path<HashMap<String, String>>,
    Query(query): Query<ConfirmQuery>,
) -> Response {
    let id = path.get("question").map(String::as_str).unwrap_or_default();
    let Some((shown, at)) = server.questions.look(&room.launch.id, id, server.clock.now()) else {
        return over(&server, &room).await;
    };
    let event = event(&server, &room, &admitted, &at, id, "shown");
    if let Err(error) = server.audit.write(&event).await {
        return gate::unwritten(&server, &error).await;
    }
    let missing = match query.missing.as_deref() {
        Some("choice") => Some(Missing::Choice),
        Some("check") => Some(Missing::Check),
        _ => None,
    };
    draw::launch_page(&server, &room, move || confirm_document(shown.clone(), missing)).await
}

/// Takes the answer. A second one, a late one and one after a restart are told so.
pub async fn answer(
    State(server): State<Arc<Server>>,
    Extension(room): Extension<Arc<Room>>,
    Extension(admitted): Extension<Admitted>,
    Path(path): Path<HashMap<String, String>>,
    Form(form): Form<ConfirmForm>,
) -> Response {
    let id = path.get("question").map(String::as_str).unwrap_or_default();
    let (launch, now) = (&room.launch.id, server.clock.now());
    let Some((shown, _)) = server.questions.look(launch, id, now) else { return over(&server, &room).await };
    let yes = match form.answer.as_deref() {
        Some("yes") => true,
        Some("no" | "unknown") => false,
        _ => return once_more(launch.as_str(), id, "choice"),
    };
    if yes && form.checked.as_deref() != Some("yes") {
        return once_more(launch.as_str(), id, "check");
    }
    if yes && shown.withheld == Some(Withheld::Carer) {
        // The form offers no such answer; the question waits for another one.
        let why = Why::RoleMayNot(room.launch.viewer.role);
        return gate::refusal::answer(&server, &admitted, Some(&*room), why).await;
    }
    let Some(question) = server.questions.take(launch, id, now) else { return over(&server, &room).await };
    if yes {
        join(&server, &room, &admitted, question).await
    } else {
        refuse(&server, &room, &admitted, question).await
    }
}

fn once_more(launch: &str, id: &str, missing: &str) -> Response {
    Redirect::to(&format!("/l/{launch}/confirm/{id}?missing={missing}")).into_response()
}

async fn join(server: &Arc<Server>, room: &Arc<Room>, admitted: &Admitted, question: Question) -> Response {
    let (id, of_another) = (question.shown.id.clone(), question.shown.of_another);
    let signed_in = match &question.reach {
        Reach::SignIn { who, .. } => who.clone(),
        Reach::Registration => None,
    };
    let who = room.launch.viewer.user.clone().or(signed_in);
    let event = event(server, room, admitted, &question.at, &id, "yes, the same person");
    if let Err(error) = server.audit.write(&event).await {
        give_back(server, question.unanswered().into_iter().collect()).await;
        return gate::unwritten(server, &error).await;
    }
    let failed = match person::confirm(server, room, &question.at, &id, of_another, who).await {
        Ok(Confirmed::Joined { hung }) => {
            person::end_hung(server, hung).await;
            if let Err(error) = person::follow_persons(server, &room.launch.tenant).await {
                return trouble::internal(server, &error).await;
            }
            return connect(server, room, question).await;
        }
        Ok(Confirmed::AskAgain) => match question.reach {
            Reach::SignIn { .. } => return ask_again(server, room, question).await,
            // Nobody signed in there, and two whom Accord knows are not made one because we have looked.
            Reach::Registration => None,
        },
        Ok(Confirmed::Nameless | Confirmed::Gone) => None,
        Err(error) => Some(error),
    };
    if let Err(error) = server.audit.write(&event.with(Outcome::Failed)).await {
        tracing::error!(%error, "a failed join could not be written down");
    }
    let told = not_joined(server, &question);
    give_back(server, question.unanswered().into_iter().collect()).await;
    match failed {
        Some(error) => trouble::internal(server, &error).await,
        None => told::on_sources(server, room, &told),
    }
}

async fn connect(server: &Arc<Server>, room: &Arc<Room>, question: Question) -> Response {
    let source = question.at.source.clone();
    match question.reach {
        Reach::SignIn { grant, .. } => {
            let launch = &room.launch;
            if let Err(error) = server.grants.put(&launch.tenant, &launch.id, &source, &grant).await {
                return trouble::internal(server, &error).await;
            }
            room.connect(server, &source, *grant);
        }
        Reach::Registration => {
            room.sightings.set(&source, None);
            // Whoever has signed in there meanwhile reads it by their own grant.
            if room.reading.patient(&SourceId::new(source)).is_none() {
                room.connect_backend(server, &question.at);
            }
        }
    }
    // A split that came after "yes" has not seen that it is read here.
    if let Err(error) = person::keep_to_its_person(server, room).await {
        return trouble::internal(server, &error).await;
    }
    Redirect::to(&format!("/l/{}/plan", room.launch.id)).into_response()
}

/// The Patient has become another person's since the question was shown: the answer was about something else.
async fn ask_again(server: &Arc<Server>, room: &Room, mut question: Question) -> Response {
    let id = questions::name(server.opaque.bits());
    let signed_in = matches!(&question.reach, Reach::SignIn { who: Some(_), .. });
    question.shown.id.clone_from(&id);
    question.shown.of_another = true;
    question.shown.withheld = person::withheld(&room.launch.viewer, signed_in, true);
    give_back(server, server.questions.put(question, server.clock.now())).await;
    Redirect::to(&format!("/l/{}/confirm/{id}", room.launch.id)).into_response()
}

async fn refuse(server: &Arc<Server>, room: &Room, admitted: &Admitted, question: Question) -> Response {
    let event = event(server, room, admitted, &question.at, &question.shown.id, "not the same person");
    if let Err(error) = server.audit.write(&event.with(Outcome::PatientMismatch)).await {
        // Nothing is joined, whether or not that can be written down.
        tracing::error!(%error, "a patient mismatch could not be written down");
    }
    if let Reach::Registration = question.reach {
        room.sightings.set(&question.at.source, Some(Sighting::Declined));
        let source = SourceId::new(question.at.source.as_str());
        if room.reading.patient(&source).is_none() {
            // Nothing else of the reading changes, and open pages are to hear of it.
            room.reading.set_state(&source, Status::NotConnected);
        }
    }
    let told = not_joined(server, &question);
    give_back(server, question.unanswered().into_iter().collect()).await;
    told::on_sources(server, room, &told)
}

fn not_joined(server: &Server, question: &Question) -> WhoTold {
    let source_name = told::name(server, &question.at.source);
    match question.reach {
        Reach::SignIn { .. } => WhoTold::NotJoined { source_name },
        Reach::Registration => WhoTold::FoundNotJoined { source_name },
    }
}

/// The event of a question; its name is in the link that comes of it.
fn event(
    server: &Server,
    room: &Room,
    admitted: &Admitted,
    at: &PatientAt,
    question: &str,
    answer: &str,
) -> AuditEvent {
    let event = gate::event(server, admitted, &room.launch.tenant, Operation::ConfirmPerson);
    let event = event.of_launch(&room.launch).at(at.clone());
    AuditEvent { reason: Some(format!("question {question}: {answer}")), ..event }
}

async fn over(server: &Arc<Server>, room: &Room) -> Response {
    let words = [
        "This question is over",
        "It was answered already, or waited longer than ten minutes. An answer that was given before stands; without one nothing was joined.",
        "Look at the sources to see what is joined. To be asked once more, connect the source again.",
    ];
    told::page(server, room, StatusCode::GONE, words).await
}
