//! What a search looks at: the resource, and of a CarePlan its activities too.
//!
//! R4 searches `CarePlan.activity.detail`, which the MCC profile forbids: what is planned is a Task of its own. So that
//! `activity-code`, `activity-date` and `performer` find plans all the same, their Tasks stand in its place here.

use std::borrow::Cow;

use serde_json::{Map, Value, json};
use shared_plan::fhir::ResourceKind;

use super::Asked;
use crate::fhir::held::{Held, Shown};
use crate::fhir::reader::Reader;

/// The parameters of a CarePlan that look into its activities.
const OF_ACTIVITIES: [&str; 3] = ["activity-code", "activity-date", "performer"];
/// What a Task calls the elements of `CarePlan.activity.detail`.
const CALLED: [(&str, &str); 2] = [("code", "code"), ("executionPeriod", "scheduledPeriod")];

/// What is looked at where a resource is searched or sorted.
pub(super) fn looked_at<'s>(
    reader: Reader<'_>,
    asked: &Asked,
    shown: &'s Shown,
    held: Option<&Held>,
) -> Cow<'s, Value> {
    let whole = held.filter(|_| looks_into_activities(asked));
    let Some(held) = whole else { return Cow::Borrowed(&shown.resource) };
    let mut resource = Value::clone(&shown.resource);
    let tasks = reader.shown(held, ResourceKind::Task);
    let tasks = tasks.iter().filter(|task| task.resource.get("status") != Some(&json!("entered-in-error")));
    resource["activity"] = tasks.map(|task| json!({ "detail": detail(&task.resource) })).collect();
    Cow::Owned(resource)
}

/// True where a search of CarePlans is one of their Tasks as well.
pub(super) fn looks_into_activities(asked: &Asked) -> bool {
    if asked.kind != ResourceKind::CarePlan {
        return false;
    }
    let sorted = asked.query.controls().sorting.iter().any(|rule| OF_ACTIVITIES.contains(&rule.name()));
    sorted || OF_ACTIVITIES.iter().any(|name| asked.query.asks_for(name))
}

fn detail(task: &Value) -> Map<String, Value> {
    let called = CALLED.iter().filter_map(|(from, to)| Some(((*to).to_owned(), task.get(*from)?.clone())));
    let performer = task.get("owner").map(|owner| ("performer".to_owned(), json!([owner])));
    called.chain(performer).collect()
}
