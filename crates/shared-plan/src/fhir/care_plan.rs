//! CarePlan, by the MCC profile.

use fhir::codes::SNOMED;
use serde_json::{Value, json};

use super::concept::{code, concept, period};
use super::element::Element;
use super::note::notes;
use super::reference::{Bases, everywhere, kind_of, own, subject};
use super::spoken::subsetted;
use super::{ResourceKind, Spoken, narrative};
use crate::plan::{Activity, ActivityStatus, Coded, GoalStatus, Plan};

const PROFILE: &str = "http://hl7.org/fhir/us/mcc/StructureDefinition/mccCarePlan";
const CUSTODIAN: &str = "http://hl7.org/fhir/us/mcc/StructureDefinition/custodian";
const US_CORE_CATEGORY: &str = "http://hl7.org/fhir/us/core/CodeSystem/careplan-category";
/// SNOMED CT: care plan.
const CARE_PLAN: &str = "734163000";

/// The plan itself; its parts are pointed at.
///
/// Parts that were entered in error are not: they can be read, and say what they are.
pub fn care_plan(plan: &Plan, bases: Bases<'_>) -> Value {
    care_plan_speaking(Spoken::WHOLE, plan, bases)
}

/// The plan itself for whoever may not read all of its parts: what those say is left out, and that is marked.
pub fn care_plan_speaking(spoken: Spoken, plan: &Plan, bases: Bases<'_>) -> Value {
    let content = &plan.content;
    let foreign = |list: &[crate::Foreign]| list.iter().map(|one| bases.foreign(one)).collect::<Vec<_>>();
    // `addresses` takes Conditions only; what else a plan is for has shaped it.
    let (conditions, others): (Vec<_>, Vec<_>) =
        content.addresses.iter().partition(|about| kind_of(about) == "Condition");
    let abouts = |list: Vec<_>| list.into_iter().map(|about| bases.about(about)).collect::<Vec<_>>();
    let goals = plan.goals.iter().filter(|goal| goal.status != GoalStatus::EnteredInError);
    let activities = plan.activities.iter().filter(|activity| activity.status != ActivityStatus::EnteredInError);
    let custodian = content.custodian.as_ref();
    let custodian = custodian.map(|one| json!({ "url": CUSTODIAN, "valueReference": bases.foreign(one) }));
    let contributors = plan.contributors.iter().map(|who| bases.who(who, &plan.person)).collect();
    let why = plan.status_reason.as_ref();
    let why = why.map(|why| json!({ "time": plan.at.to_string(), "text": format!("{}: {why}", plan.status.code()) }));
    let mut meta = meta(plan, Some(PROFILE));
    if spoken.leaves_out(plan) {
        meta["tag"] = json!([subsetted()]);
    }
    Element::resource(ResourceKind::CarePlan)
        .with("id", plan.id.to_string())
        .with("meta", meta)
        .with("text", narrative::of(plan, spoken))
        .with_list("extension", custodian.into_iter().collect())
        .with("identifier", json!([everywhere(plan.id)]))
        .with_list("instantiatesCanonical", content.instantiates.iter().map(|url| json!(url)).collect())
        .with_list("replaces", foreign(&content.replaces))
        .with("status", plan.status.code())
        .with("intent", "plan")
        .with("category", categories(&content.categories))
        .with_some("title", Some(content.title.clone()))
        .with_some("description", content.description.clone())
        .with("subject", subject(&plan.person))
        .with_some("encounter", content.encounter.as_ref().map(|encounter| bases.foreign(encounter)))
        .with_some("period", period(&content.period))
        .with("created", plan.created.to_string())
        .with("author", bases.who(&plan.author, &plan.person))
        .with_list("contributor", contributors)
        .with("careTeam", json!([own(ResourceKind::CareTeam, plan.team.id)]))
        .with_list("addresses", abouts(conditions))
        .with_list("supportingInfo", [abouts(others), foreign(&content.supporting_information)].concat())
        .with_list("goal", goals.map(|goal| own(ResourceKind::Goal, goal.id)).collect())
        .with_list("activity", activities.map(|one| activity(one, spoken, plan, bases)).collect())
        .with_list("note", why.into_iter().collect())
        .done()
}

/// Version and time of the whole plan.
pub(super) fn meta(plan: &Plan, profile: Option<&str>) -> Value {
    Element::new()
        .with("versionId", plan.version.to_string())
        .with("lastUpdated", plan.at.to_string())
        .with_list("profile", profile.map(|profile| json!(profile)).into_iter().collect())
        .done()
}

fn categories(own: &[Coded]) -> Vec<Value> {
    let fixed = [(US_CORE_CATEGORY, "assess-plan"), (SNOMED, CARE_PLAN)];
    let is_fixed = |coded: &&Coded| {
        coded.codings.iter().any(|coding| fixed.contains(&(coding.system.as_str(), coding.code.as_str())))
    };
    let assess_plan = code(US_CORE_CATEGORY, "assess-plan", "Assessment and Plan of Treatment");
    let mut categories = vec![assess_plan, code(SNOMED, CARE_PLAN, "Care plan")];
    categories.extend(own.iter().filter(|coded| !is_fixed(coded)).map(concept));
    categories
}

/// What is planned is a Task, whatever it stands for at a source (its `focus`); what was performed lies at sources.
fn activity(activity: &Activity, spoken: Spoken, plan: &Plan, bases: Bases<'_>) -> Value {
    let reference = own(ResourceKind::Task, activity.id);
    if !spoken.activities {
        return json!({ "reference": reference });
    }
    let completion = activity.completion.as_ref();
    let outcome = completion.and_then(|done| done.outcome.as_ref()).map(concept);
    let performed = completion.map(|done| done.performed.iter().map(|one| bases.foreign(one)).collect());
    Element::new()
        .with_list("outcomeCodeableConcept", outcome.into_iter().collect())
        .with_list("outcomeReference", performed.unwrap_or_default())
        .with_list("progress", notes(&activity.notes, &plan.person, bases))
        .with("reference", reference)
        .done()
}
