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

use std::collections::HashSet;

use fhir::{Extension, Many, Reference, Resource, ResourceKey};
use serde::Deserialize;

use super::Case;
use super::common::circles::{Graph, circles};
use super::common::report::{Report, code};
use crate::plan::{DetectedIssue, IssueCode, Settlement, Severity};

/// R4 extension: how a goal relates to another.
const GOAL_RELATIONSHIP: &str = "http://hl7.org/fhir/StructureDefinition/goal-relationship";

/// What is ordered, planned or done. Results are left out: they are many, and nothing rests on them.
const ACTS: [&str; 11] = [
    "CarePlan",
    "Communication",
    "CommunicationRequest",
    "DeviceRequest",
    "MedicationRequest",
    "MedicationStatement",
    "NutritionOrder",
    "Procedure",
    "RequestGroup",
    "ServiceRequest",
    "Task",
];

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
type Keys<'a> = Graph<'a, ResourceKey>;

/// Finds them.
pub(super) fn find(case: &Case<'_>) -> Vec<DetectedIssue> {
    let (before, later, parts) = graphs(case);
    let of = |graph: Keys<'_>, element: &str| -> Vec<DetectedIssue> {
        circles(&graph).iter().map(|circle| report(case, circle, &graph, element)).collect()
    };
    let mut issues = of(before, "basedOn, partOf, replaces");
    issues.extend(of(later, "Goal.extension(goal-relationship): successor"));
    issues.extend(of(parts, "Goal.extension(goal-relationship): milestone"));
    issues
}

/// What was there before what; which goal comes after which; which goal is a part of which.
fn graphs<'a>(case: &Case<'a>) -> (Keys<'a>, Keys<'a>, Keys<'a>) {
    let (mut before, mut later, mut parts) = (Keys::new(), Keys::new(), Keys::new());
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
        if !ACTS.contains(&resource.kind()) {
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

fn report(case: &Case<'_>, circle: &[&ResourceKey], graph: &Keys<'_>, element: &str) -> DetectedIssue {
    let title = if circle[0].kind == "Goal" { "Goals" } else { "Orders and activities" };
    let of: HashSet<&ResourceKey> = circle.iter().copied().collect();
    let mut report = Report::about(title, IssueCode::CircularReference, Severity::Low, element);
    for key in circle {
        let within = graph.get(key).into_iter().flatten().filter(|to| of.contains(*to));
        let says = within.map(|to| code("leadsTo", Some(&format!("{}/{}", to.kind, to.id))));
        report = report.side_of(key, says.collect()).mend_reference(key);
    }
    let goals = case.plan.goals.iter().map(|goal| &goal.item);
    let items = goals.chain(case.plan.interventions.iter().map(|one| &one.item));
    for item in items.filter(|item| item.members.iter().any(|member| of.contains(&member.key))) {
        report = report.and(item.id.clone());
    }
    report.settle(Settlement::KeepAsIs).done()
}
