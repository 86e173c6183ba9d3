//! What holds for every rule.

use std::collections::BTreeSet;

use care_plan::decisions::Subject;
use care_plan::plan::{DetectedIssue, Settlement};
use care_plan::snapshot::Record;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::support::*;

fn status() -> impl Strategy<Value = &'static str> {
    select(vec!["active", "completed", "draft", "on-hold", "entered-in-error", "planned"])
}

/// A resource of one of the types that rules look at, with references to few others.
fn resource() -> impl Strategy<Value = Value> {
    let kinds = select(vec![
        "Condition",
        "Goal",
        "CarePlan",
        "ServiceRequest",
        "Procedure",
        "CareTeam",
        "Observation",
        "Patient",
    ]);
    let day = select(vec!["2020-01-01", "2026-11-20", "2026-11-21", "2027-05-01", "2026"]);
    let other = (select(vec!["Condition", "Goal", "ServiceRequest", "Practitioner"]), 0..4_u8);
    (kinds, 0..4_u8, status(), day, other, any::<bool>()).prop_map(|(kind, id, status, day, (other, at), voiced)| {
        let lead = to(&format!("{other}/{at}"));
        let measure = loinc("4548-4");
        json!({
            "resourceType": kind, "id": id.to_string(), "status": status, "lifecycleStatus": status, "intent": "order",
            "clinicalStatus": { "coding": [{ "code": "active" }] }, "code": { "text": "It" }, "title": "Plan",
            "category": [{ "coding": [{ "code": "problem-list-item" }] }], "description": { "text": "Aim" },
            "asserter": to(if voiced { "Patient/0" } else { "Practitioner/0" }), "onsetDateTime": "2015-01-01",
            "addresses": [lead], "reasonReference": if voiced { json!([lead]) } else { json!([]) }, "basedOn": [lead],
            "target": [{ "measure": measure, "dueDate": day }], "startDate": "2020-01-01", "birthDate": day,
            "name": [{ "family": format!("Family{id}") }], "occurrenceDateTime": day, "effectiveDateTime": day,
            "period": { "end": day }, "participant": [{ "member": lead, "role": [{ "coding": [{ "code": "446050000" }] }] }],
            "activity": [{ "detail": { "status": "in-progress", "code": { "text": "Walk" }, "scheduledPeriod": { "end": day } } },
                { "detail": { "status": "in-progress", "code": { "text": "Eat" }, "scheduledPeriod": { "end": day } } }],
        })
    })
}

fn records() -> impl Strategy<Value = Vec<Record>> {
    let of = |source: &'static str| {
        prop::collection::vec(resource(), 0..10).prop_map(move |resources| record(source, &resources))
    };
    (of("a"), of("b")).prop_map(|(a, b)| vec![a, b])
}

fn names(issues: &[DetectedIssue]) -> BTreeSet<&str> {
    issues.iter().map(|issue| issue.id.0.as_str()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_two_issues_have_one_name_or_one_subject(records in records()) {
        let issues = plan(records).issues;
        prop_assert_eq!(names(&issues).len(), issues.len());
        let subjects: BTreeSet<Subject> = issues.iter().map(Subject::of).collect();
        prop_assert_eq!(subjects.len(), issues.len(), "a decision would hide another issue");
    }

    #[test]
    fn the_order_of_records_changes_no_issue(records in records()) {
        let mut turned = records.clone();
        turned.reverse();
        for record in &mut turned {
            record.resources.reverse();
            record.reads.reverse();
        }
        prop_assert_eq!(plan(records).issues, plan(turned).issues);
    }

    #[test]
    fn every_issue_stands_on_items_of_the_plan_and_can_be_left_as_it_is(records in records()) {
        let plan = plan(records);
        let items: BTreeSet<_> = (plan.concerns.iter().map(|one| &one.item.id))
            .chain(plan.goals.iter().map(|one| &one.item.id))
            .chain(plan.interventions.iter().map(|one| &one.item.id))
            .chain(plan.outcomes.iter().map(|one| &one.item.id))
            .chain(plan.allergy_items.iter().map(|one| &one.item.id))
            .collect();
        for issue in &plan.issues {
            prop_assert!(issue.items.iter().all(|item| items.contains(item)), "{:?}", issue);
            prop_assert!(issue.settle.contains(&Settlement::KeepAsIs), "{:?}", issue);
            prop_assert!(!issue.title.trim().is_empty() && !issue.element.is_empty(), "{:?}", issue);
            let changes_order = |one: &Settlement| matches!(one, Settlement::Change { of, .. } if of.kind == "MedicationRequest" || of.kind == "MedicationStatement");
            prop_assert!(!issue.settle.iter().any(changes_order), "Accord never changes an order: {:?}", issue);
        }
    }

    #[test]
    fn what_a_rule_says_is_the_same_tomorrow(records in records()) {
        // Evidence with a count of days in it would open every settled issue again each morning.
        let tomorrow = TODAY.tomorrow().expect("a day");
        let at = |today| care_plan::consolidate(&care_plan::Snapshot { records: records.clone() }, &care_plan::Decisions::default(), today).issues;
        let (now, then) = (at(TODAY), at(tomorrow));
        for issue in &now {
            let same = then.iter().find(|other| other.id == issue.id);
            prop_assert!(same.is_none_or(|other| other.facts == issue.facts && other.sides == issue.sides), "{:?}", issue);
        }
    }
}
