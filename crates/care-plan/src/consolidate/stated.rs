//! Links that a source states, by the elements that mcc-digest section 3 names.
//!
//! References lead to resources of their own source only, so no stated link crosses sources.

use fhir::codes::CONDITION_DUE_TO;
use fhir::{Reference, Resource};

use super::act::{Act, goals_of};
use super::activities::Activity;
use super::concerns::Diagnosed;
use super::goals::Aim;
use super::links::Links;
use super::outcomes::Observed;
use super::places::{Column, Place, Places};
use super::plans::Plan;
use super::records::Records;
use crate::plan::Basis;

/// What is needed to follow a reference to an item.
pub(super) struct Known<'r, 'a> {
    pub(super) records: &'r Records<'a>,
    pub(super) places: &'r Places<'r>,
}

impl Known<'_, '_> {
    /// The item of a resource.
    fn own(&self, resource: &Resource) -> Option<&Place> {
        self.places.as_result(resource.key())
    }

    /// The item that a reference gives as a reason.
    pub(super) fn reason(&self, from: &Resource, element: &str, to: &Reference) -> Option<&Place> {
        self.records.follow(from, element, to).and_then(|resource| self.places.as_reason(resource.key()))
    }

    /// The item that a reference gives as a result.
    fn result(&self, from: &Resource, element: &str, to: &Reference) -> Option<&Place> {
        self.records.follow(from, element, to).and_then(|resource| self.places.as_result(resource.key()))
    }

    /// Links an item with the goals that its resource names by `resource-pertainsToGoal`.
    fn pertains(&self, item: &Place, from: &Resource, goals: &[Reference], links: &mut Links) {
        for goal in goals {
            if let Some(goal) = self.result(from, "resource-pertainsToGoal", goal) {
                links.add(goal, item, Basis::Stated("resource-pertainsToGoal".to_owned()));
            }
        }
    }
}

