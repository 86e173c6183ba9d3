//! What a plan says itself.

use access::PersonId;
use schemars::JsonSchema;
use serde::Deserialize;
use shared_plan::plan::{About, Coded, Period, PlanContent};
use shared_plan::{Foreign, Id};

use super::{MemberBody, PatientBody};
use crate::rest::asked::Body;

/// What a plan says itself, its parts apart.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanBody {
    /// What people call it.
    title: String,
    /// What it is for, in a few sentences.
    #[serde(default)]
    description: Option<String>,
    /// What kind of plan it is.
    #[serde(default)]
    categories: Vec<Coded>,
    /// For which time.
    #[serde(default)]
    period: Period,
    /// Who keeps it: an Organization at a source.
    #[serde(default)]
    custodian: Option<Foreign>,
    /// Which concerns it is for.
    #[serde(default)]
    addresses: Vec<About>,
    /// What was considered.
    #[serde(default)]
    supporting_information: Vec<Foreign>,
    /// The encounter in which it was made.
    #[serde(default)]
    encounter: Option<Foreign>,
    /// The canonical URLs of the protocols that it follows (`PlanDefinition`).
    #[serde(default)]
    instantiates: Vec<String>,
    /// The plans at sources that it takes the place of.
    #[serde(default)]
    replaces: Vec<Foreign>,
}

/// A new plan, with the person whose plan it is: by `person`, or by a `patient` of a source.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPlanBody {
    /// Accord's id of the person.
    #[serde(default)]
    #[schemars(with = "Option<Id<PersonId>>")]
    pub person: Option<String>,
    /// The Patient at a source whom Accord knows as a person.
    #[serde(default)]
    pub patient: Option<PatientBody>,
    /// The first team.
    #[serde(default)]
    pub members: Vec<MemberBody>,
    /// What people call it.
    title: String,
    /// What it is for, in a few sentences.
    #[serde(default)]
    description: Option<String>,
    /// What kind of plan it is.
    #[serde(default)]
    categories: Vec<Coded>,
    /// For which time.
    #[serde(default)]
    period: Period,
    /// Who keeps it: an Organization at a source.
    #[serde(default)]
    custodian: Option<Foreign>,
    /// Which concerns it is for.
    #[serde(default)]
    addresses: Vec<About>,
    /// What was considered.
    #[serde(default)]
    supporting_information: Vec<Foreign>,
    /// The encounter in which it was made.
    #[serde(default)]
    encounter: Option<Foreign>,
    /// The canonical URLs of the protocols that it follows (`PlanDefinition`).
    #[serde(default)]
    instantiates: Vec<String>,
    /// The plans at sources that it takes the place of.
    #[serde(default)]
    replaces: Vec<Foreign>,
}

impl Body for PlanBody {}

impl Body for NewPlanBody {
    const CHANGES: bool = false;
}

impl From<PlanBody> for PlanContent {
    fn from(body: PlanBody) -> Self {
        Self {
            title: body.title,
            description: body.description,
            categories: body.categories,
            period: body.period,
            custodian: body.custodian,
            addresses: body.addresses,
            supporting_information: body.supporting_information,
            encounter: body.encounter,
            instantiates: body.instantiates,
            replaces: body.replaces,
        }
    }
}

impl From<NewPlanBody> for PlanContent {
    fn from(body: NewPlanBody) -> Self {
        Self {
            title: body.title,
            description: body.description,
            categories: body.categories,
            period: body.period,
            custodian: body.custodian,
            addresses: body.addresses,
            supporting_information: body.supporting_information,
            encounter: body.encounter,
            instantiates: body.instantiates,
            replaces: body.replaces,
        }
    }
}
