//! What shares a code and is not the same, what words of one record must not stand for others, and what is asked not to
//! be done.

use std::slice::from_ref;

use care_plan::ConsolidatedPlan;
use care_plan::plan::{AllergyState, ConcernStatement};
use care_plan::snapshot::{Reason, Status};
use fhir::codes::{ICD10CM, RXNORM, SNOMED};
use serde_json::{Value, json};

use crate::support::{loinc, plan, plan_of, read, record};

fn condition(id: &str, coding: Value, text: &str, more: Value) -> Value {
    let mut condition = json!({ "resourceType": "Condition", "id": id,
        "clinicalStatus": { "coding": [{ "code": "active" }] }, "code": { "coding": coding, "text": text } });
    if let (Value::Object(condition), Value::Object(more)) = (&mut condition, more) {
        condition.extend(more);
    }
    condition
}

fn coding(system: &str, code: &str) -> Value {
    json!({ "system": system, "code": code })
}

/// Ids of the members of each concern and each intervention.
fn members(plan: &ConsolidatedPlan) -> Vec<Vec<&str>> {
    let items = plan.concerns.iter().map(|one| &one.item).chain(plan.interventions.iter().map(|one| &one.item));
    let mut all: Vec<Vec<&str>> =
        items.map(|item| item.members.iter().map(|member| member.key.id.as_str()).collect()).collect();
    all.sort();
    all
}

#[test]
fn arthritis_of_the_left_knee_and_of_the_right_are_two_concerns() {
    let knee = json!([coding(SNOMED, "239873007")]);
    let side = |code: &str| json!({ "bodySite": [{ "coding": [coding(SNOMED, code)] }] });
    let by_site = [
        condition("l", knee.clone(), "Osteoarthritis of knee", side("7771000")),
        condition("r", knee.clone(), "Osteoarthritis of knee", side("24028007")),
    ];
    assert_eq!(members(&plan_of(&by_site)), [["l"], ["r"]]);
    let by_words = [
        condition("l", knee.clone(), "Osteoarthritis of left knee", json!({})),
        condition("r", knee.clone(), "Osteoarthritis of knee, right", json!({})),
    ];
    assert_eq!(members(&plan_of(&by_words)), [["l"], ["r"]]);
}

#[test]
fn one_who_names_no_side_does_not_tie_left_with_right_and_goes_with_one_side_alone() {
    let knee = json!([coding(SNOMED, "239873007")]);
    let of = |id: &str, text: &str| condition(id, knee.clone(), text, json!({}));
    let (left, right, silent) = (of("l", "Left knee"), of("r", "Right knee"), of("s", "Knee"));
    assert_eq!(members(&plan_of(&[left.clone(), right, silent.clone()])), [["l"], ["r"], ["s"]]);
    assert_eq!(members(&plan_of(&[left, silent])), [["l", "s"]]);
}

#[test]
fn left_and_right_are_not_tied_over_two_codes_either() {
    let all = [
        condition("a", json!([coding(SNOMED, "1")]), "Left hip", json!({})),
        condition("b", json!([coding(SNOMED, "1"), coding("urn:x", "2")]), "Hip", json!({})),
        condition("c", json!([coding("urn:x", "2")]), "Right hip", json!({})),
    ];
    assert_eq!(members(&plan_of(&all)), [["a"], ["b"], ["c"]]);
}

#[test]
fn two_long_term_medicines_under_one_code_of_a_classification_are_two_concerns() {
    let use_of = |id: &str, code: &str, text: &str| condition(id, json!([coding(ICD10CM, code)]), text, json!({}));
    for code in ["Z79.899", "E88.89", "K76.8"] {
        let all = [use_of("1", code, "On methotrexate"), use_of("2", code, "On amiodarone")];
        assert_eq!(members(&plan_of(&all)), [["1"], ["2"]], "{code}");
        let same = [use_of("1", code, "On methotrexate"), use_of("2", code, "on methotrexate")];
        assert_eq!(members(&plan_of(&same)), [["1", "2"]], "{code}");
    }
    let named = [use_of("1", "I10", "Hypertension"), use_of("2", "I10", "High blood pressure")];
    assert_eq!(members(&plan_of(&named)), [["1", "2"]]);
}

