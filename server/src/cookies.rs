//! The cookies: one for the browser's session, and one for launches that are on their way.
//!
//! Both hold random text only. `__Host-` binds them to this host and to `/`; HttpOnly keeps script away. They are `Lax`:
//! the way back from an authorization server is a top-level navigation, which carries them.

use access::{Secret, SessionHash};
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use sha2::{Digest, Sha256};

const SESSION: &str = "__Host-sid";
const WAY_BACK: &str = "__Host-way";

/// The session cookie's value, if the browser sent one.
pub fn session(headers: &HeaderMap) -> Option<SessionHash> {
    value(headers, SESSION).map(|text| hash(&text))
}

/// Hash under which a session is stored.
pub fn hash(value: &str) -> SessionHash {
    SessionHash(Sha256::digest(value.as_bytes()).into())
}

/// Gives the browser its session.
pub fn set_session(headers: &mut HeaderMap, value: &str) {
    set(headers, SESSION, value, "");
}

/// Takes the session from the browser.
pub fn clear_session(headers: &mut HeaderMap) {
    set(headers, SESSION, "", "; Max-Age=0");
}

/// Binds launches on their way to this browser: whoever brings their `state` back must also bring this.
///
/// Several launches may be on their way at once; they share the cookie, so that two tabs do not spoil each other.
pub fn set_way_back(headers: &mut HeaderMap, binding: &Secret) {
    set(headers, WAY_BACK, binding.expose(), "; Max-Age=600");
}

/// What this browser was given for launches on their way.
pub fn way_back(headers: &HeaderMap) -> Option<Secret> {
    value(headers, WAY_BACK).filter(|text| !text.is_empty()).map(Secret::new)
}

fn value(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    access::cookie::value(lines, name).map(str::to_owned)
}

fn set(headers: &mut HeaderMap, name: &str, value: &str, life: &str) {
    if let Ok(line) = HeaderValue::from_str(&format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax{life}")) {
        headers.append(SET_COOKIE, line);
    }
}
