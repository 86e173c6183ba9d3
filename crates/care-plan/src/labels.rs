//! How widely what a detected issue tells may be shared.
//!
//! Whoever settles an issue copies what it tells: into the decision, and into a message to a prescriber. So its label is
//! the highest of all that its words come from: the resource of every side, of whatever type; what those resources refer
//! to, for a goal tells the names of its conditions and a team those of its members; and the items it stands on.
//!
//! *Invariant:* what cannot be found is not normal: nobody knows then how it is labelled.

use fhir::{Resource, ResourceKey, Target};
use serde_json::Value;

use crate::consolidate::confidentiality;
use crate::plan::{Confidentiality, ConsolidatedPlan, DetectedIssue, Item, ItemId};
use crate::snapshot::Snapshot;

/// Types of which no issue tells any words by way of a reference.
const NOT_TOLD: [&str; 2] = ["Patient", "Encounter"];

/// The highest label of all that an issue tells.
pub fn label(snapshot: &Snapshot, plan: &ConsolidatedPlan, issue: &DetectedIssue) -> Confidentiality {
    let sides = issue.sides.iter().map(|side| of_key(snapshot, plan, &side.key));
    let item = |id: &ItemId| {
        let found = items(plan).find(|item| item.id == *id);
        found.map_or(Confidentiality::Unknown, |item| item.confidentiality)
    };
    sides.chain(issue.items.iter().map(item)).max().unwrap_or_default()
}

/// The label of a resource and of what it refers to.
fn of_key(snapshot: &Snapshot, plan: &ConsolidatedPlan, key: &ResourceKey) -> Confidentiality {
    let members = items(plan).flat_map(|item| &item.members).filter(|member| member.key == *key);
    let as_member = members.map(|member| member.confidentiality).max();
    let as_read = snapshot.resource(key).map(|resource| {
        let told = referred_to(snapshot, resource).into_iter().map(confidentiality::of);
        told.fold(confidentiality::of(resource), Confidentiality::max)
    });
    // What was not read is judged by the plan that was made of it.
    as_member.max(as_read).unwrap_or(Confidentiality::Unknown)
}

/// What a resource refers to, as far as it was read. Of addresses that are not relative all that may be meant.
fn referred_to<'s>(snapshot: &'s Snapshot, resource: &Resource) -> Vec<&'s Resource> {
    let mut texts = Vec::new();
    let value = resource.to_value();
    references(&value, &mut texts);
    let targets: Vec<Target> = texts.into_iter().map(Target::parse).collect();
    let read = snapshot.records.iter().flat_map(|record| &record.resources).map(|read| &**read);
    let is_meant = |read: &&Resource| {
        !NOT_TOLD.contains(&read.kind())
            && targets.iter().any(|target| match target {
                Target::Relative { kind, id, .. } => {
                    read.key().source == resource.key().source && read.kind() == kind && read.id() == id
                }
                Target::Absolute { kind, id, .. } => read.kind() == kind && read.id() == id,
                Target::Urn(urn) => read.urn() == Some(urn),
                Target::Contained(_) | Target::Other(_) => false,
            })
    };
    if targets.is_empty() { Vec::new() } else { read.filter(is_meant).collect() }
}

/// Every `reference` within a resource, as it is written.
fn references<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(text) if name == "reference" => found.push(text),
                    _ => references(member, found),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

/// All items that an issue may stand on.
fn items(plan: &ConsolidatedPlan) -> impl Iterator<Item = &Item> {
    (plan.concerns.iter().map(|concern| &concern.item))
        .chain(plan.goals.iter().map(|goal| &goal.item))
        .chain(plan.interventions.iter().map(|intervention| &intervention.item))
        .chain(plan.outcomes.iter().map(|outcome| &outcome.item))
        .chain(plan.allergy_items.iter().map(|allergy| &allergy.item))
}
