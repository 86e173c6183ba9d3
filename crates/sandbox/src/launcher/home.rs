//! `GET /`: what there is to see at this EHR.

use std::sync::Arc;

use axum::extract::State;

use crate::{
    page::{Page, escape},
    smart::Authority,
};

/// Names the EHR and links to its pages.
pub(super) async fn home(State(authority): State<Arc<Authority>>) -> Page {
    let body = format!(
        "<h1>{}</h1><p>A simulated EHR for demonstrations and tests. Its people and their records are invented.</p>\
         <ul><li><a href=\"/launcher\">Launch an application</a> for a person</li>\
         <li><a href=\"/browse\">Browse the records</a>, with all versions</li>\
         <li>FHIR base address: <code>{}</code></li>\
         <li><a href=\"/fhir/.well-known/smart-configuration\">SMART configuration</a></li></ul>",
        escape(&authority.name),
        escape(&authority.fhir_base())
    );
    Page::new(&authority.name, "Start").body(body)
}
