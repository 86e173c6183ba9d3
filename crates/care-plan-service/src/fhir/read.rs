//! `read` and `vread` (R4 http.html#read, #vread).

use std::sync::Arc;

use fhir_server::Failure;
use shared_plan::Version;
use shared_plan::fhir::ResourceKind;

use super::answer::{Answer, Tagged};
use super::failure::of_resource;
use super::held::{Held, Shown, is_whole};
use super::reader::Reader;
use super::scopes::Want;
use super::{patient, provenance};

/// Reads the present version.
///
/// # Errors
/// 403, 404.
pub(super) async fn read(reader: Reader<'_>, kind: ResourceKind, id: &str) -> Result<Answer, Failure> {
    reader.may(kind, Want::Read)?;
    let shown = match kind {
        ResourceKind::Patient => patient::find(reader, id).await?,
        ResourceKind::Provenance => Some(provenance::find(reader, id).await?),
        _ => reader.one(&reader.held(kind, id).await?, kind, id),
    };
    shown.map(Answer::of_shown).ok_or_else(|| Failure::not_found(kind.name(), id))
}

/// Reads one version.
///
/// # Errors
/// As for [`read`].
pub(super) async fn vread(reader: Reader<'_>, kind: ResourceKind, id: &str, version: &str) -> Result<Answer, Failure> {
    reader.may(kind, Want::Read)?;
    let not_found = || Failure::not_found(kind.name(), id);
    let wanted: Option<u64> = version.parse().ok().filter(|number: &u64| number.to_string() == version);
    let found = match (kind, wanted) {
        (ResourceKind::Patient, _) => {
            // It has no versions; whether it is there is asked all the same.
            patient::find(reader, id).await?;
            None
        }
        (ResourceKind::Provenance, wanted) => {
            let shown = provenance::find(reader, id).await?;
            (wanted == Some(1)).then_some(shown)
        }
        (_, wanted) => {
            let held = reader.held(kind, id).await?;
            match wanted {
                Some(wanted) => of_version(reader, held, kind, id, Version(wanted)).await?,
                None => None,
            }
        }
    };
    found.map(Answer::of_shown).ok_or_else(not_found)
}

/// One version of a resource of a document.
async fn of_version(
    reader: Reader<'_>,
    held: Held,
    kind: ResourceKind,
    id: &str,
    wanted: Version,
) -> Result<Option<Shown>, Failure> {
    let held = Arc::new(held);
    let made = made_in(reader, &held, kind, id, wanted).await?;
    let newest = held.stamp(kind, id).map(|(newest, _)| newest);
    // A former version names whoever it is of by now, and that may be settled again.
    let tagged =
        |shown: Shown| if newest == Some(wanted) { shown } else { Shown { tagged: Tagged::SentWhole, ..shown } };
    Ok(made.and_then(|made| reader.one(&made, kind, id)).map(tagged))
}

/// The version of the document that made a version of one of its resources.
///
/// The number of a part only grows with that of its plan, so it is found by halving.
pub(super) async fn made_in(
    reader: Reader<'_>,
    latest: &Arc<Held>,
    kind: ResourceKind,
    id: &str,
    wanted: Version,
) -> Result<Option<Arc<Held>>, Failure> {
    let newest = latest.stamp(kind, id).map(|(version, _)| version);
    if wanted < Version::FIRST || newest.is_none_or(|newest| newest < wanted) {
        return Ok(None);
    }
    if is_whole(kind) {
        return if newest == Some(wanted) { Ok(Some(Arc::clone(latest))) } else { reader.former(latest, wanted).await };
    }
    // The first version of the document in which the part has at least the version that is wanted.
    let (mut low, mut high, mut found) = (1, latest.document.version.0, Arc::clone(latest));
    while low < high {
        let middle = low + (high - low) / 2;
        let Some(held) = reader.former(latest, Version(middle)).await? else {
            return Ok(None);
        };
        match held.stamp(kind, id) {
            Some((version, _)) if version >= wanted => (high, found) = (middle, held),
            _ => low = middle + 1,
        }
    }
    let is_it = found.stamp(kind, id).is_some_and(|(version, _)| version == wanted);
    Ok(is_it.then_some(found))
}

/// Says that a resource is not there, as any other that is not.
pub(super) fn missing(kind: ResourceKind, id: &str) -> Failure {
    of_resource(kind.name(), id)(crate::Failure::NotFound)
}
