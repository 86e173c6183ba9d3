//! The cookies: one for the browser's session, one for launches that are on their way.
//!
//! Both hold random text only. `__Host-` binds them to this host and to `/`; HttpOnly keeps script away. There are two
//! kinds (checklist E1), by where our page stands:
//!
//! - in a window of its own they are `Lax`: the way back from an authorization server is a top-level navigation, which
//!   carries them;
//! - in a frame of another site they are `SameSite=None; Partitioned`: kept for this site inside that one only, also by
//!   browsers that block third-party cookies. Nothing else may be sent from other sites with them, which the fetch
//!   metadata says ([`crate::middleware`]).
//!
//! The kinds have names of their own, so that neither writes over the other where a browser sends both, which it does
//! when the other site is our own. A window and a frame have two sessions.

use access::{Secret, SessionHash};
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use sha2::{Digest, Sha256};

/// Where a page of ours stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In a window or tab of its own.
    Window,
    /// In a frame of another page.
    Frame,
}

impl Place {
    /// Where the answer will stand, as the browser says it; `None` where it says nothing: older ones do not.
    pub fn said(headers: &HeaderMap) -> Option<Self> {
        match headers.get("sec-fetch-dest")?.to_str().ok()? {
            "document" => Some(Self::Window),
            "iframe" | "frame" | "embed" | "object" | "fencedframe" => Some(Self::Frame),
            _ => None,
        }
    }

    const fn session(self) -> &'static str {
        match self {
            Self::Window => "__Host-sid",
            Self::Frame => "__Host-sid-framed",
        }
    }

    const fn way_back(self) -> &'static str {
        match self {
            Self::Window => "__Host-way",
            Self::Frame => "__Host-way-framed",
        }
    }

    const fn kind(self) -> &'static str {
        match self {
            Self::Window => "SameSite=Lax",
            Self::Frame => "SameSite=None; Partitioned",
        }
    }
}

const PLACES: [Place; 2] = [Place::Window, Place::Frame];
/// The tenant whose EHR shows us in a frame: only chooses who may frame answers that show nothing of anybody.
const FRAMED_BY: &str = "__Host-framed-by";

/// The sessions whose cookies the browser sent: one, or two where one site shows both a window and a frame of ours.
pub fn sessions(headers: &HeaderMap) -> Vec<SessionHash> {
    PLACES.into_iter().filter_map(|place| session_at(headers, place)).collect()
}

/// The session of one place, if the browser sent its cookie.
pub fn session_at(headers: &HeaderMap, place: Place) -> Option<SessionHash> {
    value(headers, place.session()).map(|text| hash(&text))
}

/// True where the page that sends this stands in a frame: as the browser says it, else by the session that it keeps for
/// frames.
pub fn is_framed(headers: &HeaderMap) -> bool {
    match Place::said(headers) {
        Some(place) => place == Place::Frame,
        None => session_at(headers, Place::Frame).is_some(),
    }
}

/// Hash under which a session is stored.
pub fn hash(value: &str) -> SessionHash {
    SessionHash(Sha256::digest(value.as_bytes()).into())
}

/// Stands for the browser until its first sign-in: what its launches on their way have in common.
///
/// No cookie has this as its hash, so whoever knows the binding opens nothing by it.
pub fn before_sign_in(binding: &Secret) -> SessionHash {
    SessionHash(Sha256::new().chain_update("before sign-in\0").chain_update(binding.expose()).finalize().into())
}

/// Gives the browser its session.
pub fn set_session(headers: &mut HeaderMap, place: Place, value: &str) {
    set(headers, place, place.session(), value, "");
}

/// Takes the sessions from the browser.
pub fn clear_sessions(headers: &mut HeaderMap) {
    for place in PLACES {
        set(headers, place, place.session(), "", "; Max-Age=0");
    }
}

/// What a browser was given for its launches on their way.
#[derive(Debug, Clone)]
pub struct WayBack {
    /// Which kind of cookie it kept.
    pub place: Place,
    /// What is in it.
    pub binding: Secret,
}

