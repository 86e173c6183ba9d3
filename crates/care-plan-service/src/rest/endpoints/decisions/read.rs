//! `GET /decisions/{decision}`: one decision.

use shared_plan::Id;
use shared_plan::decision::Decision;

use crate::rest::asked::Read;
use crate::rest::view::entry;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("/decisions/{decision}", "readDecision", "Reads one decision.", run)
}

async fn run(rest: Rest, read: Read<(Id<Decision>,)>) -> Result<Answer<Decision>, Problem> {
    Ok(entry(rest.service.entry(&read.caller, read.path.0).await?))
}
