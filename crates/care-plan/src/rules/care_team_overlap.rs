//! Two primary care providers at once.
//!
//! Clinical reason: each may think that the other renews, follows up and coordinates, and the patient does not know whom to
//! call; one person is to be the first (R4 patient.html: `generalPractitioner` is the *nominated* care provider).
//! FHIR source: `CareTeam.participant.role` and `member`, `Patient.generalPractitioner`.
//! Severity: low.
//!
//! Only roles that are coded as primary care provider count: a family physician may be there for something else. Silent
//! where two entries share a word of the name, for they may be one person in two records; nothing is joined by that.

use std::collections::BTreeSet;

use fhir::{Many, Reference, ResourceKey};
use serde::Deserialize;

use super::Case;
use super::common::names::folded_words;
use super::common::report::{Report, text};
use crate::plan::{DetectedIssue, IssueCode, Settlement, Severity};

/// Codes of the role: SNOMED CT (international, US) and HL7 v3 ParticipationFunction.
const PRIMARY: [&str; 3] = ["446050000", "453231000124104", "PCP"];
/// Words before and after names that say nothing of who it is.
const TITLES: [&str; 12] = ["dr", "md", "do", "np", "rn", "pa", "phd", "mr", "mrs", "ms", "prof", "doctor"];

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Patient {
    general_practitioner: Many<Reference>,
}

/// Finds it.
pub(super) fn find(case: &Case<'_>) -> Vec<DetectedIssue> {
    let mut named = of_teams(case);
    named.extend(of_patients(case));
    named.sort();
    named.dedup();
    let groups = people(&named);
    if groups < 2 { Vec::new() } else { vec![report(&named)] }
}

/// Who is the primary care provider in a team, with the team.
fn of_teams(case: &Case<'_>) -> Vec<(ResourceKey, String)> {
    let is_primary = |codes: &[String]| codes.iter().any(|code| PRIMARY.contains(&code.as_str()));
    let is_human = |kind: Option<&str>| matches!(kind, None | Some("Practitioner" | "PractitionerRole"));
    (case.plan.team.iter())
        .filter(|member| !member.former && is_primary(&member.role_codes) && is_human(member.kind.as_deref()))
        .map(|member| (member.key.clone(), member.name.clone()))
        .collect()
}

/// Who is the general practitioner of a Patient, with the Patient; organisations are none.
fn of_patients(case: &Case<'_>) -> Vec<(ResourceKey, String)> {
    let mut named = Vec::new();
    for resource in case.reach.of_kind("Patient") {
        for to in resource.read::<Patient>().general_practitioner.iter() {
            let human = |found: &fhir::Resource| matches!(found.kind(), "Practitioner" | "PractitionerRole");
            if case.reach.leads_to(resource, to).is_some_and(human) {
                named.extend(case.reach.name(resource, to).map(|name| (resource.key().clone(), name)));
            }
        }
    }
    named
}

/// How many people they are at least: those who share a word of the name count once, and those without one not at all.
fn people(named: &[(ResourceKey, String)]) -> usize {
    let mut groups: Vec<BTreeSet<String>> = Vec::new();
    for (_, name) in named {
        let told = |word: &String| word.chars().count() > 1 && !TITLES.contains(&word.as_str());
        let mut words: BTreeSet<String> = folded_words(name).into_iter().filter(told).collect();
        if words.is_empty() || name == "Unnamed member" {
            continue;
        }
        let (same, others) = groups.into_iter().partition(|group| !group.is_disjoint(&words));
        groups = others;
        let same: Vec<BTreeSet<String>> = same;
        words.extend(same.into_iter().flatten());
        groups.push(words);
    }
    groups.len()
}

fn report(named: &[(ResourceKey, String)]) -> DetectedIssue {
    let report = Report::about("Care team", IssueCode::CareTeamOverlap, Severity::Low, "CareTeam.participant.role");
    let report =
        named.iter().fold(report, |report, (key, name)| report.side_of(key, vec![text("member", name).differing()]));
    let change = |element, of: &ResourceKey| Settlement::Change { element, of: of.clone(), to: None };
    let settle = |report: Report, (key, _): &(ResourceKey, String)| match key.kind.as_str() {
        "Patient" => report.settle(change("Patient.generalPractitioner", key)),
        _ => report.settle(change("CareTeam.participant", key)),
    };
    named.iter().fold(report, settle).settle(Settlement::KeepAsIs).done()
}