/// `Goal.addresses` and `Goal.outcomeReference`.
pub(super) fn of_goals(known: &Known<'_, '_>, aims: &[Aim<'_>], links: &mut Links) {
    for aim in aims {
        let Some(goal) = known.own(aim.resource) else { continue };
        for to in &aim.view.addresses {
            if let Some(concern) = known.reason(aim.resource, "Goal.addresses", to) {
                links.add(concern, goal, Basis::Stated("Goal.addresses".to_owned()));
            }
        }
        for to in &aim.view.outcome_reference {
            if let Some(outcome) = known.result(aim.resource, "Goal.outcomeReference", to) {
                links.add(goal, outcome, Basis::Stated("Goal.outcomeReference".to_owned()));
            }
        }
    }
}

/// `Condition.evidence.detail`, what a condition is due to, and goals by extension.
pub(super) fn of_conditions(known: &Known<'_, '_>, conditions: &[Diagnosed<'_>], links: &mut Links) {
    for condition in conditions {
        let Some(concern) = known.own(condition.resource) else { continue };
        for to in condition.view.evidence.iter().flat_map(|evidence| &evidence.detail) {
            if let Some(shown) = known.result(condition.resource, "Condition.evidence.detail", to) {
                links.add(concern, shown, Basis::Stated("Condition.evidence.detail".to_owned()));
            }
        }
        let causes =
            condition.view.extension.iter().filter(|extension| extension.url.as_deref() == Some(CONDITION_DUE_TO));
        for to in causes.filter_map(|extension| extension.value_reference.as_ref()) {
            // A condition may be due to a procedure or a medication as well: as a link that would read as an answer to it.
            let cause = known.reason(condition.resource, "condition-dueTo", to);
            if let Some(cause) = cause.filter(|cause| cause.column == Column::Concern) {
                links.add(cause, concern, Basis::Stated("condition-dueTo".to_owned()));
            }
        }
        known.pertains(concern, condition.resource, &goals_of(&condition.view.extension), links);
    }
}

/// `reasonReference`, `basedOn`, `result`, `Task.focus`, and goals by extension.
pub(super) fn of_acts(known: &Known<'_, '_>, acts: &[Act<'_>], links: &mut Links) {
    for act in acts {
        let Some(item) = known.own(act.resource) else { continue };
        let element = |name: &str| format!("{}.{name}", act.resource.kind());
        for to in &act.refers.reasons {
            if let Some(reason) = known.reason(act.resource, &element("reasonReference"), to) {
                links.add(reason, item, Basis::Stated(element("reasonReference")));
            }
        }
        for to in &act.refers.based_on {
            if let Some(order) = known.result(act.resource, &element("basedOn"), to) {
                links.add(order, item, Basis::Stated(element("basedOn")));
            }
        }
        for to in &act.refers.results {
            if let Some(result) = known.result(act.resource, &element("result"), to) {
                links.add(item, result, Basis::Stated(element("result")));
            }
        }
        let carried_out = act.refers.focus.as_ref().and_then(|to| known.result(act.resource, &element("focus"), to));
        if let Some(order) = carried_out {
            links.add(order, item, Basis::Stated(element("focus")));
        }
        known.pertains(item, act.resource, &act.refers.goals, links);
    }
}

/// `Observation.basedOn` and `focus`, and goals by extension.
pub(super) fn of_observations(known: &Known<'_, '_>, observations: &[Observed<'_>], links: &mut Links) {
    // Few name anything.
    let names = |observed: &&Observed<'_>| {
        [&observed.based_on, &observed.focus, &observed.goals].into_iter().any(|references| !references.is_empty())
    };
    for observed in observations.iter().filter(names) {
        let Some(outcome) = known.own(observed.resource) else { continue };
        for to in &observed.based_on {
            if let Some(order) = known.result(observed.resource, "Observation.basedOn", to) {
                links.add(order, outcome, Basis::Stated("Observation.basedOn".to_owned()));
            }
        }
        for to in &observed.focus {
            // A focus may be the carer or a device: only one that is an item makes a link, and none is missed.
            if let Some(about) = known.reason(observed.resource, "Observation.focus", to) {
                links.add(about, outcome, Basis::Stated("Observation.focus".to_owned()));
            }
        }
        known.pertains(outcome, observed.resource, &observed.goals, links);
    }
}

/// `CarePlan.activity`: what an activity led to, and what the plan says about an activity that it describes itself.
pub(super) fn of_plans(known: &Known<'_, '_>, plans: &[Plan<'_>], activities: &[Activity<'_>], links: &mut Links) {
    for activity in activities {
        let plan = &plans[activity.plan];
        let Some(item) = place(known, plans, activity) else { continue };
        let said = &plan.view.activity[activity.at];
        for to in &said.outcome_reference {
            let element = "CarePlan.activity.outcomeReference";
            if let Some(result) = known.result(plan.resource, element, to) {
                links.add(&item, result, Basis::Stated(element.to_owned()));
            }
        }
        let Some(detail) = said.detail.as_ref() else { continue };
        for to in &detail.goal {
            let element = "CarePlan.activity.detail.goal";
            if let Some(goal) = known.result(plan.resource, element, to) {
                links.add(goal, &item, Basis::Stated(element.to_owned()));
            }
        }
        for to in &detail.reason_reference {
            let element = "CarePlan.activity.detail.reasonReference";
            if let Some(reason) = known.reason(plan.resource, element, to) {
                links.add(reason, &item, Basis::Stated(element.to_owned()));
            }
        }
    }
}

/// The item of an activity: that of the resource it points at, else its own.
pub(super) fn place(known: &Known<'_, '_>, plans: &[Plan<'_>], activity: &Activity<'_>) -> Option<Place> {
    match activity.target {
        Some(target) => known.own(target).cloned(),
        None => known.places.of_part(plans[activity.plan].resource.key(), activity.at).cloned(),
    }
}
