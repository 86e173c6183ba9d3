//! All resources of a snapshot in the order of their keys, and where references between them lead.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeSet, HashMap};

use fhir::{Many, Maybe, Reference, Resource, ResourceKey, SourceId, Target};
use serde::Deserialize;

use super::bases::Bases;
use super::linkages::{self, Tie};
use crate::snapshot::Snapshot;

/// The resources of all records, each key once, sorted by key.
pub(super) struct Records<'a> {
    all: Vec<&'a Resource>,
    /// Where each stands in `all`.
    by_key: HashMap<&'a ResourceKey, usize>,
    /// Those of each type, sorted by key.
    by_kind: HashMap<&'a str, Vec<&'a Resource>>,
    /// What a source sent under a urn; `None` where several are called so.
    by_urn: HashMap<(&'a SourceId, &'a str), Option<&'a Resource>>,
    /// For logical references: each identifier as a position in `all` and one among its own, by system and value. Few
    /// records have such references, so it is made for the first.
    identifiers: OnceCell<Vec<(usize, usize)>>,
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
pub(super) enum Found<'a, 'r> {
    /// To a resource: of the same source, or of one that the reference names by its base.
    Resource(&'a Resource),
    /// Into the resource that refers; the label of what is contained there, if any.
    Contained(Option<String>),
    /// Nowhere by design: only words or a logical identifier.
    Words,
    /// To something that was not read.
    Missing(&'r str),
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
        let mut by_kind: HashMap<&str, Vec<&Resource>> = HashMap::new();
        for of_kind in all.chunk_by(|one, other| one.kind() == other.kind()) {
            by_kind.entry(of_kind[0].kind()).or_default().extend(of_kind);
        }
        let mut by_urn = HashMap::new();
        for resource in &all {
            if let Some(urn) = resource.urn() {
                let only = by_urn.entry((&resource.key().source, urn));
                only.and_modify(|only| *only = None).or_insert(Some(*resource));
            }
        }
        Self {
            by_key: all.iter().enumerate().map(|(at, resource)| (resource.key(), at)).collect(),
            all,
            by_kind,
            by_urn,
            identifiers: OnceCell::new(),
            bases: Bases::of(snapshot),
            names: RefCell::default(),
            dangling: RefCell::default(),
            ties: OnceCell::new(),
        }
    }

    /// The resource of a key.
    pub(super) fn get(&self, key: &ResourceKey) -> Option<&'a Resource> {
        self.position(key).map(|at| self.all[at])
    }

    /// Where the resource of a key stands in [`Self::all`].
    pub(super) fn position(&self, key: &ResourceKey) -> Option<usize> {
        self.by_key.get(key).copied()
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
        self.by_kind.get(kind).into_iter().flatten().copied()
    }

    /// Finds where a reference of a resource leads: within its own source, for two servers use the same ids freely, or to
    /// the source whose base address it names.
    pub(super) fn find<'r>(&self, from: &Resource, reference: &'r Reference) -> Found<'a, 'r> {
        let Some(text) = reference.reference.as_deref().filter(|text| !text.trim().is_empty()) else {
            return self.logical(from, reference).map_or(Found::Words, Found::Resource);
        };
        let found = match Target::parse(text) {
            Target::Relative { kind, id, .. } => self.get(&ResourceKey { source: from.key().source.clone(), kind, id }),
            Target::Absolute { base, kind, id, .. } => {
                let holder = self.bases.meant(&base, &from.key().source);
                holder.and_then(|source| self.get(&ResourceKey { source: source.clone(), kind, id }))
            }
            Target::Contained(id) => return contained(from, &id).map_or(Found::Missing(text), Found::Contained),
            Target::Urn(urn) => {
                let source = &from.key().source;
                let sent = self.by_urn.get(&(source, urn.as_str())).copied().flatten();
                sent.or_else(|| self.only_with_id(source, urn.rsplit(':').next().unwrap_or_default()))
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
        let carriers = self.carriers(system, value);
        let own: Vec<&Resource> =
            carriers.iter().copied().filter(|carrier| carrier.key().source == from.key().source).collect();
        let [found] = if own.is_empty() { &carriers } else { &own }[..] else { return None };
        reference.kind.as_deref().is_none_or(|kind| kind == found.kind()).then_some(found)
    }

    /// All that carry an identifier, each once.
    fn carriers(&self, system: &str, value: &str) -> Vec<&'a Resource> {
        let named = |(at, of): &(usize, usize)| {
            let identifier = &self.all[*at].identifiers()[*of];
            (identifier.system.as_deref(), identifier.value.as_deref())
        };
        let identifiers = self.identifiers.get_or_init(|| {
            let of = |(at, resource): (usize, &&Resource)| (0..resource.identifiers().len()).map(move |of| (at, of));
            let mut all: Vec<(usize, usize)> = self.all.iter().enumerate().flat_map(of).collect();
            all.sort_by(|one, other| named(one).cmp(&named(other)));
            all
        });
        let wanted = (Some(system), Some(value));
        let first = identifiers.partition_point(|one| named(one) < wanted);
        let mut carriers: Vec<usize> =
            identifiers[first..].iter().take_while(|one| named(one) == wanted).map(|(at, _)| *at).collect();
        carriers.dedup();
        carriers.into_iter().map(|at| self.all[at]).collect()
    }

    /// The only resource of a source with that id; none where several types share it.
    fn only_with_id(&self, source: &SourceId, id: &str) -> Option<&'a Resource> {
        let key = |kind: &&str| ResourceKey { source: source.clone(), kind: (*kind).to_owned(), id: id.to_owned() };
        let mut found = self.by_kind.keys().filter_map(|kind| self.get(&key(kind)));
        found.next().filter(|_| found.next().is_none())
    }

    /// The resource that a reference leads to, if it was read.
    pub(super) fn resource(&self, from: &Resource, reference: &Reference) -> Option<&'a Resource> {
        match self.find(from, reference) {
            Found::Resource(resource) => Some(resource),
            Found::Contained(_) | Found::Words | Found::Missing(_) => None,
        }
    }

    /// The key of what a reference leads to, though it was not read; `None` for what is contained or said in words only.
    pub(super) fn key_of(&self, from: &Resource, reference: &Reference) -> Option<ResourceKey> {
        if let Some(found) = self.resource(from, reference) {
            return Some(found.key().clone());
        }
        let source = &from.key().source;
        match Target::parse(reference.reference.as_deref()?) {
            Target::Relative { kind, id, .. } => Some(ResourceKey { source: source.clone(), kind, id }),
            Target::Absolute { base, kind, id, .. } => {
                let source = self.bases.meant(&base, source)?.clone();
                Some(ResourceKey { source, kind, id })
            }
            _ => None,
        }
    }

    /// Follows a reference that matters to the plan; one that leads nowhere is noted as dangling.
    pub(super) fn follow(&self, from: &Resource, element: &str, reference: &Reference) -> Option<&'a Resource> {
        match self.find(from, reference) {
            Found::Resource(resource) => Some(resource),
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
    let all = snapshot.records.iter().flat_map(|record| &record.resources).map(AsRef::as_ref);
    let mut all: Vec<&Resource> = all.collect();
    // The newest copy of each comes first, and is the one that stays.
    all.sort_by(|one, other| one.key().cmp(other.key()).then_with(|| age(other).cmp(&age(one))));
    all.dedup_by(|one, other| one.key() == other.key());
    all
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
