//! `PUT /concerns/{concern}`: puts new content in the place of what a concern says.

use shared_plan::Id;
use shared_plan::concern::{Concern, change};

use crate::rest::asked::Write;
use crate::rest::body::ConcernBody;
use crate::rest::view::saved_entry;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::put("/concerns/{concern}", "changeConcern", "Puts new content in the place of what a concern says.", run)
}

async fn run(rest: Rest, write: Write<(Id<Concern>,), ConcernBody>) -> Result<Answer<Concern>, Problem> {
    let Write { caller, path: (concern,), body, asked } = write;
    let saved =
        rest.service.change_concern(&caller, concern, &asked, |concern, act| change(concern, body.into(), act)).await?;
    Ok(saved_entry(saved))
}
