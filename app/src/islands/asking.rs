//! Asking now and then whether a launch still shows what the page shows.
//!
//! A stream for each page that is only waiting would use up the six connections that a browser opens to a host over
//! HTTP/1.1, and the seventh window would never load.

use futures::StreamExt;
use futures::channel::mpsc::UnboundedReceiver;
use futures::future::select;
use gloo_net::http::Request;
use js_sys::{JSON, Reflect};

use super::waiting::after;

/// Between two questions, in milliseconds.
const PAUSE: f64 = 5_000.0;

/// What the server says of a launch.
pub struct Now {
    /// Newest revision of the plan.
    pub revision: u64,
    /// Changes when the launch was closed and opened anew, with what may still be seen.
    pub opened: String,
}

/// What came of asking.
pub enum Said {
    /// The launch is open.
    Open(Now),
    /// Not to this browser, or not any more; the status.
    Refused(u16),
    /// The server could not be asked, or failed: nothing is known.
    Unknown,
}

/// Waits a while, or until the tab is shown or hidden.
pub async fn pause(visibility: &mut UnboundedReceiver<()>) {
    select(after(PAUSE), visibility.next()).await;
}

/// Asks once.
pub async fn ask(address: &str) -> Said {
    let Ok(answer) = Request::get(address).send().await else { return Said::Unknown };
    match answer.status() {
        200 => answer.text().await.ok().and_then(|text| read(&text)).map_or(Said::Unknown, Said::Open),
        status @ 400..500 => Said::Refused(status),
        _ => Said::Unknown,
    }
}

fn read(text: &str) -> Option<Now> {
    let value = JSON::parse(text).ok()?;
    let field = |name: &str| Reflect::get(&value, &name.into()).ok();
    // Revisions count from zero for each room: far below what a double holds exactly.
    let revision = field("revision")?.as_f64()?;
    Some(Now { revision: revision as u64, opened: field("opened")?.as_string()? })
}
