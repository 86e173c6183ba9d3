//! Plans as they are answered.

use access::PersonId;
use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use shared_plan::plan::{Coded, Period, Plan, PlanStatus, Workflow};
use shared_plan::{Id, Version};

use crate::Caller;
use crate::rest::{Answer, Rest};
use crate::service::Saved;

/// A plan with its parts.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PlanAnswer {
    #[serde(flatten)]
    plan: Plan,
    /// State and review in one word, today.
    workflow: Workflow,
    /// True where the plan is in force and its day of review has passed, whatever the word is.
    review_due: bool,
}

impl PlanAnswer {
    /// A plan, read.
    pub fn of(rest: &Rest, caller: &Caller, plan: Plan) -> Answer<Self> {
        let version = plan.version;
        let today = rest.service.today(&caller.tenant);
        let (workflow, review_due) = (plan.workflow(today), plan.is_review_due(today));
        Answer::of(Self { plan, workflow, review_due }).at(version)
    }

    /// A plan, changed.
    pub fn saved(rest: &Rest, caller: &Caller, saved: Saved) -> Answer<Self> {
        Self::of(rest, caller, saved.plan).replayed(saved.repeated)
    }
}

/// A plan in a list.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PlanSummary {
    id: Id<Plan>,
    #[schemars(with = "Id<PersonId>")]
    person: PersonId,
    version: Version,
    /// When this version was made.
    at: Timestamp,
    status: PlanStatus,
    /// State and review in one word, today.
    workflow: Workflow,
    /// True where the plan is in force and its day of review has passed, whatever the word is.
    review_due: bool,
    title: String,
    categories: Vec<Coded>,
    period: Period,
    /// When it is to be reviewed again.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_review: Option<Date>,
    /// How many goals are open.
    open_goals: usize,
    /// How many activities are open.
    open_activities: usize,
}

impl PlanSummary {
    /// A plan on this day.
    pub fn of(plan: Plan, today: Date) -> Self {
        Self {
            id: plan.id,
            workflow: plan.workflow(today),
            review_due: plan.is_review_due(today),
            open_goals: plan.goals.iter().filter(|goal| goal.status.is_open()).count(),
            open_activities: plan.open_activities().count(),
            person: plan.person,
            version: plan.version,
            at: plan.at,
            status: plan.status,
            title: plan.content.title,
            categories: plan.content.categories,
            period: plan.content.period,
            next_review: plan.review.next,
        }
    }
}

/// A page of plans.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PlanList {
    /// In the order of their ids. Where plans are chosen by what they say, a page may be short before the last.
    pub plans: Vec<PlanSummary>,
    /// Where the next page begins: the parameter `cursor`. Not there on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}
