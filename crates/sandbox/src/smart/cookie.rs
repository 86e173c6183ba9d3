//! The cookie that ties a sign-in to the browser that began it.
//!
//! Its name carries the EHR's id: browsers send a cookie to every port of a host, so that four EHRs on 127.0.0.1
//! would overwrite each other's.

use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

use super::Authority;

/// The browser's value at this EHR, if it has one.
pub(super) fn browser(jar: &CookieJar, authority: &Authority) -> Option<String> {
    jar.get(&name(authority)).map(|cookie| cookie.value().to_owned())
}

/// The cookie for a new value. Not `Secure`: the sandbox speaks plain HTTP on this machine.
pub(super) fn fresh(value: String, authority: &Authority) -> Cookie<'static> {
    Cookie::build((name(authority), value)).path("/").http_only(true).same_site(SameSite::Lax).build()
}

fn name(authority: &Authority) -> String {
    format!("ehr-{}", authority.id)
}
