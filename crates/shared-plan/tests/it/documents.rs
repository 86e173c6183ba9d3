//! What is kept reads as it was written: content byte by byte, and what a store is told beside it.

use serde_json::Value;
use shared_plan::concern::{Concern, ConcernStatus, NewConcern};
use shared_plan::overlay::{EditedField, FieldChange, NewOverlay, Overlay, lay};
use shared_plan::plan::{Plan, PlanStatus, Quantity, TargetValue};
use shared_plan::ports::{DueKind, Kind};
use shared_plan::{Kept, Version, concern};

use crate::full;
use crate::world::*;

#[test]
fn a_plan_in_which_every_field_says_something_reads_as_it_was_written() {
    let plan = full::plan();
    let document = plan.to_document(clinician(), Some("why".to_owned()));
    let read = Plan::from_document(&document).unwrap();
    assert_eq!(read, plan);
    assert_eq!(read.to_document(clinician(), Some("why".to_owned())), document);
    assert_eq!((document.key.kind, document.version, document.status.as_str()), (Kind::Plan, Version(9), "active"));
}

/// With `arbitrary_precision` a number below `#[serde(flatten)]` comes as a map: versions must not stand there.
#[test]
fn versions_and_values_survive_numbers_that_are_kept_as_text() {
    let mut plan = full::plan();
    plan.version = Version(u64::MAX);
    plan.goals[0].version = Version(9_007_199_254_740_993);
    let long = Quantity { value: "0.1234567890123456789012345678".parse().unwrap(), ..percent("1") };
    plan.goals[0].content.targets[0].value = Some(TargetValue::Quantity(long));
    let document = plan.to_document(clinician(), None);
    assert_eq!(Plan::from_document(&document).unwrap(), plan);
    let json: Value = serde_json::from_slice(&document.content).unwrap();
    assert_eq!(json["version"].to_string(), "18446744073709551615");
    let value = &json["goals"][0]["targets"][0]["value"]["quantity"]["value"];
    assert_eq!(value.as_str(), Some("0.1234567890123456789012345678"));
    assert_eq!(serde_json::from_value::<Plan>(json).unwrap(), plan);
}

#[test]
fn a_value_keeps_its_digits_and_its_sign() {
    for text in ["7.50", "0", "0.00", "-1.10", "120", "1000000000000000000000.5"] {
        let quantity = percent(text);
        let json = serde_json::to_string(&quantity).unwrap();
        assert!(json.contains(&format!("\"{text}\"")), "{json}");
        assert_eq!(serde_json::from_str::<Quantity>(&json).unwrap(), quantity);
    }
    assert_ne!(percent("7.50"), percent("7.5"));
    assert_eq!(percent("7.50"), percent("7.50"));
}

#[test]
fn every_part_is_found_without_its_plan() {
    let plan = full::plan();
    let kinds: Vec<&str> = plan.parts().iter().map(|part| part.kind).collect();
    assert_eq!(kinds, ["goal", "goal", "activity", "activity", "team"]);
}

#[test]
fn days_are_watched_only_while_a_plan_is_in_force() {
    let mut plan = full::plan();
    for status in PlanStatus::ALL {
        plan.status = status;
        assert_eq!(!plan.dues().is_empty(), status == PlanStatus::Active, "{}", status.code());
    }
    plan.status = PlanStatus::Active;
    let dues: Vec<(DueKind, String)> = plan.dues().into_iter().map(|due| (due.what, due.day.to_string())).collect();
    assert_eq!(
        dues,
        [
            (DueKind::GoalOverdue, "2027-03-01".to_owned()),
            (DueKind::ActivityOverdue, "2026-12-15".to_owned()),
            (DueKind::ReviewDue, "2027-05-01".to_owned())
        ]
    );
}

#[test]
fn what_is_kept_of_another_kind_is_no_plan() {
    let world = World::default();
    let by = patient();
    let new = NewConcern {
        tenant: tenant(),
        person: person(),
        content: concern::ConcernContent { description: coded("Sore feet", "f"), ..Default::default() },
        status: ConcernStatus::Active,
    };
    let made = concern::add(new, &world.act(&by, None)).unwrap();
    let document = made.entry.to_document(by, None);
    assert_eq!(Plan::from_document(&document).unwrap_err().to_string(), "a kept plan could not be read");
    assert_eq!(Overlay::from_document(&document).unwrap_err().to_string(), "a kept overlay could not be read");
    assert_eq!(Concern::from_document(&document).unwrap(), made.entry);
}

#[test]
fn an_overlay_keeps_its_place_among_the_targets() {
    let world = World::default();
    let by = clinician();
    let change = FieldChange { field: EditedField::Due, from: None, to: Some("2027-03".to_owned()) };
    let new = NewOverlay {
        tenant: tenant(),
        person: person(),
        target: foreign("Goal", "g"),
        target_index: 3,
        changes: vec![change],
        note: None,
    };
    let laid = lay(new, &world.act(&by, None)).unwrap().entry;
    let document = laid.to_document(by, None);
    assert_eq!(Overlay::from_document(&document).unwrap(), laid);
    assert_eq!(document.key.kind, Kind::Overlay);
}
