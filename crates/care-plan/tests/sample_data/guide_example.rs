//! The MCC guide's own example: what its resources say, as a table that was read from them by hand.
//!
//! What stands in no row must not be in the plan: concerns, goals, interventions, series and threads are compared whole.

use std::collections::BTreeSet;

use care_plan::ConsolidatedPlan;
use care_plan::plan::{Basis, ItemId, Phase};

use crate::world::{Cluster, cluster, items, plan, real, records};

fn guide() -> Option<ConsolidatedPlan> {
    real("mcc-ig-noelle").map(|person| plan(records(&person.servers)))
}

/// The clusters of a table: members of one item stand on one line.
fn rows(kind: &str, table: &[&str]) -> BTreeSet<Cluster> {
    let member = |name: &str| if name.contains('/') { name.to_owned() } else { format!("{kind}/{name}") };
    table.iter().map(|row| row.split_whitespace().map(member).collect()).collect()
}

/// Every Condition is a concern, and so is each symptom that the plan names as what shaped it. What a goal or an activity
/// names as its outcome is none, though the plan names it too.
const CONCERNS: &[&str] = &[
    "ConditionCKD",
    "encounter-diag-1",
    "patient-health-concern-1",
    "patient-health-concern-2",
    "patient-health-concern-3",
    "patient-health-concern-4",
    "careTeam-concerns-1",
    "careTeam-concerns-2",
    "careTeam-concerns-3",
    "careTeam-concerns-4",
    "careTeam-concerns-5",
    "problem-list-1",
    "problem-list-2",
    // One identifier "to track this changing condition", one onset.
    "chilblain-found chilblain-resolved",
    "Observation/symptom2",
    "Observation/symptom3",
    "Observation/symptom4",
    "Observation/symptom5",
    "Observation/symptom6",
    "Observation/symptom7",
    "Observation/symptom8",
    "Observation/symptom9",
];

const GOALS: &[&str] = &[
    "lower-pain-minimal-opioids",
    "appetite-to-normal",
    "electrolyte-protein-normal-range",
    "bmi-normal-range",
    "access-affordable-healthy-food",
    "HPT-WNL",
    "WGT-loss",
];

/// Orders and requests, and the two activities whose targets lie on a server that nobody can read.
const PLANNED: &[&str] = &[
    "dietitian-referral",
    "dialysis-request",
    "long-covid-request",
    "pt-3x-wk",
    "counseling-1x-wk",
    "foodpantry-referral",
    "Task/meditation-7x-wk",
    "MedicationRequest/med-for-chilblains",
    "MedicationRequest/MCCMedExample",
    "NutritionOrder/fiberrestricteddiet",
    "CarePlan/MCCCarePlan#0",
    "CarePlan/MCCCarePlan#1",
];

/// Three sessions of dialysis on three days are three.
const PERFORMED: &[&str] = &[
    "Dialysis",
    "dialysis-for-bundle",
    "dialysis-for-bundle2",
    "dialysis-for-bundle3",
    "ckd-app-education",
    "dietitian-consult",
    "Immunization/immunization-1",
    "DiagnosticReport/BoneSurvey",
    "QuestionnaireResponse/hunger-vital-sign-example",
    "QuestionnaireResponse/questionnnaire-res-moca",
    "QuestionnaireResponse/questionnnaire-res-moca-original",
];

/// Series with more than one reading; every other Observation is a series of its own.
const SERIES: &[&str] = &[
    "observation-moca observation-moca-original",
    "obs-response-moca obs-response-moca-original",
    "Symptom1 symptom2 symptom3 symptom4 symptom5 symptom6 symptom7 symptom8 symptom9",
    "better-diet reduced-pain caregiver-feelings-condition-status",
    // The guide gives the anion gap the code of carbon dioxide.
    "anion-gap-serum-observation carbon-dioxide-serum-observation",
];

