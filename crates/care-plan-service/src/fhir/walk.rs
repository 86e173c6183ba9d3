//! From version to version of a resource, newest first.

use std::collections::BTreeMap;
use std::sync::Arc;

use fhir_server::Failure;
use shared_plan::Version;
use shared_plan::fhir::ResourceKind;
use shared_plan::ports::VersionHead;

use super::failure::of;
use super::held::{Held, is_whole};
use super::read::made_in;
use super::reader::Reader;

/// Versions of a document of which it is read at once who made them.
const RUN: usize = 200;

/// A walk over the versions of one resource of a document.
pub(super) struct Walk<'a> {
    reader: Reader<'a>,
    latest: Arc<Held>,
    kind: ResourceKind,
    id: &'a str,
    /// Who made which version: a run without gaps.
    heads: Arc<Vec<VersionHead>>,
    read: BTreeMap<Version, Arc<Held>>,
}

/// One version of a resource.
#[derive(Debug, Clone)]
pub(super) struct Step {
    /// The version of the resource.
    pub(super) version: Version,
    /// Who made it, when and why, with the version of the document that did.
    pub(super) head: VersionHead,
}

impl<'a> Walk<'a> {
    /// Begins at the latest version.
    pub(super) fn begin(reader: Reader<'a>, latest: Arc<Held>, kind: ResourceKind, id: &'a str) -> Self {
        Self::knowing(reader, latest, kind, id, Arc::default())
    }

    /// Begins with versions of the document that are known already.
    pub(super) fn knowing(
        reader: Reader<'a>,
        latest: Arc<Held>,
        kind: ResourceKind,
        id: &'a str,
        heads: Arc<Vec<VersionHead>>,
    ) -> Self {
        Self { reader, latest, kind, id, heads, read: BTreeMap::new() }
    }

    /// The type of the resource.
    pub(super) fn kind(&self) -> ResourceKind {
        self.kind
    }

    /// The id of the resource.
    pub(super) fn id(&self) -> &'a str {
        self.id
    }

    /// The version of the document at which the walk begins.
    pub(super) fn top(&self) -> Version {
        self.latest.document.version
    }

    /// The newest version of the resource that the document held at its version `upper`; `None` where it held none.
    ///
    /// A part changes at the time at which its plan does, so the version that made it is mostly known without reading it.
    pub(super) async fn newest(&mut self, upper: Version) -> Result<Option<Step>, Failure> {
        if is_whole(self.kind) {
            return Ok(self.head(upper).await?.map(|head| Step { version: upper, head }));
        }
        let Some((version, at)) = self.at(upper).await?.and_then(|held| held.stamp(self.kind, self.id)) else {
            return Ok(None);
        };
        if self.head(upper).await?.is_none() {
            return Ok(None);
        }
        let mut same_time = self.heads.iter().filter(|head| head.version <= upper && head.at == at);
        let oldest = self.heads.last();
        let is_whole_time = oldest.is_some_and(|oldest| oldest.version == Version::FIRST || oldest.at != at);
        let made = match (same_time.next(), same_time.next()) {
            (Some(head), None) if is_whole_time => head.version,
            // Several versions were made at one moment, or this one long ago.
            _ => match made_in(self.reader, &self.latest, self.kind, self.id, version).await? {
                Some(held) => held.document.version,
                None => return Ok(None),
            },
        };
        Ok(self.head(made).await?.map(|head| Step { version, head }))
    }

    /// The document at one of its versions.
    pub(super) async fn at(&mut self, version: Version) -> Result<Option<Arc<Held>>, Failure> {
        if version == self.top() {
            return Ok(Some(Arc::clone(&self.latest)));
        }
        if let Some(held) = self.read.get(&version) {
            return Ok(Some(Arc::clone(held)));
        }
        let found = self.reader.former(&self.latest, version).await?;
        if let Some(held) = &found {
            // A walk looks at neighbours only.
            self.read = BTreeMap::from([(version, Arc::clone(held))]);
        }
        Ok(found)
    }

    /// Who made a version; where it is not known, a run is read that begins with it.
    async fn head(&mut self, version: Version) -> Result<Option<VersionHead>, Failure> {
        if !self.heads.iter().any(|head| head.version == version) {
            self.heads = Arc::new(heads(self.reader, &self.latest, version, RUN).await?);
        }
        Ok(self.heads.iter().find(|head| head.version == version).cloned())
    }
}

/// Who made which version of a document: this one and at most `limit` with those before it, newest first.
///
/// # Errors
/// The store.
pub(super) async fn heads(
    reader: Reader<'_>,
    held: &Held,
    newest: Version,
    limit: usize,
) -> Result<Vec<VersionHead>, Failure> {
    let after = newest.0.checked_add(1).map(Version);
    reader.service().heads_of(reader.caller(), &held.document, after, limit).await.map_err(of)
}

/// Who made the newest versions of a document, newest first.
///
/// # Errors
/// The store.
pub(super) async fn newest_heads(reader: Reader<'_>, held: &Held) -> Result<Arc<Vec<VersionHead>>, Failure> {
    heads(reader, held, held.document.version, RUN).await.map(Arc::new)
}

/// The version before; `None` before the first.
pub(super) fn before(version: Version) -> Option<Version> {
    (version > Version::FIRST).then(|| Version(version.0 - 1))
}
