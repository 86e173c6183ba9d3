//! `GET /overlays/{overlay}`: one overlay.

use shared_plan::Id;
use shared_plan::overlay::Overlay;

use crate::rest::asked::Read;
use crate::rest::view::entry;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("/overlays/{overlay}", "readOverlay", "Reads one overlay.", run)
}

async fn run(rest: Rest, read: Read<(Id<Overlay>,)>) -> Result<Answer<Overlay>, Problem> {
    Ok(entry(rest.service.entry(&read.caller, read.path.0).await?))
}
