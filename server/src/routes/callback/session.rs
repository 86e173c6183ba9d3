//! The browser's session after a sign-in: always under a new cookie, and of one user only (S5, P6).

use access::session::Rotation;
use access::{Session, SessionHash, StoreError, UserKey};
use axum::response::Response;
use jiff::Timestamp;

use super::Arrival;
use crate::cookies;
use crate::routes::give_back;

/// The session of somebody who has just signed in.
pub struct SignedIn {
    /// Its hash now.
    pub hash: SessionHash,
    /// The cookie to give; `None` where a request beside this one gave it already.
    pub cookie: Option<String>,
}

/// Gives the browser's session its next cookie, or begins one, and ends what another user had open in it. `begun` is when
/// the browser left for the source.
pub async fn signed_in(
    arrival: &Arrival<'_>,
    user: Option<&UserKey>,
    begun: Timestamp,
) -> Result<SignedIn, Box<Response>> {
    let server = arrival.server;
    let signed_in = match renewed(arrival, begun).await {
        Ok(signed_in) => signed_in,
        Err(error) => return Err(arrival.internal(error).await),
    };
    let ended = async {
        server.sign_ins.end_of_other_users(signed_in.hash, user).await?;
        server.launches.end_launches_of_other_users(signed_in.hash, user).await
    };
    match ended.await {
        Ok(ended) => {
            server.rooms.close_launches(&ended);
            give_back(server, server.questions.take_of(|id| ended.contains(id))).await;
        }
        Err(error) => return Err(arrival.internal(error).await),
    }
    Ok(signed_in)
}

async fn renewed(arrival: &Arrival<'_>, begun: Timestamp) -> Result<SignedIn, StoreError> {
    if let Some(former) = cookies::session_at(arrival.headers, arrival.place())
        && let Some((signed_in, _)) = rotated(arrival, former).await?
    {
        return Ok(signed_in);
    }
    let Some(way_back) = arrival.way_back else { return fresh(arrival).await };
    // Two launches of a browser that has no session yet may come back at once, and must not end in two sessions of which
    // it keeps one. What binds them both to this browser stands for a session that begins here and is replaced at once:
    // the second to come finds it replaced. It opens nothing by itself, and is forgotten with any replaced cookie (S5).
    let before = cookies::before_sign_in(&way_back.binding);
    match rotated(arrival, before).await? {
        Some((signed_in, since)) if signed_in.cookie.is_some() || begun <= since => return Ok(signed_in),
        // Begun when the browser should have had its cookie: it has lost it, and needs one.
        Some(_) => return fresh(arrival).await,
        None => {}
    }
    let put = arrival.server.sessions.put(Session::begin(before, arrival.server.clock.now())).await;
    match rotated(arrival, before).await? {
        Some((signed_in, _)) => Ok(signed_in),
        // It could not begin: why is in the first answer.
        None => put.and(Err(StoreError("a session that has just begun is not there".into()))),
    }
}

/// The session under its next cookie, and since when it is there; `None` where there is no such session.
async fn rotated(arrival: &Arrival<'_>, former: SessionHash) -> Result<Option<(SignedIn, Timestamp)>, StoreError> {
    let server = arrival.server;
    let cookie = server.opaque.text();
    Ok(match server.sessions.rotate(former, cookies::hash(&cookie), server.clock.now()).await? {
        Rotation::Rotated(session) => {
            server.rooms.move_to(former, session.hash);
            Some((SignedIn { hash: session.hash, cookie: Some(cookie) }, session.created))
        }
        Rotation::ByAnotherRequest(session) => Some((SignedIn { hash: session.hash, cookie: None }, session.created)),
        Rotation::NoSession => None,
    })
}

async fn fresh(arrival: &Arrival<'_>) -> Result<SignedIn, StoreError> {
    let cookie = arrival.server.opaque.text();
    let hash = cookies::hash(&cookie);
    arrival.server.sessions.put(Session::begin(hash, arrival.server.clock.now())).await?;
    Ok(SignedIn { hash, cookie: Some(cookie) })
}