#[test]
fn a_record_without_a_date_ties_no_two_episodes_together() {
    let episode = |id: &str, status: &str, dates: Value| {
        let mut one = condition(id, json!([coding(SNOMED, "444814009")]), "Viral sinusitis", dates);
        one["clinicalStatus"] = json!({ "coding": [{ "code": status }] });
        one
    };
    let first = episode("1", "resolved", json!({ "onsetDateTime": "2010-01-05", "abatementDateTime": "2010-01-20" }));
    let second = episode("2", "resolved", json!({ "onsetDateTime": "2015-03-01", "abatementDateTime": "2015-03-12" }));
    let undated = episode("3", "active", json!({}));
    assert_eq!(members(&plan_of(&[first.clone(), second, undated.clone()])), [["1"], ["2"], ["3"]]);
    let now = episode("4", "active", json!({ "onsetDateTime": "2026-11-01" }));
    assert_eq!(members(&plan_of(&[first, now, undated])), [vec!["1"], vec!["3", "4"]], "it speaks of today's");
}

fn order(id: &str, code: &str, display: &str) -> Value {
    json!({ "resourceType": "MedicationRequest", "id": id, "status": "active", "intent": "order",
        "medicationCodeableConcept": { "coding": [{ "system": RXNORM, "code": code, "display": display }] } })
}

#[test]
fn metoprolol_tartrate_and_metoprolol_succinate_of_one_strength_are_two_medicines() {
    let tartrate = order("1", "866924", "metoprolol tartrate 50 MG Oral Tablet");
    let succinate = order("2", "866436", "24 HR metoprolol succinate 50 MG Extended Release Oral Tablet");
    assert_eq!(members(&plan_of(&[tartrate.clone(), succinate])), [["1"], ["2"]]);
    let brand = order("3", "866926", "metoprolol tartrate 50 MG Oral Tablet [Lopressor]");
    assert_eq!(members(&plan_of(&[tartrate, brand])), [["1", "3"]]);
}

/// An order that carries the code of its ingredient beside that of the product.
fn with_ingredient(id: &str, code: &str, display: &str, ingredient: &str) -> Value {
    let mut order = order(id, code, display);
    let ingredient = json!({ "system": RXNORM, "code": ingredient });
    order["medicationCodeableConcept"]["coding"].as_array_mut().expect("codings").push(ingredient);
    order
}

#[test]
fn a_tablet_is_no_injection_by_the_code_of_their_ingredient() {
    let morphine = |id: &str, form: &str| {
        with_ingredient(id, &format!("local{id}"), format!("morphine sulfate 10 MG {form}").trim(), "7052")
    };
    let (swallowed, injected) = (morphine("1", "Oral Tablet"), morphine("2", "Injection"));
    let (unsaid, capsule) = (morphine("3", ""), morphine("4", "Oral Capsule"));
    assert_eq!(members(&plan_of(&[swallowed.clone(), injected.clone()])), [["1"], ["2"]]);
    assert_eq!(members(&plan_of(&[swallowed.clone(), injected, unsaid.clone()])), [["1"], ["2"], ["3"]]);
    assert_eq!(members(&plan_of(&[swallowed, unsaid, capsule])), [["1", "3", "4"]]);
}

#[test]
fn two_strengths_are_not_one_by_the_code_of_their_ingredient() {
    let half = with_ingredient("1", "861007", "metformin hydrochloride 500 MG Oral Tablet", "6809");
    let whole = with_ingredient("2", "861004", "metformin hydrochloride 1000 MG Oral Tablet", "6809");
    assert_eq!(members(&plan_of(&[half, whole])), [["1"], ["2"]]);
}

#[test]
fn what_must_not_be_done_is_never_one_with_what_is_to_be_done_and_says_so() {
    let request = |id: &str, not: bool| {
        json!({ "resourceType": "ServiceRequest", "id": id, "status": "active", "intent": "order", "doNotPerform": not,
            "code": { "coding": [coding(SNOMED, "46973005")], "text": "Blood pressure on the left arm" } })
    };
    let asked = plan(vec![record("a", &[request("1", false)]), record("b", &[request("2", true)])]);
    assert_eq!(members(&asked), [["1"], ["2"]]);
    let titles: Vec<_> = asked.interventions.iter().map(|one| one.item.title.as_str()).collect();
    assert!(titles.contains(&"Do not: Blood pressure on the left arm"), "{titles:?}");
}

