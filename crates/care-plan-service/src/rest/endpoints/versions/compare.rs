//! `GET /{plan}/compare`: what is different between two versions.

use schemars::json_schema;
use shared_plan::compare::compare;
use shared_plan::plan::Plan;
use shared_plan::{Id, Version};

use super::version;
use crate::rest::asked::{FromQuery, Parameter, Params, Read, Segment};
use crate::rest::view::Comparison;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("/{plan}/compare", "compareVersions", "Compares two versions of a plan, in words.", run)
}

/// Which two.
struct Two {
    from: Version,
    to: Version,
}

impl FromQuery for Two {
    const PARAMETERS: &'static [Parameter] = &[
        Parameter {
            name: "from",
            about: "The version before.",
            schema: |_| json_schema!({ "type": "integer", "format": "int64", "minimum": 1 }),
            required: true,
        },
        Parameter {
            name: "to",
            about: "The version after.",
            schema: |_| json_schema!({ "type": "integer", "format": "int64", "minimum": 1 }),
            required: true,
        },
    ];

    fn from_query(params: &mut Params) -> Result<Self, Problem> {
        let from = params.required("from", "a version", Version::read)?;
        Ok(Self { from, to: params.required("to", "a version", Version::read)? })
    }
}

async fn run(rest: Rest, read: Read<(Id<Plan>,), Two>) -> Result<Answer<Comparison>, Problem> {
    let Read { caller, path: (plan,), query: Two { from, to } } = read;
    let before = version(&rest, &caller, plan, from).await?;
    let after = version(&rest, &caller, plan, to).await?;
    let differences = compare(&before, &after).into_iter().map(Into::into).collect();
    Ok(Answer::of(Comparison { plan, from, to, differences }))
}
