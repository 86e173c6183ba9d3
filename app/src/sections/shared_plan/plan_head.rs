//! What a shared plan says itself, and where it stands.

use access::Role;
use leptos::prelude::*;
use shared_plan::plan::{About, Plan, Workflow};

use crate::desk::shared_plan::{PlanSheet, SOURCE};
use crate::parts::StatusChip;
use crate::sections::Look;

/// Draws the head: state, facts, what it is for, who signed.
pub fn plan_head(look: &Look, sheet: &PlanSheet) -> AnyView {
    let words = look.words();
    let plan = &sheet.plan;
    let content = &plan.content;
    let standing = plan_chips(look, plan);
    let why = plan.status_reason.clone().map(|why| view! { <p>{words.plan_reason(&why)}</p> });
    let mut facts: Vec<(&'static str, String)> = Vec::new();
    let categories: Vec<&str> = content.categories.iter().map(|category| category.title()).collect();
    if !categories.is_empty() {
        facts.push((words.plan_category(), categories.join(", ")));
    }
    if let Some(period) = words.plan_period(&content.period) {
        facts.push((words.plan_period_label(), period));
    }
    let next = plan.review.next.map_or_else(|| words.plan_no_review().to_owned(), |day| look.on(day));
    facts.push((words.plan_next_review(), next));
    facts.push((words.version_label(), plan.version.to_string()));
    let facts = facts.into_iter().map(|(label, value)| view! { <div><dt>{label}</dt><dd>{value}</dd></div> });
    let missing: Vec<Role> = plan.review.missing().collect();
    let signed = plan.review.signed.iter().map(|signed| {
        view! { <li>{words.plan_signed(words.role(signed.role), &signed.by.name, &look.day(signed.at))}</li> }
    });
    let waits = missing.into_iter().map(|role| view! { <li>{words.plan_waits_for(words.role(role))}</li> });
    let review = (!plan.review.asked.is_empty()).then(|| {
        view! { <h3>{words.plan_review()}</h3><ul class="lines">{signed.collect_view()}{waits.collect_view()}</ul> }
    });
    let description = content.description.clone().map(|text| view! { <p class="note">{text}</p> });
    view! {
        <section class="panel" aria-labelledby="shared-plan-state">
            <h2 id="shared-plan-state">{words.plan_stands()}" "{standing}</h2>
            {why}
            {description}
            <dl class="facts">{facts.collect_view()}</dl>
            {pointed(look, words.plan_addresses(), &content.addresses)}
            {replaced(look, sheet)}
            {review}
        </section>
    }
    .into_any()
}

/// Every word that is true of a plan today, each a chip: a plan in force that lies with its reviewers may be late for
/// review all the same.
pub fn plan_chips(look: &Look, plan: &Plan) -> AnyView {
    let standing = plan.standing(look.today());
    // Where a plan that was never in force lies is what one asks for: that it is not in force goes without saying.
    let lies_somewhere = standing.iter().any(|word| matches!(word, Workflow::InReview | Workflow::Revised));
    let told = standing.into_iter().filter(|word| !(lies_somewhere && *word == Workflow::Draft));
    let chips = told.map(|word| {
        let (text, tone) = look.words().workflow(word);
        view! { <StatusChip text=text tone=tone/>" " }
    });
    chips.collect_view().into_any()
}

/// What a part of a plan points at: a list with a heading, or nothing.
pub fn pointed(look: &Look, heading: &'static str, about: &[About]) -> Option<AnyView> {
    // The same item may be held by several records: it is named once.
    let mut names: Vec<String> = about.iter().map(|about| name(look, about)).collect();
    names.dedup();
    let lines = names.iter().map(|name| view! { <li>{name.clone()}</li> }).collect_view();
    (!names.is_empty()).then(|| view! { <h3>{heading}</h3><ul class="lines lines--marked">{lines}</ul> }.into_any())
}

fn name(look: &Look, about: &About) -> String {
    let words = look.words();
    match about {
        About::Foreign(foreign) => foreign.display.clone().unwrap_or_else(|| words.kind(&foreign.kind).to_owned()),
        About::Concern(id) => {
            let (source, kind) = (fhir::SourceId::new(SOURCE), "Condition".to_owned());
            let key = fhir::ResourceKey { source, kind, id: id.to_string() };
            look.called(&key).unwrap_or_else(|| words.plan_own_concern()).to_owned()
        }
        About::Goal(_) => words.goal_page().to_owned(),
        About::Activity(_) => words.plan_activity().to_owned(),
    }
}

fn replaced(look: &Look, sheet: &PlanSheet) -> Option<AnyView> {
    let words = look.words();
    let plans = &sheet.plan.content.replaces;
    let line = |foreign: &shared_plan::Foreign| {
        let name = foreign.display.clone().unwrap_or_else(|| words.care_plan().to_owned());
        view! { <li>{name}" ("{look.badge(&fhir::SourceId::new(foreign.source.as_str())).name}")"</li> }
    };
    let lines = plans.iter().map(line).collect_view();
    (!plans.is_empty())
        .then(|| view! { <h3>{words.plan_replaces()}</h3><ul class="lines lines--marked">{lines}</ul> }.into_any())
}
