//! `POST /l/{launch}/sharing/revoke`: the person takes something back.

use std::sync::Arc;

use access::{Consent, ConsentId, Operation, StoreError};
use app::desk::sharing::SharingAnswer;
use axum::extract::State;
use axum::response::Response;
use axum::{Extension, Form};
use serde::Deserialize;

use super::{event, name, told};
use crate::gate::{self, Admitted};
use crate::person;
use crate::rooms::Room;
use crate::routes::trouble;
use crate::sharing::{self, TakenBack};
use crate::state::Server;

/// The form.
#[derive(Debug, Deserialize)]
pub struct RevokeForm {
    consent: String,
}

/// Takes a consent of this launch's person back. One of somebody else is answered as one that never was.
pub async fn revoke(
    State(server): State<Arc<Server>>,
    Extension(admitted): Extension<Admitted>,
    Extension(room): Extension<Arc<Room>>,
    Form(form): Form<RevokeForm>,
) -> Response {
    let consent = match theirs(&server, &room, &form.consent).await {
        Ok(Some(consent)) => consent,
        Ok(None) => return trouble::no_such_page(State(server)).await,
        Err(error) => return trouble::internal(&server, &error).await,
    };
    if !consent.is_in_force(server.clock.now()) {
        return told(&server, &room, &SharingAnswer::WasOver, Vec::new());
    }
    let shareable = match sharing::shareable(&server, &room, &consent.source).await {
        Ok(shareable) => shareable,
        Err(error) => return trouble::internal(&server, &error).await,
    };
    let event = event(&server, &admitted, &room, Operation::RevokeConsent, (&consent.source, &shareable));
    match sharing::take_back(&server, &consent, room.launch.viewer.user.clone(), event).await {
        TakenBack::Now => {
            let source_name = name(&server, &consent.source);
            told(&server, &room, &SharingAnswer::TakenBack { source_name, purpose: consent.purpose }, Vec::new())
        }
        TakenBack::WasOver => told(&server, &room, &SharingAnswer::WasOver, Vec::new()),
        TakenBack::NotWritten(error) => gate::unwritten(&server, &error).await,
        TakenBack::Failed(error) => trouble::internal(&server, &error).await,
    }
}

async fn theirs(server: &Server, room: &Room, typed: &str) -> Result<Option<Consent>, StoreError> {
    let Some(id) = ConsentId::parse(typed) else { return Ok(None) };
    let person = person::of_launch(server, room).await?;
    let found = server.consents.lookup(&room.launch.tenant, &id).await?;
    Ok(found.filter(|consent| consent.person == person))
}
