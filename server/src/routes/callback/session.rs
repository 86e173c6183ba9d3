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
    if let Some(former) = cookies::session(arrival.headers) {
        match server.sessions.rotate(former, hash, now).await? {
            Rotation::Rotated(session) => {
                server.rooms.move_to(former, session.hash);
                return Ok(SignedIn { hash: session.hash, cookie: Some(cookie) });
            }
            Rotation::ByAnotherRequest(session) => return Ok(SignedIn { hash: session.hash, cookie: None }),
            Rotation::NoSession => {}
        }
    }
    server.sessions.put(Session::begin(hash, now)).await?;
    Ok(SignedIn { hash, cookie: Some(cookie) })
}
