//! What the server says about the session.

use gloo_net::http::{Request, Response};
use js_sys::{JSON, Reflect};

/// The session, as the server knows it.
pub enum Session {
    /// It is open.
    Open {
        /// Seconds until its end.
        left: f64,
        /// Until when, in words.
        words: String,
    },
    /// It has ended.
    Ended,
    /// The server could not be asked.
    NotReached,
}

/// Asks without putting the end off.
pub async fn ask(address: &str) -> Session {
    let Ok(answer) = Request::get(address).header("Accept", "application/json").send().await else {
        return Session::NotReached;
    };
    match answer.status() {
        200 => read(answer).await.unwrap_or(Session::NotReached),
        401 | 403 | 404 => Session::Ended,
        _ => Session::NotReached,
    }
}

/// Puts the end off; false where that did not work.
pub async fn extend() -> bool {
    let answer = Request::post("/extend").header("Accept", "application/json").send().await;
    answer.is_ok_and(|answer| answer.ok() && !answer.redirected())
}

async fn read(answer: Response) -> Option<Session> {
    let value = JSON::parse(&answer.text().await.ok()?).ok()?;
    let field = |name: &str| Reflect::get(&value, &name.into()).ok();
    Some(Session::Open { left: field("left")?.as_f64()?, words: field("words")?.as_string()? })
}
