//! What the lists of concerns, decisions and overlays have in common.

use access::PersonId;
use jiff::Timestamp;
use schemars::json_schema;
use shared_plan::Entry;
use shared_plan::ports::Selection;

use crate::rest::asked::{FromQuery, Parameter, Params};
use crate::rest::{Problem, Rest};
use crate::{Caller, Failure};

/// Entries of a page where nobody says how many.
const USUAL: usize = 50;
/// Most entries of a page.
const MOST: usize = 200;

/// Which entries.
pub(super) struct Page {
    person: Option<PersonId>,
    changed_since: Option<Timestamp>,
    after: Option<String>,
    limit: usize,
}

impl FromQuery for Page {
    const PARAMETERS: &'static [Parameter] = &[
        Parameter {
            name: "person",
            about: "Those of this person only.",
            schema: |_| json_schema!({ "type": "string", "pattern": "^[0-9a-f]{32}$" }),
            required: false,
        },
        Parameter {
            name: "changed_since",
            about: "Those that were last changed then or later.",
            schema: |_| json_schema!({ "type": "string", "format": "date-time" }),
            required: false,
        },
        Parameter {
            name: "cursor",
            about: "Where the page begins: `next` of the page before.",
            schema: |_| json_schema!({ "type": "string", "pattern": "^[0-9a-f]{32}$" }),
            required: false,
        },
        Parameter {
            name: "limit",
            about: "Entries of a page.",
            schema: |_| json_schema!({ "type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL }),
            required: false,
        },
    ];

    fn from_query(params: &mut Params) -> Result<Self, Problem> {
        let limit = |text: &str| text.parse().ok().filter(|limit| (1..=MOST).contains(limit));
        let cursor = |text: &str| shared_plan::Id::<()>::parse(text).map(|id| id.to_string());
        Ok(Self {
            person: params.read("person", "an id of a person", PersonId::parse)?,
            changed_since: params.read("changed_since", "a time with its offset", |text| text.parse().ok())?,
            after: params.read("cursor", "`next` of a page", cursor)?,
            limit: params.read("limit", "a number from 1 to 200", limit)?.unwrap_or(USUAL),
        })
    }
}

/// The entries of a page, and where the next one begins.
pub(super) async fn list<E: Entry>(
    rest: &Rest,
    caller: &Caller,
    page: Page,
) -> Result<(Vec<E>, Option<String>), Problem> {
    let Page { person, changed_since, after, limit } = page;
    let selection = Selection { kind: E::KIND, person, statuses: Vec::new(), changed_since };
    let listed = rest.service.list(caller, selection, after.as_deref(), limit).await?;
    let entries: Result<Vec<E>, _> = listed.documents.iter().map(E::from_document).collect();
    Ok((entries.map_err(Failure::Content)?, listed.next))
}
