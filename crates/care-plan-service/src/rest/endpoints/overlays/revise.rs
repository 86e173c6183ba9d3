//! `PUT /overlays/{overlay}`: an edit that stands is edited once more.

use shared_plan::Id;
use shared_plan::overlay::{Overlay, revise};

use crate::rest::asked::Write;
use crate::rest::body::OverlayBody;
use crate::rest::view::saved_entry;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::put("/overlays/{overlay}", "reviseOverlay", "Edits once more what stands beside a resource.", run)
}

async fn run(rest: Rest, write: Write<(Id<Overlay>,), OverlayBody>) -> Result<Answer<Overlay>, Problem> {
    let Write { caller, path: (overlay,), body, asked } = write;
    let OverlayBody { seen, changes, note } = body;
    let revised =
        rest.service.change_overlay(&caller, overlay, &asked, |overlay, act| revise(overlay, seen, changes, note, act));
    Ok(saved_entry(revised.await?))
}
