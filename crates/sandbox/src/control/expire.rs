//! `POST /ehrs/{id}/expire-tokens`.

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
