//! `POST /ehrs/{id}/expire-tokens` and `POST /ehrs/{id}/end-grants`.

use axum::{
    extract::{Path, State},
    response::Response,
};

use super::{Ehrs, done, find, nowhere};

/// Ends all access tokens of an EHR now.
pub(super) async fn expire(State(ehrs): State<Ehrs>, Path(id): Path<String>) -> Response {
    match find(&ehrs, &id) {
        Some(ehr) => {
            ehr.expire_tokens();
            done()
        }
        None => nowhere(),
    }
}

/// Ends all grants of users of an EHR now, refresh tokens included.
pub(super) async fn end_grants(State(ehrs): State<Ehrs>, Path(id): Path<String>) -> Response {
    match find(&ehrs, &id) {
        Some(ehr) => {
            ehr.end_grants();
            done()
        }
        None => nowhere(),
    }
}
