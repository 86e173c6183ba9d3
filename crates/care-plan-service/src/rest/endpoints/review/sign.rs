//! `POST /{plan}/review/sign`: a reviewer signs.

use access::Operation;
use shared_plan::Id;
use shared_plan::commands::sign_off;
use shared_plan::plan::Plan;

use crate::rest::asked::Write;
use crate::rest::body::Nothing;
use crate::rest::view::PlanAnswer;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::post(
        "/{plan}/review/sign",
        "signPlan",
        "Signs the plan as it stands, in the role of the caller. With the last signature it is approved.",
        run,
    )
}

async fn run(rest: Rest, write: Write<(Id<Plan>,), Nothing>) -> Result<Answer<PlanAnswer>, Problem> {
    let Write { caller, path: (plan,), body, asked } = write;
    let (Nothing {}, role) = (body, caller.role);
    let saved = rest
        .service
        .change(&caller, Operation::SignSharedPlan, plan, &asked, |plan, act| sign_off(plan, role, act))
        .await?;
    Ok(PlanAnswer::saved(&rest, &caller, saved))
}
