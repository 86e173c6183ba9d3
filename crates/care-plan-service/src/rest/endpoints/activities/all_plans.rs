//! `GET /activities`: activities of all plans that the caller reaches.

use super::filter::{ASSIGNED_TO, ActivityFilter, STATUS};
use crate::rest::asked::{CURSOR, FromQuery, LIMIT, Paging, Parameter, Params, Read};
use crate::rest::endpoints::choosing::{CHANGED_SINCE, Choosing, DUE_BEFORE, PERSON, PROGRAMME, WORKFLOW};
use crate::rest::endpoints::scan::{Spot, scan};
use crate::rest::view::{FoundActivities, FoundActivity};
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::get(
        "/activities",
        "findActivities",
        "Lists activities of all plans that the caller reaches, page by page.",
        run,
    )
}

/// Which activities of which plans.
struct Asked {
    choosing: Choosing,
    filter: ActivityFilter,
    paging: Paging<Spot>,
}

impl FromQuery for Asked {
    const PARAMETERS: &'static [Parameter] =
        &[PERSON, WORKFLOW, PROGRAMME, CHANGED_SINCE, STATUS, ASSIGNED_TO, DUE_BEFORE, CURSOR, LIMIT];

    fn from_query(params: &mut Params) -> Result<Self, Problem> {
        let (choosing, filter) = (Choosing::read(params)?, ActivityFilter::read(params)?);
        Ok(Self { choosing, filter, paging: Paging::read(params)? })
    }
}

async fn run(rest: Rest, read: Read<(), Asked>) -> Result<Answer<FoundActivities>, Problem> {
    let Asked { choosing, filter, paging } = read.query;
    let rows = scan(&rest, &read.caller, &choosing, &paging, |plan| {
        let activities = plan.activities.iter().enumerate().filter(|(_, activity)| filter.chooses(plan, activity));
        activities.map(|(number, activity)| (number, FoundActivity::of(plan, activity))).collect()
    });
    let (activities, next) = rows.await?;
    Ok(Answer::of(FoundActivities { activities, next }))
}
