//! `POST /l/{launch}/sharing/revoke`: the person takes something back. In a frame they are asked once more (checklist E6).

use std::sync::Arc;

use access::{Consent, ConsentId, Operation, StoreError};
use app::desk::sharing::SharingAnswer;
use app::pages::{Sure, sure_document};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::{Extension, Form};
use serde::Deserialize;

use super::{event, name, told};
use crate::config::Launches;
use crate::gate::{self, Admitted};
use crate::rooms::Room;
use crate::routes::{draw, trouble};
use crate::sharing::{self, TakenBack};
use crate::state::Server;
use crate::{cookies, person, sources};

/// The form.
#[derive(Debug, Deserialize)]
pub struct RevokeForm {
    consent: String,
    /// The word of the page that asks once more.
    sure: Option<String>,
}

/// Takes a consent of this launch's person back. One of somebody else is answered as one that never was.
pub async fn revoke(
    State(server): State<Arc<Server>>,
    Extension(admitted): Extension<Admitted>,
    Extension(room): Extension<Arc<Room>>,
    headers: HeaderMap,
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
    let config = server.config.source(&consent.source);
    let reads_itself = config.is_some_and(|config| config.launches.contains(&Launches::Backend));
    if cookies::is_framed(&headers) && form.sure.as_deref() != Some("yes") {
        let Some(config) = config else { return trouble::no_such_page(State(server)).await };
        let (source, purpose) = (sources::source(config), consent.purpose);
        let sure = Sure::TakeBack { source, consent: consent.id, purpose, reads_itself };
        return draw::launch_page(&server, &room, move || sure_document(sure.clone())).await;
    }
    let shareable = match sharing::shareable(&server, &room, &consent.source).await {
        Ok(shareable) => shareable,
        Err(error) => return trouble::internal(&server, &error).await,
    };
    let event = event(&server, &admitted, &room, Operation::RevokeConsent, (&consent.source, &shareable));
    match sharing::take_back(&server, &consent, room.launch.viewer.user.clone(), event).await {
        TakenBack::Now => {
            let source_name = name(&server, &consent.source);
            told(
                &server,
                &room,
                &SharingAnswer::TakenBack { source_name, purpose: consent.purpose, reads_itself },
                Vec::new(),
            )
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
