//! Edits that a source did not take.

use care_plan::decisions::{Basis, Decider, OverlaidField, Overlay, OverlayChange, Signature};
use care_plan::{ConsolidatedPlan, Decisions};
use fhir::{ResourceKey, SourceId};
use serde_json::{Value, json};

use crate::support::*;

fn target(id: &str, version: &str) -> Value {
    let measure = json!({ "coding": [{ "system": "http://loinc.org", "code": "4548-4" }] });
    let quantity = json!({ "value": 7.5, "unit": "%", "system": "http://unitsofmeasure.org", "code": "%" });
    let target = json!([{ "measure": measure, "detailQuantity": quantity }]);
    with(goal(id), json!({ "meta": { "versionId": version }, "target": target }))
}

fn overlay(id: &str, version: Option<&str>, to: &str) -> Overlay {
    let by = Decider { id: "Practitioner/9".to_owned(), name: "Cora Coordinator".to_owned(), role: None };
    let at = "2026-11-20T09:00:00Z".parse().expect("an instant");
    let change =
        OverlayChange { field: OverlaidField::TargetValue, from: Some("7.5".to_owned()), to: Some(to.to_owned()) };
    Overlay {
        target: ResourceKey { source: SourceId::new("a"), kind: "Goal".to_owned(), id: id.to_owned() },
        index: 0,
        version: version.map(str::to_owned),
        changes: vec![change],
        note: None,
        signature: Signature { by, at, reason: Some("low sugar at night".to_owned()) },
    }
}

fn laid(resources: &[Value], overlays: Vec<Overlay>) -> ConsolidatedPlan {
    decided(vec![record("a", resources)], &Decisions { overlays, ..Decisions::default() })
}

#[test]
fn an_overlay_stands_beside_what_the_record_says_and_changes_nothing_else() {
    let resources = [target("1", "3"), target("2", "1")];
    let mut plan = laid(&resources, vec![overlay("1", Some("3"), "8.0")]);
    let with: Vec<_> = plan.goals.iter().flat_map(|goal| &goal.overlays).collect();
    assert_eq!(with.len(), 1);
    assert_eq!((with[0].overlay.changes[0].to.as_deref(), with[0].basis), (Some("8.0"), Basis::SameVersion));
    for goal in &mut plan.goals {
        assert!(goal.statements.iter().all(|said| !format!("{said:?}").contains("8.0")), "{goal:?}");
        goal.overlays.clear();
    }
    assert_eq!(plan, laid(&resources, Vec::new()));
}

#[test]
fn an_overlay_on_a_former_version_says_so() {
    let basis = |version, seen: Option<&str>| {
        let plan = laid(&[target("1", version)], vec![overlay("1", seen, "8.0")]);
        plan.goals[0].overlays[0].basis
    };
    assert_eq!(basis("3", Some("3")), Basis::SameVersion);
    assert_eq!(basis("4", Some("3")), Basis::OlderVersion);
}

fn saying(value: &str, version: Option<&str>) -> Value {
    let mut goal = target("1", "0");
    goal["target"][0]["detailQuantity"]["value"] = serde_json::from_str(value).expect("a number");
    goal["meta"] = version.map_or(json!({}), |version| json!({ "versionId": version }));
    goal
}

/// It was told as "at the source: 7.5" where the source says 8 today.
#[test]
fn what_a_source_had_said_before_was_told_as_what_it_says_now() {
    let told = |goal: Value, seen: Option<&str>| {
        let plan = laid(&[goal], vec![overlay("1", seen, "7.0")]);
        let laid = &plan.goals[0].overlays[0];
        let changes = laid.changes().map(|(change, now, same)| (change.from.clone(), now.map(str::to_owned), same));
        (laid.basis, changes.collect::<Vec<_>>())
    };
    let says = |from: &str, now: &str, same| vec![(Some(from.to_owned()), Some(now.to_owned()), same)];
    assert_eq!(told(saying("8", Some("4")), Some("3")), (Basis::OlderVersion, says("7.5", "8", false)));
    assert_eq!(told(saying("7.50", Some("4")), Some("3")), (Basis::OlderVersion, says("7.5", "7.50", true)));
    assert_eq!(told(saying("7.5", Some("3")), Some("3")), (Basis::SameVersion, says("7.5", "7.5", true)));
    let gone = told(with(goal("1"), json!({ "meta": { "versionId": "4" } })), Some("3"));
    assert_eq!(gone, (Basis::OlderVersion, vec![(Some("7.5".to_owned()), None, false)]));
}

/// Of a source that says no versions every edit was told to be based on an older one.
#[test]
fn a_source_without_versions_was_said_to_have_changed_what_it_had_not() {
    let basis = |value: &str, version, seen| {
        laid(&[saying(value, version)], vec![overlay("1", seen, "7.0")]).goals[0].overlays[0].basis
    };
    for (version, seen) in [(None, None), (Some("4"), None), (None, Some("3"))] {
        assert_eq!(basis("7.5", version, seen), Basis::SameVersion, "{version:?} {seen:?}");
        assert_eq!(basis("8", version, seen), Basis::OlderVersion, "{version:?} {seen:?}");
    }
}

#[test]
fn the_order_of_overlays_changes_nothing_and_one_on_what_is_not_there_stands_nowhere() {
    let overlays = [overlay("1", Some("3"), "8.0"), overlay("1", Some("2"), "8.5"), overlay("9", None, "9.0")];
    let one = laid(&[target("1", "3")], overlays.to_vec());
    assert_eq!(one, laid(&[target("1", "3")], overlays.iter().rev().cloned().collect()));
    assert_eq!(one.goals[0].overlays.len(), 2);
}
