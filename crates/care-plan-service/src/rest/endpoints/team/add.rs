//! `POST /{plan}/team/members`: somebody joins the team.

use access::Operation;
use shared_plan::Id;
use shared_plan::commands::add_member;
use shared_plan::plan::Plan;

use crate::rest::asked::Write;
use crate::rest::body::MemberBody;
use crate::rest::view::TeamAnswer;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::add("/{plan}/team/members", "addMember", "Adds a member to the team: the last of the list.", run)
}

async fn run(rest: Rest, write: Write<(Id<Plan>,), MemberBody>) -> Result<Answer<TeamAnswer>, Problem> {
    let Write { caller, path: (plan,), body, asked } = write;
    let saved = rest
        .service
        .change(&caller, Operation::WriteSharedPlan, plan, &asked, |plan, act| add_member(plan, body.into(), act))
        .await?;
    Ok(TeamAnswer::saved(saved).made(&format!("/{plan}/team")))
}
