//! What comes along with a page (`_include`, `_revinclude`).
//!
//! Match for match, so that a page that would have to read too much ends after a match and goes on by its link. Only where
//! one match alone is too much something is left out, and that is said.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use access::PersonId;
use fhir_server::search::{Controls, Include};
use fhir_server::{Failure, Issue, Local};
use serde_json::Value;
use shared_plan::fhir::ResourceKind;
use shared_plan::ports::{Kind, Selection, VersionHead};

use super::page::{Item, Page};
use super::{Asked, too_much};
use crate::fhir::failure::of;
use crate::fhir::held::{Held, Shown, is_whole};
use crate::fhir::reader::Reader;
use crate::fhir::scopes::Want;
use crate::fhir::walk::{heads, newest_heads};
use crate::fhir::{patient, provenance};

/// Resources of other documents that are looked up for a page; then it ends.
const LOOKED_UP: usize = 100;
/// Documents that are read for a page, to find what refers to its matches; then it ends.
const READ: usize = 500;
/// Documents of one person of a kind that are read at most.
const OF_A_PERSON: usize = 500;
/// Documents that are read at once.
const CHUNK: usize = 50;

/// What comes along.
pub(super) struct Along<'a> {
    reader: Reader<'a>,
    /// Matches and resources already along: each is sent once.
    known: HashSet<Local>,
    /// Resources whose references are still to be followed, and whether they are matches.
    open: Vec<Open>,
    /// What a person has, by kind of document.
    documents: HashMap<(PersonId, Kind), Arc<Vec<Arc<Held>>>>,
    /// What refers to what, for each person and reverse include that was asked for.
    referring: HashMap<(PersonId, &'static str, &'static str), Referring>,
    /// Who made which version, by document.
    heads: HashMap<String, Arc<Vec<VersionHead>>>,
    looked_up: usize,
    read: usize,
    /// Types that the scopes do not allow.
    withheld: BTreeSet<&'static str>,
    of_others: bool,
    left_out: bool,
    /// The matches with which all of it came; the page ends after them.
    pub(super) matches: usize,
    /// What comes along.
    pub(super) resources: Vec<Arc<Value>>,
}

struct Open {
    shown: Shown,
    held: Option<Arc<Held>>,
    is_match: bool,
}

/// Resources of a person, by what they refer to.
type Referring = HashMap<Local, Vec<(Shown, Arc<Held>)>>;

impl<'a> Along<'a> {
    /// Gathers it.
    ///
    /// # Errors
    /// The policy; the stores.
    pub(super) async fn gather(reader: Reader<'a>, asked: &Asked, page: &Page) -> Result<Self, Failure> {
        let mut along = Self {
            reader,
            known: page.items.iter().map(|item| local(&item.shown)).collect(),
            open: Vec::new(),
            documents: HashMap::new(),
            referring: HashMap::new(),
            heads: HashMap::new(),
            looked_up: 0,
            read: 0,
            withheld: BTreeSet::new(),
            of_others: false,
            left_out: false,
            matches: page.items.len(),
            resources: Vec::new(),
        };
        let controls = asked.query.controls();
        if controls.includes.is_empty() && controls.reverse_includes.is_empty() {
            return Ok(along);
        }
        for (number, item) in page.items.iter().enumerate() {
            if number > 0 && (along.read >= READ || along.looked_up >= LOOKED_UP) {
                along.matches = number;
                break;
            }
            along.with(item, controls).await?;
        }
        Ok(along)
    }

    /// What was left out, and why.
    pub(super) fn issues(&self) -> Vec<Issue> {
        let kinds: Vec<&str> = self.withheld.iter().copied().collect();
        let withheld = (!kinds.is_empty()).then(|| {
            Issue::warning("suppressed", format!("The token does not permit {} to come along.", kinds.join(", ")))
        });
        let of_others = self.of_others.then(|| {
            Issue::warning("suppressed", "What is of another person than the match it belongs to does not come along.")
        });
        let left_out = self.left_out.then(|| too_much("Not everything that was asked to come along does."));
        withheld.into_iter().chain(of_others).chain(left_out).collect()
    }

    /// What comes along with one match.
    async fn with(&mut self, item: &Item, controls: &Controls) -> Result<(), Failure> {
        self.open.push(Open { shown: item.shown.clone(), held: item.held.clone(), is_match: true });
        while let Some(open) = self.open.pop() {
            for include in controls.includes.iter().filter(|include| open.is_match || include.iterate) {
                for target in include.follow(&open.shown.resource, self.reader.base()) {
                    self.add_target(target, open.held.as_ref()).await?;
                }
            }
            for include in controls.reverse_includes.iter().filter(|include| open.is_match || include.iterate) {
                self.add_referring(&open, include).await?;
            }
        }
        Ok(())
    }

