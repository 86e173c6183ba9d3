//! All resources of a snapshot in the order of their keys, and where references between them lead.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap};

use fhir::{Many, Maybe, Reference, Resource, ResourceKey, SourceId, Target};
use serde::Deserialize;

use super::bases::Bases;
use super::linkages::{self, Tie};
use crate::snapshot::Snapshot;

/// The resources of all records, each key once, sorted by key.
pub(super) struct Records<'a> {
    all: Vec<&'a Resource>,
    by_key: HashMap<&'a ResourceKey, &'a Resource>,
    /// For `urn:uuid:…`: the only resource of a source with that id, `None` where several types share it.
    by_id: HashMap<(&'a SourceId, &'a str), Option<&'a Resource>>,
    /// For the same: what a source sent under that urn.
    by_urn: HashMap<(&'a SourceId, &'a str), Option<&'a Resource>>,
    /// For logical references: what has that identifier (system, value) at a source, or anywhere; `None` where several have.
    by_identifier: HashMap<(Option<&'a SourceId>, &'a str, &'a str), Option<&'a Resource>>,
    bases: Bases<'a>,
    names: RefCell<HashMap<ResourceKey, Option<String>>>,
    dangling: RefCell<BTreeSet<Dangling>>,
    ties: OnceCell<Vec<Tie>>,
}

/// A reference that leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Dangling {
    /// The resource that has the reference.
    pub(super) from: ResourceKey,
    /// The element it stands in, such as `Goal.addresses`.
    pub(super) element: String,
    /// The reference as written.
    pub(super) to: String,
}

