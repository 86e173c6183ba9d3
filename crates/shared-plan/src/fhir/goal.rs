//! Goal, by the MCC profile.

use access::PersonId;
use fhir::codes::{GOAL_ACCEPTANCE, GOAL_ACHIEVEMENT};
use serde_json::{Value, json};

use super::ResourceKind;
use super::concept::{concept, priority, quantity, simple_quantity, words};
use super::element::Element;
use super::note::notes;
use super::reference::{Bases, everywhere, kind_of, subject};
use crate::plan::{Acceptance, AcceptanceAnswer, Achievement, Goal, GoalStatus, Target, TargetValue};

const PROFILE: &str = "http://hl7.org/fhir/us/mcc/StructureDefinition/MCCGoal";
const REASON_REJECTED: &str = "http://hl7.org/fhir/StructureDefinition/goal-reasonRejected";
const SUPPORTING_INFO: &str = "http://hl7.org/fhir/StructureDefinition/workflow-supportingInfo";
const ABSENT: &str = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
/// What `Goal.addresses` may point at (R4 goal.html).
const ADDRESSED: [&str; 6] =
    ["Condition", "Observation", "MedicationStatement", "NutritionOrder", "ServiceRequest", "RiskAssessment"];

/// One goal of a person's plan.
pub fn goal(goal: &Goal, person: &PersonId, bases: Bases<'_>) -> Value {
    let content = &goal.content;
    let (addressed, others): (Vec<_>, Vec<_>) =
        content.addresses.iter().partition(|about| ADDRESSED.contains(&kind_of(about)));
    let rejected = goal.status_reason.as_ref().filter(|_| goal.status == GoalStatus::Rejected);
    let rejected = rejected.map(|why| json!({ "url": REASON_REJECTED, "valueCodeableConcept": words(why) }));
    let accepted = goal.acceptance.iter().map(|one| acceptance(goal, one, person, bases));
    let others =
        others.into_iter().map(|about| json!({ "url": SUPPORTING_INFO, "valueReference": bases.about(about) }));
    let meta = Element::new()
        .with("versionId", goal.version.to_string())
        .with("lastUpdated", goal.at.to_string())
        .with("profile", json!([PROFILE]));
    Element::resource(ResourceKind::Goal)
        .with("id", goal.id.to_string())
        .with("meta", meta.done())
        .with_list("extension", accepted.chain(rejected).chain(others).collect())
        .with("identifier", json!([everywhere(goal.id)]))
        .with("lifecycleStatus", goal.status.code())
        .with_some("achievementStatus", goal.achievement.as_ref().map(|achieved| achievement(achieved.status)))
        .with_list("category", content.categories.iter().map(concept).collect())
        .with_some("priority", content.priority.map(priority))
        .with("description", concept(&content.description))
        .with("subject", subject(person))
        .with_some("startDate", content.start.map(|day| day.to_string()))
        .with_list("target", content.targets.iter().map(target).collect())
        .with_some("statusReason", goal.status_reason.clone())
        .with_some("expressedBy", content.expressed_by.as_ref().map(|who| bases.who(who, person)))
        .with_list("addresses", addressed.into_iter().map(|about| bases.about(about)).collect())
        .with_list("note", notes(&goal.notes, person, bases))
        .done()
}

fn achievement(status: Achievement) -> Value {
    json!({ "coding": [{ "system": GOAL_ACHIEVEMENT, "code": status.code() }] })
}

/// What somebody says to the goal as it is worded now; to another wording they have said nothing yet.
fn acceptance(goal: &Goal, one: &Acceptance, person: &PersonId, bases: Bases<'_>) -> Value {
    let stands = goal.is_answered_by(one);
    let answer = if stands { one.answer } else { AcceptanceAnswer::Pending };
    let mut parts = vec![
        json!({ "url": "individual", "valueReference": bases.who(&one.by, person) }),
        json!({ "url": "status", "valueCode": answer.code() }),
    ];
    parts.extend(
        one.priority
            .filter(|_| stands)
            .map(|level| json!({ "url": "priority", "valueCodeableConcept": priority(level) })),
    );
    json!({ "url": GOAL_ACCEPTANCE, "extension": parts })
}

fn target(target: &Target) -> Value {
    let measure = target.measure.as_ref().map(concept);
    let detail = target.value.as_ref().and_then(detail);
    // gol-1: a value has a measure, if only one that nobody named.
    let unnamed = || json!({ "extension": [{ "url": ABSENT, "valueCode": "unknown" }] });
    let measure = measure.or_else(|| detail.is_some().then(unnamed));
    let mut element = Element::new().with("id", target.id.to_string()).with_some("measure", measure);
    if let Some((name, value)) = detail {
        element = element.with(name, value);
    }
    element.with_some("dueDate", target.due.map(|day| day.to_string())).done()
}

fn detail(value: &TargetValue) -> Option<(&'static str, Value)> {
    match value {
        TargetValue::Quantity(one) => Some(("detailQuantity", quantity(one))),
        TargetValue::Range { low, high } => {
            let ends = Element::new()
                .with_some("low", low.as_ref().map(simple_quantity))
                .with_some("high", high.as_ref().map(simple_quantity));
            Some(("detailRange", ends.some()?))
        }
        TargetValue::Concept(coded) => Some(("detailCodeableConcept", concept(coded))),
        TargetValue::Text(text) => Some(("detailString", json!(text))),
    }
}
