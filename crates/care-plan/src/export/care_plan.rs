//! The CarePlan of the Bundle, by the MCC profile (mcc-digest section 2).

use std::collections::BTreeSet;

use fhir::ResourceKey;
use fhir::codes::SNOMED;
use serde_json::{Value, json};

use super::activities::Activities;
use super::names::Names;
use super::narrative;
use crate::plan::{ConsolidatedPlan, Member};
use crate::snapshot::Snapshot;

/// Profile of a care plan for people with several chronic conditions.
const PROFILE: &str = "http://hl7.org/fhir/us/mcc/StructureDefinition/mccCarePlan";
/// SNOMED CT: care plan.
const CARE_PLAN: &str = "734163000";

/// The consolidated plan as a CarePlan.
pub(super) fn of(
    plan: &ConsolidatedPlan,
    snapshot: &Snapshot,
    names: &Names<'_>,
    patient: &Value,
    activities: &Activities,
    created: &str,
) -> Value {
    let current = plan.concerns.iter().filter(|concern| concern.is_current());
    let past = plan.concerns.iter().filter(|concern| !concern.is_current());
    // What one record took back it no longer addresses, though another does: it is told beside.
    let said = current.flat_map(|concern| concern.item.members.iter().zip(&concern.statements));
    let (held, back): (Vec<_>, Vec<_>) = said.partition(|(_, said)| said.is_current());
    let (addressed, found) = keys(held.into_iter().map(|(member, _)| member));
    let past = past.flat_map(|concern| &concern.item.members);
    let (over, also) = keys(past.chain(back.into_iter().map(|(member, _)| member)));
    let supporting: BTreeSet<&ResourceKey> =
        found.into_iter().chain(over).chain(also).chain(&activities.beside).collect();
    let goals: BTreeSet<&ResourceKey> = (plan.goals.iter())
        .flat_map(|goal| goal.item.members.iter().zip(&goal.statements))
        .filter(|(_, said)| said.is_current())
        .map(|(member, _)| &member.key)
        .collect();
    let teams: BTreeSet<&ResourceKey> = plan.team.iter().map(|member| &member.key).collect();
    let read = snapshot.records.iter().filter(|record| record.patient.is_some());
    let contributors: BTreeSet<&str> = read.map(|record| record.source.name.as_str()).collect();
    let assess_plan =
        json!({ "system": "http://hl7.org/fhir/us/core/CodeSystem/careplan-category", "code": "assess-plan" });
    let mut care_plan = json!({
        "resourceType": "CarePlan",
        "meta": { "profile": [PROFILE] },
        "text": { "status": "generated", "div": narrative::of(plan, snapshot) },
        "status": "active",
        "intent": "plan",
        "category": [
            { "coding": [assess_plan] },
            { "coding": [{ "system": SNOMED, "code": CARE_PLAN, "display": "Care plan" }] },
        ],
        "title": "Consolidated care plan",
        "subject": patient,
        "created": created,
    });
    let mut list = |element: &str, values: Vec<Value>| {
        if !values.is_empty() {
            care_plan[element] = Value::Array(values);
        }
    };
    let references = |keys: BTreeSet<&ResourceKey>| keys.into_iter().map(|key| names.reference(key)).collect();
    list(
        "contributor",
        contributors.into_iter().map(|name| json!({ "type": "Organization", "display": name })).collect(),
    );
    list("careTeam", references(teams));
    list("addresses", references(addressed.into_iter().collect()));
    list("supportingInfo", references(supporting));
    list("goal", references(goals));
    list("activity", activities.listed.clone());
    list("note", narrative::not_read(snapshot).into_iter().map(|text| json!({ "text": text })).collect());
    care_plan
}

/// The keys of members of concerns: Conditions, and whatever else is one.
fn keys<'i>(members: impl Iterator<Item = &'i Member>) -> (Vec<&'i ResourceKey>, Vec<&'i ResourceKey>) {
    members.map(|member| &member.key).partition(|key| key.kind == "Condition")
}
