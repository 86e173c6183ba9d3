//! `GET /`: the plans that the caller reaches.

use access::PersonId;
use jiff::Timestamp;
use schemars::json_schema;
use shared_plan::Id;
use shared_plan::plan::{Coding, Plan, PlanStatus};
use shared_plan::ports::{Kind, Selection};

use crate::rest::asked::{FromQuery, Parameter, Params, Read};
use crate::rest::view::{PlanList, PlanSummary};
use crate::rest::{Answer, Endpoint, Problem, Rest};

/// Plans of a page where nobody says how many.
const USUAL: usize = 50;
/// Most plans of a page.
const MOST: usize = 200;
/// How often the store is asked for one page: a category is in the sealed part of a plan, so that plans are read for it.
const BATCHES: usize = 5;

pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("", "listPlans", "Lists the plans that the caller reaches, page by page.", run)
}

/// Which plans.
struct Filter {
    person: Option<PersonId>,
    statuses: Vec<PlanStatus>,
    category: Option<String>,
    changed_since: Option<Timestamp>,
    after: Option<Id<Plan>>,
    limit: usize,
}

impl FromQuery for Filter {
    const PARAMETERS: &'static [Parameter] = &[
        Parameter {
            name: "person",
            about: "Plans of this person only.",
            schema: |_| json_schema!({ "type": "string", "pattern": "^[0-9a-f]{32}$" }),
            required: false,
        },
        Parameter {
            name: "status",
            about: "Plans in one of these states only, with commas between.",
            schema: |_| {
                let code = "(draft|active|on-hold|revoked|completed|entered-in-error)";
                json_schema!({ "type": "string", "pattern": format!("^{code}(,{code})*$") })
            },
            required: false,
        },
        Parameter {
            name: "category",
            about: "Plans of this category only: a code, or system|code.",
            schema: |_| json_schema!({ "type": "string", "minLength": 1 }),
            required: false,
        },
        Parameter {
            name: "changed_since",
            about: "Plans that were last changed then or later.",
            schema: |_| json_schema!({ "type": "string", "format": "date-time" }),
            required: false,
        },
        Parameter {
            name: "cursor",
            about: "Where the page begins: `next` of the page before.",
            schema: |_| json_schema!({ "type": "string", "pattern": "^[0-9a-f]{32}$" }),
            required: false,
        },
        Parameter {
            name: "limit",
            about: "Plans of a page.",
            schema: |_| json_schema!({ "type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL }),
            required: false,
        },
    ];

    fn from_query(params: &mut Params) -> Result<Self, Problem> {
        Ok(Self {
            person: params.read("person", "an id of a person", PersonId::parse)?,
            statuses: params.read("status", "states of plans with commas between", statuses)?.unwrap_or_default(),
            category: params.read("category", "a code, or system|code", category)?,
            changed_since: params.read("changed_since", "a time with its offset", |text| text.parse().ok())?,
            after: params.read("cursor", "`next` of a page", Id::parse)?,
            limit: params.read("limit", "a number from 1 to 200", limit)?.unwrap_or(USUAL),
        })
    }
}

fn statuses(text: &str) -> Option<Vec<PlanStatus>> {
    text.split(',').map(|code| PlanStatus::ALL.into_iter().find(|status| status.code() == code)).collect()
}

fn category(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn limit(text: &str) -> Option<usize> {
    text.parse().ok().filter(|limit| (1..=MOST).contains(limit))
}

async fn run(rest: Rest, read: Read<(), Filter>) -> Result<Answer<PlanList>, Problem> {
    let Read { caller, query, .. } = read;
    let selection = Selection {
        kind: Kind::Plan,
        person: query.person,
        statuses: query.statuses.iter().map(|status| status.code().to_owned()).collect(),
        changed_since: query.changed_since,
    };
    let today = rest.service.today(&caller.tenant);
    let mut after = query.after.map(|id| id.to_string());
    let mut plans: Vec<PlanSummary> = Vec::new();
    for _ in 0..BATCHES {
        let wanted = query.limit - plans.len();
        let listed = rest.service.list(&caller, selection.clone(), after.as_deref(), wanted).await?;
        for document in &listed.documents {
            let plan = Plan::from_document(document).map_err(crate::Failure::Content)?;
            if query.category.as_deref().is_none_or(|category| is_of(&plan, category)) {
                plans.push(PlanSummary::of(plan, today));
            }
        }
        after = listed.next;
        if after.is_none() || plans.len() == query.limit {
            break;
        }
    }
    Ok(Answer::of(PlanList { plans, next: after }))
}

fn is_of(plan: &Plan, category: &str) -> bool {
    let (system, code) = match category.rsplit_once('|') {
        Some((system, code)) => (Some(system), code),
        None => (None, category),
    };
    let fits = |coding: &Coding| coding.code == code && system.is_none_or(|system| coding.system == system);
    plan.content.categories.iter().flat_map(|category| &category.codings).any(fits)
}
