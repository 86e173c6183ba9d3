//! A search whose matches are all known before the first is told.

use std::cmp::Ordering;
use std::sync::Arc;

use access::PersonId;
use fhir_server::Failure;
use fhir_server::search::SortKey;
use shared_plan::fhir::ResourceKind;

use super::page::{Item, Page, selection};
use super::{Asked, Whose, looked_at};
use crate::fhir::failure::of;
use crate::fhir::held::{Held, Shown};
use crate::fhir::patient;
use crate::fhir::reader::Reader;

/// Documents that are read at once.
const CHUNK: usize = 50;
/// Documents that are gathered at most.
const MOST: usize = 1_000;

/// The matches among what is named, in the order that is asked for.
///
/// # Errors
/// 400 for too much; the policy; the stores.
pub(super) async fn page(reader: Reader<'_>, asked: &Asked, whose: &Whose) -> Result<Page, Failure> {
    let named = match whose {
        Whose::Ids(ids) => by_ids(reader, asked.kind, ids).await?,
        Whose::These(people) => by_people(reader, asked, people).await?,
        Whose::Anybody => {
            let sentence = "A search over everybody is neither sorted nor counted: name a patient.";
            return Err(Failure::bad_request("too-costly", sentence));
        }
    };
    let row = |mut item: Item| {
        let looked_at = looked_at(reader, asked, &item.shown, item.held.as_deref());
        if !asked.query.matches(&looked_at, reader.base()) {
            return None;
        }
        let mut key = asked.query.sort_key(&looked_at);
        key.push(item.shown.id.clone());
        item.place = Some((key.clone(), 0));
        Some((key, item))
    };
    let mut rows: Vec<(SortKey, Item)> = named.into_iter().filter_map(row).collect();
    rows.sort_by(|(left, _), (right, _)| compare(asked, left, right));
    let total = rows.len();
    let mut rest = rows.into_iter().skip_while(|(key, _)| {
        asked.cursor.as_ref().is_some_and(|cursor| compare(asked, key, &cursor.after_key) != Ordering::Greater)
    });
    let page: Vec<(SortKey, Item)> = rest.by_ref().take(asked.size).collect();
    let more = rest.next().is_some();
    let next = page.last().filter(|_| more).map(|(key, _)| (key.clone(), 0));
    Ok(Page { items: page.into_iter().map(|(_, item)| item).collect(), total: Some(total), next })
}

/// By what was asked, then by id, so that an order is one.
fn compare(asked: &Asked, left: &SortKey, right: &SortKey) -> Ordering {
    asked.query.compare(left, right).then_with(|| left.last().cmp(&right.last()))
}

fn item(shown: Shown, held: Option<&Arc<Held>>) -> Item {
    Item { shown, held: held.cloned(), place: None }
}

async fn by_ids(reader: Reader<'_>, kind: ResourceKind, ids: &[String]) -> Result<Vec<Item>, Failure> {
    let mut items = Vec::new();
    for id in ids {
        if kind == ResourceKind::Patient {
            items.extend(patient::find(reader, id).await?.map(|shown| item(shown, None)));
            continue;
        }
        let held = match reader.held(kind, id).await {
            Ok(held) => Arc::new(held),
            Err(failure) if failure.status == 404 => continue,
            Err(failure) => return Err(failure),
        };
        let shown = reader.one(&held, kind, id);
        items.extend(shown.map(|shown| item(shown, Some(&held))));
    }
    Ok(items)
}

async fn by_people(reader: Reader<'_>, asked: &Asked, people: &[PersonId]) -> Result<Vec<Item>, Failure> {
    if people.is_empty() {
        reader.service().tells_of(reader.caller(), &[]).await.map_err(of)?;
    }
    let mut items = Vec::new();
    let mut read = 0;
    for person in people {
        let mut after: Option<String> = None;
        loop {
            let selection = selection(asked, Some(person));
            let listed =
                reader.service().list(reader.caller(), selection, after.as_deref(), CHUNK).await.map_err(of)?;
            read += listed.documents.len();
            if read > MOST {
                let sentence = format!("More than {MOST} plans or concerns are neither sorted nor counted.");
                return Err(Failure::bad_request("too-costly", sentence));
            }
            for document in listed.documents {
                let held = Arc::new(reader.hold(document).await?);
                let shown = reader.shown(&held, asked.kind).into_iter();
                items.extend(shown.map(|shown| item(shown, Some(&held))));
            }
            after = match listed.next {
                Some(next) => Some(next),
                None => break,
            };
        }
    }
    Ok(items)
}