/// From each resource to those that it is linked with by what the resources state, whichever of them states it.
const THREADS: &[(&str, &str)] = &[
    // Goal.addresses
    (
        "Goal/lower-pain-minimal-opioids",
        "Condition/patient-health-concern-1 Condition/careTeam-concerns-3 Condition/careTeam-concerns-4 Condition/careTeam-concerns-5 Observation/symptom3 Observation/symptom4 Observation/symptom5",
    ),
    ("Goal/appetite-to-normal", "Condition/careTeam-concerns-1 Condition/problem-list-1"),
    ("Goal/electrolyte-protein-normal-range", "Condition/problem-list-2 Condition/careTeam-concerns-1"),
    ("Goal/bmi-normal-range", "Condition/problem-list-1 Condition/patient-health-concern-4"),
    (
        "Goal/access-affordable-healthy-food",
        "Condition/problem-list-1 Condition/patient-health-concern-4 Condition/patient-health-concern-3 Condition/careTeam-concerns-1",
    ),
    ("Goal/HPT-WNL", "Condition/ConditionCKD"),
    // Goal.outcomeReference, and resource-pertainsToGoal
    ("Goal/lower-pain-minimal-opioids", "Observation/reduced-pain"),
    ("Goal/access-affordable-healthy-food", "Observation/better-diet"),
    (
        "Goal/HPT-WNL",
        "Observation/MCCweight Observation/AHC-HRSN-item-example-68517-2 Observation/Symptom1 Observation/caregiver-consideration-obs-example Observation/caregiver-feelings-condition-status Observation/mcc-imaging-observation-example Observation/pulse-intensity-palpation Observation/simple-observation-example Immunization/immunization-1 NutritionOrder/fiberrestricteddiet QuestionnaireResponse/hunger-vital-sign-example ServiceRequest/foodpantry-referral",
    ),
    // reasonReference
    (
        "Condition/ConditionCKD",
        "Procedure/Dialysis Procedure/dialysis-for-bundle Procedure/dialysis-for-bundle2 Procedure/dialysis-for-bundle3 Procedure/ckd-app-education ServiceRequest/dialysis-request",
    ),
    ("Condition/problem-list-1", "Procedure/dietitian-consult ServiceRequest/dietitian-referral"),
    (
        "Condition/encounter-diag-1",
        "ServiceRequest/long-covid-request ServiceRequest/pt-3x-wk ServiceRequest/counseling-1x-wk Task/meditation-7x-wk",
    ),
    ("Condition/chilblain-found", "MedicationRequest/med-for-chilblains"),
    // CarePlan.activity: planned to performed; basedOn says the same where there is one, and that the education was asked
    // for with the dialysis
    ("ServiceRequest/dietitian-referral", "Procedure/dietitian-consult Observation/better-diet"),
    (
        "ServiceRequest/dialysis-request",
        "Procedure/dialysis-for-bundle Procedure/dialysis-for-bundle2 Procedure/dialysis-for-bundle3 Procedure/ckd-app-education",
    ),
    (
        "ServiceRequest/long-covid-request",
        "MedicationRequest/med-for-chilblains Condition/chilblain-resolved ServiceRequest/pt-3x-wk ServiceRequest/counseling-1x-wk Task/meditation-7x-wk Observation/observation-moca Observation/observation-moca-original",
    ),
    ("CarePlan/MCCCarePlan#0", "Procedure/Dialysis"),
    // Observation.focus
    (
        "Observation/better-diet",
        "Condition/patient-health-concern-3 Condition/patient-health-concern-4 Condition/problem-list-1",
    ),
    (
        "Observation/reduced-pain",
        "Condition/careTeam-concerns-3 Condition/careTeam-concerns-4 Condition/careTeam-concerns-5 Condition/patient-health-concern-1 Condition/patient-health-concern-2",
    ),
    ("Observation/caregiver-feelings-condition-status", "Condition/ConditionCKD"),
    // condition-dueTo
    ("Condition/encounter-diag-1", "Condition/patient-health-concern-1"),
    // Condition.evidence
    ("Condition/ConditionCKD", "Observation/bunMCC"),
    (
        "Condition/encounter-diag-1",
        "Observation/symptom2 Observation/symptom3 Observation/symptom4 Observation/symptom5 Observation/symptom6 Observation/symptom7 Observation/symptom8 Observation/symptom9",
    ),
    (
        "Condition/problem-list-2",
        "Observation/arterial-blood-gas-panel Observation/ph-lab-observation Observation/hco3-arterial-observation Observation/pCO2-arterial-observation Observation/pO2-arterial-observation Observation/serum-lactate-observation Observation/blood-ketones-observation Observation/serum-electrolytes-panel Observation/sodium-serum-observation Observation/potassium-serum-observation Observation/chloride-serum-observation Observation/bicarbonate-serum-observation Observation/carbon-dioxide-serum-observation Observation/anion-gap-serum-observation Observation/protein-serum-observation Observation/albumin-serum-observation Observation/glomerular-filtration-observation",
    ),
];

