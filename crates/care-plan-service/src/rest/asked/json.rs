//! The bytes of a body that is said to be JSON.

use axum::body::{Body, Bytes, to_bytes};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};

use super::MAX_BODY;
use crate::rest::problem::{Code, Problem};

/// Reads a body. An empty one of no type is an empty object: a version in `If-Match` may be all there is to say.
pub(super) async fn bytes(headers: &HeaderMap, body: Body) -> Result<Bytes, Problem> {
    let too_large = || Problem::of(Code::BodyTooLarge).saying(format!("At most {MAX_BODY} bytes are taken."));
    let length = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if length.is_some_and(|length| length > MAX_BODY as u64) {
        return Err(too_large());
    }
    let mut kinds = headers.get_all(CONTENT_TYPE).iter();
    let kind = match (kinds.next(), kinds.next()) {
        (None, _) => None,
        (Some(kind), None) => Some(kind.to_str().is_ok_and(is_json)),
        (Some(_), Some(_)) => Some(false),
    };
    if kind == Some(false) || headers.contains_key(CONTENT_ENCODING) {
        return Err(Problem::of(Code::UnsupportedMediaType));
    }
    // Whatever else breaks off a body, its sender is not there any more to read why.
    let bytes = to_bytes(body, MAX_BODY).await.map_err(|_| too_large())?;
    match (kind, bytes.is_empty()) {
        (None, false) => Err(Problem::of(Code::UnsupportedMediaType)),
        (None, true) => Ok(Bytes::from_static(b"{}")),
        (Some(_), _) => Ok(bytes),
    }
}

/// `application/json`, in UTF-8 where a charset is named at all.
fn is_json(kind: &str) -> bool {
    let mut pieces = kind.split(';').map(str::trim);
    let json = pieces.next().is_some_and(|kind| kind.eq_ignore_ascii_case("application/json"));
    let charset = |piece: &str| {
        let (name, value) = piece.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"').to_owned())
    };
    json && pieces.filter_map(charset).all(|charset| charset.eq_ignore_ascii_case("utf-8"))
}
