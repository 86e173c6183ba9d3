//! What could settle an issue, in words: nothing is chosen for anybody, and nothing is offered that does nothing.

use care_plan::plan::{DetectedIssue, Settlement};
use fhir::{ResourceKey, SourceId};
use leptos::prelude::*;

use super::look::Look;
use crate::words::IssueKind;

/// Draws what could settle an issue.
pub fn could_settle(look: &Look, issue: &DetectedIssue) -> AnyView {
    let words = look.words();
    let mut lines: Vec<String> = Vec::new();
    for settlement in &issue.settle {
        let line = in_words(look, issue, settlement);
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    let lines = lines.into_iter().map(|line| view! { <li>{line}</li> });
    if IssueKind::of(issue.code) == IssueKind::Gap {
        return view! {
            <details class="issue__settle">
                <summary>{words.could_settle()}</summary>
                <ul class="lines lines--marked">{lines.collect_view()}</ul>
            </details>
        }
        .into_any();
    }
    view! {
        <div class="issue__settle">
            <h4>{words.could_settle()}</h4>
            <ul class="lines lines--marked">{lines.collect_view()}</ul>
        </div>
    }
    .into_any()
}

fn in_words(look: &Look, issue: &DetectedIssue, settlement: &Settlement) -> String {
    let words = look.words();
    let at = |source: &SourceId| look.badge(source).name;
    let places = |keys: &[ResourceKey]| -> Vec<String> {
        look.badges(keys.iter().map(|key| &key.source)).into_iter().map(|badge| badge.name).collect()
    };
    match settlement {
        Settlement::Adopt { element, from, to } => words.adopt(element, &told_apart(look, issue, from), &places(to)),
        Settlement::Change { element, of, to } => {
            let to = to
                .as_deref()
                .map(|to| words.fact_code(if element.contains("achievement") { "achievement" } else { "status" }, to));
            words.change(element, &told_apart(look, issue, of), to.as_deref())
        }
        Settlement::AskPrescriber { about } => words.ask_prescriber(&places(about)),
        Settlement::Add { what, to } => words.add_to_plan(what, to.as_ref().and_then(|to| look.title(to))),
        Settlement::Link { element, of } => words.link_up(element, look.title(of)),
        Settlement::JoinOrSplit { .. } => words.join_or_split().to_owned(),
        Settlement::ReadAgain { source } => words.read_again(&at(source)),
        Settlement::KeepAsIs => words.keep_as_is().to_owned(),
    }
}

/// Name of a record, with what it calls the item where its source has several sides of the issue.
fn told_apart(look: &Look, issue: &DetectedIssue, key: &ResourceKey) -> String {
    let name = look.badge(&key.source).name;
    let alone = issue.sides.iter().filter(|side| side.key.source == key.source).count() < 2;
    match look.called(key).filter(|_| !alone) {
        Some(title) => format!("{name} (“{title}”)"),
        None => name,
    }
}
