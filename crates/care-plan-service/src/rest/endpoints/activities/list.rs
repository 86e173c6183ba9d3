//! `GET /{plan}/activities`: the activities of a plan.

use shared_plan::Id;
use shared_plan::plan::{Activity, Plan};

use super::filter::{ASSIGNED_TO, ActivityFilter, STATUS};
use crate::rest::asked::{CURSOR, FromQuery, LIMIT, Paging, Parameter, Params, Read};
use crate::rest::endpoints::choosing::DUE_BEFORE;
use crate::rest::view::ActivityList;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::get(
        "/{plan}/activities",
        "listActivities",
        "Lists the activities of a plan, those that are over too, page by page.",
        run,
    )
}

/// Which activities of the plan.
struct Asked {
    filter: ActivityFilter,
    paging: Paging<Id<Activity>>,
}

impl FromQuery for Asked {
    const PARAMETERS: &'static [Parameter] = &[STATUS, ASSIGNED_TO, DUE_BEFORE, CURSOR, LIMIT];

    fn from_query(params: &mut Params) -> Result<Self, Problem> {
        Ok(Self { filter: ActivityFilter::read(params)?, paging: Paging::read(params)? })
    }
}

async fn run(rest: Rest, read: Read<(Id<Plan>,), Asked>) -> Result<Answer<ActivityList>, Problem> {
    let Asked { filter, paging } = read.query;
    let plan = rest.service.plan(&read.caller, read.path.0).await?;
    let chosen = |activity: &Activity| filter.chooses(&plan, activity);
    let (activities, next) = paging.page(&plan.activities, |activity| activity.id, chosen);
    Ok(ActivityList::of(&plan, activities, next))
}
