//! Which page of a list: one kind of cursor for all of them.
//!
//! A cursor holds the place after which the page begins, and a mark of the query that gave it: with other filters it would
//! skip what was never shown. It is no secret and gives no right; what a caller reaches is asked anew for each page.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use schemars::json_schema;
use sha2::{Digest, Sha256};

use super::query::{Parameter, Params};
use crate::rest::problem::{Code, Problem};

/// Rows of a page where nobody says how many.
const USUAL: usize = 50;
/// Most rows of a page.
const MOST: usize = 200;
/// How long the mark of a query is.
const MARK: usize = 8;

/// The parameter `cursor` of every list.
pub const CURSOR: Parameter = Parameter {
    name: "cursor",
    about: "Where the page begins: `next` of the page before, with the same filters.",
    schema: |_| json_schema!({ "type": "string", "pattern": "^[A-Za-z0-9_-]{12,400}$" }),
    required: false,
};

/// The parameter `limit` of every list.
pub const LIMIT: Parameter = Parameter {
    name: "limit",
    about: "How many the page has at most. A page may be shorter than that and still have a next one.",
    schema: |_| json_schema!({ "type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL }),
    required: false,
};

/// Which page is asked for.
pub struct Paging<T> {
    /// The place after which it begins; the first page has none.
    pub after: Option<T>,
    /// How many rows it has at most.
    pub limit: usize,
    mark: [u8; MARK],
}

/// A place in a list, as a cursor holds it.
pub trait Place: Sized {
    /// Writes it.
    fn write(&self) -> String;
    /// Reads it; `None` for what was never written.
    fn read(text: &str) -> Option<Self>;
}

impl<T: Place> Paging<T> {
    /// Reads `cursor` and `limit`.
    ///
    /// # Errors
    /// One cannot be read, or the cursor is of another query.
    pub fn read(params: &mut Params) -> Result<Self, Problem> {
        let mark = mark(params);
        let limit = |text: &str| text.parse().ok().filter(|limit| (1..=MOST).contains(limit));
        let limit = params.read("limit", "a number from 1 to 200", limit)?.unwrap_or(USUAL);
        let cursor = params.read("cursor", "`next` of a page", opened)?;
        let after = match cursor {
            Some((of, _)) if of != mark => {
                let message = "This is `next` of another query. Send the filters that it came with, or begin anew.";
                return Err(Problem::of(Code::InvalidParameter).at("?cursor", "other-query", message));
            }
            Some((_, place)) => Some(place),
            None => None,
        };
        Ok(Self { after, limit, mark })
    }

    /// The cursor of the page that begins after a place.
    pub fn next(&self, after: &T) -> String {
        URL_SAFE_NO_PAD.encode([&self.mark[..], after.write().as_bytes()].concat())
    }
}

impl<T: Place + PartialEq> Paging<T> {
    /// The rows of a page out of all of them, and the cursor of the next. Rows stay in their order for ever.
    pub fn page<R: Clone>(
        &self,
        all: &[R],
        place: impl Fn(&R) -> T,
        chosen: impl Fn(&R) -> bool,
    ) -> (Vec<R>, Option<String>) {
        let told = |after: &T| all.iter().position(|row| place(row) == *after).map_or(0, |last| last + 1);
        let first = self.after.as_ref().map_or(0, told);
        let mut rest = all.iter().skip(first).filter(|row| chosen(row));
        let page: Vec<R> = rest.by_ref().take(self.limit).cloned().collect();
        let next = rest.next().and(page.last()).map(|last| self.next(&place(last)));
        (page, next)
    }
}

fn opened<T: Place>(cursor: &str) -> Option<([u8; MARK], T)> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
    let (mark, place) = bytes.split_first_chunk()?;
    Some((*mark, T::read(std::str::from_utf8(place).ok()?)?))
}

/// What tells a query from another: its path and its filters, in whatever order they stand.
fn mark(params: &Params) -> [u8; MARK] {
    let mut filters: Vec<_> = params.all().filter(|(name, _)| !matches!(*name, "cursor" | "limit")).collect();
    filters.sort_unstable();
    let mut hasher = Sha256::new();
    for part in std::iter::once(params.path()).chain(filters.into_iter().flat_map(|(name, value)| [name, value])) {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    let digest = hasher.finalize();
    let mut mark = [0; MARK];
    mark.copy_from_slice(&digest[..MARK]);
    mark
}

impl<T: ?Sized> Place for shared_plan::Id<T> {
    fn write(&self) -> String {
        self.to_string()
    }

    fn read(text: &str) -> Option<Self> {
        Self::parse(text)
    }
}

impl Place for shared_plan::Version {
    fn write(&self) -> String {
        self.to_string()
    }

    fn read(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }
}
