//! `GET /`: the plans that the caller reaches.

use schemars::json_schema;
use shared_plan::plan::PlanStatus;

use crate::rest::asked::{CURSOR, FromQuery, LIMIT, Paging, Parameter, Params, Read};
use crate::rest::endpoints::choosing::{
    CATEGORY, CHANGED_SINCE, Choosing, PERSON, PROGRAMME, REVIEW_DUE_BEFORE, WORKFLOW, words,
};
use crate::rest::endpoints::scan::{Spot, scan};
use crate::rest::view::{PlanList, PlanSummary};
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("", "listPlans", "Lists the plans that the caller reaches, page by page.", run)
}

/// The states that are asked for.
const STATUS: Parameter = Parameter {
    name: "status",
    about: "Plans in one of these states only, with commas between.",
    schema: |_| {
        let code = PlanStatus::ALL.map(PlanStatus::code).join("|");
        json_schema!({ "type": "string", "pattern": format!("^({code})(,({code}))*$") })
    },
    required: false,
};

/// Which plans.
struct Asked {
    choosing: Choosing,
    paging: Paging<Spot>,
}

impl FromQuery for Asked {
    const PARAMETERS: &'static [Parameter] =
        &[PERSON, STATUS, WORKFLOW, PROGRAMME, CATEGORY, CHANGED_SINCE, REVIEW_DUE_BEFORE, CURSOR, LIMIT];

    fn from_query(params: &mut Params) -> Result<Self, Problem> {
        let mut choosing = Choosing::read(params)?.with_plans_own(params)?;
        let statuses: Option<Vec<PlanStatus>> = params.read("status", "states of plans with commas between", words)?;
        choosing.statuses = statuses.unwrap_or_default().iter().map(|status| status.code().to_owned()).collect();
        Ok(Self { choosing, paging: Paging::read(params)? })
    }
}

async fn run(rest: Rest, read: Read<(), Asked>) -> Result<Answer<PlanList>, Problem> {
    let Asked { choosing, paging } = read.query;
    let today = rest.service.today(&read.caller.tenant);
    let rows = scan(&rest, &read.caller, &choosing, &paging, |plan| vec![(0, PlanSummary::of(plan.clone(), today))]);
    let (plans, next) = rows.await?;
    Ok(Answer::of(PlanList { plans, next }))
}
