//! What an item of several records is called: what all share, with the difference in words.

use std::collections::BTreeMap;

use super::proposals;
use crate::plan::{ConcernStatement, Evidence};

/// What a concern is called that no record has words for.
pub(super) const UNTITLED_CONCERN: &str = "Untitled concern";

/// The title of a concern: where the records name different stages of one concept, the concept and all stages.
pub(super) fn of_concern(statements: &[ConcernStatement], because: &[Evidence]) -> String {
    let named =
        || statements.iter().map(|statement| statement.title.as_str()).filter(|title| *title != UNTITLED_CONCERN);
    let concept = because.iter().find_map(|evidence| match evidence {
        Evidence::SameConcept { concept } => Some(concept),
        _ => None,
    });
    let mut stages: Vec<&str> = statements.iter().filter_map(|statement| statement.stage.as_deref()).collect();
    stages.sort_by_key(|stage| (stage.to_lowercase(), *stage));
    stages.dedup_by_key(|stage| stage.to_lowercase());
    if let (Some(concept), [_, _, ..]) = (concept, &stages[..]) {
        return format!("{concept}, {}", either(&stages));
    }
    most_used(named()).unwrap_or_else(|| UNTITLED_CONCERN.to_owned())
}

/// "stage 3b or 4" of "Stage 3b" and "Stage 4".
fn either(stages: &[&str]) -> String {
    let bare = |stage: &str| stage.strip_prefix("Stage ").unwrap_or(stage).to_owned();
    let all: Vec<String> = stages.iter().map(|stage| bare(stage)).collect();
    format!("stage {}", all.join(" or "))
}

/// More titles than this are counted and not told.
const MOST_TOLD: usize = 3;

/// The title of a goal: what its records call it, all of it. Goals of one measure may be meant differently ("below 7" and
/// "below 8", or a diet and a sugar), and the words of one must not stand for the others.
pub(super) fn of_goal<'t>(titles: impl Iterator<Item = &'t str>) -> Option<String> {
    let mut different: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for title in titles {
        different.entry(proposals::plain(title)).or_default().push(title);
    }
    let mut told: Vec<(usize, String)> =
        different.into_values().filter_map(|titles| Some((titles.len(), most_used(titles.into_iter())?))).collect();
    told.sort_by_key(|(count, title)| (std::cmp::Reverse(*count), title.len(), title.clone()));
    let more = told.len().saturating_sub(MOST_TOLD);
    let told: Vec<String> = told.into_iter().take(MOST_TOLD).map(|(_, title)| title).collect();
    match (told.is_empty(), more) {
        (true, _) => None,
        (false, 0) => Some(told.join(" or ")),
        (false, more) => Some(format!("{} or {more} more", told.join(" or "))),
    }
}

/// The title that most records use; of several the shortest, then the first in the alphabet.
pub(super) fn most_used<'t>(titles: impl Iterator<Item = &'t str>) -> Option<String> {
    let mut counted: BTreeMap<String, (usize, &str)> = BTreeMap::new();
    for title in titles {
        let entry = counted.entry(title.to_lowercase()).or_insert((0, title));
        entry.0 += 1;
        // Of two spellings of one title the first in the alphabet, whichever came first.
        entry.1 = entry.1.min(title);
    }
    let best = counted.into_values().min_by_key(|(count, title)| (std::cmp::Reverse(*count), title.len(), *title));
    best.map(|(_, title)| title.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_is_the_one_that_most_records_use() {
        assert_eq!(most_used(["HTN", "Hypertension", "hypertension"].into_iter()).as_deref(), Some("Hypertension"));
        assert_eq!(most_used(["Hypertension", "HTN"].into_iter()).as_deref(), Some("HTN"));
        assert_eq!(most_used(std::iter::empty()), None);
    }

    #[test]
    fn different_stages_are_told_in_the_title() {
        assert_eq!(either(&["Stage 3b", "Stage 4"]), "stage 3b or 4");
    }
}
