//! Decisions, applied to the issues that were found.

use std::collections::{BTreeMap, BTreeSet};

use super::{Decisions, Seen, Settled, SettledAs, Standing, Subject};
use crate::plan::DetectedIssue;

/// Says of each issue how it stands. No issue is taken away, none is added, and their order stays.
///
/// An issue is settled by the newest decision about exactly its subject. Where there is none, a decision that found no
/// issue of its own and spoke of some of the same records, or of more of them, opens it again: it never settles it.
pub fn apply(decisions: &Decisions, issues: &mut [DetectedIssue]) {
    let newest = newest(&decisions.settled);
    if newest.is_empty() {
        return;
    }
    let subjects: Vec<Subject> = issues.iter().map(Subject::of).collect();
    let found: BTreeSet<&Subject> = subjects.iter().collect();
    // A decision that has its own issue says nothing about others.
    let loose: Vec<&Settled> =
        newest.iter().filter(|(subject, _)| !found.contains(*subject)).map(|(_, settled)| *settled).collect();
    for (issue, subject) in issues.iter_mut().zip(&subjects) {
        let settled = newest.get(subject).copied().or_else(|| nearest(&loose, subject));
        issue.standing = settled.map_or(Standing::Open, |settled| standing(settled, issue));
    }
}

/// The newest decision about each subject.
fn newest(settled: &[Settled]) -> BTreeMap<&Subject, &Settled> {
    let mut newest: BTreeMap<&Subject, &Settled> = BTreeMap::new();
    for one in settled {
        let kept = newest.entry(&one.subject).or_insert(one);
        if age(kept) < age(one) {
            *kept = one;
        }
    }
    newest
}

/// What tells the newer of two decisions; of two in the same moment the same one is taken in whatever order they come.
fn age(settled: &Settled) -> (jiff::Timestamp, String) {
    (settled.signature.at, format!("{:?}{:?}{:?}", settled.signature, settled.outcome, settled.seen))
}

/// Of the decisions about the same question with more records or fewer, the one that has the most in common with it.
fn nearest<'d>(loose: &[&'d Settled], subject: &Subject) -> Option<&'d Settled> {
    let near = loose.iter().filter_map(|settled| Some((settled.subject.grown(subject)?, *settled)));
    near.max_by_key(|(common, settled)| (*common, age(settled))).map(|(_, settled)| settled)
}

fn standing(settled: &Settled, issue: &DetectedIssue) -> Standing {
    if settled.outcome == SettledAs::TakenBack {
        return Standing::Open;
    }
    let (outcome, signature) = (settled.outcome.clone(), settled.signature.clone());
    let changes = settled.seen.changes_to(&Seen::of(issue));
    if changes.is_empty() && settled.subject == Subject::of(issue) {
        if issue.needs_professional() && !signature.by.is_professional() {
            return Standing::Voiced { outcome, signature };
        }
        Standing::Decided { outcome, signature }
    } else {
        Standing::Reopened { outcome, signature, changes }
    }
}
