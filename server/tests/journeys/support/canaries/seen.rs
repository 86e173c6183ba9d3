//! What browsers were answered, and which secrets went by in it.
//!
//! Secrets have their places: a state, a nonce and the handle of a launch on the way to the EHR; a code and a state on the
//! way back; a cookie in its own `Set-Cookie`. There they are noted as secrets and taken out of what is searched; in every
//! other place they are found.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use axum::http::HeaderMap;
use axum::http::header::{CONTENT_SECURITY_POLICY, LOCATION, REFRESH, SET_COOKIE};
use url::Url;

use crate::support::form::unescape;

/// Parameters whose values are secret.
const SECRET: [&str; 4] = ["code", "state", "nonce", "launch"];

/// What was seen of the Accord at each port.
static OPEN: Mutex<BTreeMap<u16, Seen>> = Mutex::new(BTreeMap::new());

/// What was seen of one Accord.
#[derive(Debug, Default)]
pub struct Seen {
    /// Place and bytes of everything that must hold no secret.
    pub answers: Vec<(String, Vec<u8>)>,
    /// What was noted as secret on the way.
    pub secrets: BTreeSet<String>,
    /// Random text that is meant to be seen: nonces of pages, tickets of answers.
    pub public: BTreeSet<String>,
    /// Ports of the EHRs that are in its world.
    ehrs: BTreeSet<u16>,
}

/// An answer to a browser.
pub struct Answer<'a> {
    pub url: &'a Url,
    pub headers: &'a HeaderMap,
    pub body: &'a str,
    /// Every cookie that the browser has now.
    pub cookies: Vec<String>,
}

/// Begins to note what the Accord at a port answers.
pub fn open(port: u16) {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner).insert(port, Seen::default());
}

/// Notes which EHRs are in the world of an Accord: what goes by on the way to one of them is that world's secret.
pub fn meet(port: u16, ehrs: impl IntoIterator<Item = u16>) {
    let mut open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
    open.entry(port).or_default().ehrs.extend(ehrs);
}

/// Ends it.
pub fn close(port: u16) -> Seen {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner).remove(&port).unwrap_or_default()
}

/// Notes an answer. What an EHR answers is searched for secrets to look for; what Accord answers must hold none.
pub fn saw(answer: &Answer<'_>) {
    let mut open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
    let location = answer.headers.get(LOCATION).and_then(|to| to.to_str().ok()).and_then(|to| answer.url.join(to).ok());
    let passing = [Some(answer.url), location.as_ref()];
    let secrets: Vec<String> =
        passing.into_iter().flatten().flat_map(secrets_of).chain(answer.cookies.clone()).collect();
    let port = answer.url.port().unwrap_or_default();
    for (at, seen) in open.iter_mut().filter(|(at, seen)| **at == port || seen.ehrs.contains(&port)) {
        seen.secrets.extend(secrets.iter().cloned());
        if *at == port {
            seen.take(answer, location.as_ref());
        }
    }
}

impl Seen {
    fn take(&mut self, answer: &Answer<'_>, location: Option<&Url>) {
        let place = answer.url.path();
        self.public.extend(public(answer, location));
        self.answers.push((format!("{place}, address"), in_place(answer.url, answer.url).into_bytes()));
        self.answers.push((format!("{place}, body"), without_ways(answer.url, answer.body).into_bytes()));
        for (name, value) in answer.headers {
            let text = String::from_utf8_lossy(value.as_bytes());
            let text = match location.filter(|_| name == LOCATION) {
                Some(to) => in_place(to, answer.url),
                _ if name == SET_COOKIE => without_value(&text),
                _ => text.into_owned(),
            };
            self.answers.push((format!("{place}, header {name}"), text.into_bytes()));
        }
    }
}

fn secrets_of(url: &Url) -> Vec<String> {
    let pairs = url.query_pairs().into_owned();
    pairs.filter(|(name, _)| SECRET.contains(&name.as_str())).map(|(_, value)| value).collect()
}

/// An address without the secrets that have their place in it.
fn in_place(url: &Url, accord: &Url) -> String {
    let there: &[&str] = match url.path() {
        _ if url.origin() != accord.origin() => &["state", "nonce", "launch"],
        path if path.starts_with("/launch") => &["launch"],
        path if path.starts_with("/callback/") => &["code", "state"],
        _ => return url.to_string(),
    };
    let pairs = url.query_pairs().into_owned();
    let kept: Vec<_> = pairs.filter(|(name, _)| !there.contains(&name.as_str())).collect();
    let mut url = url.clone();
    // What stands behind `#` stays in the browser.
    url.set_fragment(None);
    url.query_pairs_mut().clear().extend_pairs(kept);
    url.to_string()
}

/// A cookie's line without the cookie's value.
fn without_value(line: &str) -> String {
    let (pair, rest) = line.split_once(';').unwrap_or((line, ""));
    format!("{};{rest}", pair.split('=').next().unwrap_or_default())
}

/// A page without the two ways on that a launch may offer: the form that goes to an EHR, whose fields hold what else the
/// address would (checklist L5), and the link that begins the same launch in a window of its own (E3).
fn without_ways(url: &Url, body: &str) -> String {
    let mut kept = String::new();
    let mut leaves = false;
    for piece in body.split_inclusive('>') {
        let (text, tag) = piece.split_at(piece.rfind('<').unwrap_or_default());
        let to = |name: &str| attribute(tag, name).and_then(|to| url.join(&to).ok());
        if let Some(action) = to("action") {
            leaves = action.origin() != url.origin();
        }
        let is_secret = attribute(tag, "name").is_some_and(|name| ["state", "nonce", "launch"].contains(&&*name));
        let link = to("href").filter(|to| url.path().starts_with("/launch") && to.path().starts_with("/launch"));
        kept.push_str(text);
        match link {
            Some(to) => kept.push_str(&in_place(&to, url)),
            None if leaves && is_secret => {}
            None => kept.push_str(tag),
        }
    }
    kept
}

/// An attribute of a tag.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split_once(&format!(" {name}=\""))?.1.split('"').next()?;
    Some(unescape(value))
}

/// The page's nonce, and the ticket under which an answer waits.
fn public(answer: &Answer<'_>, location: Option<&Url>) -> Vec<String> {
    let policy = answer.headers.get(CONTENT_SECURITY_POLICY).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let nonces = policy.split("'nonce-").skip(1).filter_map(|rest| rest.split('\'').next()).map(str::to_owned);
    let refresh = answer.headers.get(REFRESH).and_then(|value| value.to_str().ok()?.split_once("url="));
    let refresh = refresh.and_then(|(_, to)| answer.url.join(to).ok());
    let own = [location, refresh.as_ref()].into_iter().flatten().filter(|to| to.origin() == answer.url.origin());
    let pairs: Vec<(String, String)> = own.flat_map(|to| to.query_pairs().into_owned().collect::<Vec<_>>()).collect();
    let tickets = pairs.into_iter().filter(|(name, _)| ["answer", "ticket"].contains(&name.as_str()));
    nonces.chain(tickets.map(|(_, value)| value)).collect()
}
