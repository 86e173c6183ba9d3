//! One resource once, however often it came.

use std::cmp::Ordering;
use std::sync::Arc;

use care_plan::snapshot::{Problem, ProblemKind};
use fhir::{FhirDate, Resource};

/// Keeps each resource once, sorted by key.
///
/// The same resource comes in several searches (an Observation of two categories) and, when it changes while pages are
/// read, in several versions: the newest is the resource. Two contents under one version cannot both be it: one is kept,
/// always the same one, and the other is a problem.
pub(crate) fn each_once(mut all: Vec<Arc<Resource>>) -> (Vec<Arc<Resource>>, Vec<Problem>) {
    all.sort_by(|one, other| one.key().cmp(other.key()).then_with(|| age(other, one)));
    let mut kept: Vec<Arc<Resource>> = Vec::with_capacity(all.len());
    let mut problems = Vec::new();
    for resource in all {
        match kept.last() {
            Some(newest) if newest.key() == resource.key() => {
                if newest.version() == resource.version() && newest.raw() != resource.raw() {
                    let about = Some(format!("{}/{}", resource.kind(), resource.id()));
                    let what = "came twice with different content under one version".to_owned();
                    problems.push(Problem { about, kind: ProblemKind::Unreadable(what) });
                }
            }
            _ => kept.push(resource),
        }
    }
    (kept, problems)
}

/// Orders two states of one resource, the older one first.
fn age(one: &Resource, other: &Resource) -> Ordering {
    let updated = |resource: &Resource| resource.meta().last_updated.as_ref().map(FhirDate::sort_key);
    let number = |resource: &Resource| resource.version().and_then(|version| version.parse::<u64>().ok());
    (updated(one).cmp(&updated(other)))
        .then_with(|| number(one).cmp(&number(other)))
        .then_with(|| one.version().cmp(&other.version()))
        .then_with(|| one.raw().cmp(other.raw()))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn goal(meta: &str, text: &str) -> Arc<Resource> {
        let raw = format!(r#"{{"resourceType":"Goal","id":"1","meta":{meta},"note":"{text}"}}"#);
        Arc::new(Resource::parse(&fhir::SourceId::new("a"), &raw).unwrap())
    }

    #[test]
    fn the_same_resource_twice_is_one() {
        let (kept, problems) = each_once(vec![goal(r#"{"versionId":"1"}"#, "x"), goal(r#"{"versionId":"1"}"#, "x")]);
        assert_eq!((kept.len(), problems.len()), (1, 0));
    }

    #[test]
    fn the_newest_version_is_the_resource() {
        let (nine, ten) = (goal(r#"{"versionId":"9"}"#, "old"), goal(r#"{"versionId":"10"}"#, "new"));
        let (kept, problems) = each_once(vec![ten, nine]);
        assert!(kept[0].raw().contains("new") && kept.len() == 1 && problems.is_empty());
    }

    #[test]
    fn two_contents_under_one_version_are_a_problem() {
        let (kept, problems) = each_once(vec![goal("{}", "x"), goal("{}", "y")]);
        assert_eq!((kept.len(), problems.len()), (1, 1));
    }

    proptest! {
        #[test]
        fn the_order_of_arrival_changes_nothing(
            mut states in proptest::collection::vec((0u8..3, 0u8..3, 0u8..2), 0..12),
            turn in 0usize..12,
        ) {
            let draw = |states: &[(u8, u8, u8)]| {
                let all = states.iter().map(|(version, day, text)| {
                    let meta = format!(r#"{{"versionId":"{version}","lastUpdated":"2026-01-0{}T00:00:00Z"}}"#, day + 1);
                    goal(&meta, &text.to_string())
                });
                let (kept, mut problems) = each_once(all.collect());
                problems.sort_by_key(|problem| problem.about.clone());
                (kept.iter().map(|goal| goal.raw().to_owned()).collect::<Vec<_>>(), problems)
            };
            let before = draw(&states);
            let turn = turn % states.len().max(1);
            states.rotate_left(turn);
            prop_assert_eq!(&before, &draw(&states));
            states.reverse();
            prop_assert_eq!(&before, &draw(&states));
        }
    }
}