#[test]
fn a_medicine_that_must_not_be_given_is_not_taken() {
    let mut never = order("1", "5640", "ibuprofen");
    never["doNotPerform"] = json!(true);
    let plan = plan_of(&[never]);
    let statement = &plan.interventions[0].statements[0];
    assert_eq!((statement.do_not_perform, &statement.medication), (true, &None));
}

#[test]
fn an_activity_of_a_plan_that_is_prohibited_is_not_shown_as_one_to_do() {
    let detail = json!({ "status": "in-progress", "doNotPerform": true, "code": { "text": "Heavy lifting" } });
    let care_plan = json!({ "resourceType": "CarePlan", "id": "1", "status": "active", "intent": "plan",
        "activity": [{ "detail": detail }] });
    assert_eq!(plan_of(&[care_plan]).interventions[0].item.title, "Do not: Heavy lifting");
}

#[test]
fn the_words_of_one_goal_do_not_stand_for_another_on_its_measure() {
    let goal = |id: &str, text: &str| {
        json!({ "resourceType": "Goal", "id": id, "lifecycleStatus": "active", "description": { "text": text },
            "target": [{ "measure": loinc("4548-4", "HbA1c"), "detailQuantity": { "value": 7, "comparator": "<", "unit": "%" } }] })
    };
    let title = |texts: &[&str]| {
        let goals: Vec<Value> = texts.iter().enumerate().map(|(at, text)| goal(&at.to_string(), text)).collect();
        plan_of(&goals).goals[0].item.title.clone()
    };
    assert_eq!(title(&["HbA1c below 7", "HbA1c below 8"]), "HbA1c below 7 or HbA1c below 8");
    assert_eq!(title(&["HbA1c below 7", "hba1c below 7."]), "HbA1c below 7");
    assert_eq!(title(&["a", "b", "c", "d", "e"]), "a or b or c or 2 more");
}

#[test]
fn stages_that_differ_in_case_only_are_named_once() {
    let ckd = |id: &str, code: &str, text: &str| condition(id, json!([coding(SNOMED, code)]), text, json!({}));
    let all = [
        ckd("1", "700379002", "CKD stage 3b"),
        ckd("2", "700379002", "CKD stage 3B"),
        ckd("3", "431857002", "CKD stage 4"),
    ];
    let concerns = plan_of(&all).concerns;
    let stages: Vec<_> = concerns[0].statements.iter().map(|one: &ConcernStatement| one.stage.as_deref()).collect();
    assert_eq!(stages.len(), 3);
    assert_eq!(concerns[0].item.title, "Chronic kidney disease, stage 3B or 4");
}

#[test]
fn no_known_allergy_that_is_over_denies_nothing() {
    let denial = |status: &str| {
        json!({ "resourceType": "AllergyIntolerance", "id": "1", "clinicalStatus": { "coding": [{ "code": status }] },
            "code": { "coding": [coding(SNOMED, "716186003")] } })
    };
    let state = |status: &str| plan(vec![record("a", &[denial(status)])]).allergies.remove(0).state;
    assert_eq!(state("active"), AllergyState::NoneKnown);
    for status in ["resolved", "inactive"] {
        assert_eq!(state(status), AllergyState::NotRecorded, "{status}");
    }
}

#[test]
fn of_two_copies_of_an_order_the_rules_read_the_one_that_the_plan_was_made_of() {
    let copy = |version: u8, replaces: &str| {
        json!({ "resourceType": "ServiceRequest", "id": "1", "status": "active", "intent": "order",
            "meta": { "versionId": version.to_string() }, "code": { "coding": [coding(SNOMED, "46973005")] },
            "replaces": [{ "reference": replaces }] })
    };
    let other = json!({ "resourceType": "ServiceRequest", "id": "2", "status": "active", "intent": "order",
        "code": { "coding": [coding(SNOMED, "46973005")] } });
    let (old, new) = (copy(1, "ServiceRequest/9"), copy(2, "ServiceRequest/2"));
    let straight = plan_of(&[old.clone(), new.clone(), other.clone()]);
    assert_eq!(straight.issues, plan_of(&[new, old, other]).issues);
}

