//! Answers of the reading before, for a source that says that they have not changed (smart-launch F14).

use std::collections::BTreeMap;

use fhir_client::{Query, Status, Validators};

use super::SlotName;
use crate::sift::Sifted;

/// Answers of the reading before, each of one page, by what was asked.
#[derive(Debug, Default)]
pub(crate) struct Kept(BTreeMap<Asked, Answer>);

type Asked = (SlotName, Vec<(String, String)>);

/// One answer.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    /// What the source called it.
    pub(crate) validators: Validators,
    /// What was in it.
    pub(crate) sifted: Sifted,
    /// How the read ended.
    pub(crate) status: Status,
}

impl Kept {
    /// The answer to a query.
    pub(crate) fn lookup(&self, name: &SlotName, query: &Query) -> Option<Answer> {
        self.0.get(&asked(name, query)).cloned()
    }

    /// Keeps an answer, or none, in the place of the one before.
    pub(crate) fn replace(&mut self, name: &SlotName, query: &Query, answer: Option<Answer>) {
        match answer {
            Some(answer) => drop(self.0.insert(asked(name, query), answer)),
            None => drop(self.0.remove(&asked(name, query))),
        }
    }
}

fn asked(name: &SlotName, query: &Query) -> Asked {
    (name.clone(), query.params.clone())
}
