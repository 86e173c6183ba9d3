//! Health concerns: every Condition, and what goals and plans address beside them.

use std::collections::HashSet;

use fhir::codes::{CONDITION_CATEGORY, US_CORE_CONDITION_CATEGORY};
use fhir::{CodeableConcept, Condition, FhirDate, Observation, Reference, Resource, ResourceKey};

use super::clusters::{Cluster, Entry, Group, join};
use super::codings::{label, words};
use super::concepts::{self, About};
use super::goals::Aim;
use super::marks::{Marks, hold_apart};
use super::outcomes::{Observed, is_patient_or_carer};
use super::plans::Plan;
use super::records::Records;
use super::span::Span;
use super::values::Scale;
use super::{act, identifiers, linkages, notes, titles};
use crate::decisions::Decisions;
use crate::plan::{Concern, ConcernKind, ConcernStatement, Value, agreed, status};

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
    decisions: &Decisions,
) -> Vec<Concern> {
    let entries: Vec<Entry<'_>> = conditions.iter().map(|condition| Entry::whole(condition.resource)).collect();
    let clusters = join(&entries, evidence(records, &entries, conditions), decisions);
    let mut concerns: Vec<Concern> =
        clusters.iter().map(|cluster| concern(records, cluster, conditions, &entries)).collect();
    let addressed = addressed(records, goals, plans);
    let worded = observations.iter().filter(|observed| observed.scale == Scale::Words);
    for observed in worded.filter(|observed| addressed.contains(observed.resource.key())) {
        let view: Observation = observed.resource.read();
        if is_finding(&view) {
            concerns.push(finding(records, observed, &view));
        }
    }
    concerns
}

/// Why Conditions are one: the same identifier, or the same concept at the same time. What was entered in error is one with
/// others only by its identifier.
fn evidence(records: &Records<'_>, entries: &[Entry<'_>], conditions: &[Diagnosed<'_>]) -> Vec<Group> {
    let resources: Vec<&Resource> = conditions.iter().map(|condition| condition.resource).collect();
    let about = |(at, condition): (usize, &'_ Diagnosed<'_>)| {
        let view = &condition.view;
        let in_error = code(view.verification_status.as_ref()).as_deref() == Some("entered-in-error");
        Some((at, view.code.as_ref().filter(|_| !in_error)?.clone(), span(view)))
    };
    let told: Vec<(usize, CodeableConcept, Span)> = conditions.iter().enumerate().filter_map(about).collect();
    let abouts: Vec<About<'_>> =
        told.iter().map(|(at, concept, span)| About { at: *at, concept, span: *span }).collect();
    let bodies = conditions.iter().map(|condition| match condition.view.code.as_ref() {
        Some(code) => Marks::of_body(condition.resource, code),
        None => Marks::default(),
    });
    let mut groups = identifiers::groups(&resources);
    groups.extend(linkages::groups(records, entries));
    groups.extend(hold_apart(concepts::groups(&abouts), &bodies.collect::<Vec<_>>()));
    groups
}

/// From when to when a condition holds. One that is over and does not say since when is over since it was last spoken of.
fn span(condition: &Condition) -> Span {
    let begin = onset(condition);
    let end = abatement(condition);
    let over = status::is_past_condition(code(condition.clinical_status.as_ref()).as_deref());
    let spoken_of = || condition.recorded_date.0.clone().or_else(|| begin.clone());
    let end = end.or_else(|| over.then(spoken_of).flatten());
    Span::new(begin.as_ref().or(end.as_ref()), end.as_ref())
}

fn abatement(condition: &Condition) -> Option<FhirDate> {
    let of_period = || condition.abatement_period.as_ref().and_then(|period| period.end.0.clone());
    condition.abatement_date_time.0.clone().or_else(of_period)
}

fn concern(records: &Records<'_>, cluster: &Cluster, conditions: &[Diagnosed<'_>], entries: &[Entry<'_>]) -> Concern {
    let members = || cluster.members.iter().map(|at| &conditions[*at]);
    let statements: Vec<ConcernStatement> = members().map(|member| statement(&member.view)).collect();
    let mut notes: Vec<_> =
        members().flat_map(|member| notes::of(records, member.resource, &member.view.note)).collect();
    notes::newest_first(&mut notes);
    let title = titles::of_concern(&statements, &cluster.because);
    let by_age = |date: &&FhirDate| date.sort_key();
    Concern {
        item: cluster.item('c', title, entries, |at| {
            conditions[at].view.clinical_status.as_ref().and_then(|status| status.first_code())
        }),
        kind: statements.iter().map(|statement| statement.kind).min().unwrap_or(ConcernKind::Other),
        clinical_status: agreed(statements.iter().map(|statement| statement.clinical_status.clone())),
        verification_status: agreed(statements.iter().map(|statement| statement.verification_status.clone())),
        onset: agreed(statements.iter().map(|statement| statement.onset.clone())),
        recorded: statements.iter().filter_map(|statement| statement.recorded.as_ref()).min_by_key(by_age).cloned(),
        stage: agreed(statements.iter().map(|statement| statement.stage.clone())),
        code: statements.first().map(|statement| statement.code.clone()).unwrap_or_default(),
        notes,
        statements,
    }
}

