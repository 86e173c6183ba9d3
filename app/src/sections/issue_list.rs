//! All detected issues: the differences, the gaps, and what was settled, each with the gravest first.

use care_plan::plan::DetectedIssue;
use leptos::prelude::*;

use super::compared::{compared, compared_section};
use super::decide::decide_told;
use super::issue::issue;
use super::look::Look;
use crate::desk::Answer;
use crate::words::IssueKind;

/// What of the issues is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Everything.
    All,
    /// Where records differ.
    Differences,
    /// What is missing.
    Gaps,
    /// What may harm by itself.
    Safety,
}

impl Wanted {
    /// Reads the word of an address; an unknown one wants all.
    pub fn of(word: Option<&str>) -> Self {
        match word {
            Some("difference") => Self::Differences,
            Some("gap") => Self::Gaps,
            Some("safety") => Self::Safety,
            _ => Self::All,
        }
    }

    fn word(self) -> Option<&'static str> {
        match self {
            Self::All => None,
            Self::Differences => Some("difference"),
            Self::Gaps => Some("gap"),
            Self::Safety => Some("safety"),
        }
    }

    fn wants(self, issue: &DetectedIssue) -> bool {
        match self {
            Self::All => true,
            Self::Differences => IssueKind::of(issue.code) == IssueKind::Difference,
            Self::Gaps => IssueKind::of(issue.code) == IssueKind::Gap,
            Self::Safety => issue.code.is_safety(),
        }
    }
}

/// Draws the issues of the plan with their filters, then what was compared; `answer` is what a form of the page was told.
pub fn issue_list(look: &Look, wanted: Wanted, answer: Option<&Answer>) -> AnyView {
    let words = look.words();
    let (open, decided): (Vec<&DetectedIssue>, Vec<&DetectedIssue>) =
        look.plan().issues.iter().partition(|issue| issue.standing.is_open());
    let (differences, gaps): (Vec<&DetectedIssue>, Vec<&DetectedIssue>) =
        (open.iter().copied().filter(|issue| wanted.wants(issue)))
            .partition(|issue| IssueKind::of(issue.code) == IssueKind::Difference);
    let decided: Vec<&DetectedIssue> = decided.into_iter().filter(|issue| wanted.wants(issue)).collect();
    let (of_differences, of_gaps) = (differences.len(), gaps.len());
    let drawn =
        |issues: Vec<&DetectedIssue>| issues.into_iter().map(|one| issue(look, one, answer)).collect::<Vec<_>>();
    let none = (of_differences == 0 && wanted != Wanted::Gaps).then(|| {
        // Among all issues this is said of all that was read; under a filter only of the filter.
        let line = if open.iter().any(|one| IssueKind::of(one.code) == IssueKind::Difference) {
            words.none_of_kind().to_owned()
        } else {
            words.none_found_among(&compared(look).read)
        };
        view! { <p class="muted">{line}</p> }
    });
    let differences = (wanted != Wanted::Gaps).then(|| {
        view! {
            <section class="issues" aria-labelledby="differences-heading">
                <h2 id="differences-heading">{words.differences(of_differences)}</h2>
                {none}
                {drawn(differences)}
            </section>
        }
    });
    let gaps = (of_gaps > 0 || wanted == Wanted::Gaps).then(|| {
        view! {
            <section class="issues" aria-labelledby="gaps-heading">
                <h2 id="gaps-heading">{words.gaps(of_gaps)}</h2>
                {drawn(gaps)}
            </section>
        }
    });
    // Who just settled something, or did not, sees it where it stands.
    let opened =
        answer.is_some_and(|answer| decided.iter().any(|one| answer.typed("issue") == Some(one.id.0.as_str())));
    let decided = (!decided.is_empty()).then(|| {
        view! {
            <details class="issues issues--decided" open=opened>
                <summary><h2>{words.decided(decided.len())}</h2></summary>
                {drawn(decided)}
            </details>
        }
    });
    view! {
        {decide_told(look, answer)}
        <p class="issues__how">{words.reconcile_how()}</p>
        {filters(look, wanted, &open)}
        {differences}
        {gaps}
        {decided}
        {compared_section(look)}
    }
    .into_any()
}

/// The filters, with how many issues each shows.
fn filters(look: &Look, wanted: Wanted, open: &[&DetectedIssue]) -> AnyView {
    let words = look.words();
    let choices = [
        (Wanted::All, words.issues_all()),
        (Wanted::Differences, words.issues_differences()),
        (Wanted::Gaps, words.issues_gaps()),
        (Wanted::Safety, words.issues_safety()),
    ];
    let links = choices.into_iter().map(|(choice, label)| {
        let count = open.iter().filter(|issue| choice.wants(issue)).count();
        let href = look.path("reconcile") + &choice.word().map(|word| format!("?kind={word}")).unwrap_or_default();
        let current = (choice == wanted).then_some("true");
        view! { <a class="filter" href=href aria-current=current>{label}" "<b>{count}</b></a> }
    });
    view! { <div class="filters__statuses" role="group" aria-label=words.reconcile_filters()>{links.collect_view()}</div> }
        .into_any()
}
