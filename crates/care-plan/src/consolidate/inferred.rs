//! Links that nobody states but that follow from what is stated. They are drawn as inferred and never replace a stated one.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::activities::Activity;
use super::links::Links;
use super::places::{Column, Place};
use super::plans::Plan;
use super::stated::{Known, place};
use crate::plan::{Basis, Concern, ItemId};

/// More pairs than this for one concern say nothing any more: everything would be linked with everything.
const MOST_PAIRS: usize = 2_000;
/// A plan that addresses more concerns than this does not tell which of them one of its activities is for.
const MOST_ADDRESSED: usize = 5;

/// Links a goal with the interventions that name the same concern: `Goal.addresses` on one side, the reason on the other.
pub(super) fn same_concern(concerns: &[Concern], links: &mut Links) {
    let titles: HashMap<&ItemId, &str> =
        concerns.iter().map(|concern| (&concern.item.id, concern.item.title.as_str())).collect();
    let mut named: BTreeMap<Place, (Vec<Place>, Vec<Place>)> = BTreeMap::new();
    for (from, to, _) in links.iter().filter(|(from, ..)| from.column == Column::Concern) {
        match to.column {
            Column::Goal => named.entry(from.clone()).or_default().0.push(to.clone()),
            Column::Planned | Column::Performed => named.entry(from.clone()).or_default().1.push(to.clone()),
            Column::Concern | Column::Outcome => {}
        }
    }
    for (concern, (goals, interventions)) in named {
        if goals.len().saturating_mul(interventions.len()) > MOST_PAIRS {
            continue;
        }
        let title = titles.get(&concern.id).copied().unwrap_or("the same concern");
        for goal in &goals {
            for intervention in &interventions {
                links.add(goal, intervention, Basis::Inferred(format!("both name {title}")));
            }
        }
    }
}

/// Links a goal with the series of readings that its target measures; the only link that crosses sources.
pub(super) fn same_measure(pairs: &[(ItemId, ItemId)], links: &mut Links) {
    for (goal, outcome) in pairs {
        let goal = Place { column: Column::Goal, id: goal.clone() };
        let outcome = Place { column: Column::Outcome, id: outcome.clone() };
        links.add(&goal, &outcome, Basis::Inferred("same measure".to_owned()));
    }
}

/// Links the concerns that a plan addresses with those of its goals and activities that name no concern and no goal.
pub(super) fn same_plan(known: &Known<'_, '_>, plans: &[Plan<'_>], activities: &[Activity<'_>], links: &mut Links) {
    let tied: BTreeSet<ItemId> = (links.iter())
        .filter(|(from, ..)| matches!(from.column, Column::Concern | Column::Goal))
        .map(|(_, to, _)| to.id.clone())
        .collect();
    let mut of_plan: BTreeMap<usize, Vec<Place>> = BTreeMap::new();
    for activity in activities {
        of_plan.entry(activity.plan).or_default().extend(place(known, plans, activity));
    }
    for (number, plan) in plans.iter().enumerate() {
        let items = |element: &'static str, references: &'_ [fhir::Reference]| -> BTreeSet<Place> {
            references.iter().filter_map(|to| known.reason(plan.resource, element, to)).cloned().collect()
        };
        let mut addressed = items("CarePlan.addresses", &plan.view.addresses);
        items("CarePlan.supportingInfo", &plan.view.supporting_info);
        addressed.retain(|place| place.column == Column::Concern);
        let goals = items("CarePlan.goal", &plan.view.goal);
        if addressed.len() > MOST_ADDRESSED {
            continue;
        }
        let loose =
            goals.iter().chain(of_plan.get(&number).into_iter().flatten()).filter(|item| !tied.contains(&item.id));
        for item in loose {
            for concern in &addressed {
                links.add(concern, item, Basis::Inferred(format!("both in the plan {}", plan.title())));
            }
        }
    }
}
