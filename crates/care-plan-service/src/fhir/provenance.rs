//! Provenance: one for each version of a resource.

use std::sync::Arc;

use access::{PersonId, Role};
use fhir_server::{Failure, Version as Tag};
use shared_plan::Version;
use shared_plan::fhir::{Made, ResourceKind, provenance};
use shared_plan::ports::VersionHead;

use super::answer::Tagged;
use super::held::{Held, Shown};
use super::read::{made_in, missing};
use super::reader::Reader;
use super::walk::{Walk, heads};

/// The Provenance with an id.
///
/// # Errors
/// 404 where its version is not there for this caller; the stores.
pub(super) async fn find(reader: Reader<'_>, id: &str) -> Result<Shown, Failure> {
    let not_found = || missing(ResourceKind::Provenance, id);
    let made = Made::parse(id).ok_or_else(not_found)?;
    // The refusal names what was asked for, not what it is about.
    let held = reader.held(made.kind, &made.id).await;
    let held = Arc::new(held.map_err(|failure| if failure.status == 404 { not_found() } else { failure })?);
    let then = made_in(reader, &held, made.kind, &made.id, made.version).await?;
    let then = then.filter(|then| reader.one(then, made.kind, &made.id).is_some()).ok_or_else(not_found)?;
    let heads = heads(reader, &held, then.document.version, 1).await?;
    let head = heads.first().filter(|head| head.version == then.document.version).ok_or_else(not_found)?;
    Ok(shown(reader, &made, head, held.person()))
}

/// The Provenance of the present version of a resource; `None` where nobody knows.
///
/// # Errors
/// The store.
pub(super) async fn of_present(
    reader: Reader<'_>,
    held: &Arc<Held>,
    kind: ResourceKind,
    id: &str,
    heads: &Arc<Vec<VersionHead>>,
) -> Result<Option<Shown>, Failure> {
    let mut walk = Walk::knowing(reader, Arc::clone(held), kind, id, Arc::clone(heads));
    let step = walk.newest(walk.top()).await?;
    Ok(step.map(|step| of_step(reader, held.person(), kind, id, step.version, &step.head)))
}

/// The Provenance of a version.
pub(super) fn of_step(
    reader: Reader<'_>,
    person: &PersonId,
    kind: ResourceKind,
    id: &str,
    version: Version,
    head: &VersionHead,
) -> Shown {
    shown(reader, &Made { kind, id: id.to_owned(), version }, head, person)
}

fn shown(reader: Reader<'_>, made: &Made, head: &VersionHead, person: &PersonId) -> Shown {
    let resource = reader.naming(|bases| provenance(made, head, person, bases));
    let stamp = Some((Tag(1), head.at));
    let (id, resource) = (made.provenance_id(), Arc::new(resource));
    // What the person did names them, and whose the plan is may be settled after it was made.
    let tagged = if head.by.role == Some(Role::Patient) { Tagged::ByWords } else { Tagged::ByVersion };
    Shown { kind: ResourceKind::Provenance, id, stamp, tagged, resource }
}
