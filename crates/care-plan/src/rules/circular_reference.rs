//! References that lead in a circle.
//!
//! Clinical reason: an order that rests on itself has no origin, and a goal that comes before itself has no order: whoever
//! follows such references finds no beginning, and programs may not end.
//! FHIR source: `basedOn`, `partOf`, `replaces` (R4 request and event patterns: each points at what was there before);
//! the extension `goal-relationship` with its types `predecessor`, `successor`, `replacement` and `milestone`.
//! Severity: low.
//!
//! A goal that names its successor which names it as its predecessor is no circle: both say the same. One issue for each
//! circle, with every resource of it.

use std::collections::{BTreeMap, BTreeSet};

use fhir::{Extension, Many, Reference, Resource, ResourceKey};
use serde::Deserialize;

use super::Case;
use super::report::{Report, code};
use crate::plan::{DetectedIssue, IssueCode, Settlement, Severity};

/// R4 extension: how a goal relates to another.
const GOAL_RELATIONSHIP: &str = "http://hl7.org/fhir/StructureDefinition/goal-relationship";

/// What points at what was there before.
#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Before {
    based_on: Many<Reference>,
    part_of: Many<Reference>,
    replaces: Many<Reference>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Related {
    extension: Many<Extension>,
}

/// Which resource points at which.
type Graph<'a> = BTreeMap<&'a ResourceKey, BTreeSet<&'a ResourceKey>>;

/// Finds them.
pub(super) fn find(case: &Case<'_>) -> Vec<DetectedIssue> {
    let (before, later, parts) = graphs(case);
    let of = |graph: Graph<'_>, element: &str| -> Vec<DetectedIssue> {
        circles(graph).iter().map(|circle| report(case, circle, element)).collect()
    };
    let mut issues = of(before, "basedOn, partOf, replaces");
    issues.extend(of(later, "Goal.extension(goal-relationship): successor"));
    issues.extend(of(parts, "Goal.extension(goal-relationship): milestone"));
    issues
}

/// What was there before what; which goal comes after which; which goal is a part of which.
fn graphs<'a>(case: &Case<'a>) -> (Graph<'a>, Graph<'a>, Graph<'a>) {
    let (mut before, mut later, mut parts) = (Graph::new(), Graph::new(), Graph::new());
    for resource in case.reach.all().iter().copied() {
        if resource.kind() == "Goal" {
            for (relation, to) in relations(case, resource) {
                match relation.as_str() {
                    "successor" | "replacement" => later.entry(resource.key()).or_default().insert(to),
                    "predecessor" => later.entry(to).or_default().insert(resource.key()),
                    "milestone" => parts.entry(resource.key()).or_default().insert(to),
                    _ => false,
                };
            }
            continue;
        }
        // Most resources have none of these: looking for the words is a hundred times faster than reading them.
        let raw = resource.r4();
        if !["\"basedOn\"", "\"partOf\"", "\"replaces\""].iter().any(|name| raw.contains(name)) {
            continue;
        }
        let said: Before = resource.read();
        for to in said.based_on.iter().chain(said.part_of.iter()).chain(said.replaces.iter()) {
            if let Some(found) = case.reach.leads_to(resource, to) {
                before.entry(resource.key()).or_default().insert(found.key());
            }
        }
    }
    (before, later, parts)
}

/// The relations of a goal: their type, and the goal they lead to.
fn relations<'a>(case: &Case<'a>, goal: &Resource) -> Vec<(String, &'a ResourceKey)> {
    let said: Related = goal.read();
    let related = said.extension.iter().filter(|one| one.url.as_deref() == Some(GOAL_RELATIONSHIP));
    let part = |of: &Extension, name: &str| of.extension.iter().find(|one| one.url.as_deref() == Some(name)).cloned();
    let read = |of: &Extension| {
        let relation = part(of, "type")?.value_codeable_concept.as_ref()?.first_code()?.to_owned();
        let to = part(of, "target")?.value_reference.0?;
        Some((relation, case.reach.leads_to(goal, &to)?.key()))
    };
    related.filter_map(read).collect()
}

/// The circles: sets of resources each of which leads to every other, sorted.
fn circles(mut graph: Graph<'_>) -> Vec<Vec<ResourceKey>> {
    strip(&mut graph);
    let mut back = Graph::new();
    for (from, to) in &graph {
        for to in to {
            back.entry(to).or_default().insert(from);
        }
    }
    let mut circles = Vec::new();
    let mut done: BTreeSet<&ResourceKey> = BTreeSet::new();
    for start in graph.keys() {
        if done.contains(start) {
            continue;
        }
        let circle: BTreeSet<&ResourceKey> =
            reached(start, &graph).intersection(&reached(start, &back)).copied().collect();
        if circle.contains(start) {
            done.extend(&circle);
            circles.push(circle.into_iter().cloned().collect());
        }
    }
    circles
}

/// Takes away what leads to no circle, as often as there is something: nearly everything.
fn strip(graph: &mut Graph<'_>) {
    loop {
        let kept: BTreeSet<&ResourceKey> = graph.keys().copied().collect();
        let before: usize = graph.values().map(BTreeSet::len).sum();
        for to in graph.values_mut() {
            to.retain(|to| kept.contains(to));
        }
        graph.retain(|_, to| !to.is_empty());
        if before == graph.values().map(BTreeSet::len).sum::<usize>() {
            return;
        }
    }
}

/// Everything that a start leads to; the start itself only where it leads back.
fn reached<'a>(start: &'a ResourceKey, graph: &Graph<'a>) -> BTreeSet<&'a ResourceKey> {
    let mut seen = BTreeSet::new();
    let mut open = vec![start];
    while let Some(at) = open.pop() {
        for next in graph.get(at).into_iter().flatten().copied() {
            if seen.insert(next) {
                open.push(next);
            }
        }
    }
    seen
}

fn report(case: &Case<'_>, circle: &[ResourceKey], element: &str) -> DetectedIssue {
    let title = if circle[0].kind == "Goal" { "Goals" } else { "Orders and activities" };
    let mut report = Report::about(title, IssueCode::CircularReference, Severity::Low, element);
    for key in circle {
        let others: Vec<_> = circle.iter().filter(|other| *other != key || circle.len() == 1).collect();
        let says = others.into_iter().map(|other| code("leadsTo", Some(&format!("{}/{}", other.kind, other.id))));
        report = report.side_of(key, says.collect());
        for item in items(case, key) {
            report = report.and(item.clone());
        }
    }
    for key in circle {
        report = report.mend_reference(key);
    }
    report.settle(Settlement::KeepAsIs).done()
}

fn items<'p>(case: &Case<'p>, key: &'p ResourceKey) -> impl Iterator<Item = &'p crate::plan::ItemId> {
    let goals = case.plan.goals.iter().map(|goal| &goal.item);
    let items = goals.chain(case.plan.interventions.iter().map(|one| &one.item));
    items.filter(move |item| item.members.iter().any(|member| member.key == *key)).map(|item| &item.id)
}
