//! What is asked, given what is known.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::json;

use super::*;

fn everything(_: &str) -> bool {
    true
}

fn known<'a>(stated: Option<&'a Capability>, profile: &'a Profile) -> Known<'a> {
    Known { stated, refused: BTreeSet::new(), profile, permitted: &everything }
}

fn plan(stated: Option<&Capability>, profile: &Profile) -> QueryPlan {
    QueryPlan::of(&known(stated, profile), "p1", 200)
}

fn stated(resources: serde_json::Value) -> Capability {
    let statement = json!({ "resourceType": "CapabilityStatement", "fhirVersion": "4.0.1",
        "rest": [{ "mode": "server", "resource": resources }] });
    Capability::parse(&statement.to_string()).unwrap()
}

fn search<'a>(plan: &'a QueryPlan, kind: &str) -> &'a Search {
    plan.searches.iter().find(|search| search.kind == kind).unwrap()
}

fn text(query: &Query) -> String {
    let pairs: Vec<String> = query.params.iter().map(|(name, value)| format!("{name}={value}")).collect();
    format!("{}?{}", query.kind, pairs.join("&"))
}

#[test]
fn f13_every_search_names_the_person_and_is_made_without_waiting_for_the_statement() {
    let plan = plan(None, &Profile::default());
    assert!(plan.unsupported.is_empty() && plan.withheld.is_empty());
    assert_eq!(plan.searches.len(), TYPES.len(), "one search a type");
    for query in plan.searches.iter().flat_map(|search| &search.steps).flat_map(|step| &step.parts) {
        assert_eq!(query.1.params.first(), Some(&("patient".to_owned(), "p1".to_owned())), "{}", query.1.kind);
    }
}

#[test]
fn f11_the_four_types_that_need_not_be_searched_by_patient_alone_have_a_floor() {
    let plan = plan(None, &Profile::default());
    let with_floor: Vec<&str> = plan
        .searches
        .iter()
        .filter(|search| search.steps.iter().any(|step| step.is_broad) && search.steps.len() > 1)
        .map(|search| search.kind)
        .collect();
    assert_eq!(with_floor, ["Observation", "CarePlan", "CareTeam", "MedicationRequest"]);
}

#[test]
fn f11_a_known_refusal_is_not_asked_for_again() {
    let epic = Profile::of([Vendor::Epic]);
    let plan = plan(None, &epic);
    let care_plans = search(&plan, "CarePlan");
    assert_eq!((care_plans.steps.len(), care_plans.steps[0].parts.len()), (1, 5));
    assert!(search(&plan, "MedicationRequest").steps[0].is_broad);
    let usual = Profile::default();
    let mut learned = known(None, &usual);
    learned.refused.insert("CareTeam".to_owned());
    let plan = QueryPlan::of(&learned, "p1", 200);
    assert_eq!(text(&search(&plan, "CareTeam").steps[0].parts[0].1), "CareTeam?patient=p1&status=active&_count=200");
}

#[test]
fn f7_what_the_source_says_it_does_not_have_is_not_asked_for() {
    let stated = stated(json!([
        { "type": "Goal", "interaction": [{ "code": "search-type" }], "searchParam": [{ "name": "patient" }] },
        { "type": "Task", "interaction": [{ "code": "read" }] },
        { "type": "Appointment", "searchParam": [{ "name": "actor" }] },
        { "type": "EpisodeOfCare", "searchParam": [{ "name": "date" }] },
        { "type": "Condition" }]));
    let plan = plan(Some(&stated), &Profile::default());
    let asked: Vec<&str> = plan.searches.iter().map(|search| search.kind).collect();
    assert_eq!(asked, ["Condition", "Goal", "Appointment"]);
    assert_eq!(plan.unsupported.len() + asked.len(), TYPES.len());
    assert_eq!(text(&search(&plan, "Appointment").steps[0].parts[0].1), "Appointment?actor=Patient/p1&_count=200");
}

#[test]
fn f11_what_the_source_says_comes_along_is_asked_for_first_and_then_without() {
    let stated = stated(json!([
        { "type": "MedicationRequest", "searchInclude": ["MedicationRequest:medication"],
          "searchRevInclude": ["Provenance:target"] },
        { "type": "Provenance" }]));
    let with = plan(Some(&stated), &Profile::default());
    let steps = &search(&with, "MedicationRequest").steps;
    assert_eq!(
        text(&steps[0].parts[0].1),
        "MedicationRequest?patient=p1&_include=MedicationRequest:medication&_revinclude=Provenance:target&_count=200"
    );
    let steps: Vec<_> = steps.iter().map(|step| (step.is_broad, step.with_provenance)).collect();
    assert_eq!(steps, [(true, true), (false, true), (true, false), (false, false)]);
    let without = plan(Some(&stated), &Profile::of([Vendor::Allscripts]));
    assert!(!text(&search(&without, "MedicationRequest").steps[0].parts[0].1).contains("_include="));
}

#[test]
fn provenance_that_the_grant_does_not_cover_is_not_asked_to_come_along() {
    let stated =
        stated(json!([{ "type": "Goal", "searchRevInclude": ["Provenance:target"] }, { "type": "Provenance" }]));
    let profile = Profile::default();
    let narrow = Known { permitted: &|kind| kind == "Goal", ..known(Some(&stated), &profile) };
    let plan = QueryPlan::of(&narrow, "p1", 200);
    assert_eq!((plan.searches.len(), search(&plan, "Goal").steps.len()), (1, 1));
    assert!(plan.withheld.contains(&"Condition"));
}

#[test]
fn what_the_grant_does_not_cover_is_not_asked_to_come_along() {
    let stated = stated(json!([{ "type": "MedicationRequest",
        "searchInclude": ["MedicationRequest:medication", "MedicationRequest:requester"] }]));
    let profile = Profile::default();
    let narrow = Known {
        permitted: &|kind| matches!(kind, "MedicationRequest" | "Practitioner"),
        ..known(Some(&stated), &profile)
    };
    let plan = QueryPlan::of(&narrow, "p1", 200);
    let asked = text(&search(&plan, "MedicationRequest").steps[0].parts[0].1);
    assert_eq!(asked, "MedicationRequest?patient=p1&_include=MedicationRequest:requester&_count=200");
}

#[test]
fn of_documents_only_those_of_a_plan_are_asked_for_and_the_part_says_so() {
    let plan = plan(None, &Profile::default());
    let documents = search(&plan, "DocumentReference");
    assert!(documents.steps.iter().all(|step| step.parts.iter().all(|(part, _)| part.is_some()) && !step.is_broad));
}

#[test]
fn what_a_peer_needs_24_requests_for_takes_14_at_most() {
    // Patient, who cares, and what they come with; then one search a type.
    let peers = [
        "CarePlan",
        "CareTeam",
        "Goal",
        "Condition",
        "Procedure",
        "DiagnosticReport",
        "Immunization",
        "Observation",
        "MedicationRequest",
        "ServiceRequest",
    ];
    let plan = plan(None, &Profile::default());
    let searches: usize = peers.iter().map(|kind| search(&plan, kind).steps[0].parts.len()).sum();
    let patient_statement_practitioner_and_role = 4;
    assert!(searches + patient_statement_practitioner_and_role <= 14);
}
