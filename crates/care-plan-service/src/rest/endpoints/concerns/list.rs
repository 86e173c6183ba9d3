//! `GET /concerns`: the concerns that the caller reaches.

use crate::rest::asked::Read;
use crate::rest::endpoints::entries::{Page, list};
use crate::rest::view::ConcernList;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("/concerns", "listConcerns", "Lists the concerns that the caller reaches, page by page.", run)
}

async fn run(rest: Rest, read: Read<(), Page>) -> Result<Answer<ConcernList>, Problem> {
    let (concerns, next) = list(&rest, &read.caller, read.query).await?;
    Ok(Answer::of(ConcernList { concerns, next }))
}
