//! A sign-in that led nowhere.

use std::sync::Arc;

use app::pages::Trouble;
use axum::http::StatusCode;
use axum::response::Response;
use smart::{AuthorizationRefusal, CallbackError, Client};

use crate::routes::trouble;
use crate::state::Server;

/// Tells what went wrong, in words that give a stranger nothing.
pub async fn page(server: &Arc<Server>, client: &Client, error: &CallbackError) -> Response {
    tracing::warn!(source = %client.source, %error, "a launch was not completed");
    let name = server.config.source(&client.source).map_or("The source", |source| &source.name);
    let (status, title, sentence, what_to_do) = match error {
        CallbackError::Refused { refusal: AuthorizationRefusal::AccessDenied, .. } => (
            StatusCode::FORBIDDEN,
            format!("{name} did not give access"),
            "Access was declined there.",
            "Go back to the plan, or start again if this was a mistake.",
        ),
        CallbackError::Refused { .. } => (
            StatusCode::FORBIDDEN,
            format!("{name} did not give access"),
            "It ended the sign-in with an error.",
            "Start again. If it stays so, tell your operator.",
        ),
        CallbackError::NoBrowserCookie { .. } => (
            StatusCode::BAD_REQUEST,
            "This browser keeps no cookie for Accord".to_owned(),
            "The sign-in could not be tied to this browser, so it was stopped.",
            "Open Accord in a window of its own, or allow its cookie, and start again.",
        ),
        CallbackError::MissingPatient { .. } => (
            StatusCode::BAD_GATEWAY,
            format!("{name} did not say whose record this is"),
            "Accord guesses no person, so nothing was opened.",
            "Choose the person in the record first, then open Accord again.",
        ),
        CallbackError::Token(_) | CallbackError::Identity(_) => (
            StatusCode::BAD_GATEWAY,
            format!("The sign-in at {name} could not be verified"),
            "Its answer was not as it must be, so nothing was opened.",
            "Start again. If it stays so, tell your operator.",
        ),
        _ => (
            StatusCode::BAD_REQUEST,
            "This sign-in has ended".to_owned(),
            "It was used already, took longer than ten minutes, or was begun in another browser.",
            "Start again from the health record or the start page.",
        ),
    };
    // A page of the source about it, which lies at one of its own origins (checklist L8).
    let more = match error {
        CallbackError::Refused { more, .. } => more.as_ref(),
        _ => None,
    };
    let way_on = match more {
        Some(page) => (format!("What {name} says about it"), page.to_string()),
        None => ("Start page".to_owned(), "/".to_owned()),
    };
    let trouble = Trouble {
        title,
        sentence: sentence.to_owned(),
        what_to_do: what_to_do.to_owned(),
        reference: None,
        way_on: Some(way_on),
    };
    trouble::page(server, status, trouble).await
}
