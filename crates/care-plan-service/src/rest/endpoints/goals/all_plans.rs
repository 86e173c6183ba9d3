//! `GET /goals`: goals of all plans that the caller reaches.

use super::filter::{ACHIEVEMENT, GoalFilter, STATUS};
use crate::rest::asked::{CURSOR, FromQuery, LIMIT, Paging, Parameter, Params, Read};
use crate::rest::endpoints::choosing::{CHANGED_SINCE, Choosing, DUE_BEFORE, PERSON, PROGRAMME, WORKFLOW};
use crate::rest::endpoints::scan::{Spot, scan};
use crate::rest::view::{FoundGoal, FoundGoals};
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("/goals", "findGoals", "Lists goals of all plans that the caller reaches, page by page.", run)
}

/// Which goals of which plans.
struct Asked {
    choosing: Choosing,
    filter: GoalFilter,
    paging: Paging<Spot>,
}

impl FromQuery for Asked {
    const PARAMETERS: &'static [Parameter] =
        &[PERSON, WORKFLOW, PROGRAMME, CHANGED_SINCE, STATUS, ACHIEVEMENT, DUE_BEFORE, CURSOR, LIMIT];

    fn from_query(params: &mut Params) -> Result<Self, Problem> {
        let (choosing, filter) = (Choosing::read(params)?, GoalFilter::read(params)?);
        Ok(Self { choosing, filter, paging: Paging::read(params)? })
    }
}

async fn run(rest: Rest, read: Read<(), Asked>) -> Result<Answer<FoundGoals>, Problem> {
    let Asked { choosing, filter, paging } = read.query;
    let rows = scan(&rest, &read.caller, &choosing, &paging, |plan| {
        let goals = plan.goals.iter().enumerate().filter(|(_, goal)| filter.chooses(goal));
        goals.map(|(number, goal)| (number, FoundGoal::of(plan, goal))).collect()
    });
    let (goals, next) = rows.await?;
    Ok(Answer::of(FoundGoals { goals, next }))
}
