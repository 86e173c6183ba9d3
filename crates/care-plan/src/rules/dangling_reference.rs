//! A reference that leads nowhere.
//!
//! Clinical reason: what a plan names and nobody can see is missing from every view of it: the reason of an order, the goal
//! of an activity.
//! FHIR source: the references that make the plan (mcc-digest section 3): `Goal.addresses`, `CarePlan.activity.reference`,
//! `reasonReference`, `basedOn` and the others that consolidation follows.
//! Severity: low.
//!
//! One issue for each resource, whatever number of its references is lost. Silent where the target is of a type that was
//! withheld, failed or is on its way: then the state of the source says so, and says it better.

use std::collections::{BTreeMap, HashMap};

use super::Case;
use super::common::known::still_reading;
use super::common::report::{Report, text};
use crate::consolidate::reach::Lost;
use crate::plan::{DetectedIssue, IssueCode, Item, Settlement, Severity};
use fhir::ResourceKey;

/// Finds them.
pub(super) fn find(case: &Case<'_>) -> Vec<DetectedIssue> {
    if still_reading(case) {
        return Vec::new();
    }
    let mut by_resource: BTreeMap<ResourceKey, Vec<Lost>> = BTreeMap::new();
    for lost in case.reach.lost(case.snapshot) {
        by_resource.entry(lost.from.clone()).or_default().push(lost);
    }
    let items = if by_resource.is_empty() { HashMap::new() } else { items(case) };
    by_resource.iter().map(|(key, lost)| report(case, key, lost, items.get(key).copied())).collect()
}

fn report(case: &Case<'_>, key: &ResourceKey, lost: &[Lost], item: Option<&Item>) -> DetectedIssue {
    let plan = case.plan.plans.iter().find(|plan| plan.key == *key).map(|plan| plan.title.as_str());
    let title = item.map(|item| item.title.as_str()).or(plan).unwrap_or(&key.kind);
    // One reference may be followed more than once: the element that says most stays.
    let told = |one: &&Lost| !lost.iter().any(|other| other.to == one.to && other.element.len() > one.element.len());
    let says =
        lost.iter().filter(told).map(|lost| text("leadsNowhere", format!("{}: {}", lost.element, lost.to))).collect();
    let mut report = Report::about(title, IssueCode::DanglingReference, Severity::Low, &key.kind).side_of(key, says);
    if let Some(item) = item {
        report = report.and(item.id.clone());
    }
    report
        .mend_reference(key)
        .settle(Settlement::ReadAgain { source: key.source.clone() })
        .settle(Settlement::KeepAsIs)
        .done()
}

/// The items, by the resources that are their members.
fn items<'p>(case: &Case<'p>) -> HashMap<&'p ResourceKey, &'p Item> {
    let plan = case.plan;
    let items = (plan.concerns.iter().map(|concern| &concern.item))
        .chain(plan.goals.iter().map(|goal| &goal.item))
        .chain(plan.interventions.iter().map(|one| &one.item))
        .chain(plan.outcomes.iter().map(|outcome| &outcome.item));
    let whole = |item: &'p Item| {
        item.members.iter().filter(|member| member.part.is_none()).map(move |member| (&member.key, item))
    };
    items.flat_map(whole).collect()
}
