//! The HTML document around every page.

use std::sync::Arc;

use http::HeaderValue;
use http::header::CONTENT_SECURITY_POLICY;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use super::PlanQuery;
use crate::desk::{Assets, LaunchDesk};
use crate::sections::{Look, initials};
use crate::words::words;

/// The document: head with our own title, policy and script, then the page.
///
/// *Invariant:* `title` is made of our own words and initials only, because a title's text leaves unescaped.
#[component]
pub fn Page(
    /// Own words and initials.
    title: String,
    children: Children,
) -> impl IntoView {
    send_policy();
    let assets = expect_context::<Assets>();
    let body = children();
    view! {
        <!DOCTYPE html>
        <html lang=words().tag()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <title inner_html=title_text(&title)></title>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="stylesheet" href=assets.css/>
                <link rel="modulepreload" href=assets.js/>
                <link rel="preload" r#as="fetch" crossorigin="" href=assets.wasm/>
                <script type="module" r#async=true nonce=use_nonce() src=assets.start></script>
            </head>
            <body>{body}</body>
        </html>
    }
}

/// Makes ready for drawing: call it once, before the first page is drawn. Calling it again does nothing.
pub fn prepare() {
    // It fails only where the executor has been set before.
    let _ = any_spawner::Executor::init_tokio();
}

/// Sends the Content-Security-Policy of a drawn page: nothing inline, nothing from elsewhere.
///
/// It is sent where the nonce is known. Who may show a page in a frame is the server's to say. Answers that are not drawn get the server's own, stricter one.
pub fn send_policy() {
    let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>()) else { return };
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.insert_header(CONTENT_SECURITY_POLICY, policy);
    }
}

/// Title of a page of the launch in the context, with the person's initials where somebody has said who it is.
pub(super) fn title_of_launch(page: &str) -> String {
    let initials = use_context::<Arc<dyn LaunchDesk>>()
        .and_then(|desk| initials(&Look::of(&*desk, desk.glance(), &PlanQuery::default())));
    words().title(page, initials.as_deref())
}

/// A title shows every letter it is given, Leptos' own marks between children too: so it is written as a whole.
/// Takes the sting out of it should a record's text get here in spite of the invariant.
fn title_text(text: &str) -> String {
    text.replace('<', "‹").replace('>', "›").replace('&', "＆")
}
