//! A detected issue: what it is, what every record says side by side, and what could settle it.

use care_plan::decisions::Standing;
use care_plan::plan::{DetectedIssue, Severity, Side};
use leptos::prelude::*;

use super::decide::{decide_form, settled};
use super::issue_facts::issue_facts;
use super::issue_settle::could_settle;
use super::issue_standing::issue_standing;
use super::look::Look;
use crate::desk::Answer;
use crate::parts::{SourceBadge, StatusChip};
use crate::words::{IssueKind, Reader, Tone};

/// Draws an issue: an article named by its title, which is its own anchor; `answer` is what a form of the page was told.
pub fn issue(look: &Look, issue: &DetectedIssue, answer: Option<&Answer>) -> AnyView {
    let words = look.words();
    let id = issue.id.0.clone();
    let title_id = format!("title-{id}");
    // Names of FHIR are for those who look after the records.
    let element = (look.reader() == Reader::Professional).then(|| view! { <small>{issue.element.clone()}</small> });
    let (grave, tone) = words.severity(issue.severity);
    let severity = (issue.severity == Severity::High).then(|| {
        let text = words.severity_said(grave);
        view! { <StatusChip text tone/> }
    });
    let kind_tone = if issue.severity == Severity::Low { Tone::Plain } else { tone };
    let class = match IssueKind::of(issue.code) {
        IssueKind::Difference => "issue",
        IssueKind::Gap => "issue issue--gap",
    };
    let standing = issue_standing(look, &issue.standing);
    let item = issue.items.iter().find(|item| look.title(item).is_some());
    let item = item.map(|item| view! { <a class="issue__item" href=look.item_href(item)>{words.see_item()}</a> });
    let beside = (!issue.facts.is_empty()).then(|| {
        view! { <div class="issue__beside">{issue_facts(look, &issue.facts, &[])}</div> }
    });
    let mut sides: Vec<&Side> = issue.sides.iter().collect();
    sides.sort_by_key(|side| look.order(&side.key.source));
    let sides: Vec<AnyView> = sides.into_iter().map(|of| side(look, of, &issue.sides)).collect();
    let source = issue.source.as_ref().filter(|_| sides.is_empty()).map(|source| {
        let badge = look.badge(source);
        let name = badge.name.clone();
        view! { <div class="issue__side"><h4><SourceBadge badge/>" "<span aria-hidden="true">{name}</span></h4></div> }
    });
    let (could_settle, decide) = if matches!(issue.standing, Standing::Voiced { .. }) {
        // What the person said can be taken back, and the issue settled.
        let decide = view! { {settled(look, issue, answer)}{decide_form(look, issue, answer)} };
        (Some(could_settle(look, issue)), decide.into_any())
    } else if issue.standing.is_open() {
        (Some(could_settle(look, issue)), decide_form(look, issue, answer))
    } else {
        (None, settled(look, issue, answer))
    };
    view! {
        <article class=class id=id aria-labelledby=title_id>
            <div class="issue__head">
                <StatusChip text=words.issue(issue.code, look.reader()) tone=kind_tone/>
                <h3 id=title_id.clone()>{issue.title.clone()}</h3>
                {severity}
                {element}
                {item}
            </div>
            <p class="issue__means">{words.issue_means(issue.code, look.reader())}</p>
            {beside}
            {standing}
            <div class="issue__sides">
                {sides}
                {source}
                {could_settle}
            </div>
            {decide}
        </article>
    }
    .into_any()
}

/// What one record says, with which of its entries says so.
fn side(look: &Look, side: &Side, among: &[Side]) -> AnyView {
    let words = look.words();
    let badge = look.badge(&side.key.source);
    let name = badge.name.clone();
    // Where a fact says how it is called, it is not said twice.
    let told = |title: &&str| side.says.iter().any(|fact| fact.value.plain() == **title);
    let called = look
        .called(&side.key)
        .filter(|title| !told(title))
        .map(|title| view! { <p class="issue__called">{words.calls_it(title)}</p> });
    let label = look.member(&side.key).and_then(|member| words.confidential(member.confidentiality));
    let label = label.map(|text| view! { <StatusChip text tone=Tone::Warn/> });
    let version =
        (look.reader() == Reader::Professional).then(|| words.of_version(&side.key.kind, side.version.as_deref()));
    let which =
        (version.is_some() || label.is_some()).then(|| view! { <p class="issue__version">{version}" "{label}</p> });
    view! {
        <div class="issue__side">
            <h4><SourceBadge badge/>" "<span aria-hidden="true">{name}</span></h4>
            {called}
            {issue_facts(look, &side.says, among)}
            {which}
        </div>
    }
    .into_any()
}
