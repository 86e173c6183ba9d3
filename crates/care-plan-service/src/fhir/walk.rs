//! From version to version of a resource, newest first.

use std::collections::BTreeMap;
use std::sync::Arc;

use fhir_server::Failure;
use shared_plan::Version;
use shared_plan::fhir::ResourceKind;
use shared_plan::ports::VersionHead;

use super::failure::of;
use super::held::{Held, is_whole};
use super::reader::Reader;

/// A walk over the versions of one resource of a document.
pub(super) struct Walk<'a> {
    reader: Reader<'a>,
    latest: Arc<Held>,
    kind: ResourceKind,
    id: &'a str,
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
    pub(super) async fn begin(
        reader: Reader<'a>,
        latest: Arc<Held>,
        kind: ResourceKind,
        id: &'a str,
    ) -> Result<Self, Failure> {
        let heads = heads(reader, &latest).await?;
        Ok(Self::knowing(reader, latest, kind, id, heads))
    }

    /// Begins with the versions of the document that are known already.
    pub(super) fn knowing(
        reader: Reader<'a>,
        latest: Arc<Held>,
        kind: ResourceKind,
        id: &'a str,
        heads: Arc<Vec<VersionHead>>,
    ) -> Self {
        Self { reader, latest, kind, id, heads, read: BTreeMap::new() }
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
            return Ok(self.head(upper).map(|head| Step { version: upper, head }));
        }
        let Some((version, at)) = self.at(upper).await?.and_then(|held| held.stamp(self.kind, self.id)) else {
            return Ok(None);
        };
        let same_time = self.heads.iter().filter(|head| head.version <= upper && head.at == at);
        let same_time: Vec<Version> = same_time.map(|head| head.version).collect();
        let mut made = same_time.first().copied().unwrap_or(upper);
        // Where several versions were made at one moment, it is the first of them that holds it.
        while made > Version::FIRST && same_time.len() != 1 {
            let before = Version(made.0 - 1);
            let held = self.at(before).await?.and_then(|held| held.stamp(self.kind, self.id));
            if held.is_none_or(|(earlier, _)| earlier < version) {
                break;
            }
            made = before;
        }
        Ok(self.head(made).map(|head| Step { version, head }))
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

    fn head(&self, version: Version) -> Option<VersionHead> {
        self.heads.iter().find(|head| head.version == version).cloned()
    }
}

/// Who made which version of a document, newest first.
///
/// # Errors
/// The store.
pub(super) async fn heads(reader: Reader<'_>, held: &Held) -> Result<Arc<Vec<VersionHead>>, Failure> {
    reader.service().heads_of(reader.caller(), &held.document).await.map(Arc::new).map_err(of)
}

/// The version before; `None` before the first.
pub(super) fn before(version: Version) -> Option<Version> {
    (version > Version::FIRST).then(|| Version(version.0 - 1))
}
