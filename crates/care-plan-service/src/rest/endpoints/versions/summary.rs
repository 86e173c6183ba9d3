//! `GET /{plan}/summary`: what changed, for the person whose plan it is.

use schemars::json_schema;
use shared_plan::compare::summary;
use shared_plan::plan::Plan;
use shared_plan::{Id, Version};

use super::version;
use crate::rest::asked::{FromQuery, Parameter, Params, Read, Segment};
use crate::rest::view::SummaryAnswer;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    let summary = "Says in plain sentences what changed, for the person whose plan it is.";
    Endpoint::get("/{plan}/summary", "summarizeChanges", summary, run)
}

/// Since when.
struct Since(Option<Version>);

impl FromQuery for Since {
    const PARAMETERS: &'static [Parameter] = &[Parameter {
        name: "from",
        about: "The version before; without it the one that was approved before what stands now, else the first.",
        schema: |_| json_schema!({ "type": "integer", "format": "int64", "minimum": 1 }),
        required: false,
    }];

    fn from_query(params: &mut Params) -> Result<Self, Problem> {
        Ok(Self(params.read("from", "a version", Version::read)?))
    }
}

async fn run(rest: Rest, read: Read<(Id<Plan>,), Since>) -> Result<Answer<SummaryAnswer>, Problem> {
    let Read { caller, path: (plan,), query: Since(from) } = read;
    let now = rest.service.plan(&caller, plan).await?;
    let from = match from {
        Some(from) => from,
        None => rest.service.told_since(&caller, &now).await?,
    };
    let before = version(&rest, &caller, plan, from).await?;
    let said = summary(&before, &now, rest.service.today(&caller.tenant));
    Ok(Answer::of(SummaryAnswer::of(&before, &now, &said)).at(now.version))
}
