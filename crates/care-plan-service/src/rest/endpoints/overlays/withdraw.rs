//! `POST /overlays/{overlay}/withdraw`: takes an edit back, with the reason: nothing stands beside the resource any more.

use shared_plan::Id;
use shared_plan::overlay::{Overlay, withdraw};

use crate::rest::asked::Write;
use crate::rest::body::Nothing;
use crate::rest::view::saved_entry;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::post(
        "/overlays/{overlay}/withdraw",
        "withdrawOverlay",
        "Takes an edit back, with the reason: nothing stands beside the resource any more.",
        run,
    )
}

async fn run(rest: Rest, write: Write<(Id<Overlay>,), Nothing>) -> Result<Answer<Overlay>, Problem> {
    let Write { caller, path: (overlay,), asked, .. } = write;
    let saved = rest.service.change_overlay(&caller, overlay, &asked, withdraw).await?;
    Ok(saved_entry(saved))
}
