//! What a plan points at that is kept here and is no part of itself: concerns, and other plans with their parts.
//!
//! A command sees one plan only. Whether what it points at is there, and is of the same person, is known outside.

use super::{About, Plan};
use crate::Foreign;
use crate::fhir::{OWN, ResourceKind};

/// A resource of the shared plans, as a plan points at it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointed {
    /// Its type; never Provenance or Patient.
    pub kind: ResourceKind,
    /// Its id.
    pub id: String,
}

impl Plan {
    /// All of it, each with its field within the part that points.
    pub fn pointed(&self) -> Vec<(String, Pointed)> {
        let mut found = Vec::new();
        self.clone().keep_pointed(&mut |field, pointed| {
            found.push((field, pointed.clone()));
            true
        });
        found
    }

    /// Leaves out what `keeps` says no to.
    pub fn keep_pointed(&mut self, keeps: &mut dyn FnMut(String, &Pointed) -> bool) {
        let content = &mut self.content;
        retain("/addresses", &mut content.addresses, of_about, keeps);
        retain("/supporting_information", &mut content.supporting_information, of_foreign, keeps);
        retain("/replaces", &mut content.replaces, of_foreign, keeps);
        for goal in &mut self.goals {
            retain("/addresses", &mut goal.content.addresses, of_about, keeps);
        }
        for activity in &mut self.activities {
            retain("/reasons", &mut activity.content.reasons, of_about, keeps);
            let goes =
                |planned: &mut Foreign| of_foreign(planned).is_some_and(|one| !keeps("/planned".to_owned(), &one));
            activity.content.planned.take_if(goes);
            if let Some(completion) = &mut activity.completion {
                retain("/performed", &mut completion.performed, of_foreign, keeps);
            }
        }
    }
}

fn retain<T>(
    field: &str,
    list: &mut Vec<T>,
    pointed: impl Fn(&T) -> Option<Pointed>,
    keeps: &mut dyn FnMut(String, &Pointed) -> bool,
) {
    let mut at = 0;
    list.retain(|one| {
        let field = format!("{field}/{at}");
        at += 1;
        pointed(one).is_none_or(|one| keeps(field, &one))
    });
}

fn of_about(about: &About) -> Option<Pointed> {
    match about {
        About::Concern(id) => Some(Pointed { kind: ResourceKind::Condition, id: id.to_string() }),
        About::Foreign(foreign) => of_foreign(foreign),
        About::Goal(_) | About::Activity(_) => None,
    }
}

fn of_foreign(foreign: &Foreign) -> Option<Pointed> {
    let kind = ResourceKind::parse(&foreign.kind).filter(|_| foreign.source == OWN)?;
    let is_kept = !matches!(kind, ResourceKind::Provenance | ResourceKind::Patient);
    is_kept.then(|| Pointed { kind, id: foreign.id.clone() })
}
