//! `POST /{plan}/close`: a plan ends.

use access::Operation;
use shared_plan::Id;
use shared_plan::commands::{Closing, close};
use shared_plan::plan::Plan;

use crate::rest::asked::Write;
use crate::rest::body::CloseBody;
use crate::rest::view::PlanAnswer;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::post(
        "/{plan}/close",
        "closePlan",
        "Closes a plan, with the reason and with what becomes of each open activity and goal. One that was entered in \
         error takes everything in it along.",
        run,
    )
}

async fn run(rest: Rest, write: Write<(Id<Plan>,), CloseBody>) -> Result<Answer<PlanAnswer>, Problem> {
    let Write { caller, path: (plan,), body, asked } = write;
    let closing = Closing { to: body.status, open: body.open, open_goals: body.open_goals };
    let saved = rest
        .service
        .change(&caller, Operation::WriteSharedPlan, plan, &asked, |plan, act| close(plan, &closing, act))
        .await?;
    Ok(PlanAnswer::saved(&rest, &caller, saved))
}
