//! Parts of a page drawn alone, for the islands to put in.

use std::sync::Arc;

use super::PlanQuery;
use crate::desk::{Answer, LaunchDesk};

/// Content type of a fragment, in both directions: asked for by `Accept`, and checked before anything goes into a page.
pub const FRAGMENT_TYPE: &str = "text/fragment+html";

/// The live parts of the plan page as they are now: `GET /l/{launch}/plan/board`, sent as [`FRAGMENT_TYPE`].
pub async fn board_fragment(desk: Arc<dyn LaunchDesk>, query: PlanQuery) -> String {
    let _ = (desk, query);
    String::new()
}

/// What a form posted with `Accept: text/fragment+html` is told: the form drawn again with its answer, sent as
/// [`FRAGMENT_TYPE`]. `None` where the function has no fragment: then answer as without script.
pub async fn answer_fragment(desk: Arc<dyn LaunchDesk>, answer: &Answer) -> Option<String> {
    let _ = (desk, answer);
    None
}
