//! `GET /{plan}/versions`: who made which version.

use shared_plan::plan::Plan;
use shared_plan::ports::Kind;
use shared_plan::{Id, Version};

use crate::rest::asked::{CURSOR, FromQuery, LIMIT, Paging, Parameter, Params, Read};
use crate::rest::view::VersionList;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::get(
        "/{plan}/versions",
        "listVersions",
        "Lists who made which version of a plan, when and why, newest first and page by page.",
        run,
    )
}

/// Which versions.
struct Asked(Paging<Version>);

impl FromQuery for Asked {
    const PARAMETERS: &'static [Parameter] = &[CURSOR, LIMIT];

    fn from_query(params: &mut Params) -> Result<Self, Problem> {
        Paging::read(params).map(Self)
    }
}

async fn run(rest: Rest, read: Read<(Id<Plan>,), Asked>) -> Result<Answer<VersionList>, Problem> {
    let ((plan,), Asked(paging)) = (read.path, read.query);
    let key = rest.service.key(&read.caller.tenant, Kind::Plan, &plan.to_string());
    let versions = rest.service.versions(&read.caller, &key, paging.after, paging.limit).await?;
    // No version is missing, so there is more until the first was told.
    let next = versions.last().filter(|last| last.version > Version::FIRST).map(|last| paging.next(&last.version));
    Ok(Answer::of(VersionList { plan, versions: versions.into_iter().map(Into::into).collect(), next }))
}
