//! Until when the browser is signed in, said on every page of a session, and the warning before the end.

use leptos::prelude::*;

use crate::desk::SessionEnd;
use crate::islands::SessionWatch;
use crate::words::words;

/// Says until when the session lasts, with a button that puts the end off: for inside the form that signs out.
pub fn session_end() -> Option<AnyView> {
    let end = use_context::<SessionEnd>()?;
    let words = words();
    let how = if end.extendable { words.session_how() } else { words.session_last() };
    let button = end.extendable.then(|| {
        view! { <button class="button button--small session-end__more" formaction="/extend" data-extend="">{words.stay_signed_in()}</button> }
    });
    Some(
        view! { <small class="session-end" title=how data-session-words="">{words.signed_in_until(end.at)}</small>{button} }
            .into_any(),
    )
}

/// What warns of the end, drawn once on a page. `address` is where it asks: that of the launch where the page is one's,
/// because a launch can end before its session does.
pub fn session_watch(address: String) -> Option<AnyView> {
    let end = use_context::<SessionEnd>()?;
    let words = words();
    let what = if end.extendable { words.session_ends_soon_what() } else { words.session_ends_last_what() };
    let stay = end.extendable.then(|| {
        view! {
            <form method="post" action="/extend">
                <button class="button button--primary" data-extend="">{words.stay_signed_in()}</button>
            </form>
        }
    });
    Some(
        view! {
            <SessionWatch address left=end.left warned_before=end.warned_before>
                <dialog class="dialog" id="session-warning" role="alertdialog" aria-labelledby="session-warning-title" aria-describedby="session-warning-what">
                    <h2 id="session-warning-title">{words.session_ends_soon()}</h2>
                    <p id="session-warning-what">{what}</p>
                    <p role="status" id="session-warning-last" data-words=words.session_last_minute()></p>
                    <div class="dialog__ways">
                        {stay}
                        <form method="post" action="/sign-out"><button class="button">{words.sign_out()}</button></form>
                    </div>
                </dialog>
            </SessionWatch>
        }
        .into_any(),
    )
}
