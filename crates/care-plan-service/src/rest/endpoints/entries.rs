//! What the lists of concerns, decisions and overlays have in common.

use access::PersonId;
use jiff::Timestamp;
use shared_plan::ports::Selection;
use shared_plan::{Entry, Id};

use super::choosing::{CHANGED_SINCE, PERSON};
use crate::rest::asked::{CURSOR, FromQuery, LIMIT, Paging, Parameter, Params};
use crate::rest::{Problem, Rest};
use crate::{Caller, Failure};

/// Which entries.
pub(super) struct Page {
    person: Option<PersonId>,
    changed_since: Option<Timestamp>,
    paging: Paging<Id<()>>,
}

impl FromQuery for Page {
    const PARAMETERS: &'static [Parameter] = &[PERSON, CHANGED_SINCE, CURSOR, LIMIT];

    fn from_query(params: &mut Params) -> Result<Self, Problem> {
        Ok(Self {
            person: params.read("person", "an id of a person", PersonId::parse)?,
            changed_since: params.read("changed_since", "a time with its offset", |text| text.parse().ok())?,
            paging: Paging::read(params)?,
        })
    }
}

/// The entries of a page, and where the next one begins.
pub(super) async fn list<E: Entry>(
    rest: &Rest,
    caller: &Caller,
    page: Page,
) -> Result<(Vec<E>, Option<String>), Problem> {
    let Page { person, changed_since, paging } = page;
    let selection = Selection { kind: E::KIND, person, statuses: Vec::new(), changed_since };
    let after = paging.after.map(|id| id.to_string());
    let listed = rest.service.list(caller, selection, after.as_deref(), paging.limit).await?;
    let entries: Result<Vec<E>, _> = listed.documents.iter().map(E::from_document).collect();
    let next = listed.next.as_deref().and_then(Id::parse).map(|last| paging.next(&last));
    Ok((entries.map_err(Failure::Content)?, next))
}
