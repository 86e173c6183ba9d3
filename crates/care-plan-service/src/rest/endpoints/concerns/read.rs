//! `GET /concerns/{concern}`: one concern.

use shared_plan::Id;
use shared_plan::concern::Concern;

use crate::rest::asked::Read;
use crate::rest::view::entry;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("/concerns/{concern}", "readConcern", "Reads one concern.", run)
}

async fn run(rest: Rest, read: Read<(Id<Concern>,)>) -> Result<Answer<Concern>, Problem> {
    Ok(entry(rest.service.entry(&read.caller, read.path.0).await?))
}
