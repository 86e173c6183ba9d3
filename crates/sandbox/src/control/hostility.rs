//! `POST /ehrs/{id}/hostile` with `way`: `off`, or a step and a way such as `token/other-patient`.

use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use serde::Deserialize;

use super::{Ehrs, answer, done, find, nowhere};
use crate::hostile::{Hostility, UnknownHostility};

/// The form.
#[derive(Debug, Deserialize)]
pub(super) struct Choice {
    way: String,
}

/// Sets which step lies, and how.
pub(super) async fn set(State(ehrs): State<Ehrs>, Path(id): Path<String>, Form(form): Form<Choice>) -> Response {
    let wanted: Result<Option<Hostility>, UnknownHostility> = match form.way.as_str() {
        "off" => Ok(None),
        way => way.parse().map(Some),
    };
    match (find(&ehrs, &id), wanted) {
        (None, _) => nowhere(),
        (Some(_), Err(error)) => answer(StatusCode::BAD_REQUEST, &error.to_string()),
        (Some(ehr), Ok(hostility)) => {
            ehr.set_hostility(hostility);
            done()
        }
    }
}
