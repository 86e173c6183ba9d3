//! `POST /ehrs/{id}/fault` with `mode`.

use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use serde::Deserialize;

use super::{Ehrs, answer, done, find, nowhere};
use crate::faults::{Fault, UnknownFault};

/// The form.
#[derive(Debug, Deserialize)]
pub(super) struct Mode {
    mode: String,
}

/// Sets how the FHIR server misbehaves.
pub(super) async fn set(State(ehrs): State<Ehrs>, Path(id): Path<String>, Form(form): Form<Mode>) -> Response {
    let fault: Result<Fault, UnknownFault> = form.mode.parse();
    match (find(&ehrs, &id), fault) {
        (None, _) => nowhere(),
        (Some(_), Err(error)) => answer(StatusCode::BAD_REQUEST, &error.to_string()),
        (Some(ehr), Ok(fault)) => {
            ehr.set_fault(fault);
            done()
        }
    }
}