    async fn add_target(&mut self, target: Local, held: Option<&Arc<Held>>) -> Result<(), Failure> {
        let Some(kind) = ResourceKind::parse(&target.kind) else { return Ok(()) };
        if !self.may(kind) || !self.known.insert(target.clone()) {
            return Ok(());
        }
        if kind == ResourceKind::Patient {
            let own = held.filter(|held| held.person().as_str() == target.id);
            self.push(own.map(|held| patient::shown(held.person())), held.cloned());
            return Ok(());
        }
        if let Some(held) = held
            && let Some(shown) = self.reader.one(held, kind, &target.id)
        {
            self.push(Some(shown), Some(Arc::clone(held)));
            return Ok(());
        }
        if self.looked_up >= LOOKED_UP {
            self.left_out = true;
            return Ok(());
        }
        self.looked_up += 1;
        match self.reader.held(kind, &target.id).await {
            // Whoever reaches both reads each by itself, and never one as a part of the other.
            Ok(found) if held.is_some_and(|held| held.person() != found.person()) => {
                self.of_others = true;
                Ok(())
            }
            Ok(found) => {
                let found = Arc::new(found);
                self.push(self.reader.one(&found, kind, &target.id), Some(found));
                Ok(())
            }
            Err(failure) if failure.status == 404 => Ok(()),
            Err(failure) => Err(failure),
        }
    }

    async fn add_referring(&mut self, open: &Open, include: &Include) -> Result<(), Failure> {
        let Some(from) = ResourceKind::parse(include.from) else { return Ok(()) };
        if include.target.is_some_and(|target| target != open.shown.kind.name()) || !self.may(from) {
            return Ok(());
        }
        if from == ResourceKind::Provenance {
            return self.add_provenance(open, include).await;
        }
        let person = match (&open.held, open.shown.kind) {
            (Some(held), _) => held.person().clone(),
            (None, ResourceKind::Patient) => match PersonId::parse(&open.shown.id) {
                Some(person) => person,
                None => return Ok(()),
            },
            (None, _) => return Ok(()),
        };
        let key = (person, include.from, include.param.name);
        if !self.referring.contains_key(&key) {
            let referring = self.referring_of(&key.0, from, include).await?;
            self.referring.insert(key.clone(), referring);
        }
        let found = self.referring.get(&key).and_then(|referring| referring.get(&local(&open.shown)));
        for (shown, held) in found.cloned().unwrap_or_default() {
            if self.known.insert(local(&shown)) {
                self.push(Some(shown), Some(held));
            }
        }
        Ok(())
    }

    /// Who made the version that is shown.
    async fn add_provenance(&mut self, open: &Open, include: &Include) -> Result<(), Failure> {
        let kind = open.shown.kind;
        let Some(held) = open.held.as_ref().filter(|_| include.param.name == "target" && open.shown.stamp.is_some())
        else {
            return Ok(());
        };
        let document = &held.document.key.id;
        let heads = match self.heads.get(document) {
            Some(heads) => Arc::clone(heads),
            // What carries the version of its document was made by whoever made that.
            None if is_whole(kind) => Arc::new(heads(self.reader, held, held.document.version, 1).await?),
            None => newest_heads(self.reader, held).await?,
        };
        self.heads.insert(document.clone(), Arc::clone(&heads));
        let found = provenance::of_present(self.reader, held, kind, &open.shown.id, &heads).await?;
        if let Some(shown) = found
            && self.known.insert(local(&shown))
        {
            self.push(Some(shown), Some(Arc::clone(held)));
        }
        Ok(())
    }

    /// All of a person's resources of a type, by what they refer to.
    async fn referring_of(
        &mut self,
        person: &PersonId,
        from: ResourceKind,
        include: &Include,
    ) -> Result<Referring, Failure> {
        let reader = self.reader;
        let kind = if from == ResourceKind::Condition { Kind::Concern } else { Kind::Plan };
        let mut referring = Referring::new();
        for held in self.documents_of(person, kind).await?.iter() {
            for shown in reader.shown(held, from) {
                for target in include.follow(&shown.resource, reader.base()) {
                    referring.entry(target).or_default().push((shown.clone(), Arc::clone(held)));
                }
            }
        }
        Ok(referring)
    }

    /// A person's documents of a kind, read once.
    async fn documents_of(&mut self, person: &PersonId, kind: Kind) -> Result<Arc<Vec<Arc<Held>>>, Failure> {
        let key = (person.clone(), kind);
        if let Some(known) = self.documents.get(&key) {
            return Ok(Arc::clone(known));
        }
        let reader = self.reader;
        let selection = Selection { kind, person: Some(person.clone()), statuses: Vec::new(), changed_since: None };
        let (mut all, mut after) = (Vec::new(), None::<String>);
        loop {
            let listed = reader.service().list(reader.caller(), selection.clone(), after.as_deref(), CHUNK);
            let listed = listed.await.map_err(of)?;
            for document in listed.documents {
                all.push(Arc::new(reader.hold(document).await?));
            }
            after = listed.next;
            if after.is_none() || all.len() >= OF_A_PERSON {
                break;
            }
        }
        self.left_out |= after.is_some();
        self.read += all.len();
        let all = Arc::new(all);
        self.documents.insert(key, Arc::clone(&all));
        Ok(all)
    }

    /// True where the scopes let a type come along. Asked before anything is looked up, and said of the type alone: how many
    /// there are is for whoever may read them.
    fn may(&mut self, kind: ResourceKind) -> bool {
        let allowed = self.reader.allows(kind, Want::Along);
        if !allowed {
            self.withheld.insert(kind.name());
        }
        allowed
    }

    fn push(&mut self, shown: Option<Shown>, held: Option<Arc<Held>>) {
        let Some(shown) = shown else { return };
        self.resources.push(Arc::clone(&shown.resource));
        self.open.push(Open { shown, held, is_match: false });
    }
}

fn local(shown: &Shown) -> Local {
    Local { kind: shown.kind.name().to_owned(), id: shown.id.clone() }
}
