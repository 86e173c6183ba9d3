//! A launch that cannot go on inside the frame of another site.

use leptos::prelude::*;

use super::Page;
use crate::words::words;

/// Why a launch leaves the frame that it was begun in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyWindow {
    /// The browser kept no cookie of ours there.
    NoCookie,
    /// The source's sign-in shows itself in no frame.
    SourceRefuses,
}

/// The whole page; `href` begins the same launch once more.
pub fn open_window_document(why: WhyWindow, href: String) -> impl IntoView {
    view! { <Page title=words().title(words().window_heading(), None)><OpenWindowPage why href/></Page> }
}

/// One button that begins the launch in a window of its own, where our cookie is kept. A link, because a form would be
/// held to our own addresses on its whole way (`form-action`), and this one leads on to the source.
#[component]
pub fn OpenWindowPage(
    /// Why it does not go on here.
    why: WhyWindow,
    /// Address that begins the launch.
    href: String,
) -> impl IntoView {
    let words = words();
    let sentence = match why {
        WhyWindow::NoCookie => words.window_why(),
        WhyWindow::SourceRefuses => words.window_refuses(),
    };
    view! {
        <main class="plain" id="main">
            <p class="plain__product">{words.product()}</p>
            <h1>{words.window_heading()}</h1>
            <p>{sentence}</p>
            <p><a class="button button--primary button--large" href=href target="_blank" rel="noopener noreferrer">{words.window_open()}</a></p>
        </main>
    }
}
