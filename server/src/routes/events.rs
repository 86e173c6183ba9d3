//! `/l/{launch}/events`: says that the plan has changed; the plan itself comes by another request.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Extension;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::StreamExt;
use tokio_stream::wrappers::WatchStream;

use crate::rooms::Room;

/// Sends the current revision at once, so that nothing between page and stream is missed, then each new one, until the
/// launch is closed.
pub async fn stream(Extension(room): Extension<Arc<Room>>) -> impl IntoResponse {
    let revisions = WatchStream::new(room.reading.watch())
        .map(|progress| Ok::<_, Infallible>(Event::default().event("revision").data(progress.revision.to_string())))
        .take_until(Box::pin(room.closed()));
    Sse::new(revisions).keep_alive(KeepAlive::default())
}