/// Binds launches on their way to this browser: whoever brings their `state` back must also bring this.
///
/// Several launches may be on their way at once; they share the cookie, so that two tabs do not spoil each other.
pub fn set_way_back(headers: &mut HeaderMap, place: Place, binding: &Secret) {
    set(headers, place, place.way_back(), binding.expose(), "; Max-Age=600");
}

/// What this browser was given for launches on their way, in the place where the answer will stand. Where the browser
/// does not say where that is, the cookie that it kept says it.
pub fn way_back(headers: &HeaderMap) -> Option<WayBack> {
    let said = Place::said(headers);
    let places = PLACES.into_iter().filter(|place| said.is_none_or(|said| said == *place));
    let mut kept = places.filter_map(|place| {
        let text = value(headers, place.way_back()).filter(|text| !text.is_empty())?;
        Some(WayBack { place, binding: Secret::new(text) })
    });
    kept.next()
}

/// Remembers which tenant's EHR shows us in a frame. Ids that cannot stand in a cookie are not remembered.
pub fn set_framed_by(headers: &mut HeaderMap, tenant: &str) {
    if tenant.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')) {
        set(headers, Place::Frame, FRAMED_BY, tenant, "");
    }
}

/// The tenant whose EHR shows us in a frame, as the browser was told; never believed for more than that.
pub fn framed_by(headers: &HeaderMap) -> Option<String> {
    value(headers, FRAMED_BY)
}

fn value(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    access::cookie::value(lines, name).map(str::to_owned)
}

fn set(headers: &mut HeaderMap, place: Place, name: &str, value: &str, life: &str) {
    let line = format!("{name}={value}; Path=/; Secure; HttpOnly; {}{life}", place.kind());
    if let Ok(line) = HeaderValue::from_str(&line) {
        headers.append(SET_COOKIE, line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(lines: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(*name, HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn e1_each_place_has_its_kind_of_cookie_and_neither_writes_over_the_other() {
        let mut given = HeaderMap::new();
        set_session(&mut given, Place::Window, "w");
        set_session(&mut given, Place::Frame, "f");
        let lines: Vec<_> = given.get_all(SET_COOKIE).iter().map(|line| line.to_str().expect("text")).collect();
        assert_eq!(
            lines,
            [
                "__Host-sid=w; Path=/; Secure; HttpOnly; SameSite=Lax",
                "__Host-sid-framed=f; Path=/; Secure; HttpOnly; SameSite=None; Partitioned"
            ]
        );
        let both = headers(&[("cookie", "__Host-sid-framed=f; __Host-sid=w")]);
        assert_eq!(sessions(&both), [hash("w"), hash("f")]);
        assert_eq!(session_at(&both, Place::Frame), Some(hash("f")));
    }

    #[test]
    fn e1_the_way_back_is_read_where_the_answer_will_stand() {
        const BOTH: (&str, &str) = ("cookie", "__Host-way=w; __Host-way-framed=f");
        let read = |lines: &[(&'static str, &'static str)]| {
            way_back(&headers(lines)).map(|kept| (kept.place, kept.binding.expose().to_owned()))
        };
        assert_eq!(read(&[BOTH, ("sec-fetch-dest", "iframe")]), Some((Place::Frame, "f".to_owned())));
        assert_eq!(read(&[BOTH, ("sec-fetch-dest", "document")]), Some((Place::Window, "w".to_owned())));
        assert_eq!(read(&[("cookie", "__Host-way-framed=f")]), Some((Place::Frame, "f".to_owned())));
        assert_eq!(read(&[("cookie", "__Host-way-framed=f"), ("sec-fetch-dest", "document")]), None);
        assert_eq!(read(&[("cookie", "__Host-way=")]), None);
    }

    #[test]
    fn s5_what_binds_a_launch_is_no_session() {
        assert_ne!(before_sign_in(&Secret::new("w")), hash("w"));
    }
}
