//! What a request asks, read in one order: who calls, the licence, the scopes, the path, the media type, the body, the version.

mod admission;
mod body;
mod doubled;
mod json;
mod once;
mod paging;
mod path;
mod query;
mod read;
mod seen;
mod text;
mod write;

pub use body::Body;
pub use paging::{CURSOR, LIMIT, Paging, Place};
pub use path::{FromPath, Segment};
pub use query::{FromQuery, Parameter, Params};
pub use read::Read;
pub use write::Write;

/// Longest body that is taken.
pub const MAX_BODY: usize = 1024 * 1024;
