//! The browser's session after a sign-in: always under a new cookie, and of one user only (S5, P6).

use access::session::Rotation;
use access::{Session, SessionHash, StoreError, UserKey};
use axum::response::Response;

use super::Arrival;
use crate::cookies;

/// The session of somebody who has just signed in.
pub struct SignedIn {
    /// Its hash now.
    pub hash: SessionHash,
    /// The cookie to give; `None` where a request beside this one gave it already.
    pub cookie: Option<String>,
}

/// Gives the browser's session its next cookie, or begins one, and ends what another user had open in it.
pub async fn signed_in(arrival: &Arrival<'_>, user: Option<&UserKey>) -> Result<SignedIn, Box<Response>> {
    let server = arrival.server;
    let signed_in = match renewed(arrival).await {
        Ok(signed_in) => signed_in,
        Err(error) => return Err(arrival.internal(error).await),
    };
    let ended = async {
        server.sign_ins.end_of_other_users(signed_in.hash, user).await?;
        server.launches.end_launches_of_other_users(signed_in.hash, user).await
    };
    match ended.await {
        Ok(ended) => server.rooms.close_launches(&ended),
        Err(error) => return Err(arrival.internal(error).await),
    }
    Ok(signed_in)
}

async fn renewed(arrival: &Arrival<'_>) -> Result<SignedIn, StoreError> {
    let (server, now) = (arrival.server, arrival.server.clock.now());
    let cookie = server.opaque.text();
    let hash = cookies::hash(&cookie);
    let rotate = async |former| {
        Ok(match server.sessions.rotate(former, hash, now).await? {
            Rotation::Rotated(session) => {
                server.rooms.move_to(former, session.hash);
                Some(SignedIn { hash: session.hash, cookie: Some(cookie.clone()) })
            }
            Rotation::ByAnotherRequest(session) => Some(SignedIn { hash: session.hash, cookie: None }),
            Rotation::NoSession => None,
        })
    };
    if let Some(former) = cookies::session_at(arrival.headers, arrival.place())
        && let Some(signed_in) = rotate(former).await?
    {
        return Ok(signed_in);
    }
    // Two launches of a browser that has no session yet may come back at once, and must not end in two sessions of which
    // it keeps one. What binds them both to this browser stands for a session that begins here and is replaced at once:
    // the second to come finds it replaced. It opens nothing by itself, and is forgotten with any replaced cookie (S5).
    let Some(way_back) = arrival.way_back else {
        server.sessions.put(Session::begin(hash, now)).await?;
        return Ok(SignedIn { hash, cookie: Some(cookie) });
    };
    let before = cookies::before_sign_in(&way_back.binding);
    if let Some(signed_in) = rotate(before).await? {
        return Ok(signed_in);
    }
    let begun = server.sessions.put(Session::begin(before, now)).await;
    match rotate(before).await? {
        Some(signed_in) => Ok(signed_in),
        // It could not begin: why is in the first answer.
        None => begun.and(Err(StoreError("a session that has just begun is not there".into()))),
    }
}
