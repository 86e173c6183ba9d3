//! Items that carry the same words and nothing that proves them to be one: proposed, never joined.

use std::collections::BTreeMap;

use crate::plan::{ConsolidatedPlan, Item, Proposal};

/// Current concerns, goals and planned interventions whose titles are the same but for case and punctuation.
pub(super) fn of(plan: &ConsolidatedPlan) -> Vec<Proposal> {
    let concerns = plan.concerns.iter().filter(|concern| concern.is_current()).map(|concern| ('c', &concern.item));
    let goals = plan.goals.iter().filter(|goal| goal.is_current()).map(|goal| ('g', &goal.item));
    let planned = plan
        .interventions
        .iter()
        .filter(|intervention| intervention.phase == crate::plan::Phase::Planned && intervention.is_current());
    let planned = planned.map(|intervention| ('i', &intervention.item));
    let mut by_words: BTreeMap<(char, String), Vec<&Item>> = BTreeMap::new();
    for (column, item) in concerns.chain(goals).chain(planned) {
        let words = plain(&item.title);
        if !words.is_empty() && !words.starts_with("untitled") {
            by_words.entry((column, words)).or_default().push(item);
        }
    }
    let several = by_words.into_values().filter(|items| items.len() > 1);
    let mut proposals: Vec<Proposal> = several
        .map(|items| {
            let words = items.iter().map(|item| item.title.as_str()).min().unwrap_or_default().to_owned();
            let mut items: Vec<_> = items.into_iter().map(|item| item.id.clone()).collect();
            items.sort();
            Proposal { items, words }
        })
        .collect();
    proposals.sort();
    proposals
}

/// The words without case, punctuation and what SNOMED CT puts in brackets at the end.
pub(super) fn plain(title: &str) -> String {
    let title = title.rsplit_once(" (").filter(|(_, tag)| tag.ends_with(')')).map_or(title, |(name, _)| name);
    let letters: String = title.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    letters.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
