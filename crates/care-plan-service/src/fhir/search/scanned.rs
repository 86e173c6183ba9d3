//! A search that follows the store from document to document.

use std::sync::Arc;

use access::PersonId;
use fhir_server::Failure;
use shared_plan::Id;

use super::page::{Item, Page, selection};
use super::{Asked, looked_at};
use crate::fhir::failure::of;
use crate::fhir::reader::Reader;

/// Documents that are read at once.
const CHUNK: usize = 25;
/// Documents that are read for one page; a page that is not full then is answered with its link.
const READ_FOR_A_PAGE: usize = 500;

/// A place in the store: the last document that was read whole or passed over, and a row of one after it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Place {
    whole: String,
    document: String,
    row: u64,
}

impl Place {
    /// The place in a token; of one that is not ours, none.
    fn of(asked: &Asked) -> Option<Self> {
        let Some(cursor) = &asked.cursor else { return Some(Self::default()) };
        let is_id = |text: &&String| text.is_empty() || Id::<()>::parse(text).is_some();
        match cursor.after_key.as_slice() {
            [whole, document] if [whole, document].iter().all(is_id) => {
                Some(Self { whole: whole.clone(), document: document.clone(), row: cursor.after_row })
            }
            _ => None,
        }
    }

    fn next(self) -> Option<(Vec<String>, u64)> {
        Some((vec![self.whole, self.document], self.row))
    }
}

/// The matches of one person, or of everybody whom the caller reaches, in the order of the store.
///
/// # Errors
/// 400 where all would have to be known first; the policy; the stores.
pub(super) async fn page(reader: Reader<'_>, asked: &Asked, person: Option<&PersonId>) -> Result<Page, Failure> {
    if asked.wants_all() {
        let sentence = "A search over everybody is neither sorted nor counted: name a patient.";
        return Err(Failure::bad_request("too-costly", sentence));
    }
    let gone = || Failure::new(410, "expired", "This page is gone: run the search anew.");
    let from = Place::of(asked).ok_or_else(gone)?;
    let mut whole = from.whole.clone();
    let mut found: Vec<Item> = Vec::new();
    let mut read = 0;
    loop {
        let after = Some(whole.as_str()).filter(|id| !id.is_empty());
        let listed =
            reader.service().list(reader.caller(), selection(asked, person), after, CHUNK).await.map_err(of)?;
        read += listed.documents.len();
        let passed_over_many = listed.passed_over_many(CHUNK);
        for document in listed.documents {
            let id = document.key.id.clone();
            let held = Arc::new(reader.hold(document).await?);
            for (row, shown) in (0..).zip(reader.shown(&held, asked.kind)) {
                let told = from.document == id && row <= from.row;
                let matches = || asked.query.matches(&looked_at(reader, asked, &shown, Some(&held)), reader.base());
                if told || !matches() {
                    continue;
                }
                if found.len() == asked.size {
                    return Ok(ended(found));
                }
                let place = Place { whole: whole.clone(), document: id.clone(), row };
                found.push(Item { shown, held: Some(Arc::clone(&held)), place: place.next() });
            }
            whole = id;
        }
        let Some(last) = listed.next else {
            let total = asked.cursor.is_none().then_some(found.len());
            return Ok(Page { items: found, total, next: None });
        };
        // Behind what was told, others' documents may have been passed over.
        whole = last;
        if read >= READ_FOR_A_PAGE || passed_over_many {
            let next = Place { whole, ..Place::default() }.next();
            return Ok(Page { items: found, total: None, next });
        }
    }
}

/// A page after which there is more.
fn ended(found: Vec<Item>) -> Page {
    let next = found.last().and_then(|last| last.place.clone());
    Page { items: found, total: None, next }
}
