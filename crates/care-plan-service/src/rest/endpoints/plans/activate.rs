//! `POST /{plan}/activate`: a plan comes into force.

use access::Operation;
use shared_plan::Id;
use shared_plan::commands::activate;
use shared_plan::plan::Plan;

use crate::rest::asked::Write;
use crate::rest::body::Nothing;
use crate::rest::view::PlanAnswer;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::post("/{plan}/activate", "activatePlan", "Puts an approved draft into force.", run)
}

async fn run(rest: Rest, write: Write<(Id<Plan>,), Nothing>) -> Result<Answer<PlanAnswer>, Problem> {
    let Write { caller, path: (plan,), asked, .. } = write;
    let saved = rest.service.change(&caller, Operation::WriteSharedPlan, plan, &asked, activate).await?;
    Ok(PlanAnswer::saved(&rest, &caller, saved))
}
