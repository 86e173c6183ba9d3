//! The activities of plans: those that point at a resource, and those that only the plan itself describes.
//!
//! The MCC profile forbids `activity.detail`, and records are full of it (mcc-digest section 2, reader's note).

use fhir::{CarePlanActivity, Resource};

use super::act::{first_name, reasons};
use super::codings::{label, words};
use super::plans::Plan;
use super::records::Records;
use super::{act, clusters, dosage, item_id, notes};
use crate::plan::{Because, Intervention, Item, Note, Phase};

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
    /// The item, where the plan itself describes it.
    pub(super) item: Option<Intervention>,
    /// Progress notes and outcomes in words, for the item of the target.
    pub(super) notes: Vec<Note>,
}

/// Reads the activities of all plans.
pub(super) fn read<'a>(records: &Records<'a>, plans: &[Plan<'a>]) -> Vec<Activity<'a>> {
    let mut activities = Vec::new();
    for (number, plan) in plans.iter().enumerate() {
        for (at, activity) in plan.view.activity.iter().enumerate() {
            let reference = activity.reference.as_ref();
            let target = reference.and_then(|to| records.follow(plan.resource, "CarePlan.activity.reference", to));
            let mut notes = notes::of(records, plan.resource, &activity.progress);
            notes.extend(outcomes(plan.resource, activity));
            let item = if target.is_none() { described(records, plan, at, activity, &notes) } else { None };
            let called = reference.and_then(|to| words(to.display.as_deref()));
            activities.push(Activity { plan: number, at, target, called, item, notes });
        }
    }
    activities
}

/// `outcomeCodeableConcept`: how the activity turned out, in words.
fn outcomes<'r>(plan: &'r Resource, activity: &'r CarePlanActivity) -> impl Iterator<Item = Note> + 'r {
    let texts = activity.outcome_codeable_concept.iter().filter_map(|outcome| label(Some(outcome)));
    texts.map(|text| Note { text, author: None, when: None, source: plan.key().source.clone() })
}

/// The item of an activity that no resource stands for. Nothing where the plan says nothing about it either.
fn described(
    records: &Records<'_>,
    plan: &Plan<'_>,
    at: usize,
    activity: &CarePlanActivity,
    notes: &[Note],
) -> Option<Intervention> {
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
    let key = plan.resource.key();
    let mut notes = notes.to_vec();
    notes::newest_first(&mut notes);
    Some(Intervention {
        item: Item {
            id: item_id::of_part('i', key, at),
            title: said.unwrap_or_else(|| "Untitled activity".to_owned()),
            members: vec![clusters::member(plan.resource, detail.status.as_deref())],
            because: Because::Single,
        },
        kind: "activity".to_owned(),
        phase: Phase::Planned,
        status: detail.status.0.clone(),
        intent: None,
        when: act::begin(detail.scheduled_period.as_ref()).or_else(|| act::begin(bounds.as_ref())),
        detail: (!schedule.is_empty()).then(|| schedule.join(" · ")),
        who: first_name(records, plan.resource, &detail.performer),
        reasons: reasons(records, plan.resource, &detail.reason_code, &detail.reason_reference),
        notes,
    })
}
