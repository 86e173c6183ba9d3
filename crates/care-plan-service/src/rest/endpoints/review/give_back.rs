//! `POST /{plan}/review/return`: a reviewer gives a plan back.

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
        "/{plan}/review/return",
        "returnPlan",
        "Gives a plan back to its authors, with the reason, in a role that was asked.",
        run,
    )
}

async fn run(rest: Rest, write: Write<(Id<Plan>,), Nothing>) -> Result<Answer<PlanAnswer>, Problem> {
    let Write { caller, path: (plan,), body, asked } = write;
    let (Nothing {}, role) = (body, caller.role);
    let saved = rest
        .service
        .change(&caller, Operation::SignSharedPlan, plan, &asked, |plan, act| ask_for_changes(plan, Some(role), act))
        .await?;
    Ok(PlanAnswer::saved(&rest, &caller, saved))
}