#[test]
fn the_concerns_and_goals_of_the_guide_are_those_of_the_table() {
    let Some(plan) = guide() else { return };
    let concerns: BTreeSet<Cluster> = plan.concerns.iter().map(|concern| cluster(&concern.item)).collect();
    assert_eq!(concerns, rows("Condition", CONCERNS));
    let goals: BTreeSet<Cluster> = plan.goals.iter().map(|goal| cluster(&goal.item)).collect();
    assert_eq!(goals, rows("Goal", GOALS));
}

#[test]
fn what_the_guide_plans_and_what_was_done_are_those_of_the_table() {
    let Some(plan) = guide() else { return };
    let of = |phase: Phase| -> BTreeSet<Cluster> {
        let of_phase = plan.interventions.iter().filter(|intervention| intervention.phase == phase);
        of_phase.map(|intervention| cluster(&intervention.item)).collect()
    };
    assert_eq!(of(Phase::Planned), rows("ServiceRequest", PLANNED));
    assert_eq!(of(Phase::Performed), rows("Procedure", PERFORMED));
}

#[test]
fn readings_of_the_guide_are_series_as_the_table_says() {
    let Some(plan) = guide() else { return };
    let found: BTreeSet<Cluster> = plan.outcomes.iter().map(|outcome| cluster(&outcome.item)).collect();
    let several: BTreeSet<Cluster> = found.iter().filter(|cluster| cluster.len() > 1).cloned().collect();
    assert_eq!(several, rows("Observation", SERIES));
    let readings: usize = found.iter().map(BTreeSet::len).sum();
    let observations = |person: &sample_data::Person| {
        person.servers[0].resources.iter().filter(|resource| resource["resourceType"] == "Observation").count()
    };
    assert_eq!(Some(readings), real("mcc-ig-noelle").map(observations));
}

#[test]
fn the_threads_of_the_guide_are_those_of_the_table_and_no_others() {
    let Some(plan) = guide() else { return };
    let all: Vec<Cluster> = items(&plan).into_iter().map(cluster).collect();
    // A symptom is a concern and a reading: what is said of it is said of both, and each link of ours is one of them.
    let holding =
        |name: &str| -> Vec<Cluster> { all.iter().filter(|cluster| cluster.contains(name)).cloned().collect() };
    let pair = |one: &Cluster, other: &Cluster| BTreeSet::from([one.clone(), other.clone()]);
    let mut allowed = BTreeSet::new();
    let stated: BTreeSet<BTreeSet<Cluster>> = {
        let by_id = |id: &ItemId| cluster(items(&plan).into_iter().find(|item| item.id == *id).expect("an item"));
        let stated = plan.links.iter().filter(|link| matches!(link.basis, Basis::Stated(_)));
        stated.map(|link| pair(&by_id(&link.from), &by_id(&link.to))).collect()
    };
    let mut missing = Vec::new();
    for (from, tos) in THREADS {
        for to in tos.split_whitespace() {
            let mut pairs = Vec::new();
            for one in holding(from) {
                pairs.extend(holding(to).iter().map(|other| pair(&one, other)));
            }
            if !pairs.iter().any(|pair| stated.contains(pair)) {
                missing.push(format!("{from} {to}"));
            }
            allowed.extend(pairs);
        }
    }
    let others: Vec<_> = stated.difference(&allowed).collect();
    assert!(missing.is_empty() && others.is_empty(), "missing {missing:#?}\nothers {others:#?}");
}