/// Where a reference leads.
pub(super) enum Found<'a> {
    /// To a resource: of the same source, or of one that the reference names by its base.
    Resource(&'a Resource),
    /// Into the resource that refers; the label of what is contained there, if any.
    Contained(Option<String>),
    /// Nowhere by design: only words or a logical identifier.
    Words,
    /// To something that was not read.
    Missing(&'a str),
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct WithContained {
    contained: Many<Contained>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Coded {
    code: Maybe<fhir::CodeableConcept>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Contained {
    id: Maybe<String>,
    code: Maybe<fhir::CodeableConcept>,
}

impl<'a> Records<'a> {
    /// Puts the resources in order. Of two copies with one key the one its source changed last is taken.
    pub(super) fn of(snapshot: &'a Snapshot) -> Self {
        let all = newest(snapshot);
        let mut by_id = HashMap::new();
        for resource in &all {
            by_id
                .entry((&resource.key().source, resource.id()))
                .and_modify(|only| *only = None)
                .or_insert(Some(*resource));
        }
        let (mut by_urn, mut by_identifier) = (HashMap::new(), HashMap::new());
        for resource in &all {
            let source = &resource.key().source;
            if let Some(urn) = resource.urn() {
                by_urn.entry((source, urn)).and_modify(|only| *only = None).or_insert(Some(*resource));
            }
            for identifier in resource.identifiers() {
                let named = identifier.system.as_deref().zip(identifier.value.as_deref());
                for (place, (system, value)) in [Some(source), None].into_iter().zip(named.into_iter().cycle()) {
                    let only = by_identifier.entry((place, system, value)).or_insert(Some(*resource));
                    // A resource that says its identifier twice is still the only one.
                    *only = only.filter(|only| only.key() == resource.key());
                }
            }
        }
        let by_key = all.iter().map(|resource| (resource.key(), *resource)).collect();
        Self {
            all,
            by_key,
            by_id,
            by_urn,
            by_identifier,
            bases: Bases::of(snapshot),
            names: RefCell::default(),
            dangling: RefCell::default(),
            ties: OnceCell::new(),
        }
    }

    /// What sources say to be one, read once.
    pub(super) fn ties(&self) -> &[Tie] {
        self.ties.get_or_init(|| linkages::all(self))
    }

    /// All resources, sorted by key.
    pub(super) fn all(&self) -> &[&'a Resource] {
        &self.all
    }

    /// The resources of a type, sorted by key.
    pub(super) fn of_kind(&self, kind: &str) -> impl Iterator<Item = &'a Resource> {
        self.all.iter().copied().filter(move |resource| resource.kind() == kind)
    }

    /// Finds where a reference of a resource leads: within its own source, for two servers use the same ids freely, or to
    /// the source whose base address it names.
    pub(super) fn find<'r>(&self, from: &Resource, reference: &'r Reference) -> Found<'r>
    where
        'a: 'r,
    {
        let Some(text) = reference.reference.as_deref().filter(|text| !text.trim().is_empty()) else {
            return self.logical(from, reference).map_or(Found::Words, Found::Resource);
        };
        let found = match Target::parse(text) {
            Target::Relative { kind, id, .. } => {
                self.by_key.get(&ResourceKey { source: from.key().source.clone(), kind, id }).copied()
            }
            Target::Absolute { base, kind, id, .. } => {
                let holder = self.bases.meant(&base, &from.key().source);
                holder.and_then(|source| self.by_key.get(&ResourceKey { source: source.clone(), kind, id }).copied())
            }
            Target::Contained(id) => return contained(from, &id).map_or(Found::Missing(text), Found::Contained),
            Target::Urn(urn) => {
                let sent = self.by_urn.get(&(&from.key().source, urn.as_str())).copied().flatten();
                let id = urn.rsplit(':').next().unwrap_or_default();
                sent.or_else(|| self.by_id.get(&(&from.key().source, id)).copied().flatten())
            }
            Target::Other(_) => None,
        };
        found.map_or(Found::Missing(text), Found::Resource)
    }

    /// What a logical reference means: the one resource of its source that has the identifier, else the one of all, if it
    /// is of the type that the reference names, where it names one (smart-launch F9).
    fn logical(&self, from: &Resource, reference: &Reference) -> Option<&'a Resource> {
        let identifier = reference.identifier.as_ref()?;
        let (system, value) = identifier.system.as_deref().zip(identifier.value.as_deref())?;
        let at = |place| self.by_identifier.get(&(place, system, value)).copied();
        let found = at(Some(&from.key().source)).or_else(|| at(None)).flatten()?;
        reference.kind.as_deref().is_none_or(|kind| kind == found.kind()).then_some(found)
    }

    /// The resource that a reference leads to, if it was read.
    pub(super) fn resource(&self, from: &Resource, reference: &Reference) -> Option<&'a Resource> {
        match self.find(from, reference) {
            Found::Resource(resource) => self.by_key.get(resource.key()).copied(),
            Found::Contained(_) | Found::Words | Found::Missing(_) => None,
        }
    }

    /// Follows a reference that matters to the plan; one that leads nowhere is noted as dangling.
    pub(super) fn follow(&self, from: &Resource, element: &str, reference: &Reference) -> Option<&'a Resource> {
        match self.find(from, reference) {
            Found::Resource(resource) => self.by_key.get(resource.key()).copied(),
            Found::Missing(text) => {
                let dangling = Dangling { from: from.key().clone(), element: element.to_owned(), to: text.to_owned() };
                self.dangling.borrow_mut().insert(dangling);
                None
            }
            Found::Contained(_) | Found::Words => None,
        }
    }

    /// The source whose base a reference names that led nowhere, where it names one.
    pub(super) fn holder<'d>(&self, dangling: &'d Dangling) -> Option<&'d SourceId>
    where
        'a: 'd,
    {
        let Target::Absolute { base, .. } = Target::parse(&dangling.to) else { return None };
        self.bases.meant(&base, &dangling.from.source)
    }

    /// The references that led nowhere so far, in order.
    pub(super) fn dangling(&self) -> Vec<Dangling> {
        self.dangling.borrow().iter().cloned().collect()
    }

    /// Who or what a reference names, in words: its `display`, else the name of the resource it leads to.
    pub(super) fn name(&self, from: &Resource, reference: &Reference) -> Option<String> {
        if let Some(display) = reference.display.as_deref().map(str::trim).filter(|display| !display.is_empty()) {
            return Some(display.to_owned());
        }
        match self.find(from, reference) {
            Found::Resource(resource) => self.name_of(resource),
            Found::Contained(label) => label,
            Found::Words | Found::Missing(_) => None,
        }
    }

    /// What a clinical resource that a reference leads to is called: its code's label, else the reference's own words.
    pub(super) fn title(&self, from: &Resource, reference: &Reference) -> Option<String> {
        let own = || reference.display.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        match self.find(from, reference) {
            Found::Resource(resource) => super::codings::label(resource.read::<Coded>().code.as_ref()).or_else(own),
            Found::Contained(label) => label.or_else(own),
            Found::Words | Found::Missing(_) => own(),
        }
    }

    fn name_of(&self, resource: &Resource) -> Option<String> {
        if let Some(known) = self.names.borrow().get(resource.key()) {
            return known.clone();
        }
        // Set before looking further, so that two roles that name each other end the walk.
        self.names.borrow_mut().insert(resource.key().clone(), None);
        let name = super::people::name_of(self, resource);
        self.names.borrow_mut().insert(resource.key().clone(), name.clone());
        name
    }
}

/// The resources of all records, each key once, sorted by key: of several copies the one its source changed last.
pub(crate) fn newest(snapshot: &Snapshot) -> Vec<&Resource> {
    let mut newest: BTreeMap<&ResourceKey, &Resource> = BTreeMap::new();
    for resource in snapshot.records.iter().flat_map(|record| &record.resources) {
        let at = newest.entry(resource.key()).or_insert(resource);
        if age(at) < age(resource) {
            *at = resource;
        }
    }
    newest.into_values().collect()
}

/// What tells an older copy from a newer one, the same in whatever order they come.
fn age(resource: &Resource) -> (Option<i64>, Option<u64>, &str) {
    let version = resource.version().and_then(|version| version.parse().ok());
    (resource.meta().last_updated.as_ref().map(fhir::FhirDate::sort_key), version, resource.raw())
}

/// The label of a contained resource: `None` where there is none of that id, `Some(None)` where it has no label.
#[expect(clippy::option_option, reason = "two questions: is it there, and what is it called")]
fn contained(from: &Resource, id: &str) -> Option<Option<String>> {
    let within: WithContained = from.read();
    let found = within.contained.0.into_iter().find(|contained| contained.id.as_deref() == Some(id))?;
    Some(found.code.as_ref().and_then(|code| code.label().map(str::to_owned)))
}
