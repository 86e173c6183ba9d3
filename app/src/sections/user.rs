//! Who is signed in, until when, and the way out; at the end of every banner.

use leptos::prelude::*;

use super::session_end::session_end;
use crate::words::words;

/// Draws it.
pub fn user(name: String, role: &'static str) -> impl IntoView {
    view! {
        <form class="banner__user" method="post" action="/sign-out">
            <span title=role>{name}</span>
            {session_end()}
            <button class="button button--small">{words().sign_out()}</button>
        </form>
    }
}
