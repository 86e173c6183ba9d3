//! What the forms of the shared plan offer from the consolidated plan. A form names an item of its launch; what it means is
//! looked up here on both ways.

use std::collections::BTreeSet;

use care_plan::plan::{ItemId, TeamMember};
use care_plan::{ConsolidatedPlan, Snapshot};
use fhir::ResourceKey;
use shared_plan::plan::{Coded, Coding};

use crate::desk::member_name;

/// The measures that one can choose: those that the person has readings of, as their records call them.
pub fn measures(plan: &ConsolidatedPlan) -> Vec<(ItemId, Coded)> {
    let coding = |coding: &fhir::Coding| {
        let (system, code) = (coding.system.clone().0?, coding.code.clone().0?);
        Some(Coding { system, code, display: coding.display.clone().0, unverified: false })
    };
    (plan.outcomes.iter())
        .map(|outcome| {
            let codings = outcome.code.coding.iter().filter_map(coding).collect();
            (outcome.item.id.clone(), Coded { text: Some(outcome.item.title.clone()), codings })
        })
        .filter(|(_, coded): &(ItemId, Coded)| !coded.codings.is_empty())
        .collect()
}

/// One entry for each person or organisation of the consolidated team who belongs to it now, as a source names them.
pub fn proposed_team(plan: &ConsolidatedPlan) -> Vec<&TeamMember> {
    let mut seen = BTreeSet::new();
    let theirs = plan.team.iter().filter(|member| member.key.source.as_str() != super::SOURCE);
    theirs.filter(|member| !member.former && seen.insert(&member.who)).collect()
}

/// The organisations that the person's records name: their name in forms, their key, and what they are called.
pub fn organisations(snapshot: &Snapshot) -> Vec<(String, ResourceKey, String)> {
    #[derive(Default, serde::Deserialize)]
    #[serde(default)]
    struct Named {
        name: Option<String>,
    }
    let resources = snapshot.records.iter().flat_map(|record| &record.resources);
    let mut found: Vec<_> = resources
        .filter(|resource| resource.kind() == "Organization")
        .filter_map(|resource| {
            let name = resource.read::<Named>().name?;
            Some((member_name(resource.key()), resource.key().clone(), name))
        })
        .collect();
    found.sort_by(|one, other| (&one.2, &one.1).cmp(&(&other.2, &other.1)));
    found
}
