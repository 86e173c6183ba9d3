//! What rules may ask of the resources themselves, beside the plan that was made of them.

use fhir::{Reference, Resource, ResourceKey};

use super::problems;
use super::records::Records;
use crate::snapshot::Snapshot;

/// The resources of a snapshot, and where their references lead.
#[derive(Clone, Copy)]
pub(crate) struct Reach<'a> {
    records: &'a Records<'a>,
}

/// A reference that leads nowhere though everything it may lead to was read.
pub(crate) struct Lost {
    /// The resource that has the reference.
    pub(crate) from: ResourceKey,
    /// The element it stands in, such as `Goal.addresses`.
    pub(crate) element: String,
    /// The reference as written.
    pub(crate) to: String,
}

impl<'a> Reach<'a> {
    /// Over these records, when all their references have been followed.
    pub(super) fn new(records: &'a Records<'a>) -> Self {
        Self { records }
    }

    /// All resources, sorted by key.
    pub(crate) fn all(self) -> &'a [&'a Resource] {
        self.records.all()
    }

    /// The resources of a type, sorted by key.
    pub(crate) fn of_kind(self, kind: &str) -> impl Iterator<Item = &'a Resource> {
        self.records.of_kind(kind)
    }

    /// The resource of a key.
    pub(crate) fn get(self, key: &ResourceKey) -> Option<&'a Resource> {
        self.records.get(key)
    }

    /// The resource that a reference leads to, if it was read.
    pub(crate) fn leads_to(self, from: &Resource, to: &Reference) -> Option<&'a Resource> {
        self.records.resource(from, to)
    }

    /// Who or what a reference names, in words.
    pub(crate) fn name(self, from: &Resource, to: &Reference) -> Option<String> {
        self.records.name(from, to)
    }

    /// The references that matter to the plan and lead nowhere, in order.
    pub(crate) fn lost(self, snapshot: &Snapshot) -> Vec<Lost> {
        let lost = problems::lost(self.records, snapshot).into_iter();
        lost.map(|dangling| Lost { from: dangling.from, element: dangling.element, to: dangling.to }).collect()
    }
}
