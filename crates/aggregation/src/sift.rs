//! What a page holds for the plan: resources about the person, and why the others stay out.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use care_plan::snapshot::{Problem, ProblemKind};
use fhir::{Resource, SourceId};
use fhir_client::Page;

use crate::about::{About, Person};
use crate::references;

/// What some entries hold for the plan.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sifted {
    /// May be shown.
    pub(crate) resources: Vec<Arc<Resource>>,
    /// May not, or are none.
    pub(crate) problems: Vec<Problem>,
    /// How many of the problems are entries that should have been resources about the person.
    pub(crate) unusable: usize,
    /// What the resources refer to, by type and id.
    pub(crate) wanted: BTreeSet<(String, String)>,
    /// Entries that came.
    pub(crate) entries: usize,
}

impl Sifted {
    /// Sorts the entries of a page that came in answer to a search for `kind`.
    pub(crate) fn page(page: Page, kind: &str, source: &SourceId, person: &Person) -> Self {
        let mut sifted = Self { entries: page.entries(), ..Self::default() };
        for entry in page.problems {
            sifted.keep_out(entry.kind, ProblemKind::Unreadable(entry.what));
        }
        for outcome in page.outcomes.into_iter().filter(|outcome| !outcome.informs) {
            let said = outcome.said.unwrap_or_else(|| "an outcome without words".into());
            sifted.problems.push(Problem { about: Some(kind.to_owned()), kind: ProblemKind::Said(said) });
        }
        for resource in page.resources {
            sifted.add(resource, person);
        }
        sifted.alert(kind, source);
        sifted
    }

    /// An answer about somebody else than was asked for: nothing of it is kept but the problem.
    pub(crate) fn of_another_person(kind: &str, source: &SourceId) -> Self {
        let mut sifted = Self { entries: 1, ..Self::default() };
        sifted.keep_out(Some(kind.to_owned()), ProblemKind::OtherPatient);
        sifted.alert(kind, source);
        sifted
    }

    /// One resource that was asked for by its id.
    pub(crate) fn one(resource: Resource, source: &SourceId, person: &Person) -> Self {
        let mut sifted = Self { entries: 1, ..Self::default() };
        let kind = resource.kind().to_owned();
        sifted.add(resource, person);
        sifted.alert(&kind, source);
        sifted
    }

    /// Everything of one type that is kept here.
    pub(crate) fn own(resources: Vec<Resource>, kind: &str, source: &SourceId, person: &Person) -> Self {
        let mut sifted = Self { entries: resources.len(), ..Self::default() };
        for resource in resources {
            sifted.add(resource, person);
        }
        sifted.alert(kind, source);
        sifted
    }

    /// Parts off what came along: resources of another type than was asked for, by type.
    ///
    /// Their type tells them, not their `search.mode`: there are servers that leave it out, or call all of them matches
    /// (smart-launch F8).
    pub(crate) fn part_off(&mut self, kind: &str) -> BTreeMap<String, Self> {
        let (own, along): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.resources).into_iter().partition(|resource| resource.kind() == kind);
        self.resources = own;
        let mut parted: BTreeMap<String, Self> = BTreeMap::new();
        for resource in along {
            self.entries -= 1;
            let part = parted.entry(resource.kind().to_owned()).or_default();
            part.entries += 1;
            part.resources.push(resource);
        }
        parted
    }

    /// Leaves out resources that are known.
    pub(crate) fn forget(&mut self, is_known: impl Fn(&Resource) -> bool) {
        let came = self.resources.len();
        self.resources.retain(|resource| !is_known(resource));
        self.entries -= came - self.resources.len();
    }

    fn add(&mut self, resource: Resource, person: &Person) {
        let name = Some(format!("{}/{}", resource.kind(), resource.id()));
        match person.of(&resource) {
            About::Person | About::Nobody => {
                self.wanted.append(&mut references::of(resource.kind(), resource.raw(), &person.base));
                self.resources.push(Arc::new(resource));
            }
            About::OtherPatient => self.keep_out(name, ProblemKind::OtherPatient),
            About::Unsaid => self.keep_out(name, ProblemKind::NoPatient),
        }
    }

    fn keep_out(&mut self, about: Option<String>, kind: ProblemKind) {
        self.unusable += 1;
        self.problems.push(Problem { about, kind });
    }

    /// Tells the operators, without ids of people, that a source mixes patients up.
    fn alert(&self, kind: &str, source: &SourceId) {
        let strangers = self.problems.iter().filter(|problem| problem.kind == ProblemKind::OtherPatient).count();
        if strangers > 0 {
            tracing::warn!(%source, kind, strangers, "kept out what a source sent about another patient");
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Entries of every kind that a page may hold; the first four are resources that may be shown.
    const SHAPES: [&str; 12] = [
        r#"{"resource":{"resourceType":"Goal","id":"ID","subject":{"reference":"Patient/p1"}}}"#,
        r#"{"resource":{"resourceType":"Patient","id":"p1"}}"#,
        r#"{"resource":{"resourceType":"Practitioner","id":"ID"},"search":{"mode":"include"}}"#,
        r#"{"resource":{"resourceType":"Goal","id":"ID","meta":{"versionId":"ID"},"subject":{"reference":"Patient/p1"}}}"#,
        r#"{"resource":{"resourceType":"Goal","id":"ID","subject":{"reference":"Patient/p2"}}}"#,
        r#"{"resource":{"resourceType":"Goal","id":"ID"}}"#,
        r#"{"resource":{"resourceType":"Goal"}}"#,
        r#"{"resource":{"resourceType":"OperationOutcome","issue":[{"severity":"error","diagnostics":"no"}]}}"#,
        r#"{"resource":{"resourceType":"OperationOutcome","issue":[{"severity":"information"}]}}"#,
        r#"{"fullUrl":"urn:uuid:1"}"#,
        "17",
        "null",
    ];
    const SHOWN: usize = 4;
    const INFORMS: usize = 8;

    pub(crate) fn person() -> Person {
        Person { id: "p1".into(), base: "https://ehr.example/fhir".parse().unwrap() }
    }

    /// A page with entries of these shapes and ids.
    pub(crate) fn page(entries: &[(usize, u8)]) -> Page {
        let entries = entries.iter().map(|(shape, id)| SHAPES[*shape].replace("ID", &id.to_string()));
        let entries = entries.collect::<Vec<_>>().join(",");
        let body = format!(r#"{{"resourceType":"Bundle","type":"searchset","entry":[{entries}]}}"#);
        Page::parse(&SourceId::new("a"), &body).unwrap()
    }

    pub(crate) fn sifted(entries: &[(usize, u8)]) -> Sifted {
        Sifted::page(page(entries), "Goal", &SourceId::new("a"), &person())
    }

    pub(crate) fn entries() -> impl Strategy<Value = Vec<(usize, u8)>> {
        proptest::collection::vec((0..SHAPES.len(), 1u8..5), 0..30)
    }

    proptest! {
        #[test]
        fn every_entry_is_shown_or_is_a_problem_or_only_informs(entries in entries()) {
            let sifted = sifted(&entries);
            let count = |shapes: fn(usize) -> bool| entries.iter().filter(|(shape, _)| shapes(*shape)).count();
            prop_assert_eq!(sifted.entries, entries.len());
            prop_assert_eq!(sifted.resources.len(), count(|shape| shape < SHOWN));
            prop_assert_eq!(sifted.problems.len(), count(|shape| shape >= SHOWN && shape != INFORMS));
        }
    }
}
