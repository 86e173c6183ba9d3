//! Server functions: what the forms of a launch are posted to, at `/l/{launch}/api/…`.

mod retry_source;
mod save_goal;

pub use retry_source::{RetryAnswer, RetrySource, retry_source};
pub use save_goal::{SaveGoal, save_goal};

use std::sync::Arc;

use leptos::prelude::*;

use crate::desk::LaunchDesk;

/// The desk of the launch that the path names; the server puts it into the context after it has checked the session.
fn desk() -> Result<Arc<dyn LaunchDesk>, ServerFnError> {
    use_context().ok_or_else(|| ServerFnError::ServerError("no launch".to_owned()))
}
