//! `POST /{plan}/hold`: a plan is not followed for a while.

use access::Operation;
use shared_plan::Id;
use shared_plan::commands::hold;
use shared_plan::plan::Plan;

use crate::rest::asked::Write;
use crate::rest::body::Nothing;
use crate::rest::view::PlanAnswer;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::post("/{plan}/hold", "holdPlan", "Suspends a plan in force, with the reason.", run)
}

async fn run(rest: Rest, write: Write<(Id<Plan>,), Nothing>) -> Result<Answer<PlanAnswer>, Problem> {
    let Write { caller, path: (plan,), asked, .. } = write;
    let saved = rest.service.change(&caller, Operation::WriteSharedPlan, plan, &asked, hold).await?;
    Ok(PlanAnswer::saved(&rest, &caller, saved))
}
