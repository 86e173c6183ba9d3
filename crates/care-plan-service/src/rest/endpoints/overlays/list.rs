//! `GET /overlays`: the overlays that the caller reaches.

use crate::rest::asked::Read;
use crate::rest::endpoints::entries::{Page, list};
use crate::rest::view::OverlayList;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("/overlays", "listOverlays", "Lists the overlays that the caller reaches, page by page.", run)
}

async fn run(rest: Rest, read: Read<(), Page>) -> Result<Answer<OverlayList>, Problem> {
    let (overlays, next) = list(&rest, &read.caller, read.query).await?;
    Ok(Answer::of(OverlayList { overlays, next }))
}
