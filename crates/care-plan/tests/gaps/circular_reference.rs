//! References that lead in a circle.

use care_plan::plan::IssueCode::CircularReference;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::*;

fn based(id: &str, on: &str) -> Value {
    with(order(id), json!({ "basedOn": [to(&format!("ServiceRequest/{on}"))] }))
}

fn related(id: &str, relations: &[(&str, &str)]) -> Value {
    let relation = |(kind, other): &(&str, &str)| {
        json!({ "url": "http://hl7.org/fhir/StructureDefinition/goal-relationship", "extension": [
            { "url": "type", "valueCodeableConcept": { "coding": [{ "code": kind }] } },
            { "url": "target", "valueReference": to(&format!("Goal/{other}")) }] })
    };
    with(goal(id), json!({ "extension": relations.iter().map(relation).collect::<Vec<_>>() }))
}

#[test]
fn orders_that_rest_on_each_other_are_found_as_one_circle() {
    let issues = found(&[based("1", "2"), based("2", "3"), based("3", "1"), based("4", "1")], CircularReference);
    assert_eq!(issues.len(), 1);
    let ids: Vec<&str> = issues[0].sides.iter().map(|side| side.key.id.as_str()).collect();
    assert_eq!(ids, ["1", "2", "3"], "what only leads into the circle is no part of it");
    assert_eq!(facts(&issues[0], "leadsTo"), ["ServiceRequest/2", "ServiceRequest/3", "ServiceRequest/1"]);
    assert_eq!(issues[0].items.len(), 3);
    assert_eq!(found(&[based("1", "1")], CircularReference).len(), 1, "an order that rests on itself");
}

#[test]
fn a_circle_may_lead_over_several_types_and_elements() {
    let task = json!({ "resourceType": "Task", "id": "t", "status": "requested", "basedOn": [to("CarePlan/c")] });
    let plan = json!({ "resourceType": "CarePlan", "id": "c", "status": "active", "partOf": [to("CarePlan/d")] });
    let other = json!({ "resourceType": "CarePlan", "id": "d", "status": "active", "replaces": [to("CarePlan/c")] });
    let issues = found(&[task, plan, other], CircularReference);
    let ids: Vec<&str> = issues.iter().flat_map(|issue| &issue.sides).map(|side| side.key.id.as_str()).collect();
    assert_eq!(ids, ["c", "d"]);
}

#[test]
fn a_chain_and_a_diamond_are_no_circles() {
    let diamond = with(order("4"), json!({ "basedOn": [to("ServiceRequest/2"), to("ServiceRequest/3")] }));
    assert!(found(&[order("1"), based("2", "1"), based("3", "1"), diamond], CircularReference).is_empty());
}

#[test]
fn goals_that_say_the_same_from_both_ends_are_no_circle() {
    let both = [related("1", &[("successor", "2")]), related("2", &[("predecessor", "1")])];
    assert!(found(&both, CircularReference).is_empty());
    let part = [related("1", &[("milestone", "2")]), related("2", &[("successor", "1"), ("other", "1")])];
    assert!(found(&part, CircularReference).is_empty());
    let circle = [related("1", &[("successor", "2")]), related("2", &[("successor", "1")])];
    assert_eq!(found(&circle, CircularReference).len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_resource_that_leads_back_to_itself_is_in_one_circle_and_no_other(edges in prop::collection::btree_set((0..6_usize, 0..6_usize), 0..14)) {
        let on = |from: usize| edges.iter().filter(|(one, _)| *one == from).map(|(_, to)| *to).collect::<Vec<_>>();
        let resource = |from: usize| {
            let refs: Vec<_> = on(from).iter().map(|at| to(&format!("ServiceRequest/{at}"))).collect();
            with(order(&from.to_string()), json!({ "basedOn": refs }))
        };
        let resources: Vec<_> = (0..6).map(resource).collect();
        // Whether one leads to another, by trying all ways.
        let mut leads = [[false; 6]; 6];
        for (from, to) in &edges {
            leads[*from][*to] = true;
        }
        for by in 0..6 {
            for from in 0..6 {
                for to in 0..6 {
                    leads[from][to] |= leads[from][by] && leads[by][to];
                }
            }
        }
        let expected: Vec<String> = (0..6).filter(|at| leads[*at][*at]).map(|at| at.to_string()).collect();
        let issues = found(&resources, CircularReference);
        let mut found: Vec<String> = issues.iter().flat_map(|issue| &issue.sides).map(|side| side.key.id.clone()).collect();
        found.sort();
        prop_assert_eq!(found, expected);
        for issue in &issues {
            let ids: Vec<usize> = issue.sides.iter().map(|side| side.key.id.parse().expect("a number")).collect();
            prop_assert!(ids.iter().all(|one| ids.iter().all(|other| leads[*one][*other])));
        }
    }
}
