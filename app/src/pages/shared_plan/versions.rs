//! The versions of a plan.

use leptos::prelude::*;

use super::{back, framed};
use crate::desk::shared_plan::VersionsSheet;
use crate::pages::Page;
use crate::pages::shell::title_of_launch;
use crate::sections::shared_plan::versions;
use crate::words::words;

/// The whole page.
pub fn shared_versions_document(sheet: VersionsSheet) -> impl IntoView {
    let page = framed(move |look| {
        view! {
            {back(look, sheet.plan, &sheet.title)}
            <h1>{look.words().plan_versions()}</h1>
            {versions(look, &sheet)}
        }
        .into_any()
    });
    view! { <Page title=title_of_launch(words().plan_versions())>{page}</Page> }
}
