//! `POST /overlays`: an edit that a source does not take is kept beside the resource.

use shared_plan::overlay::{NewOverlay, Overlay};

use crate::rest::asked::Write;
use crate::rest::body::NewOverlayBody;
use crate::rest::endpoints::person::person;
use crate::rest::view::saved_entry;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::add(
        "/overlays",
        "layOverlay",
        "Keeps an edit that a source does not take, beside the resource; on one target there is one.",
        run,
    )
}

async fn run(rest: Rest, write: Write<(), NewOverlayBody>) -> Result<Answer<Overlay>, Problem> {
    let Write { caller, body, asked, .. } = write;
    rest.service.allowed_to_edit(&caller).await?;
    let NewOverlayBody { person: id, patient, target, target_index, changes, note } = body;
    let person = person(&rest, &caller, id, patient).await?;
    let new = NewOverlay { tenant: caller.tenant.clone(), person, target, target_index, changes, note };
    let saved = rest.service.lay_overlay(&caller, new, &asked).await?;
    let path = format!("/overlays/{}", saved.entry.id);
    Ok(saved_entry(saved).made(&path))
}
