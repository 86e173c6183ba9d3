//! `GET /decisions`: the decisions that the caller reaches.

use crate::rest::asked::Read;
use crate::rest::endpoints::entries::{Page, list};
use crate::rest::view::DecisionList;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("/decisions", "listDecisions", "Lists the decisions that the caller reaches, page by page.", run)
}

async fn run(rest: Rest, read: Read<(), Page>) -> Result<Answer<DecisionList>, Problem> {
    let (decisions, next) = list(&rest, &read.caller, read.query).await?;
    Ok(Answer::of(DecisionList { decisions, next }))
}
