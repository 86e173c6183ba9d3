//! The consolidated plan: what screens, exports and rules read.

mod allergy;
mod aside;
mod concern;
mod goal;
mod header;
mod intervention;
mod issue;
mod item;
mod link;
mod outcome;
mod person;
pub mod status;
mod team;

use std::collections::{BTreeMap, BTreeSet};

use fhir::ResourceKey;
use serde::Serialize;

pub use allergy::*;
pub use aside::*;
pub use concern::*;
pub use goal::*;
pub use header::*;
pub use intervention::*;
pub use issue::*;
pub use item::*;
pub use link::*;
pub use outcome::*;
pub use person::*;
pub use team::*;

use crate::snapshot::{Problem, Source};

/// One plan from every record.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ConsolidatedPlan {
    /// The person as each source describes them, side by side.
    pub people: Vec<Demographics>,
    /// What sources say about who is the same human (Linkage).
    pub identity: Vec<IdentityEvidence>,
    /// Allergies, a list for each source with its state.
    pub allergies: Vec<AllergyList>,
    /// Each allergy over all sources.
    pub allergy_items: Vec<Allergy>,
    /// Health concerns.
    pub concerns: Vec<Concern>,
    /// Goals.
    pub goals: Vec<Goal>,
    /// Interventions, planned and performed.
    pub interventions: Vec<Intervention>,
    /// Outcomes: measures with their readings.
    pub outcomes: Vec<Outcome>,
    /// Care team: an entry for each participant of each team.
    pub team: Vec<TeamMember>,
    /// Links between items, stated and inferred.
    pub links: Vec<Link>,
    /// The plans (CarePlan resources) that were joined.
    pub plans: Vec<PlanHeader>,
    /// Where the records differ, and what the plan lacks; the gravest first.
    pub issues: Vec<DetectedIssue>,
    /// Items that may be the same and that nothing proves to be: text alone never joins.
    pub proposals: Vec<Proposal>,
    /// What was received but could not be used, with its source.
    pub problems: Vec<(Source, Problem)>,
    /// Resources that are in no item, each with the reason.
    pub aside: Vec<Aside>,
}

/// Two or more items that carry the same words and nothing else in common: perhaps one, for a person to say.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Proposal {
    /// The items, sorted.
    pub items: Vec<ItemId>,
    /// The words they share.
    pub words: String,
}

impl ConsolidatedPlan {
    /// Every resource that has a place in the plan beside [`Self::aside`]; one that has two comes twice.
    ///
    /// Together with `aside` these are all resources of the snapshot: nothing read is lost.
    pub fn placed(&self) -> impl Iterator<Item = &ResourceKey> {
        let items = (self.concerns.iter().map(|concern| &concern.item))
            .chain(self.goals.iter().map(|goal| &goal.item))
            .chain(self.interventions.iter().map(|intervention| &intervention.item))
            .chain(self.outcomes.iter().map(|outcome| &outcome.item));
        (items.flat_map(|item| &item.members).map(|member| &member.key))
            .chain(self.people.iter().map(|person| &person.key))
            .chain(self.identity.iter().map(|evidence| &evidence.key))
            .chain(self.allergies.iter().flat_map(|list| &list.keys))
            .chain(self.team.iter().map(|member| &member.key))
            .chain(self.plans.iter().map(|plan| &plan.key))
    }

    /// Everything on the way through an item: back to its concerns and on to its outcomes, the item itself among them.
    ///
    /// Goes up against and then down along the links, so that two goals of one concern do not light each other's
    /// interventions. A circle of links ends the walk.
    pub fn thread(&self, item: &ItemId) -> BTreeSet<ItemId> {
        let mut down: BTreeMap<&ItemId, Vec<&ItemId>> = BTreeMap::new();
        let mut up: BTreeMap<&ItemId, Vec<&ItemId>> = BTreeMap::new();
        for link in &self.links {
            down.entry(&link.from).or_default().push(&link.to);
            up.entry(&link.to).or_default().push(&link.from);
        }
        let mut lit = BTreeSet::from([item.clone()]);
        for neighbours in [&up, &down] {
            let mut seen = BTreeSet::from([item]);
            let mut open = vec![item];
            while let Some(at) = open.pop() {
                for next in neighbours.get(at).into_iter().flatten() {
                    if seen.insert(next) {
                        lit.insert((*next).clone());
                        open.push(next);
                    }
                }
            }
        }
        lit
    }
}
