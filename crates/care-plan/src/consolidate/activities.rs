//! The activities of plans: those that point at a resource, and those that only the plan itself describes.
//!
//! The MCC profile forbids `activity.detail`, and records are full of it (mcc-digest section 2, reader's note).

use fhir::{CarePlanActivity, Resource};

use super::act::{first_name, reasons};
use super::clusters::Entry;
use super::codings::{label, words};
use super::plans::Plan;
use super::records::Records;
use super::same_act::Deed;
use super::{act, dosage, forbidden, notes};
use crate::plan::{InterventionStatement, Note, Phase};

/// One activity of a plan.
pub(super) struct Activity<'a> {
    /// Position of the plan in the list of plans.
    pub(super) plan: usize,
    /// Position within `CarePlan.activity`.
    pub(super) at: usize,
    /// The resource it points at.
    pub(super) target: Option<&'a Resource>,
    /// What the plan calls the resource it points at.
    pub(super) called: Option<String>,
    /// What the plan itself describes, where no resource stands for it.
    pub(super) described: Option<Deed<'a>>,
    /// Progress notes and outcomes in words, for the item of the target.
    pub(super) notes: Vec<Note>,
}

/// Reads the activities of all plans.
pub(super) fn read<'a>(records: &Records<'a>, plans: &[Plan<'a>]) -> Vec<Activity<'a>> {
    let mut activities = Vec::new();
    for (number, plan) in plans.iter().enumerate() {
        let forbidden = forbidden::activities(plan.resource);
        for (at, activity) in plan.view.activity.iter().enumerate() {
            let reference = activity.reference.as_ref();
            let target = reference.and_then(|to| records.follow(plan.resource, "CarePlan.activity.reference", to));
            let mut notes = notes::of(records, plan.resource, &activity.progress);
            notes.extend(outcomes(plan.resource, activity));
            let described = if target.is_none() {
                described(records, plan, at, activity, &notes, forbidden.contains(&at))
            } else {
                None
            };
            let called = reference.and_then(|to| words(to.display.as_deref()));
            activities.push(Activity { plan: number, at, target, called, described, notes });
        }
    }
    activities
}

/// `outcomeCodeableConcept`: how the activity turned out, in words.
fn outcomes<'r>(plan: &'r Resource, activity: &'r CarePlanActivity) -> impl Iterator<Item = Note> + 'r {
    let texts = activity.outcome_codeable_concept.iter().filter_map(|outcome| label(Some(outcome)));
    texts.map(|text| Note { text, author: None, when: None, source: plan.key().source.clone() })
}

/// An activity that no resource stands for. Nothing where the plan says nothing about it either.
fn described<'a>(
    records: &Records<'_>,
    plan: &Plan<'a>,
    at: usize,
    activity: &CarePlanActivity,
    notes: &[Note],
    do_not_perform: bool,
) -> Option<Deed<'a>> {
    let detail = activity.detail.0.clone().unwrap_or_default();
    let coded = label(detail.code.as_ref());
    let description = words(detail.description.as_deref());
    let named = activity.reference.as_ref().and_then(|reference| words(reference.display.as_deref()));
    let said =
        coded.clone().or_else(|| description.clone()).or(named).or_else(|| notes.first().map(|note| note.text.clone()));
    if said.is_none() && activity.detail.is_none() {
        return None;
    }
    let schedule = [
        words(detail.scheduled_string.as_deref()),
        detail.scheduled_timing.as_ref().and_then(dosage::timing),
        description.filter(|_| coded.is_some()),
    ];
    let schedule: Vec<String> = schedule.into_iter().flatten().collect();
    let bounds = detail.scheduled_timing.as_ref().and_then(|timing| timing.repeat.as_ref()?.bounds_period.0.clone());
    let until = detail.scheduled_period.as_ref().or(bounds.as_ref()).and_then(|period| period.end.0.clone());
    Some(Deed {
        entry: Entry { resource: plan.resource, part: Some(at) },
        phase: Phase::Planned,
        notes: notes.to_vec(),
        statement: InterventionStatement {
            title: forbidden::title(said.unwrap_or_else(|| "Untitled activity".to_owned()), do_not_perform),
            kind: "activity".to_owned(),
            code: detail.code.0.clone().unwrap_or_default(),
            status: detail.status.0.clone(),
            intent: None,
            when: act::begin(detail.scheduled_period.as_ref()).or_else(|| act::begin(bounds.as_ref())),
            until,
            detail: (!schedule.is_empty()).then(|| schedule.join(" · ")),
            who: first_name(records, plan.resource, &detail.performer),
            reasons: reasons(records, plan.resource, &detail.reason_code, &detail.reason_reference),
            do_not_perform,
            medication: None,
        },
    })
}
