//! `PUT /{plan}`: what a plan says itself.

use access::Operation;
use shared_plan::Id;
use shared_plan::commands::change_plan;
use shared_plan::plan::Plan;

use crate::rest::asked::Write;
use crate::rest::body::PlanBody;
use crate::rest::view::PlanAnswer;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::put(
        "/{plan}",
        "changePlan",
        "Puts new content in the place of what the plan says itself; its parts stay.",
        run,
    )
}

async fn run(rest: Rest, write: Write<(Id<Plan>,), PlanBody>) -> Result<Answer<PlanAnswer>, Problem> {
    let Write { caller, path: (plan,), body, asked } = write;
    let saved = rest
        .service
        .change(&caller, Operation::WriteSharedPlan, plan, &asked, |plan, act| change_plan(plan, body.into(), act))
        .await?;
    Ok(PlanAnswer::saved(&rest, &caller, saved))
}
