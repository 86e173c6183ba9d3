//! The versions of a plan, and two of them compared in words.

use leptos::prelude::*;

use crate::desk::shared_plan::VersionsSheet;
use crate::sections::Look;

/// Draws the list and the form that chooses two.
pub fn versions(look: &Look, sheet: &VersionsSheet) -> AnyView {
    let words = look.words();
    let lines = sheet.versions.iter().map(|head| {
        let role = head.by.role.map(|role| words.role(role));
        let step = words.plan_step(&look.moment(head.at), &head.by.name, role);
        let reason = head.reason.clone().map(|why| view! { <p class="muted">{words.plan_reason(&why)}</p> });
        view! { <li><b>{words.plan_version(head.version.0)}</b>" "{step}{reason}</li> }
    });
    let older = sheet.versions.last().is_some_and(|oldest| oldest.version.0 > 1);
    let older = older.then(|| view! { <p class="muted">{words.plan_versions_older()}</p> });
    let (from, to) = match &sheet.compared {
        Some(compared) => (compared.from.0, compared.to.0),
        None => (0, 0),
    };
    let options = |chosen: u64| {
        sheet
            .versions
            .iter()
            .map(|head| {
                let version = head.version.0;
                let word = format!("{}, {}, {}", words.plan_version(version), look.moment(head.at), head.by.name);
                view! { <option value=version.to_string() selected=version == chosen>{word}</option> }
            })
            .collect_view()
    };
    let compared = sheet.compared.as_ref().map(|compared| {
        let lines = compared.changes.iter().map(|line| view! { <li>{line.clone()}</li> }).collect_view();
        let none = compared.changes.is_empty().then(|| view! { <p>{words.plan_same()}</p> });
        view! {
            <section class="panel" aria-labelledby="plan-compared">
                <h2 id="plan-compared">{words.plan_compared(compared.from.0, compared.to.0)}</h2>
                {none}
                <ul class="lines lines--marked">{lines}</ul>
            </section>
        }
    });
    let several = sheet.versions.len() > 1;
    let form = several.then(|| {
        view! {
            <section class="panel" aria-labelledby="plan-compare">
                <h2 id="plan-compare">{words.plan_compare()}</h2>
                <form class="goal-form versions-form" method="get" action=look.path(&format!("shared-plan/{}/versions", sheet.plan))>
                    <label for="compare-from">{words.plan_compare_from()}</label>
                    <select class="field" id="compare-from" name="from">{options(from)}</select>
                    <label for="compare-to">{words.plan_compare_to()}</label>
                    <select class="field" id="compare-to" name="to">{options(to)}</select>
                    <button class="button button--primary">{words.plan_compare_send()}</button>
                </form>
            </section>
        }
    });
    view! {
        {compared}
        {form}
        <section class="panel" aria-labelledby="plan-versions">
            <h2 id="plan-versions">{words.plan_versions()}</h2>
            <ol class="lines shared-steps">{lines.collect_view()}</ol>
            {older}
        </section>
    }
    .into_any()
}
