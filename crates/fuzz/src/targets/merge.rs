//! The records of one to three sources, joined into one plan.
//!
//! Law: each resource has a place in the plan or stands aside with a reason, never both; nothing is made up; the order of
//! sources and of resources changes nothing, and neither does doing it twice; all of this also where people have decided
//! what is one and what is not.

use std::collections::BTreeSet;
use std::sync::Arc;

use care_plan::decisions::{Grouping, MemberName};
use care_plan::plan::{Item, Member};
use care_plan::snapshot::{Record, Source};
use care_plan::{ConsolidatedPlan, Decisions, Snapshot, consolidate};
use fhir::{Bundle, Resource, ResourceKey, SourceId};
use jiff::civil::{Date, date};

use super::Target;
use crate::mutation::BETWEEN_PARTS;

pub const TARGET: Target = Target {
    name: "merge",
    words: &[
        "resourceType",
        "id",
        "Patient",
        "Condition",
        "Goal",
        "CarePlan",
        "ServiceRequest",
        "MedicationRequest",
        "Observation",
        "CareTeam",
        "AllergyIntolerance",
        "Linkage",
        "Procedure",
        "Task",
        "Provenance",
        "subject",
        "patient",
        "reference",
        "Patient/p1",
        "Condition/c1",
        "Goal/g1",
        "CarePlan/cp1",
        "https://kidney.example/fhir/Condition/c1",
        "#c",
        "identifier",
        "system",
        "value",
        "urn:mrn",
        "code",
        "coding",
        "http://loinc.org",
        "4548-4",
        "85354-9",
        "8480-6",
        "8462-4",
        "http://snomed.info/sct",
        "44054006",
        "http://www.nlm.nih.gov/research/umls/rxnorm",
        "860975",
        "http://hl7.org/fhir/sid/icd-10-cm",
        "E11.9",
        "text",
        "status",
        "lifecycleStatus",
        "active",
        "completed",
        "entered-in-error",
        "addresses",
        "target",
        "measure",
        "detailQuantity",
        "detailRange",
        "low",
        "high",
        "dueDate",
        "valueQuantity",
        "component",
        "unit",
        "mg/dL",
        "mmol/L",
        "%",
        "mm[Hg]",
        "effectiveDateTime",
        "2026-01",
        "2026-11-21",
        "activity",
        "detail",
        "outcomeReference",
        "basedOn",
        "partOf",
        "replaces",
        "item",
        "type",
        "source",
        "alternate",
        "meta",
        "security",
        "versionId",
        "lastUpdated",
        "1e999999999",
        "-0",
    ],
    tries: 150,
    check,
};

const TODAY: Date = date(2026, 11, 21);
/// More resources than this of one source are left out, so that one input takes no second.
const MOST: usize = 60;

fn check(input: &[u8]) -> String {
    let text = String::from_utf8_lossy(input);
    let records: Vec<Record> =
        text.split(BETWEEN_PARTS).take(3).enumerate().map(|(at, part)| record(at, part)).collect();
    let plan = lawful(&records, &Decisions::default());
    // What people say is one, and what they say is not.
    let decided = lawful(&records, &decisions(&plan));
    format!(
        "{} {} {} {}, {} links, {} issues, {} clusters, {} by decision",
        plan.concerns.len().min(3),
        plan.goals.len().min(3),
        plan.interventions.len().min(3),
        plan.outcomes.len().min(3),
        plan.links.len().min(5),
        plan.issues.len().min(5),
        clusters(&plan),
        clusters(&decided),
    )
}

/// Joins the records in two orders, and holds the plan to its laws.
fn lawful(records: &[Record], decisions: &Decisions) -> ConsolidatedPlan {
    let plan = consolidate(&Snapshot { records: records.to_vec() }, decisions, TODAY);
    conserved(records, &plan);
    let turned = Snapshot { records: records.iter().rev().cloned().map(backwards).collect() };
    let again = consolidate(&turned, decisions, TODAY);
    assert!(plan == again, "another order made another plan");
    let (one, other) = (serde_json::to_string(&plan), serde_json::to_string(&again));
    assert_eq!(one.expect("a plan is JSON"), other.expect("a plan is JSON"), "another order made another text");
    plan
}