#[test]
fn no_known_allergy_on_one_page_says_nothing_of_the_pages_that_did_not_come() {
    let denial =
        json!({ "resourceType": "AllergyIntolerance", "id": "1", "code": { "coding": [coding(SNOMED, "716186003")] } });
    let mut cut = record("a", &[denial]);
    cut.reads = vec![read("AllergyIntolerance", Status::Partial(Reason::TooManyPages))];
    assert_eq!(plan(vec![cut]).allergies[0].state, AllergyState::Unavailable);
}

#[test]
fn the_goal_that_any_record_wants_first_comes_first_whatever_its_source_is_called() {
    let goal = |id: &str, code: &str, due: &str| {
        json!({ "resourceType": "Goal", "id": id, "lifecycleStatus": "active", "description": { "text": id },
            "target": [{ "measure": loinc(code, code), "dueDate": due }] })
    };
    let (late, soon, between) =
        (goal("1", "4548-4", "2028-01-01"), goal("2", "4548-4", "2027-01-01"), goal("3", "2160-0", "2027-06-01"));
    for [first, second] in [["a", "b"], ["b", "a"]] {
        let records =
            [record(first, from_ref(&late)), record(second, from_ref(&soon)), record("c", from_ref(&between))];
        let sizes: Vec<_> = plan(records.to_vec()).goals.iter().map(|goal| goal.statements.len()).collect();
        assert_eq!(sizes, [2, 1], "{first} {second}");
    }
}

#[test]
fn a_vaccine_given_in_the_evening_is_of_that_day_where_it_was_given() {
    let shot = |id: &str, when: &str| {
        json!({ "resourceType": "Immunization", "id": id, "status": "completed", "occurrenceDateTime": when,
            "vaccineCode": { "coding": [coding("http://hl7.org/fhir/sid/cvx", "140")] } })
    };
    let plan = plan_of(&[shot("1", "2026-10-01"), shot("2", "2026-10-01T20:00:00-05:00"), shot("3", "2026-10-02")]);
    assert_eq!(members(&plan), [vec!["1", "2"], vec!["3"]]);
}

#[test]
fn two_injections_of_one_day_that_was_made_midnight_are_two() {
    let done = |id: &str, when: &str| {
        json!({ "resourceType": "Procedure", "id": id, "status": "completed", "performedDateTime": when,
            "code": { "coding": [coding(SNOMED, "722469005")] } })
    };
    let at = |when: &str| members(&plan_of(&[done("1", when), done("2", when)])).len();
    assert_eq!((at("2026-10-01T00:00:00-05:00"), at("2026-10-01T00:00:00Z"), at("2026-10-01T14:05:00Z")), (2, 2, 1));
}

#[test]
fn problems_whose_code_or_system_was_left_blank_are_not_one_by_it() {
    for blank in [coding(SNOMED, " "), coding("", "1")] {
        let problem = |id: &str, text: &str| condition(id, json!([blank]), text, json!({}));
        assert_eq!(members(&plan_of(&[problem("1", "Gout"), problem("2", "Asthma")])), [["1"], ["2"]], "{blank}");
    }
}

#[test]
fn a_brand_with_another_word_behind_it_is_another_product() {
    let members = |brand: &str, generic: &str| {
        members(&plan_of(&[order("1", "of brand", brand), order("2", "of generic", generic)])).len()
    };
    assert_eq!(members("Advil 200 MG Oral Tablet", "ibuprofen 200 MG Oral Tablet"), 1);
    assert_eq!(members("Advil PM 200 MG Oral Tablet", "ibuprofen 200 MG Oral Tablet"), 2, "it has a second ingredient");
    let release = "50 MG Extended Release Oral Tablet";
    assert_eq!(members(&format!("Toprol XL {release}"), &format!("metoprolol {release}")), 1);
}

#[test]
fn a_referral_that_was_carried_out_is_not_one_with_the_same_referral_that_is_open() {
    let referral = |id: &str, status: &str| {
        json!({ "resourceType": "ServiceRequest", "id": id, "status": status, "intent": "order",
            "code": { "coding": [coding(SNOMED, "306206005")], "text": "Referral" } })
    };
    assert_eq!(members(&plan_of(&[referral("1", "completed"), referral("2", "active")])), [["1"], ["2"]]);
    assert_eq!(members(&plan_of(&[referral("1", "on-hold"), referral("2", "active")])), [["1", "2"]]);
}
