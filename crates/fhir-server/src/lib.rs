//! What every FHIR surface needs: search parameters, paging, bundles, outcomes, metadata. No I/O.
//!
//! The sandbox and our own care plan service speak FHIR R4 by these parts: a surface hands in resources as JSON
//! trees and the words of a request, and gets back what matched, what to answer and why something was refused.
//! Nothing here knows a clock, a socket or a store.
//!
//! The rule that shapes the search part: a search that was not understood is refused, never widened. A parameter
//! dropped in silence would show one person the rows of another.

mod accept;
mod compartment;
mod element;
mod etag;
mod floor;
mod interaction;
mod kinds;
mod matching;
mod metadata;
mod outcome;
mod paging;
pub mod params;
mod prefer;
mod references;
mod route;
pub mod search;
mod searchset;

pub use accept::{check_accept, is_json};
pub use compartment::{Binding, binding, is_about, people_of};
pub use element::{each, first_text};
pub use etag::{Version, parse_if_match};
pub use floor::{Floor, below_floor};
pub use interaction::Interaction;
pub use kinds::is_kind;
pub use matching::{Grade, Graded, MatchRequest, best_matches};
pub use metadata::{Operation, Surface, capability_statement};
pub use outcome::{Failure, Issue, Outcome, Severity};
pub use paging::{Cursor, CursorError};
pub use prefer::{Handling, Prefer, Return};
pub use references::{Base, Local, conditional_references, rewrite_references, urn_references};
pub use route::{Method, Route};
pub use searchset::{Link, SearchMode, SearchSet, SearchSetEntry};
