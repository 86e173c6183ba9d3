//! `GET /{plan}/versions`: who made which version.

use shared_plan::Id;
use shared_plan::plan::Plan;
use shared_plan::ports::Kind;

use crate::rest::asked::Read;
use crate::rest::view::VersionList;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("/{plan}/versions", "listVersions", "Lists who made which version of a plan, when and why.", run)
}

async fn run(rest: Rest, read: Read<(Id<Plan>,)>) -> Result<Answer<VersionList>, Problem> {
    let (plan,) = read.path;
    let key = rest.service.key(&read.caller.tenant, Kind::Plan, &plan.to_string());
    let versions = rest.service.versions(&read.caller, &key).await?;
    Ok(Answer::of(VersionList { plan, versions: versions.into_iter().map(Into::into).collect() }))
}
