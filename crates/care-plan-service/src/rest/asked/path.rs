//! The ids of a path.

use access::PersonId;
use axum::RequestPartsExt;
use axum::extract::RawPathParams;
use axum::http::request::Parts;
use shared_plan::{Id, Version};

use crate::rest::problem::{Code, Problem};

/// A piece of a path. What cannot be one names nothing that is there.
pub trait Segment: Sized + Send {
    /// Reads the piece.
    fn read(text: &str) -> Option<Self>;
}

impl<T: ?Sized> Segment for Id<T> {
    fn read(text: &str) -> Option<Self> {
        Self::parse(text)
    }
}

impl Segment for PersonId {
    fn read(text: &str) -> Option<Self> {
        Self::parse(text)
    }
}

impl Segment for Version {
    fn read(text: &str) -> Option<Self> {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
        // No store counts further.
        let number = text.parse().ok().filter(|number: &u64| digits && i64::try_from(*number).is_ok());
        number.map(Self)
    }
}

/// The ids of a path, in their order.
pub trait FromPath: Sized + Send {
    /// Reads them.
    fn from_path(segments: &[String]) -> Option<Self>;
}

impl FromPath for () {
    fn from_path(segments: &[String]) -> Option<Self> {
        segments.is_empty().then_some(())
    }
}

impl<A: Segment> FromPath for (A,) {
    fn from_path(segments: &[String]) -> Option<Self> {
        let [a] = segments else { return None };
        Some((A::read(a)?,))
    }
}

impl<A: Segment, B: Segment> FromPath for (A, B) {
    fn from_path(segments: &[String]) -> Option<Self> {
        let [a, b] = segments else { return None };
        Some((A::read(a)?, B::read(b)?))
    }
}

/// The ids of a request's path.
pub(super) async fn path<P: FromPath>(parts: &mut Parts) -> Result<P, Problem> {
    let not_found = || Problem::of(Code::NotFound);
    let params: RawPathParams = parts.extract().await.map_err(|_| not_found())?;
    let segments: Vec<String> = params.iter().map(|(_, value)| value.to_owned()).collect();
    P::from_path(&segments).ok_or_else(not_found)
}
