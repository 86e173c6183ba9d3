//! A search of Provenance: by its id, or by the resource whose versions it tells of.

use std::sync::Arc;

use fhir_server::{Failure, Local};
use shared_plan::Version;
use shared_plan::fhir::ResourceKind;

use super::page::{Item, Page};
use super::{Asked, Whose};
use crate::fhir::provenance::{find, of_step};
use crate::fhir::reader::Reader;
use crate::fhir::walk::{Step, Walk, before};

/// Versions that are walked through for one page.
const WALKED: usize = 500;

/// The matches: of a resource one for each version, newest first.
///
/// # Errors
/// 400 for several resources at once, or an order; the stores.
pub(super) async fn page(reader: Reader<'_>, asked: &Asked, whose: &Whose) -> Result<Page, Failure> {
    if asked.wants_all() {
        return Err(Failure::bad_request("not-supported", "Provenance is neither sorted nor counted here."));
    }
    if let Whose::Ids(ids) = whose {
        return by_ids(reader, asked, ids).await;
    }
    let target = target(asked)?;
    let none = Page { items: Vec::new(), total: Some(0), next: None };
    let Some(kind) = ResourceKind::parse(&target.kind) else { return Ok(none) };
    let held = match reader.held(kind, &target.id).await {
        Ok(held) => Arc::new(held),
        Err(failure) if failure.status == 404 => return Ok(none),
        Err(failure) => return Err(failure),
    };
    let mut walk = Walk::begin(reader, Arc::clone(&held), kind, &target.id);
    let first = asked.cursor.as_ref().map_or(walk.top(), |cursor| Version(cursor.after_row).min(walk.top()));
    let mut upper = Some(first).filter(|first| *first >= Version::FIRST);
    let (mut items, mut walked) = (Vec::new(), 0);
    let mut next = None;
    while let Some(from) = upper {
        // What matches little ends its page too, and goes on.
        if items.len() == asked.size || walked == WALKED {
            next = Some((Vec::new(), from.0));
            break;
        }
        walked += 1;
        let Some(step) = walk.newest(from).await? else { break };
        upper = if step.version == Version::FIRST { None } else { before(step.head.version) };
        let shown = of_step(reader, held.person(), kind, &target.id, step.version, &step.head);
        if asked.query.matches(&shown.resource, reader.base()) && is_there(reader, &mut walk, &step).await? {
            let place = upper.map(|upper| (Vec::new(), upper.0));
            items.push(Item { shown, held: Some(Arc::clone(&held)), place });
        }
    }
    let total = (asked.cursor.is_none() && next.is_none()).then_some(items.len());
    Ok(Page { items, total, next })
}

/// True where the version that was made is a resource: an activity need not ask for a service in each of its versions.
async fn is_there(reader: Reader<'_>, walk: &mut Walk<'_>, step: &Step) -> Result<bool, Failure> {
    if walk.kind() != ResourceKind::ServiceRequest {
        return Ok(true);
    }
    let then = walk.at(step.head.version).await?;
    Ok(then.is_some_and(|then| reader.one(&then, walk.kind(), walk.id()).is_some()))
}

async fn by_ids(reader: Reader<'_>, asked: &Asked, ids: &[String]) -> Result<Page, Failure> {
    let mut items = Vec::new();
    for id in ids {
        match find(reader, id).await {
            Ok(shown) if asked.query.matches(&shown.resource, reader.base()) => {
                items.push(Item { shown, held: None, place: None })
            }
            Ok(_) => {}
            Err(failure) if failure.status == 404 => {}
            Err(failure) => return Err(failure),
        }
    }
    Ok(Page { total: Some(items.len()), items, next: None })
}

/// The one resource that is asked about.
fn target(asked: &Asked) -> Result<Local, Failure> {
    let targets = asked.query.criteria().iter().filter(|criterion| criterion.name() == "target");
    let mut named = targets.filter_map(|criterion| criterion.refers_to());
    match named.next().as_deref() {
        Some([one]) => Ok(one.clone()),
        _ => {
            let sentence = "Provenance is searched by one target with its type, such as Goal/…, at a time.";
            Err(Failure::bad_request("not-supported", sentence))
        }
    }
}
