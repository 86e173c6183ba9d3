//! What a part of the plan points at, as boxes of a form say it.
//!
//! *Invariant:* a form takes away only what it has offered and its user has unticked. What it could not show, because a
//! record was late, failed or is over, stays; so do boxes that nobody touched, whatever has come to stand beside them.

use app::desk::member_name;
use app::desk::shared_plan::SOURCE;
use care_plan::ConsolidatedPlan;
use fhir::ResourceKey;
use shared_plan::commands::{Problem, Refusal, Wrong};
use shared_plan::plan::About;
use shared_plan::{Foreign, Id};

use super::coded::foreign;
use crate::shared_plan::Fields;

/// The boxes of one field.
#[derive(Debug)]
pub struct Links {
    field: &'static str,
    /// Each box by all names that it stands for: those of the resources that are one item.
    offered: Vec<Vec<String>>,
    ticked: Vec<String>,
}

impl Links {
    /// Reads the boxes of a field.
    pub fn read(fields: &Fields<'_>, field: &'static str) -> Self {
        let names = |text: &str| text.split_whitespace().map(str::to_owned).collect();
        let offered = fields.all(&format!("{field}-offered")).into_iter().map(names).collect();
        Self { field, offered, ticked: fields.all(field).into_iter().map(str::to_owned).collect() }
    }

    /// What is pointed at now: what was before, without what was unticked, and with what `find` finds by the names of a box
    /// that was ticked. A box of several names may have become a part of another item meanwhile; any of its names finds it.
    ///
    /// # Errors
    /// The field, where a box was ticked of which nothing is found any more.
    pub fn apply<T: Clone>(
        &self,
        old: &[T],
        name: impl Fn(&T) -> Option<String>,
        find: impl Fn(&[String]) -> Vec<T>,
    ) -> Result<Vec<T>, Refusal> {
        let is_in = |names: &[String], link: &T| name(link).is_some_and(|name| names.contains(&name));
        let is_ticked = |names: &[String]| names.iter().any(|name| self.ticked.contains(name));
        let unticked: Vec<&Vec<String>> = self.offered.iter().filter(|names| !is_ticked(names)).collect();
        let stays = |link: &&T| !unticked.iter().any(|names| is_in(names, link));
        let mut links: Vec<T> = old.iter().filter(stays).cloned().collect();
        let alone = self.ticked.iter().filter(|name| !self.offered.iter().any(|names| names.contains(name)));
        let ticked = self.offered.iter().filter(|names| is_ticked(names)).cloned();
        for names in ticked.chain(alone.map(|name| vec![name.clone()])) {
            if links.iter().any(|link| is_in(&names, link)) {
                continue;
            }
            let found = find(&names);
            if found.is_empty() {
                let wrong = Problem { field: self.field.to_owned(), wrong: Wrong::PointsNowhere };
                return Err(Refusal::Invalid(vec![wrong]));
            }
            for new in found {
                let known = name(&new);
                if !links.iter().any(|link| name(link) == known) {
                    links.push(new);
                }
            }
        }
        Ok(links)
    }

    /// The concerns that are chosen: each resource of each.
    ///
    /// # Errors
    /// The field, where one is not there any more.
    pub fn concerns(&self, plan: &ConsolidatedPlan, old: &[About]) -> Result<Vec<About>, Refusal> {
        self.apply(
            old,
            |about| key_of(about).map(|key| member_name(&key)),
            |names| {
                let is_it = |concern: &&care_plan::plan::Concern| {
                    let members = &concern.item.members;
                    names.contains(&concern.item.id.0)
                        || members.iter().any(|member| names.contains(&member_name(&member.key)))
                };
                let found = plan.concerns.iter().filter(is_it);
                let about = |concern: &care_plan::plan::Concern| {
                    let title = concern.item.title.clone();
                    concern.item.members.iter().map(move |member| new_about(&member.key, &title)).collect::<Vec<_>>()
                };
                found.flat_map(about).collect()
            },
        )
    }
}

