//! Health concerns: every Condition, and what goals and plans address beside them.

use std::collections::HashSet;

use fhir::codes::{CONDITION_CATEGORY, US_CORE_CONDITION_CATEGORY};
use fhir::{CodeableConcept, Condition, FhirDate, Reference, Resource, ResourceKey};

use super::clusters::{Cluster, by_identifier};
use super::codings::{label, words};
use super::goals::Aim;
use super::outcomes::{Observed, is_patient_or_carer};
use super::plans::Plan;
use super::records::{Found, Records};
use super::values::Scale;
use super::{act, notes};
use crate::plan::{Concern, ConcernKind, Value};

/// A Condition that was read.
pub(super) struct Diagnosed<'a> {
    pub(super) resource: &'a Resource,
    pub(super) view: Condition,
}

/// Reads all Conditions, sorted by key.
pub(super) fn read<'a>(records: &Records<'a>) -> Vec<Diagnosed<'a>> {
    records.of_kind("Condition").map(|resource| Diagnosed { resource, view: resource.read() }).collect()
}

/// Makes the concerns: the Conditions, and the findings that goals and plans address.
pub(super) fn consolidate(
    records: &Records<'_>,
    conditions: &[Diagnosed<'_>],
    observations: &[Observed<'_>],
    goals: &[Aim<'_>],
    plans: &[Plan<'_>],
) -> Vec<Concern> {
    let resources: Vec<&Resource> = conditions.iter().map(|condition| condition.resource).collect();
    let mut concerns: Vec<Concern> =
        by_identifier(&resources).iter().map(|cluster| concern(records, cluster, conditions, &resources)).collect();
    let addressed = addressed(records, goals, plans);
    let findings =
        observations.iter().filter(|observed| addressed.contains(observed.resource.key()) && is_finding(observed));
    concerns.extend(findings.map(|observed| finding(records, observed)));
    concerns
}

fn concern(records: &Records<'_>, cluster: &Cluster, conditions: &[Diagnosed<'_>], resources: &[&Resource]) -> Concern {
    let members = || cluster.members.iter().map(|at| &conditions[*at]);
    let first = &conditions[cluster.members[0]].view;
    let title = members().find_map(|member| label(member.view.code.as_ref()));
    let title = title.or_else(|| first.evidence.iter().find_map(|evidence| label(evidence.code.first())));
    let mut notes: Vec<_> =
        members().flat_map(|member| notes::of(records, member.resource, &member.view.note)).collect();
    notes::newest_first(&mut notes);
    Concern {
        item: cluster.item('c', title.unwrap_or_else(|| "Untitled concern".to_owned()), resources, |at| {
            conditions[at].view.clinical_status.as_ref().and_then(|status| status.first_code())
        }),
        kind: kind(first),
        clinical_status: code(first.clinical_status.as_ref()),
        verification_status: code(first.verification_status.as_ref()),
        onset: members().find_map(|member| onset(&member.view)),
        recorded: members().find_map(|member| member.view.recorded_date.0.clone()),
        stage: members().find_map(|member| stage(&member.view)),
        code: first.code.0.clone().unwrap_or_default(),
        notes,
    }
}

fn code(concept: Option<&CodeableConcept>) -> Option<String> {
    concept.and_then(|concept| concept.first_code().or(concept.label())).map(str::to_owned)
}

/// The patient's own voice goes before the category: a concern that they voiced may stand on the problem list as well.
fn kind(condition: &Condition) -> ConcernKind {
    let voiced = condition.asserter.as_ref().or(condition.recorder.as_ref()).is_some_and(is_patient_or_carer);
    // Categories come with either system and without one; the codes do not overlap.
    let has = |code: &str| {
        let known =
            |system: Option<&str>| system.is_none_or(|s| s == CONDITION_CATEGORY || s == US_CORE_CONDITION_CATEGORY);
        let codings = condition.category.iter().flat_map(|category| &category.coding);
        codings.into_iter().any(|coding| coding.code.as_deref() == Some(code) && known(coding.system.as_deref()))
    };
    match () {
        () if voiced => ConcernKind::PatientVoiced,
        () if has("health-concern") => ConcernKind::HealthConcern,
        () if has("problem-list-item") => ConcernKind::Problem,
        () if has("encounter-diagnosis") => ConcernKind::EncounterDiagnosis,
        () => ConcernKind::Other,
    }
}

fn onset(condition: &Condition) -> Option<FhirDate> {
    let said = || condition.onset_string.as_deref().and_then(FhirDate::parse);
    condition.onset_date_time.0.clone().or_else(|| act::begin(condition.onset_period.as_ref())).or_else(said)
}

fn stage(condition: &Condition) -> Option<String> {
    let said =
        condition.stage.iter().find_map(|stage| label(stage.summary.as_ref()).or_else(|| label(stage.kind.as_ref())));
    said.or_else(|| label(condition.code.as_ref()).and_then(|title| stage_in(&title)))
}

/// The stage that a title names, such as `Stage 3b` in "Chronic kidney disease stage 3b (disorder)".
fn stage_in(title: &str) -> Option<String> {
    let mut words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.find(|word| word.eq_ignore_ascii_case("stage"))?;
    let stage = words.next()?;
    let number = stage.trim_end_matches(|c: char| matches!(c, 'a'..='c' | 'A'..='C'));
    let is_number =
        number.bytes().all(|byte| byte.is_ascii_digit()) || number.bytes().all(|byte| matches!(byte, b'I' | b'V'));
    (!number.is_empty() && stage.len() <= 4 && is_number).then(|| format!("Stage {stage}"))
}

/// What goals address, and what plans address or name as supporting information (mcc-digest section 3).
fn addressed(records: &Records<'_>, goals: &[Aim<'_>], plans: &[Plan<'_>]) -> HashSet<ResourceKey> {
    let by_goals = goals.iter().flat_map(|goal| goal.view.addresses.iter().map(|to| (goal.resource, to)));
    let by_plans = plans
        .iter()
        .flat_map(|plan| plan.view.addresses.iter().chain(&plan.view.supporting_info).map(|to| (plan.resource, to)));
    let key = |(from, to): (&Resource, &Reference)| match records.find(from, to) {
        Found::Resource(resource) => Some(resource.key().clone()),
        _ => None,
    };
    by_goals.chain(by_plans).filter_map(key).collect()
}

/// True for an Observation that says what is the matter: a symptom, a barrier, a finding. A measured value is an outcome
/// and nothing else, and so is a result of laboratory, imaging or vital signs.
fn is_finding(observed: &Observed<'_>) -> bool {
    let measured = |code: &str| matches!(code, "laboratory" | "imaging" | "vital-signs");
    let codings = observed.view.category.iter().flat_map(|category| &category.coding);
    observed.scale == Scale::Words && !codings.into_iter().any(|coding| coding.code.as_deref().is_some_and(measured))
}

fn finding(records: &Records<'_>, observed: &Observed<'_>) -> Concern {
    let name = label(observed.view.code.as_ref());
    let value = if let Value::Text(text) = &observed.value { Some(text.clone()) } else { None };
    let title = match (name, value) {
        // The answer says what is the matter, the question does not.
        (Some(name), Some(value)) if name.contains('?') => value,
        (Some(name), Some(value)) => format!("{name}: {value}"),
        (name, value) => name.or(value).unwrap_or_else(|| "Untitled concern".to_owned()),
    };
    let cluster = Cluster { members: vec![0], because: crate::plan::Because::Single };
    let mut notes = notes::of(records, observed.resource, &observed.view.note);
    notes::newest_first(&mut notes);
    let voiced = observed.view.performer.iter().any(is_patient_or_carer);
    Concern {
        item: cluster.item('c', title, &[observed.resource], |_| observed.view.status.as_deref()),
        kind: if voiced { ConcernKind::PatientVoiced } else { ConcernKind::Other },
        clinical_status: None,
        // The status of an Observation says whether it stands, as the verification status of a Condition does.
        verification_status: words(observed.view.status.as_deref()).filter(|status| status == "entered-in-error"),
        onset: observed
            .view
            .effective_date_time
            .0
            .clone()
            .or_else(|| act::begin(observed.view.effective_period.as_ref())),
        recorded: observed.view.issued.0.clone(),
        stage: None,
        code: observed.view.code.0.clone().unwrap_or_default(),
        notes,
    }
}

#[cfg(test)]
mod tests {
    use super::stage_in;

    #[test]
    fn a_stage_in_a_title_is_found_and_nothing_is_taken_for_one() {
        assert_eq!(stage_in("Chronic kidney disease stage 3b (disorder)").as_deref(), Some("Stage 3b"));
        assert_eq!(stage_in("CKD, Stage: IV").as_deref(), Some("Stage IV"));
        for title in ["End-stage renal disease", "Stage unknown", "stage", "Kidney disease 3", "backstage 4"] {
            assert_eq!(stage_in(title), None, "{title}");
        }
    }
}
