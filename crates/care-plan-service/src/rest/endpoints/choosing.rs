//! Which plans: the filters that lists of plans, and of their goals and activities, have in common.

use access::PersonId;
use jiff::Timestamp;
use jiff::civil::Date;
use schemars::json_schema;
use serde::de::DeserializeOwned;
use serde_json::Value;
use shared_plan::plan::{Coding, Plan, Workflow};
use shared_plan::ports::{Kind, Selection};

use crate::rest::Problem;
use crate::rest::asked::{Parameter, Params};

/// Of whom.
pub(super) const PERSON: Parameter = Parameter {
    name: "person",
    about: "Those of this person only.",
    schema: |_| json_schema!({ "type": "string", "pattern": "^[0-9a-f]{32}$" }),
    required: false,
};

/// Since when.
pub(super) const CHANGED_SINCE: Parameter = Parameter {
    name: "changed_since",
    about: "Those that were last changed then or later.",
    schema: |_| json_schema!({ "type": "string", "format": "date-time" }),
    required: false,
};

/// Where the plan stands.
pub(super) const WORKFLOW: Parameter = Parameter {
    name: "workflow",
    about: "Of plans that stand so today, in one of these words, with commas between.",
    schema: |_| {
        let word = "(draft|in-review|approved|active|review-due|revised|on-hold|closed)";
        json_schema!({ "type": "string", "pattern": format!("^{word}(,{word})*$") })
    },
    required: false,
};

/// What the plan follows.
pub(super) const PROGRAMME: Parameter = Parameter {
    name: "programme",
    about: "Of plans that follow this protocol: a canonical URL of `instantiates`, with or without its version.",
    schema: |_| json_schema!({ "type": "string", "minLength": 1 }),
    required: false,
};

/// What kind of plan.
pub(super) const CATEGORY: Parameter = Parameter {
    name: "category",
    about: "Of plans of this category: a code, or system|code.",
    schema: |_| json_schema!({ "type": "string", "minLength": 1 }),
    required: false,
};

/// Until when it is to be reviewed.
pub(super) const REVIEW_DUE_BEFORE: Parameter = Parameter {
    name: "review_due_before",
    about: "Of plans whose day of review comes before this day.",
    schema: |_| json_schema!({ "type": "string", "format": "date" }),
    required: false,
};

/// A day before which something is due.
pub(super) const DUE_BEFORE: Parameter = Parameter {
    name: "due_before",
    about: "Those that are still awaited and whose last day comes before this day.",
    schema: |_| json_schema!({ "type": "string", "format": "date" }),
    required: false,
};

/// Which plans.
#[derive(Debug, Default)]
pub(super) struct Choosing {
    person: Option<PersonId>,
    changed_since: Option<Timestamp>,
    /// By the code of their state, which the store knows.
    pub(super) statuses: Vec<String>,
    workflows: Vec<Workflow>,
    programme: Option<String>,
    category: Option<String>,
    review_due_before: Option<Date>,
}

impl Choosing {
    /// Reads what all lists have: person, time, workflow and programme.
    pub(super) fn read(params: &mut Params) -> Result<Self, Problem> {
        Ok(Self {
            person: params.read("person", "an id of a person", PersonId::parse)?,
            changed_since: params.read("changed_since", "a time with its offset", |text| text.parse().ok())?,
            workflows: params.read("workflow", "words of the workflow with commas between", words)?.unwrap_or_default(),
            programme: params.read("programme", "a canonical URL", some)?,
            ..Self::default()
        })
    }

    /// Reads what a list of plans has beside that.
    pub(super) fn with_plans_own(self, params: &mut Params) -> Result<Self, Problem> {
        Ok(Self {
            category: params.read("category", "a code, or system|code", some)?,
            review_due_before: params.read("review_due_before", "a day", day)?,
            ..self
        })
    }

    /// What the store can choose by.
    pub(super) fn selection(&self) -> Selection {
        let (person, statuses) = (self.person.clone(), self.statuses.clone());
        Selection { kind: Kind::Plan, person, statuses, changed_since: self.changed_since }
    }

    /// True where a plan is one of those.
    pub(super) fn chooses(&self, plan: &Plan, today: Date) -> bool {
        let standing = self.workflows.is_empty() || self.workflows.contains(&plan.workflow(today));
        let follows = |programme: &String| plan.content.instantiates.iter().any(|url| is_of(url, programme));
        let reviewed = |day: &Date| !plan.status.is_closed() && plan.review.next.is_some_and(|next| next < *day);
        standing
            && self.programme.as_ref().is_none_or(follows)
            && self.category.as_deref().is_none_or(|category| is_in(plan, category))
            && self.review_due_before.as_ref().is_none_or(reviewed)
    }
}

/// Reads words with commas between, as the answers write them.
pub(super) fn words<T: DeserializeOwned>(text: &str) -> Option<Vec<T>> {
    text.split(',').map(|word| serde_json::from_value(Value::from(word)).ok()).collect()
}

/// Reads a day.
pub(super) fn day(text: &str) -> Option<Date> {
    // Nothing but a day: a time in some place is another day elsewhere.
    text.parse().ok().filter(|_| text.len() == "2026-11-21".len())
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// True where a canonical is the one that is asked for, or a version of it.
fn is_of(url: &str, programme: &str) -> bool {
    url == programme || url.split_once('|').is_some_and(|(url, _)| url == programme)
}

fn is_in(plan: &Plan, category: &str) -> bool {
    let (system, code) = match category.rsplit_once('|') {
        Some((system, code)) => (Some(system), code),
        None => (None, category),
    };
    let fits = |coding: &Coding| coding.code == code && system.is_none_or(|system| coding.system == system);
    plan.content.categories.iter().flat_map(|category| &category.codings).any(fits)
}
