//! `POST /decisions/{decision}/withdraw`: takes a decision back, with the reason: the issue is open again.

use shared_plan::Id;
use shared_plan::decision::{Decision, withdraw};

use crate::rest::asked::Write;
use crate::rest::body::Nothing;
use crate::rest::view::saved_entry;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::post(
        "/decisions/{decision}/withdraw",
        "withdrawDecision",
        "Takes a decision back, with the reason: the issue is open again.",
        run,
    )
}

async fn run(rest: Rest, write: Write<(Id<Decision>,), Nothing>) -> Result<Answer<Decision>, Problem> {
    let Write { caller, path: (decision,), asked, .. } = write;
    let saved = rest.service.change_decision(&caller, decision, &asked, withdraw).await?;
    Ok(saved_entry(saved))
}