/// The resource that is pointed at; parts of the same plan are none.
fn key_of(about: &About) -> Option<ResourceKey> {
    let of = |source: &str, kind: &str, id: String| ResourceKey {
        source: fhir::SourceId::new(source),
        kind: kind.to_owned(),
        id,
    };
    match about {
        About::Foreign(foreign) => Some(of(&foreign.source, &foreign.kind, foreign.id.clone())),
        About::Concern(id) => Some(of(SOURCE, "Condition", id.to_string())),
        About::Goal(_) | About::Activity(_) => None,
    }
}

/// The name of a foreign resource in forms.
pub fn name_of(known: &Foreign) -> String {
    member_name(&ResourceKey {
        source: fhir::SourceId::new(known.source.as_str()),
        kind: known.kind.clone(),
        id: known.id.clone(),
    })
}

/// A concern that was entered here is pointed at as one of ours.
fn new_about(key: &ResourceKey, title: &str) -> About {
    let own = (key.source.as_str() == SOURCE && key.kind == "Condition").then(|| Id::parse(&key.id)).flatten();
    own.map_or_else(|| About::Foreign(foreign(key, title)), About::Concern)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    /// What a form says, what was pointed at, and what is.
    fn now(typed: &[(&str, &str)], old: &[&str], there: &[&str]) -> Result<Vec<String>, Refusal> {
        let typed: Vec<(String, String)> =
            typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let links = Links::read(&Fields::of(&typed), "concern");
        let old: Vec<String> = old.iter().map(|link| (*link).to_owned()).collect();
        let find = |names: &[String]| {
            let items = there.iter().map(|item| item.split(' ').collect::<Vec<_>>());
            let found = items.filter(|item| item.iter().any(|name| names.iter().any(|known| known == name)));
            found.flatten().map(str::to_owned).collect()
        };
        links.apply(&old, |link| Some(link.clone()), find)
    }

    #[test]
    fn a_link_that_no_form_had_offered_was_taken_away() {
        let untouched = [("concern-offered", "a"), ("concern", "a")];
        assert_eq!(now(&untouched, &["a", "late"], &["a", "late"]).unwrap(), ["a", "late"]);
        assert_eq!(now(&[], &["late"], &["late"]).unwrap(), ["late"], "nor by a form without any box");
        assert_eq!(now(&[("concern-offered", "a")], &["a", "late"], &["a", "late"]).unwrap(), ["late"]);
    }

    #[test]
    fn a_ticked_box_was_unknown_when_a_record_that_sorts_before_had_joined_its_item() {
        let ticked = [("concern-offered", "b"), ("concern", "b")];
        assert_eq!(now(&ticked, &[], &["a b"]).unwrap(), ["a", "b"]);
        assert_eq!(now(&ticked, &["b"], &["a b"]).unwrap(), ["b"], "what nobody touched stays as it is");
        // It was drawn as two, of which one was linked, and is one by now.
        let two = [("concern-offered", "a"), ("concern-offered", "b"), ("concern", "a")];
        assert_eq!(now(&two, &["a"], &["a b"]).unwrap(), ["a"]);
    }

    #[test]
    fn a_ticked_box_of_which_nothing_is_left_was_dropped_without_a_word() {
        let ticked = [("concern-offered", "b"), ("concern", "b")];
        let wrong = Problem { field: "concern".to_owned(), wrong: Wrong::PointsNowhere };
        assert_eq!(now(&ticked, &[], &["a"]), Err(Refusal::Invalid(vec![wrong])));
        // What is linked already needs nobody to find it.
        let of_two = [("concern-offered", "a b"), ("concern", "a")];
        assert_eq!(now(&of_two, &["b"], &[]).unwrap(), ["b"]);
    }

    #[test]
    fn every_name_of_an_unticked_box_goes() {
        assert_eq!(now(&[("concern-offered", "a b c")], &["b", "d", "c"], &[]).unwrap(), ["d"]);
    }
}
