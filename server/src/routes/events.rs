//! `/l/{launch}/events`: says that the plan has changed; the plan itself comes by another request.

use std::convert::Infallible;
use std::sync::Arc;

use access::SessionHash;
use axum::Extension;
use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::StreamExt;
use futures::stream::once;
use tokio_stream::wrappers::WatchStream;

use crate::gate::Admitted;
use crate::rooms::Room;
use crate::state::Server;

/// Sends the current revision at once, so that nothing between page and stream is missed, then each new one, until the
/// launch is closed or its session has ended. That is said too, last: a page with what is shared no longer goes by it.
pub async fn stream(
    State(server): State<Arc<Server>>,
    Extension(admitted): Extension<Admitted>,
    Extension(room): Extension<Arc<Room>>,
) -> impl IntoResponse {
    let session = admitted.session.map(|session| session.hash);
    let revisions = WatchStream::new(room.reading.watch())
        .take_while(move |_| is_open(server.clone(), session))
        .map(|progress| Ok::<_, Infallible>(Event::default().event("revision").data(progress.revision.to_string())))
        .take_until(Box::pin(room.closed()))
        .chain(once(Box::pin(async { Ok(Event::default().event("closed").data("")) })));
    Sse::new(revisions).keep_alive(KeepAlive::default())
}

/// A stream that was opened in time does not outlast its session: who has gone is told nothing more.
async fn is_open(server: Arc<Server>, session: Option<SessionHash>) -> bool {
    let Some(session) = session else { return false };
    matches!(server.sessions.peek(session, server.clock.now()).await, Ok(Some(_)))
}
