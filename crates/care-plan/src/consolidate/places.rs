//! Which item a resource is a member of, and in which column it stands.

use std::collections::HashMap;

use fhir::ResourceKey;

use crate::plan::{Concern, Goal, Intervention, Item, ItemId, Outcome, Phase};

/// The columns, from concern to outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Column {
    Concern,
    Goal,
    Planned,
    Performed,
    Outcome,
}

/// Where an item stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Place {
    pub(super) column: Column,
    pub(super) id: ItemId,
}

/// Finds the item of a resource.
pub(super) struct Places<'p> {
    /// An Observation may be a concern and a reading at once, so the concerns are a map of their own.
    concerns: HashMap<&'p ResourceKey, Place>,
    others: HashMap<&'p ResourceKey, Place>,
    parts: HashMap<(ResourceKey, usize), Place>,
}

impl<'p> Places<'p> {
    /// Collects the members of all items.
    pub(super) fn of(
        concerns: &'p [Concern],
        goals: &'p [Goal],
        interventions: &'p [Intervention],
        outcomes: &'p [Outcome],
    ) -> Self {
        let members = |items: &mut dyn Iterator<Item = &Item>| items.map(|item| item.members.len()).sum();
        let others = goals.iter().map(|goal| &goal.item).chain(interventions.iter().map(|one| &one.item));
        let mut places = Self {
            concerns: HashMap::with_capacity(members(&mut concerns.iter().map(|concern| &concern.item))),
            others: HashMap::with_capacity(members(&mut others.chain(outcomes.iter().map(|outcome| &outcome.item)))),
            parts: HashMap::new(),
        };
        for concern in concerns {
            add(&mut places.concerns, Column::Concern, &concern.item);
        }
        for goal in goals {
            add(&mut places.others, Column::Goal, &goal.item);
        }
        for intervention in interventions {
            add(&mut places.others, column(intervention), &intervention.item);
            for member in &intervention.item.members {
                // The member of an activity that only a plan describes is a part of the plan.
                if let Some(part) = member.part {
                    let place = Place { column: column(intervention), id: intervention.item.id.clone() };
                    places.parts.insert((member.key.clone(), part), place);
                }
            }
        }
        for outcome in outcomes {
            add(&mut places.others, Column::Outcome, &outcome.item);
        }
        places
    }

    /// The item that a resource is, where it is meant as a reason: as a concern if it is one.
    pub(super) fn as_reason(&self, key: &ResourceKey) -> Option<&Place> {
        self.concerns.get(key).or_else(|| self.others.get(key))
    }

    /// The item of a part of a resource: an activity that only a plan describes.
    pub(super) fn of_part(&self, key: &ResourceKey, part: usize) -> Option<&Place> {
        self.parts.get(&(key.clone(), part))
    }

    /// The item that a resource is, where it is meant as a result: as a concern only if it is nothing else.
    pub(super) fn as_result(&self, key: &ResourceKey) -> Option<&Place> {
        self.others.get(key).or_else(|| self.concerns.get(key))
    }
}

/// The column of an intervention.
pub(super) fn column(intervention: &Intervention) -> Column {
    match intervention.phase {
        Phase::Planned => Column::Planned,
        Phase::Performed => Column::Performed,
    }
}

fn add<'p>(places: &mut HashMap<&'p ResourceKey, Place>, column: Column, item: &'p Item) {
    for member in item.members.iter().filter(|member| member.part.is_none()) {
        places.insert(&member.key, Place { column, id: item.id.clone() });
    }
}
