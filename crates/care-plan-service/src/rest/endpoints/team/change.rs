//! `PUT /{plan}/team/members/{member}`: what is said of a member.

use access::Operation;
use shared_plan::Id;
use shared_plan::commands::change_member;
use shared_plan::plan::{Member, Plan};

use crate::rest::asked::Write;
use crate::rest::body::MemberBody;
use crate::rest::view::TeamAnswer;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    let summary = "Puts new content in the place of what is said of a member; who leaves gets an end of their period.";
    Endpoint::put("/{plan}/team/members/{member}", "changeMember", summary, run)
}

async fn run(rest: Rest, write: Write<(Id<Plan>, Id<Member>), MemberBody>) -> Result<Answer<TeamAnswer>, Problem> {
    let Write { caller, path: (plan, member), body, asked } = write;
    let saved = rest
        .service
        .change(&caller, Operation::WriteSharedPlan, plan, &asked, |plan, act| {
            change_member(plan, member, body.into(), act)
        })
        .await?;
    Ok(TeamAnswer::saved(saved))
}
