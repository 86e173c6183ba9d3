//! `PUT /decisions/{decision}/message`: puts another draft in the place of the message to a prescriber.

use shared_plan::Id;
use shared_plan::decision::{Decision, redraft};

use crate::rest::asked::Write;
use crate::rest::body::MessageBody;
use crate::rest::view::saved_entry;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::put(
        "/decisions/{decision}/message",
        "redraftMessage",
        "Puts another draft in the place of the message to a prescriber.",
        run,
    )
}

async fn run(rest: Rest, write: Write<(Id<Decision>,), MessageBody>) -> Result<Answer<Decision>, Problem> {
    let Write { caller, path: (decision,), body, asked } = write;
    let saved = rest
        .service
        .change_decision(&caller, decision, &asked, |decision, act| redraft(decision, body.message, act))
        .await?;
    Ok(saved_entry(saved))
}
