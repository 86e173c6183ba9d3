//! Task: an activity of a plan (R4 task.html).

use fhir::codes::PERTAINS_TO_GOAL;
use serde_json::{Value, json};

use super::ResourceKind;
use super::concept::{concept, period, words};
use super::element::Element;
use super::note::notes;
use super::reference::{Bases, everywhere, own, subject};
use crate::plan::{Activity, Completion, Member, Period, Plan};

const MORE_REASONS: &str = "http://hl7.org/fhir/StructureDefinition/workflow-reasonReference";

/// One activity of a plan.
///
/// Of the plan it tells what never changes, and who is to do it: whoever changes a member changes what they are to do.
pub fn task(activity: &Activity, plan: &Plan, bases: Bases<'_>) -> Value {
    let content = &activity.content;
    let goals = content.goals.iter();
    let goals = goals.map(|goal| json!({ "url": PERTAINS_TO_GOAL, "valueReference": own(ResourceKind::Goal, goal) }));
    // A Task has room for one reason.
    let more = content.reasons.iter().skip(1);
    let more = more.map(|about| json!({ "url": MORE_REASONS, "valueReference": bases.about(about) }));
    let assigned = activity.assigned.and_then(|id| plan.member(id)).map(|member| owner(member, bases));
    let often = content.schedule.often.as_ref();
    let often = often.map(|often| json!({ "type": words("Schedule"), "valueTiming": { "code": words(often) } }));
    let within = within(activity);
    let meta =
        Element::new().with("versionId", activity.version.to_string()).with("lastUpdated", activity.at.to_string());
    Element::resource(ResourceKind::Task)
        .with("id", activity.id.to_string())
        .with("meta", meta.done())
        .with_list("extension", goals.chain(more).collect())
        .with("identifier", json!([everywhere(activity.id)]))
        .with("basedOn", json!([own(ResourceKind::CarePlan, plan.id)]))
        .with("status", activity.status.code())
        .with_some("statusReason", activity.status_reason.as_deref().map(words))
        .with("intent", "plan")
        .with("code", concept(&content.description))
        .with_some("description", Some(content.description.title()))
        .with_some("focus", content.planned.as_ref().map(|planned| bases.foreign(planned)))
        .with("for", subject(&plan.person))
        .with_some("executionPeriod", execution(activity, within.as_ref()))
        .with("lastModified", activity.at.to_string())
        .with_some("owner", assigned)
        .with_some("reasonReference", content.reasons.first().map(|about| bases.about(about)))
        .with_list("note", notes(&activity.notes, &plan.person, bases))
        .with_some("restriction", within.map(|within| json!({ "period": within })))
        .with_list("input", often.into_iter().collect())
        .with_list("output", activity.completion.as_ref().map(|done| output(done, bases)).unwrap_or_default())
        .done()
}

/// Between which days it is to be done.
pub(super) fn within(activity: &Activity) -> Option<Value> {
    let schedule = &activity.content.schedule;
    period(&Period { end: schedule.due.or(schedule.period.end), ..schedule.period })
}

/// When it was done; before that, when it is to be done, because readers look for it here.
fn execution(activity: &Activity, within: Option<&Value>) -> Option<Value> {
    match &activity.completion {
        Some(done) => period(&Period { start: Some(done.day), end: Some(done.day) }),
        None => within.cloned(),
    }
}

/// Who is to do it.
pub(super) fn owner(member: &Member, bases: Bases<'_>) -> Value {
    let name = member.content.name.clone();
    match &member.content.resource {
        Some(foreign) => bases.foreign(&crate::Foreign { display: Some(name), ..foreign.clone() }),
        None => json!({ "display": name }),
    }
}

fn output(done: &Completion, bases: Bases<'_>) -> Vec<Value> {
    let outcome = done.outcome.as_ref();
    let outcome = outcome.map(|coded| json!({ "type": words("Outcome"), "valueCodeableConcept": concept(coded) }));
    let performed = done.performed.iter();
    let performed = performed.map(|one| json!({ "type": words("Performed"), "valueReference": bases.foreign(one) }));
    outcome.into_iter().chain(performed).collect()
}
