//! `POST /ehrs/{id}/stop` and `POST /ehrs/{id}/start`.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

use super::{Ehrs, answer, done, find, nowhere};

/// Closes the port and every connection of an EHR.
pub(super) async fn stop(State(ehrs): State<Ehrs>, Path(id): Path<String>) -> Response {
    match find(&ehrs, &id) {
        Some(ehr) => {
            ehr.stop().await;
            done()
        }
        None => nowhere(),
    }
}

/// Lets an EHR listen again on its port.
pub(super) async fn start(State(ehrs): State<Ehrs>, Path(id): Path<String>) -> Response {
    match find(&ehrs, &id) {
        Some(ehr) => match ehr.restart().await {
            Ok(()) => done(),
            Err(_) => answer(StatusCode::CONFLICT, "Its port is taken by another program now."),
        },
        None => nowhere(),
    }
}
