//! `POST /concerns/{concern}/status`: moves a concern to another state; what is over or was wrong needs a reason.

use shared_plan::Id;
use shared_plan::concern::{Concern, move_to};

use crate::rest::asked::Write;
use crate::rest::body::ConcernStatusBody;
use crate::rest::view::saved_entry;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::post(
        "/concerns/{concern}/status",
        "moveConcern",
        "Moves a concern to another state; what is over or was wrong needs a reason.",
        run,
    )
}

async fn run(rest: Rest, write: Write<(Id<Concern>,), ConcernStatusBody>) -> Result<Answer<Concern>, Problem> {
    let Write { caller, path: (concern,), body, asked } = write;
    let saved = rest
        .service
        .change_concern(&caller, concern, &asked, |concern, act| move_to(concern, body.status, act))
        .await?;
    Ok(saved_entry(saved))
}
