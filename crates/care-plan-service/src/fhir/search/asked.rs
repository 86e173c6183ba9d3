//! What a search asks for.

use access::PersonId;
use fhir_server::search::{Query, SortKey};
use fhir_server::{Cursor, Failure, Handling};
use shared_plan::fhir::ResourceKind;

use super::by_now::by_now;
use crate::People;
use crate::fhir::failure::of;
use crate::fhir::reader::Reader;
use crate::fhir::table::{Offer, offer};

/// Matches on a page where the client does not say.
const USUAL: usize = 50;
/// Matches on a page at most.
const MOST: usize = 100;

/// A search that was understood.
pub(in crate::fhir) struct Asked {
    /// The type searched.
    pub(super) kind: ResourceKind,
    /// The parameters as they came. Addresses are written from these.
    pairs: Vec<(String, String)>,
    handling: Handling,
    /// The parameters as they were understood, with everybody as they are by now. What is read and what matches goes by these.
    pub(super) query: Query,
    /// Where the page begins; the first has none.
    pub(super) cursor: Option<Cursor>,
    /// Matches on a page.
    pub(super) size: usize,
}

impl Asked {
    /// Reads the parameters, or the token that holds them.
    ///
    /// # Errors
    /// 400, 403, 410; see [`super::search`].
    pub(super) async fn parse(
        reader: Reader<'_>,
        kind: ResourceKind,
        pairs: Vec<(String, String)>,
        handling: Handling,
    ) -> Result<Self, Failure> {
        let cursor = take_cursor(reader, &pairs).await?;
        let (pairs, handling) = match &cursor {
            Some(cursor) => (cursor.pairs.clone(), if cursor.lenient { Handling::Lenient } else { Handling::Strict }),
            None => (pairs, handling),
        };
        let offer = offer(kind);
        // On each page anew: whoever was joined since the one before it is somebody else by now.
        let meant = by_now(reader, &pairs).await?;
        let query = offer.understand(&meant, handling)?;
        needed(offer, &query)?;
        let size = query.controls().count.unwrap_or(USUAL).clamp(1, MOST);
        Ok(Self { kind, pairs, handling, query, cursor, size })
    }

    /// True where all matches have to be known before the first is told.
    pub(super) fn wants_all(&self) -> bool {
        let controls = self.query.controls();
        controls.only_total || controls.wants_total || !controls.sorting.is_empty()
    }

    /// The address of this search.
    pub(super) fn own_url(&self, reader: Reader<'_>) -> String {
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.pairs).finish();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{}/{}{mark}{query}", reader.base().as_str(), self.kind.name())
    }

    /// The address of the page after this row.
    pub(super) fn next_url(&self, reader: Reader<'_>, key: &SortKey, row: u64) -> String {
        let token = Cursor {
            pairs: self.pairs.clone(),
            lenient: self.handling == Handling::Lenient,
            patient: only(reader),
            after_key: key.clone(),
            after_row: row,
        };
        format!("{}/{}?_page={}", reader.base().as_str(), self.kind.name(), token.encode())
    }
}

async fn take_cursor(reader: Reader<'_>, pairs: &[(String, String)]) -> Result<Option<Cursor>, Failure> {
    let Some((_, token)) = pairs.iter().find(|(name, _)| name == "_page") else { return Ok(None) };
    if pairs.iter().any(|(name, _)| name != "_page" && name != "_format") {
        return Err(Failure::bad_request("invalid", "A page token stands alone: it holds the whole search."));
    }
    let cursor =
        Cursor::decode(token).map_err(|_| Failure::new(410, "expired", "This page is gone: run the search anew."))?;
    if is_of_caller(reader, &cursor).await? {
        return Ok(Some(cursor));
    }
    Err(Failure::forbidden("This page belongs to a search for another patient."))
}

/// True where a page was given to a caller who reached the same people, whoever they were then.
async fn is_of_caller(reader: Reader<'_>, cursor: &Cursor) -> Result<bool, Failure> {
    let only = only(reader);
    match cursor.patient.as_deref().filter(|_| cursor.patient != only).map(PersonId::parse) {
        None => Ok(cursor.patient == only),
        Some(None) => Ok(false),
        Some(Some(then)) => {
            let now = reader.service().standing(&reader.caller().tenant, &then).await.map_err(of)?;
            Ok(only.is_some() && now.map(|now| now.to_string()) == only)
        }
    }
}

fn only(reader: Reader<'_>) -> Option<String> {
    match &reader.caller().people {
        People::All | People::ByWay => None,
        People::Only(person) => Some(person.to_string()),
    }
}

fn needed(offer: &Offer, query: &Query) -> Result<(), Failure> {
    if offer.needs.is_empty() || offer.needs.iter().any(|name| query.asks_for(name)) {
        return Ok(());
    }
    let sentence = format!("{} is searched with {} only.", offer.kind.name(), offer.needs.join(" or "));
    Err(Failure::bad_request("required", sentence))
}
