//! `POST /{plan}/review/withdraw`: an author takes a plan back.

use access::Operation;
use shared_plan::Id;
use shared_plan::commands::ask_for_changes;
use shared_plan::plan::Plan;

use crate::rest::asked::Write;
use crate::rest::body::Nothing;
use crate::rest::view::PlanAnswer;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::post(
        "/{plan}/review/withdraw",
        "withdrawPlan",
        "Takes a plan back from its reviewers, with the reason.",
        run,
    )
}

async fn run(rest: Rest, write: Write<(Id<Plan>,), Nothing>) -> Result<Answer<PlanAnswer>, Problem> {
    let Write { caller, path: (plan,), asked, .. } = write;
    let saved = rest
        .service
        .change(&caller, Operation::WriteSharedPlan, plan, &asked, |plan, act| ask_for_changes(plan, None, act))
        .await?;
    Ok(PlanAnswer::saved(&rest, &caller, saved))
}