/// Joins the first two items of each kind, and takes the first member of the last one out.
fn decisions(plan: &ConsolidatedPlan) -> Decisions {
    let kinds: [Vec<&Item>; 3] = [
        plan.concerns.iter().map(|concern| &concern.item).collect(),
        plan.goals.iter().map(|goal| &goal.item).collect(),
        plan.interventions.iter().map(|intervention| &intervention.item).collect(),
    ];
    let name = |member: &Member| MemberName { key: member.key.clone(), part: member.part };
    let of_kind = |items: &Vec<&Item>| {
        let join = Grouping::Join { members: items.iter().take(2).flat_map(|item| &item.members).map(name).collect() };
        let split = Grouping::Split {
            members: items.iter().rev().take(1).flat_map(|item| item.members.first()).map(name).collect(),
        };
        [join, split]
    };
    Decisions { groupings: kinds.iter().flat_map(of_kind).collect(), ..Decisions::default() }
}

/// The resources of a Bundle, or of what looks like one resource, as a source would have sent them.
fn record(at: usize, part: &str) -> Record {
    let id = SourceId::new(["valley-ehr", "nephrology", "cardiology"][at]);
    let base = ["https://ehr.example/fhir", "https://kidney.example/fhir", "https://heart.example/r4"][at];
    let parse = |raw: &str| Resource::parse(&id, raw).ok().map(Arc::new);
    let mut resources: Vec<Arc<Resource>> = match Bundle::parse(part) {
        Ok(bundle) => bundle.entries.iter().filter_map(|entry| parse(entry.resource?)).collect(),
        Err(_) => parse(part).into_iter().collect(),
    };
    // A snapshot holds each resource once.
    let mut seen = BTreeSet::new();
    resources.retain(|resource| seen.insert(resource.key().clone()));
    resources.truncate(MOST);
    Record {
        source: Source { name: id.to_string(), tag: id.as_str()[..2].to_uppercase(), base: Some(base.to_owned()), id },
        patient: Some("p1".to_owned()),
        resources,
        problems: Vec::new(),
        reads: Vec::new(),
        state: None,
        as_of: None,
    }
}

fn backwards(mut record: Record) -> Record {
    record.resources.reverse();
    record
}

/// Placed and aside together are all that was read, and no resource is both.
fn conserved(records: &[Record], plan: &ConsolidatedPlan) {
    let read: BTreeSet<&ResourceKey> =
        records.iter().flat_map(|record| &record.resources).map(|resource| resource.key()).collect();
    let placed: BTreeSet<&ResourceKey> = plan.placed().collect();
    let aside: BTreeSet<&ResourceKey> = plan.aside.iter().map(|aside| &aside.key).collect();
    assert_eq!(aside.len(), plan.aside.len(), "two reasons for one resource");
    let both: Vec<_> = placed.intersection(&aside).collect();
    assert!(both.is_empty(), "in the plan and aside: {both:?}");
    let held: BTreeSet<&ResourceKey> = placed.union(&aside).copied().collect();
    let (lost, made_up): (Vec<_>, Vec<_>) = (read.difference(&held).collect(), held.difference(&read).collect());
    assert!(lost.is_empty() && made_up.is_empty(), "lost {lost:?}, made up {made_up:?}");
}

/// Items of more than one member.
fn clusters(plan: &ConsolidatedPlan) -> usize {
    let items = (plan.concerns.iter().map(|concern| &concern.item))
        .chain(plan.goals.iter().map(|goal| &goal.item))
        .chain(plan.interventions.iter().map(|intervention| &intervention.item));
    items.filter(|item| item.members.len() > 1).count().min(4)
}
