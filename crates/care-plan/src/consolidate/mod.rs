//! From snapshot to plan: one subject a file.
//!
//! Everything works on [`Records`], in which resources stand in the order of their keys, so nothing below can depend on
//! the order in which sources answered.

mod act;
mod activities;
mod allergies;
mod apart;
mod aside;
mod bases;
mod clusters;
pub(crate) mod codings;
mod concepts;
mod concerns;
pub(crate) mod confidentiality;
mod contradiction;
mod crosswalk;
mod dosage;
pub(crate) mod forbidden;
mod goals;
pub(crate) mod identifiers;
mod identity;
mod inferred;
mod ingredient_names;
pub(crate) mod ingredients;
mod intents;
mod interventions;
pub(crate) mod item_id;
mod linkages;
mod links;
mod marks;
mod medications;
mod notes;
mod order;
mod outcomes;
mod people;
mod performed;
mod places;
mod plans;
pub(crate) mod pressure_text;
mod problems;
mod proposals;
pub(crate) mod reach;
mod records;
mod requests;
mod same_act;
mod span;
mod spelling;
mod stated;
mod targets;
mod team;
mod titles;
mod values;

use jiff::civil::Date;

use crate::decisions::{self, Decisions};
use crate::plan::ConsolidatedPlan;
use crate::rules::{self, Case};
use crate::snapshot::Snapshot;
use links::Links;
use places::Places;
use reach::Reach;
use records::Records;
pub(crate) use records::newest;

/// Joins the records of a snapshot into one plan, as the decisions want it.
///
/// `today` is the tenant's day: it tells members of a care team from those whose time there has ended.
pub fn consolidate(snapshot: &Snapshot, decisions: &Decisions, today: Date) -> ConsolidatedPlan {
    let records = Records::of(snapshot);
    let by_hand = Decisions { groupings: decisions.in_force(), ..Decisions::default() };
    let care_plans = plans::read(&records);
    let goals = goals::read(&records);
    let observations = outcomes::read(&records);
    let conditions = concerns::read(&records);

    let concerns = concerns::consolidate(&records, &conditions, &observations, &goals, &care_plans, &by_hand);
    let activities = activities::read(&records, &care_plans);
    let acts = interventions::read(&records, &care_plans);
    let interventions = interventions::consolidate(&records, &acts, &activities, &by_hand);
    let mut series = outcomes::consolidate(&observations);
    let mut goal_items = goals::consolidate(&records, &goals, &concerns, &by_hand);
    let measured = targets::join(&mut goal_items, &mut series);
    let outcomes: Vec<_> = series.into_iter().map(|series| series.outcome).collect();

    let places = Places::of(&concerns, &goal_items, &interventions, &outcomes);
    let mut links = Links::default();
    let known = stated::Known { records: &records, places: &places };
    stated::of_goals(&known, &goals, &mut links);
    stated::of_conditions(&known, &conditions, &mut links);
    stated::of_acts(&known, &acts, &mut links);
    stated::of_observations(&known, &observations, &mut links);
    stated::of_plans(&known, &care_plans, &activities, &mut links);
    inferred::same_concern(&concerns, &mut links);
    inferred::same_measure(&measured, &mut links);
    inferred::same_plan(&known, &care_plans, &activities, &mut links);

    let plans = plans::headers(&known, &care_plans, &activities);
    let mut plan = ConsolidatedPlan {
        people: people::list(&records),
        identity: identity::evidence(&records, snapshot),
        allergies: allergies::lists(&records, snapshot),
        allergy_items: allergies::items(&records, &by_hand),
        concerns,
        goals: goal_items,
        interventions,
        outcomes,
        team: team::members(&records, today),
        links: links.into_sorted(),
        plans,
        issues: Vec::new(),
        proposals: Vec::new(),
        problems: problems::all(&records, snapshot),
        aside: Vec::new(),
    };
    order::sort(&mut plan);
    plan.proposals = proposals::of(&plan);
    plan.aside = aside::rest(&records, &plan);
    plan.issues = rules::detect(&Case::new(&plan, snapshot, Reach::new(&records), today));
    decisions::apply(decisions, &mut plan.issues);
    decisions::lay(decisions, &mut plan.goals, |key| records.get(key));
    plan
}
