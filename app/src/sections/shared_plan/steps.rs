//! What was changed, in words that the person can read.

use leptos::prelude::*;

use crate::desk::shared_plan::{PlanSheet, Step};
use crate::sections::Look;

/// Draws what changed since the version before, in plain sentences; nothing where it was not asked for.
pub fn summary(look: &Look, sheet: &PlanSheet) -> Option<AnyView> {
    let words = look.words();
    let groups = sheet.summary.iter().map(|(heading, sentences)| {
        let lines = sentences.iter().map(|line| view! { <li>{line.clone()}</li> }).collect_view();
        view! { <h3>{*heading}</h3><ul class="lines lines--marked">{lines}</ul> }
    });
    let groups = groups.collect_view();
    (!sheet.summary.is_empty()).then(|| {
        view! {
            <section class="panel" aria-labelledby="shared-summary">
                <h2 id="shared-summary">{words.plan_summary()}</h2>
                {groups}
            </section>
        }
        .into_any()
    })
}

/// Draws the newest versions, each with who made it and what it changed.
pub fn steps(look: &Look, sheet: &PlanSheet) -> AnyView {
    let words = look.words();
    let lines = sheet.steps.iter().map(|step| step_line(look, step)).collect_view();
    let all = look.path(&format!("shared-plan/{}/versions", sheet.plan.id));
    view! {
        <section class="panel" aria-labelledby="shared-steps">
            <h2 id="shared-steps">{words.plan_what_changed()}</h2>
            <ol class="lines shared-steps">{lines}</ol>
            <p><a href=all>{words.plan_all_versions()}</a></p>
        </section>
    }
    .into_any()
}

fn step_line(look: &Look, step: &Step) -> AnyView {
    let words = look.words();
    let role = step.head.by.role.map(|role| words.role(role));
    let head = words.plan_step(&look.moment(step.head.at), &step.head.by.name, role);
    let reason = step.head.reason.clone().map(|why| view! { <p class="muted">{words.plan_reason(&why)}</p> });
    let changes = step.changes.iter().map(|line| view! { <li>{line.clone()}</li> }).collect_view();
    let first =
        (step.head.version == shared_plan::Version::FIRST).then(|| view! { <li>{words.plan_was_started()}</li> });
    view! {
        <li>
            <p><b>{head}</b></p>
            <ul class="lines lines--marked">{first}{changes}</ul>
            {reason}
        </li>
    }
    .into_any()
}
