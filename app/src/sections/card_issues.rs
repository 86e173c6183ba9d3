//! Detected issues on the card of the item they stand on: the gravest first, two at most, each with the way to its place.

use care_plan::plan::{DetectedIssue, Item, Side};
use leptos::prelude::*;

use super::issue_facts::value;
use super::look::Look;
use crate::parts::{Hidden, SourceBadge};
use crate::words::IssueKind;

/// Most issues that are told on one card.
const TOLD: usize = 2;
/// Most records that are named in one line.
const NAMED: usize = 3;

/// Facts that a rule knows beside and that are worth their place on a card.
const BESIDE: [&str; 5] = ["limit", "measured", "ingredient", "last", "proposed"];

/// The open issues that stand on an item, or of which one of its members is a side; the gravest first.
pub fn issues_of<'a>(look: &'a Look, item: &'a Item) -> impl Iterator<Item = &'a DetectedIssue> {
    look.plan().issues.iter().filter(|issue| {
        let is_side = |issue: &DetectedIssue| {
            issue.sides.iter().any(|side| item.members.iter().any(|member| member.key == side.key))
        };
        issue.standing.is_open()
            && (issue.items.first() == Some(&item.id) || issue.items.contains(&item.id) && is_side(issue))
    })
}

/// Draws them; nothing where there is none.
pub fn card_issues(look: &Look, item: &Item) -> Option<AnyView> {
    let issues: Vec<&DetectedIssue> = issues_of(look, item).collect();
    let next = issues.get(TOLD);
    let more = next.map(|next| {
        let text = look.words().more_issues(issues.len() - TOLD);
        view! { <p class="card__more"><a href=look.issue_href(&next.id)>{text}<Hidden text=format!(": {}", item.title)/></a></p> }
    });
    let lines: Vec<AnyView> = issues.into_iter().take(TOLD).map(|issue| line(look, issue)).collect();
    (!lines.is_empty()).then(|| view! { <div class="card__issues">{lines}{more}</div> }.into_any())
}

/// One line: what it is, what each record says where they differ, and the link.
fn line(look: &Look, issue: &DetectedIssue) -> AnyView {
    let words = look.words();
    let kind = words.issue(issue.code, look.reader());
    let class = match IssueKind::of(issue.code) {
        IssueKind::Difference => "card__issue",
        IssueKind::Gap => "card__issue card__issue--gap",
    };
    let mut said: Vec<(String, Vec<fhir::SourceId>)> = Vec::new();
    let mut sides: Vec<&Side> = issue.sides.iter().collect();
    sides.sort_by_key(|side| look.order(&side.key.source));
    for side in sides {
        let differing: Vec<String> =
            side.says.iter().filter(|fact| fact.differs).map(|fact| value(look, fact)).collect();
        if differing.is_empty() {
            continue;
        }
        let text = differing.join(", ");
        match said.iter_mut().find(|(same, _)| *same == text) {
            Some((_, sources)) => sources.push(side.key.source.clone()),
            None => said.push((text, vec![side.key.source.clone()])),
        }
    }
    let beside: Vec<String> = (issue.facts.iter().filter(|fact| BESIDE.contains(&fact.name)))
        .map(|fact| format!("{} {}", words.fact(fact.name).to_lowercase(), value(look, fact)))
        .collect();
    let beside = (!beside.is_empty()).then(|| view! { " "<span class="card__beside">{beside.join(", ")}</span> });
    // What every record says has a line of its own, so that no value is read as another record's.
    let said = said.into_iter().take(NAMED).map(|(text, sources)| {
        let badges = look.badges(sources.iter()).into_iter().map(|badge| view! { <SourceBadge badge/>" " });
        view! { " "<span class="card__says"><span class="card__marks">{badges.collect_view()}</span><span>{text}</span></span> }
    });
    let hidden = words.issue_of(kind, &issue.title);
    view! {
        <p class=class>
            <b>{kind}</b>
            <a href=look.issue_href(&issue.id)>{words.reconcile()}<Hidden text=hidden/></a>
            {said.collect_view()}{beside}
        </p>
    }
    .into_any()
}
