//! Reads a source once more.

use fhir::SourceId;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::desk;

/// What became of the wish to read a source once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum RetryAnswer {
    /// Reading has begun.
    Started,
    /// The source is not one of this launch, or its sign-in has ended.
    NotPossible,
}

/// Starts reading a source of this launch once more.
#[server(endpoint = "retry_source")]
pub async fn retry_source(
    /// Its id in the configuration.
    source: String,
) -> Result<RetryAnswer, ServerFnError> {
    let started = desk()?.retry(&SourceId::new(source)).await;
    Ok(if started { RetryAnswer::Started } else { RetryAnswer::NotPossible })
}
