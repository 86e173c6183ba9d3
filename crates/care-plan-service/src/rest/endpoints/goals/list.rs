//! `GET /{plan}/goals`: the goals of a plan.

use shared_plan::Id;
use shared_plan::plan::{Goal, Plan};

use super::filter::{ACHIEVEMENT, GoalFilter, STATUS};
use crate::rest::asked::{CURSOR, FromQuery, LIMIT, Paging, Parameter, Params, Read};
use crate::rest::endpoints::choosing::DUE_BEFORE;
use crate::rest::view::GoalList;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::get(
        "/{plan}/goals",
        "listGoals",
        "Lists the goals of a plan, those that are over too, page by page.",
        run,
    )
}

/// Which goals of the plan.
struct Asked {
    filter: GoalFilter,
    paging: Paging<Id<Goal>>,
}

impl FromQuery for Asked {
    const PARAMETERS: &'static [Parameter] = &[STATUS, ACHIEVEMENT, DUE_BEFORE, CURSOR, LIMIT];

    fn from_query(params: &mut Params) -> Result<Self, Problem> {
        Ok(Self { filter: GoalFilter::read(params)?, paging: Paging::read(params)? })
    }
}

async fn run(rest: Rest, read: Read<(Id<Plan>,), Asked>) -> Result<Answer<GoalList>, Problem> {
    let Asked { filter, paging } = read.query;
    let plan = rest.service.plan(&read.caller, read.path.0).await?;
    let (goals, next) = paging.page(&plan.goals, |goal| goal.id, |goal| filter.chooses(goal));
    Ok(GoalList::of(&plan, goals, next))
}
