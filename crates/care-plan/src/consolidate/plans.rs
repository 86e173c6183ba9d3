//! The CarePlan resources that are joined, and which resources their activities name.

use std::collections::HashSet;

use fhir::{CarePlan, Reference, Resource, ResourceKey};

use super::act::first_name;
use super::activities::Activity;
use super::codings::{label, words};
use super::notes;
use super::records::{Found, Records};
use super::stated::{self, Known};
use crate::plan::PlanHeader;

/// CarePlan extension of the MCC guide: who keeps the plan (mcc-digest section 2).
const CUSTODIAN: &str = "http://hl7.org/fhir/us/mcc/StructureDefinition/custodian";
/// Category of US Core that every plan carries, so that it names none.
const ASSESS_PLAN: &str = "assess-plan";

/// A CarePlan that was read.
pub(super) struct Plan<'a> {
    pub(super) resource: &'a Resource,
    pub(super) view: CarePlan,
}

/// Reads all CarePlans, sorted by key.
pub(super) fn read<'a>(records: &Records<'a>) -> Vec<Plan<'a>> {
    records.of_kind("CarePlan").map(|resource| Plan { resource, view: resource.read() }).collect()
}

/// A header for each plan, sorted by key, with the items that the plan names.
pub(super) fn headers(known: &Known<'_, '_>, plans: &[Plan<'_>], activities: &[Activity<'_>]) -> Vec<PlanHeader> {
    let mut headers: Vec<PlanHeader> = plans.iter().map(|plan| header(known.records, plan)).collect();
    for (plan, header) in plans.iter().zip(&mut headers) {
        let named = [&plan.view.addresses, &plan.view.supporting_info, &plan.view.goal];
        let named = named.into_iter().flat_map(|references| references.iter());
        header
            .items
            .extend(named.filter_map(|to| known.reason(plan.resource, "CarePlan", to)).map(|place| place.id.clone()));
    }
    for activity in activities {
        headers[activity.plan].items.extend(stated::place(known, plans, activity).map(|place| place.id));
    }
    for header in &mut headers {
        header.items.sort();
        header.items.dedup();
    }
    headers
}

fn header(records: &Records<'_>, plan: &Plan<'_>) -> PlanHeader {
    let custodians = plan.view.extension.iter().filter(|extension| extension.url.as_deref() == Some(CUSTODIAN));
    let custodians: Vec<&Reference> = custodians.filter_map(|extension| extension.value_reference.as_ref()).collect();
    let people = custodians.into_iter().chain(plan.view.author.iter()).chain(&plan.view.contributor);
    let mut notes = notes::of(records, plan.resource, &plan.view.note);
    notes::newest_first(&mut notes);
    PlanHeader {
        key: plan.resource.key().clone(),
        version: plan.resource.version().map(str::to_owned),
        title: plan.title(),
        status: plan.view.status.0.clone(),
        start: plan.view.period.as_ref().and_then(|period| period.start.0.clone()),
        end: plan.view.period.as_ref().and_then(|period| period.end.0.clone()),
        author: first_name(records, plan.resource, people),
        description: words(plan.view.description.as_deref()),
        items: Vec::new(),
        notes,
    }
}

impl Plan<'_> {
    /// Its title, else a category that says something, else "Care plan".
    pub(super) fn title(&self) -> String {
        let telling = |category: &&fhir::CodeableConcept| category.first_code() != Some(ASSESS_PLAN);
        words(self.view.title.as_deref())
            .or_else(|| self.view.category.iter().filter(telling).find_map(|category| label(Some(category))))
            .unwrap_or_else(|| "Care plan".to_owned())
    }
}

/// What activities name as planned and as performed.
pub(super) struct Named<'a> {
    /// By `activity.reference`.
    pub(super) planned: HashSet<&'a ResourceKey>,
    /// By `activity.outcomeReference`.
    pub(super) performed: HashSet<&'a ResourceKey>,
}

/// Collects what the activities of all plans name.
pub(super) fn named<'a>(records: &Records<'a>, plans: &[Plan<'_>]) -> Named<'a> {
    let mut named = Named { planned: HashSet::new(), performed: HashSet::new() };
    for plan in plans {
        let key_of = |reference| match records.find(plan.resource, reference) {
            Found::Resource(resource) => Some(resource.key()),
            _ => None,
        };
        for activity in &plan.view.activity {
            named.planned.extend(activity.reference.as_ref().and_then(key_of));
            named.performed.extend(activity.outcome_reference.iter().filter_map(key_of));
        }
    }
    named
}
