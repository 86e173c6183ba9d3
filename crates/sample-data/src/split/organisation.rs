//! Each organisation that provided care becomes a server with what it recorded.
//!
//! The server of a resource is the service provider of its encounter; what has no encounter follows the resource that
//! it belongs to, and the rest lies where most encounters were.

use std::collections::{BTreeMap, HashMap};

use fhir_server::Local;
use serde_json::Value;

use super::{Holders, is_staff, lay, local, people, referred};
use crate::Server;

/// Splits a record over at most so many servers: the organisation of most encounters and those with most resources get
/// one each, the others share the last.
pub fn split(record: &[Value], most: usize) -> Vec<Server> {
    let providers = Providers::of(record);
    let ranked = providers.ranked();
    let servers = most.min(ranked.len()).max(1);
    let at = |provider: &Local| ranked.iter().position(|known| known == provider).unwrap_or(0).min(servers - 1);
    let mut holders = Holders::new();
    for resource in record.iter().filter(|resource| !resource["resourceType"].as_str().is_some_and(is_staff)) {
        holders.insert(local(resource), providers.of_resource(resource).map_or(0, at));
    }
    people::place_staff(record, &mut holders);
    lay(record, &holders, servers)
}

/// How many organisations provided care.
pub fn organisations(record: &[Value]) -> usize {
    Providers::of(record).ranked().len()
}

/// Who provided what.
struct Providers<'a> {
    /// The provider of each encounter.
    encounters: HashMap<Local, Local>,
    /// The provider of each goal that a plan or a condition gives one.
    goals: HashMap<Local, Local>,
    /// The provider of most encounters.
    home: Option<Local>,
    record: &'a [Value],
}

impl<'a> Providers<'a> {
    fn of(record: &'a [Value]) -> Self {
        let encounters: HashMap<Local, Local> = of_kind(record, "Encounter")
            .filter_map(|encounter| Some((local(encounter), referred(&encounter["serviceProvider"])?)))
            .collect();
        let mut counts: BTreeMap<&Local, usize> = BTreeMap::new();
        for provider in encounters.values() {
            *counts.entry(provider).or_default() += 1;
        }
        let home = most(counts);
        let mut providers = Self { encounters, goals: HashMap::new(), home, record };
        providers.goals =
            of_kind(record, "Goal").filter_map(|goal| Some((local(goal), providers.of_goal(goal)?))).collect();
        providers
    }

    /// The providers: the one of most encounters first, then by the number of resources.
    fn ranked(&self) -> Vec<Local> {
        let mut counts: BTreeMap<&Local, usize> = BTreeMap::new();
        for provider in self.record.iter().filter_map(|resource| self.of_resource(resource)) {
            *counts.entry(provider).or_default() += 1;
        }
        let mut ranked: Vec<(&Local, usize)> = counts.into_iter().collect();
        let rank = |(provider, count): &(&Local, usize)| (Some(*provider) != self.home.as_ref(), usize::MAX - count);
        ranked.sort_by(|one, other| rank(one).cmp(&rank(other)).then_with(|| one.0.cmp(other.0)));
        ranked.into_iter().map(|(provider, _)| provider.clone()).collect()
    }

    fn of_resource(&self, resource: &Value) -> Option<&Local> {
        let own = local(resource);
        self.encounters
            .get(&own)
            .or_else(|| self.goals.get(&own))
            .or_else(|| self.of_encounter(resource))
            .or_else(|| self.of_claim(resource))
            .or(self.home.as_ref())
    }

    /// By the encounter that a resource names.
    fn of_encounter(&self, resource: &Value) -> Option<&Local> {
        let named = [&resource["encounter"], &resource["context"]["encounter"][0], &resource["context"]];
        named.into_iter().filter_map(referred).find_map(|encounter| self.encounters.get(&encounter))
    }

    /// By the provider of a claim where that is an organisation with encounters, else by the encounter of its first item.
    fn of_claim(&self, resource: &Value) -> Option<&Local> {
        let provider = referred(&resource["provider"]);
        let known = provider.and_then(|provider| self.encounters.values().find(|known| **known == provider));
        known.or_else(|| self.encounters.get(&referred(&resource["item"][0]["encounter"][0])?))
    }

    /// By the plan that lists a goal, else by the condition it addresses, else by the plan whose second category has its
    /// words.
    fn of_goal(&self, goal: &Value) -> Option<Local> {
        let own = local(goal);
        let plans = || of_kind(self.record, "CarePlan");
        let lists =
            |plan: &&Value| plan["goal"].as_array().into_iter().flatten().any(|to| referred(to) == Some(own.clone()));
        let words = |plan: &&Value| {
            let text = &goal["description"]["text"];
            text.is_string() && plan["category"][1]["text"] == *text
        };
        let addressed = || {
            let condition = referred(&goal["addresses"][0])?;
            of_kind(self.record, "Condition").find(|resource| local(resource) == condition)
        };
        let owner = plans().find(lists).or_else(addressed).or_else(|| plans().find(words))?;
        self.of_encounter(owner).cloned()
    }
}

fn of_kind<'a>(record: &'a [Value], kind: &'a str) -> impl Iterator<Item = &'a Value> {
    record.iter().filter(move |resource| resource["resourceType"] == kind)
}

/// The one with the highest count; of several the first in order.
pub(super) fn most<T: Clone + Ord>(counts: BTreeMap<&T, usize>) -> Option<T> {
    counts
        .into_iter()
        .max_by(|(one, few), (other, many)| few.cmp(many).then_with(|| other.cmp(one)))
        .map(|(found, _)| found.clone())
}
