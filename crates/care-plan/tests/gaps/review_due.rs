//! A plan whose time is over and that is still in force.

use care_plan::plan::IssueCode::ReviewDue;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::support::*;

fn care_plan(status: &str, end: &str) -> Value {
    json!({ "resourceType": "CarePlan", "id": "1", "status": status, "title": "Diabetes plan",
        "period": { "start": "2025-01-01", "end": end } })
}

#[test]
fn an_active_plan_past_its_period_is_found_with_its_title() {
    let issues = found(&[care_plan("active", "2026-06-30")], ReviewDue);
    assert_eq!((issues.len(), issues[0].title.as_str()), (1, "Diabetes plan"));
    assert_eq!(facts(&issues[0], "end"), ["2026-06-30"]);
}

#[test]
fn a_plan_without_an_end_or_within_its_time_stays_silent() {
    let open =
        json!({ "resourceType": "CarePlan", "id": "1", "status": "active", "period": { "start": "2015-01-01" } });
    for plan in
        [open, care_plan("active", "2026-11-21"), care_plan("active", "2026"), care_plan("active", "2027-01-01")]
    {
        assert_eq!(titles(std::slice::from_ref(&plan), ReviewDue), [""; 0], "{plan}");
    }
}

proptest! {
    #[test]
    fn only_a_plan_in_force_is_due(
        status in select(vec!["active", "unknown", "draft", "on-hold", "revoked", "completed", "entered-in-error"]),
    ) {
        let in_force = matches!(status, "active" | "unknown");
        prop_assert_eq!(found(&[care_plan(status, "2026-01-01")], ReviewDue).len(), usize::from(in_force));
    }
}