fn statement(view: &Condition) -> ConcernStatement {
    let title = label(view.code.as_ref())
        .or_else(|| view.evidence.iter().find_map(|evidence| label(evidence.code.first())))
        .unwrap_or_else(|| titles::UNTITLED_CONCERN.to_owned());
    ConcernStatement {
        title,
        kind: kind(view),
        clinical_status: code(view.clinical_status.as_ref()),
        verification_status: code(view.verification_status.as_ref()),
        onset: onset(view),
        abatement: abatement(view),
        recorded: view.recorded_date.0.clone(),
        stage: stage(view),
        severity: label(view.severity.as_ref()),
        code: view.code.0.clone().unwrap_or_default(),
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
///
/// A plan also names what came of it among its supporting information: what a goal or an activity gives as its outcome is
/// a concern only where a goal addresses it.
fn addressed(records: &Records<'_>, goals: &[Aim<'_>], plans: &[Plan<'_>]) -> HashSet<ResourceKey> {
    let key = |from: &Resource, to: &Reference| records.resource(from, to).map(|found| found.key().clone());
    let of_goals = |list: fn(&fhir::Goal) -> &[Reference]| -> HashSet<ResourceKey> {
        goals.iter().flat_map(|goal| list(&goal.view).iter().filter_map(|to| key(goal.resource, to))).collect()
    };
    let mut outcomes = of_goals(|goal| &goal.outcome_reference);
    for plan in plans {
        let came = plan.view.activity.iter().flat_map(|activity| &activity.outcome_reference);
        outcomes.extend(came.filter_map(|to| key(plan.resource, to)));
    }
    let mut addressed = of_goals(|goal| &goal.addresses);
    for plan in plans {
        let named = plan.view.addresses.iter().chain(&plan.view.supporting_info);
        addressed.extend(named.filter_map(|to| key(plan.resource, to)).filter(|key| !outcomes.contains(key)));
    }
    addressed
}

/// True for an Observation that says what is the matter: a symptom, a barrier, a finding. A measured value is an outcome
/// and nothing else, and so is a result of laboratory, imaging or vital signs.
fn is_finding(view: &Observation) -> bool {
    let measured = |code: &str| matches!(code, "laboratory" | "imaging" | "vital-signs");
    let codings = view.category.iter().flat_map(|category| &category.coding);
    !codings.into_iter().any(|coding| coding.code.as_deref().is_some_and(measured))
}

fn finding(records: &Records<'_>, observed: &Observed<'_>, view: &Observation) -> Concern {
    let name = label(view.code.as_ref());
    let value = if let Value::Text(text) = &observed.value { Some(text.clone()) } else { None };
    let title = match (name, value) {
        // The answer says what is the matter, the question does not.
        (Some(name), Some(value)) if name.contains('?') => value,
        (Some(name), Some(value)) => format!("{name}: {value}"),
        (name, value) => name.or(value).unwrap_or_else(|| "Untitled concern".to_owned()),
    };
    let cluster = Cluster { members: vec![0], because: Vec::new() };
    let mut notes = notes::of(records, observed.resource, &view.note);
    notes::newest_first(&mut notes);
    let voiced = view.performer.iter().any(is_patient_or_carer);
    let statement = ConcernStatement {
        title: title.clone(),
        kind: if voiced { ConcernKind::PatientVoiced } else { ConcernKind::Other },
        clinical_status: None,
        // The status of an Observation says whether it stands, as the verification status of a Condition does.
        verification_status: words(view.status.as_deref()).filter(|status| status == "entered-in-error"),
        onset: (view.effective_date_time.0.clone()).or_else(|| act::begin(view.effective_period.as_ref())),
        abatement: None,
        recorded: view.issued.0.clone(),
        stage: None,
        severity: None,
        code: view.code.0.clone().unwrap_or_default(),
    };
    Concern {
        item: cluster.item('c', title, &[Entry::whole(observed.resource)], |_| view.status.as_deref()),
        kind: statement.kind,
        clinical_status: None,
        verification_status: statement.verification_status.clone(),
        onset: statement.onset.clone(),
        recorded: statement.recorded.clone(),
        stage: None,
        code: statement.code.clone(),
        notes,
        statements: vec![statement],
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
