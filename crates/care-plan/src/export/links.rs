//! Links that the guide wants on the resources themselves (mcc-digest section 3, rule 1), each with its Provenance.

use std::collections::{BTreeMap, BTreeSet};

use fhir::codes::PERTAINS_TO_GOAL;
use fhir::{ResourceKey, Target};
use serde_json::{Value, json};

use super::names::Names;
use crate::plan::{Basis, ConsolidatedPlan, Item, ItemId, Link};

/// For each resource the goals that it pertains to and does not name itself, with the reason.
pub(super) struct Added {
    goals: BTreeMap<ResourceKey, BTreeMap<ResourceKey, String>>,
}

impl Added {
    /// Collects the links between goals and what is done for them.
    pub(super) fn of(plan: &ConsolidatedPlan) -> Self {
        let goals: BTreeMap<&ItemId, &Item> = plan.goals.iter().map(|goal| (&goal.item.id, &goal.item)).collect();
        let interventions = plan.interventions.iter().map(|one| &one.item);
        let outcomes = plan.outcomes.iter().map(|one| &one.item);
        let done: BTreeMap<&ItemId, &Item> = interventions.chain(outcomes).map(|item| (&item.id, item)).collect();
        let mut added: BTreeMap<ResourceKey, BTreeMap<ResourceKey, String>> = BTreeMap::new();
        for link in &plan.links {
            let (Some(goal), Some(item)) = (goals.get(&link.from), done.get(&link.to)) else { continue };
            for member in item.members.iter().filter(|member| member.part.is_none()) {
                let named = added.entry(member.key.clone()).or_default();
                named.extend(goal.members.iter().map(|goal| (goal.key.clone(), why(link))));
            }
        }
        Self { goals: added }
    }

    /// The goals of a part of a plan, which has no resource to carry them yet.
    pub(super) fn of_item(plan: &ConsolidatedPlan, item: &ItemId) -> BTreeSet<ResourceKey> {
        let named: BTreeSet<&ItemId> =
            plan.links.iter().filter(|link| link.to == *item).map(|link| &link.from).collect();
        let goals = plan.goals.iter().filter(|goal| named.contains(&goal.item.id));
        goals.flat_map(|goal| &goal.item.members).map(|member| member.key.clone()).collect()
    }

    /// Writes the missing links onto a copy of a resource; returns the Provenance of each.
    pub(super) fn write(
        &self,
        key: &ResourceKey,
        resource: &mut Value,
        names: &Names<'_>,
        recorded: &str,
    ) -> Vec<Value> {
        let Some(goals) = self.goals.get(key) else { return Vec::new() };
        let known = named_already(resource);
        let mut provenance = Vec::new();
        for (goal, why) in goals {
            let url = names.url(goal);
            if known.iter().any(|named| *named == url || (goal.source == key.source && is_own(named, goal))) {
                continue;
            }
            let extension = json!({ "url": PERTAINS_TO_GOAL, "valueReference": { "reference": url } });
            let Some(object) = resource.as_object_mut() else { continue };
            match object.entry("extension").or_insert_with(|| json!([])) {
                Value::Array(extensions) => extensions.push(extension),
                // What stands there is no list; it is left as it came.
                _ => continue,
            }
            provenance.push(json!({
                "resourceType": "Provenance",
                "target": [{ "reference": names.url(key) }],
                "recorded": recorded,
                "activity": { "text": format!("Link to a goal added by consolidation: {why}") },
                "agent": [agent()],
                "entity": [
                    { "role": "derivation", "what": names.reference(key) },
                    { "role": "derivation", "what": names.reference(goal) },
                ],
            }));
        }
        provenance
    }
}

/// Who made what no source has: this software.
pub(super) fn agent() -> Value {
    let assembler =
        json!([{ "system": "http://terminology.hl7.org/CodeSystem/provenance-participant-type", "code": "assembler" }]);
    json!({ "type": { "coding": assembler }, "who": { "display": "Accord" } })
}

fn why(link: &Link) -> String {
    match &link.basis {
        Basis::Stated(element) => format!("stated by {element}"),
        Basis::Inferred(how) => format!("inferred, {how}"),
    }
}

/// The goals that the resource names already, as written.
fn named_already(resource: &Value) -> Vec<String> {
    let extensions = resource.get("extension").and_then(Value::as_array).into_iter().flatten();
    let pertaining =
        extensions.filter(|extension| extension.get("url").and_then(Value::as_str) == Some(PERTAINS_TO_GOAL));
    let reference = |extension: &Value| extension.pointer("/valueReference/reference")?.as_str().map(str::to_owned);
    pertaining.filter_map(reference).collect()
}

/// True where a reference, read within the goal's own source, names the goal.
fn is_own(named: &str, goal: &ResourceKey) -> bool {
    match Target::parse(named) {
        Target::Relative { kind, id, .. } | Target::Absolute { kind, id, .. } => kind == goal.kind && id == goal.id,
        Target::Urn(urn) => urn.ends_with(&goal.id),
        Target::Contained(_) | Target::Other(_) => false,
    }
}
