//! One person at three servers: where their records differ, as a table that was read from the files by hand.
//!
//! The EHR and the community server hold four resources about the same four things. Back pain is the same word for word.
//! - Patient: the EHR names a general practitioner, the community server does not. Who she is, all three agree on.
//! - Hypertension: began 2010-03-05 by the EHR, 2020-03-05 by the community server.
//! - Lisinopril 40 mg: written 2019-08-01, until 2020-06-30, for hypertension; written 2023-08-01, until 2023-12-31,
//!   without a reason. Active here and there, one tablet a day here and there.
//! - Simvastatin 40 mg: written 2018-08-01, until 2019-06-30, for dyslipidemia; written 2023-09-01, until 2023-11-30,
//!   without a reason. Active here and there, one tablet a day here and there.

use std::collections::{BTreeMap, BTreeSet};

use care_plan::ConsolidatedPlan;
use care_plan::plan::{Concern, Intervention, IssueCode, Item};
use sample_data::Server;

use crate::world::{items, plan, real, record};

/// The EHR, the community server and the supplemental data store, in this order.
fn three() -> Option<ConsolidatedPlan> {
    let person = real("pnoelle")?;
    let of = |word: &str| -> &Server {
        let found = person.servers.iter().find(|server| server.base.contains(&format!("{word}.")));
        found.expect("the folder of the server")
    };
    let servers = ["server-a-ehr", "server-b-community", "server-c-sds"].map(of);
    Some(plan(servers.iter().enumerate().map(|(at, server)| record(at, server)).collect()))
}

fn sources(item: &Item) -> BTreeSet<&str> {
    item.members.iter().map(|member| member.key.source.as_str()).collect()
}

fn concern<'p>(plan: &'p ConsolidatedPlan, id: &str) -> &'p Concern {
    plan.concerns.iter().find(|concern| concern.item.members[0].key.id == id).expect("the concern")
}

fn intervention<'p>(plan: &'p ConsolidatedPlan, id: &str) -> &'p Intervention {
    plan.interventions.iter().find(|intervention| intervention.item.members[0].key.id == id).expect("the intervention")
}

#[test]
fn four_things_are_known_at_two_servers_and_no_others() {
    let Some(plan) = three() else { return };
    let shared: BTreeMap<String, BTreeSet<&str>> = items(&plan)
        .into_iter()
        .map(|item| (item.members[0].key.id.clone(), sources(item)))
        .filter(|(_, sources)| sources.len() > 1)
        .collect();
    let both = || BTreeSet::from(["s0", "s1"]);
    let expected =
        ["cond-pnoelle-back-pain", "cond-pnoelle-hypertension", "med-pnoelle-lisinopril", "med-pnoelle-simvastatin"];
    assert_eq!(shared, expected.into_iter().map(|id| (format!("mcc-{id}"), both())).collect());
}

#[test]
fn each_server_keeps_its_own_word_on_when_hypertension_began() {
    let Some(plan) = three() else { return };
    let hypertension = concern(&plan, "mcc-cond-pnoelle-hypertension");
    let onsets: Vec<String> =
        hypertension.statements.iter().filter_map(|one| Some(one.onset.as_ref()?.to_string())).collect();
    assert_eq!(onsets, ["2010-03-05", "2020-03-05"]);
    assert_eq!((&hypertension.onset, hypertension.clinical_status.as_deref()), (&None, Some("active")));
    let back_pain = concern(&plan, "mcc-cond-pnoelle-back-pain");
    assert_eq!(back_pain.onset.as_ref().map(ToString::to_string).as_deref(), Some("2017-08-02"));
}

#[test]
fn each_server_keeps_its_own_dates_of_one_medication_and_the_dose_is_agreed() {
    let Some(plan) = three() else { return };
    for (id, written, reasons) in [
        ("mcc-med-pnoelle-lisinopril", ["2019-08-01", "2023-08-01"], "mcc-cond-pnoelle-hypertension"),
        ("mcc-med-pnoelle-simvastatin", ["2018-08-01", "2023-09-01"], "mcc-cond-pnoelle-dyslipidemia"),
    ] {
        let order = intervention(&plan, id);
        let when: Vec<String> =
            order.statements.iter().filter_map(|one| Some(one.when.as_ref()?.to_string())).collect();
        assert_eq!(when, written, "{id}");
        assert_eq!((&order.when, order.status.as_deref()), (&None, Some("active")), "{id}");
        assert!(order.detail.is_some(), "{id}: one dose");
        let reason = &concern(&plan, reasons).item.id;
        assert!(plan.links.iter().any(|link| link.from == *reason && link.to == order.item.id), "{id}");
    }
}

#[test]
fn the_three_servers_agree_on_who_she_is() {
    let Some(plan) = three() else { return };
    let said: BTreeSet<_> = plan
        .people
        .iter()
        .map(|person| {
            (person.family.clone(), person.birth_date.as_ref().map(ToString::to_string), person.gender.clone())
        })
        .collect();
    assert_eq!((plan.people.len(), said.len()), (3, 1));
    assert_eq!(plan.identity.len(), 1, "the supplemental data store says so");
}

/// Issues that say how records differ, beside those that say what a plan lacks.
const DIFFERENCES: &[IssueCode] = &[
    IssueCode::ContradictoryTargets,
    IssueCode::ContradictoryDueDates,
    IssueCode::StatusDisagreement,
    IssueCode::ClinicalStatusDisagreement,
    IssueCode::StageDisagreement,
    IssueCode::OnsetDisagreement,
    IssueCode::DuplicateRequest,
    IssueCode::DuplicateIngredient,
    IssueCode::DoseDisagreement,
    IssueCode::StoppedAndActive,
    IssueCode::PersonMismatch,
];

#[test]
fn the_differences_between_the_servers_are_found_and_no_others() {
    let Some(plan) = three() else { return };
    let found: BTreeSet<(String, String)> = plan
        .issues
        .iter()
        .filter(|issue| DIFFERENCES.contains(&issue.code))
        .map(|issue| (issue, issue.sides.iter().map(|side| side.key.source.as_str()).collect::<BTreeSet<_>>()))
        .filter(|(_, sources)| sources.len() > 1)
        .map(|(issue, _)| (format!("{:?}", issue.code), issue.sides[0].key.id.clone()))
        .collect();
    // Who she is nobody disputes: that one server names her general practitioner is no mismatch.
    let expected = [
        ("OnsetDisagreement", "mcc-cond-pnoelle-hypertension"),
        ("DuplicateRequest", "mcc-med-pnoelle-lisinopril"),
        ("DuplicateRequest", "mcc-med-pnoelle-simvastatin"),
    ];
    assert_eq!(found, expected.into_iter().map(|(code, id)| (code.to_owned(), id.to_owned())).collect());
}
