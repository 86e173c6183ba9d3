//! What is said of a member of the team.

use schemars::JsonSchema;
use serde::Deserialize;
use shared_plan::Foreign;
use shared_plan::plan::{Coded, MemberContent, Period};

use crate::rest::asked::Body;

/// A member of the team.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberBody {
    /// Their name.
    name: String,
    /// Their resource at a source, where they have one.
    #[serde(default)]
    resource: Option<Foreign>,
    /// What they do.
    #[serde(default)]
    roles: Vec<Coded>,
    /// From when to when they belong to the team.
    #[serde(default)]
    period: Period,
    /// The organisation for which they act.
    #[serde(default)]
    on_behalf_of: Option<Foreign>,
}

impl Body for MemberBody {}

impl From<MemberBody> for MemberContent {
    fn from(body: MemberBody) -> Self {
        Self {
            name: body.name,
            resource: body.resource,
            roles: body.roles,
            period: body.period,
            on_behalf_of: body.on_behalf_of,
        }
    }
}
