//! The laws of decisions, on whatever issues there are.

use care_plan::Decisions;
use care_plan::decisions::{Decider, Decision, Seen, Settled, SettledAs, Signature, Standing, Subject, apply};
use care_plan::plan::{DetectedIssue, Fact, FactValue, IssueCode, IssueId, Severity, Side};
use fhir::{ResourceKey, SourceId};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

fn fact() -> impl Strategy<Value = Fact> {
    let value = prop_oneof![
        select(vec!["7 %", "8 %"]).prop_map(|text| FactValue::Text(text.to_owned())),
        select(vec!["active", "completed"]).prop_map(|code| FactValue::Code(code.to_owned())),
        Just(FactValue::Unsaid),
    ];
    (select(vec!["target", "status"]), value, any::<bool>()).prop_map(|(name, value, differs)| Fact {
        name,
        value,
        differs,
    })
}

fn facts() -> impl Strategy<Value = Vec<Fact>> {
    prop::collection::vec(fact(), 0..3)
}

fn side() -> impl Strategy<Value = Side> {
    (0..4_u8, prop::option::of(0..2_usize), facts()).prop_map(|(id, part, says)| {
        let key = ResourceKey { source: SourceId::new("a"), kind: "Goal".to_owned(), id: id.to_string() };
        Side { key, part, version: None, says }
    })
}

/// Few rules and records, so that issues often speak of the same.
fn issue() -> impl Strategy<Value = DetectedIssue> {
    let code = select(vec![IssueCode::ContradictoryTargets, IssueCode::StatusDisagreement]);
    (code, prop::collection::vec(side(), 0..4), facts(), prop::option::of(Just("hba1c".to_owned()))).prop_map(
        |(code, mut sides, facts, apart)| {
            sides.sort_by(|one, other| (&one.key, one.part).cmp(&(&other.key, other.part)));
            sides.dedup_by(|one, other| one.key == other.key && one.part == other.part);
            DetectedIssue {
                id: IssueId(String::new()),
                code,
                severity: Severity::Low,
                title: "It".to_owned(),
                items: Vec::new(),
                element: "Goal".to_owned(),
                sides,
                facts,
                apart,
                source: None,
                settle: Vec::new(),
                standing: Standing::Open,
            }
        },
    )
}

/// Issues no two of which have one subject, as rules give them.
fn issues() -> impl Strategy<Value = Vec<DetectedIssue>> {
    prop::collection::vec(issue(), 0..6).prop_map(|mut issues| {
        issues.sort_by_key(Subject::of);
        issues.dedup_by(|one, other| Subject::of(one) == Subject::of(other));
        issues
    })
}

fn outcome() -> impl Strategy<Value = SettledAs> {
    select(vec![SettledAs::KeptAsIs, SettledAs::NotAnIssue, SettledAs::AskedTeam])
}

fn signature() -> impl Strategy<Value = Signature> {
    (0..4_i64, select(vec!["a", "b"])).prop_map(|(at, who)| Signature {
        by: Decider { id: who.to_owned(), name: who.to_owned(), role: None },
        at: jiff::Timestamp::from_second(at).expect("an instant"),
        reason: None,
    })
}

/// Decisions about some issues, each at some time.
fn log(issues: Vec<DetectedIssue>) -> impl Strategy<Value = Vec<Settled>> {
    let count = issues.len();
    let settle = move |(at, outcome, signature): (usize, SettledAs, Signature)| {
        issues.get(at).map(|issue| Settled::about(issue, outcome, signature))
    };
    prop::collection::vec((0..count.max(1), outcome(), signature()), 0..6)
        .prop_map(move |log| log.into_iter().filter_map(&settle).collect())
}

fn applied(settled: &[Settled], mut issues: Vec<DetectedIssue>) -> Vec<DetectedIssue> {
    let decisions: Decisions = settled.iter().cloned().map(Decision::Settled).collect();
    apply(&decisions, &mut issues);
    issues
}

/// Issues as they were, decisions about some of them, and issues as they are now.
fn history() -> impl Strategy<Value = (Vec<Settled>, Vec<DetectedIssue>)> {
    issues().prop_flat_map(|before| {
        let kept = subsequence(before.clone(), 0..=before.len());
        (log(before), kept, issues()).prop_map(|(log, mut now, new)| {
            now.extend(new);
            now.sort_by_key(Subject::of);
            now.dedup_by(|one, other| Subject::of(one) == Subject::of(other));
            (log, now)
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn the_same_issue_with_the_same_evidence_does_not_come_back(issues in issues(), outcome in outcome(), signature in signature()) {
        let settled: Vec<Settled> = issues.iter().map(|issue| Settled::about(issue, outcome.clone(), signature.clone())).collect();
        for issue in applied(&settled, issues) {
            prop_assert_eq!(issue.standing, Standing::Decided { outcome: outcome.clone(), signature: signature.clone() });
        }
    }

    #[test]
    fn nothing_is_added_or_taken_away_or_moved((log, issues) in history()) {
        let bare = |mut issues: Vec<DetectedIssue>| { issues.iter_mut().for_each(|issue| issue.standing = Standing::Open); issues };
        prop_assert_eq!(bare(applied(&log, issues.clone())), issues);
    }

    #[test]
    fn only_a_decision_about_exactly_this_issue_with_exactly_this_evidence_settles_it((log, issues) in history()) {
        for issue in applied(&log, issues) {
            let about = |settled: &&Settled| settled.subject == Subject::of(&issue);
            let newest = log.iter().filter(about).map(|settled| settled.signature.at).max();
            match &issue.standing {
                Standing::Decided { signature, outcome } => {
                    prop_assert_eq!(Some(signature.at), newest);
                    let same = |settled: &&Settled| settled.signature == *signature && settled.outcome == *outcome
                        && settled.seen.changes_to(&Seen::of(&issue)).is_empty();
                    prop_assert!(log.iter().filter(about).any(|settled| same(&settled)));
                }
                Standing::Voiced { .. } => prop_assert!(issue.needs_professional(), "{:?}", issue),
                Standing::Reopened { changes, .. } => prop_assert!(!changes.is_empty(), "{:?}", issue),
                Standing::Open => prop_assert_eq!(newest, None),
            }
        }
    }

    #[test]
    fn the_order_of_the_log_changes_nothing((log, issues) in history(), turn in 0..6_usize) {
        let mut turned = log.clone();
        turned.reverse();
        if !turned.is_empty() {
            let at = turn % turned.len();
            turned.rotate_left(at);
        }
        prop_assert_eq!(applied(&log, issues.clone()), applied(&turned, issues));
    }

    #[test]
    fn an_older_decision_about_the_same_changes_nothing((log, issues) in history()) {
        let before = |settled: &Settled| {
            let at = jiff::Timestamp::from_second(-1).expect("an instant");
            Settled { outcome: SettledAs::TakenBack, signature: Signature { at, ..settled.signature.clone() }, ..settled.clone() }
        };
        let with_older: Vec<Settled> = log.iter().map(before).chain(log.iter().cloned()).collect();
        prop_assert_eq!(applied(&log, issues.clone()), applied(&with_older, issues));
    }

    #[test]
    fn a_decision_on_one_issue_never_settles_another(issues in issues(), at in 0..6_usize, outcome in outcome(), signature in signature()) {
        prop_assume!(at < issues.len());
        let settled = [Settled::about(&issues[at], outcome, signature)];
        for (number, issue) in applied(&settled, issues).into_iter().enumerate() {
            prop_assert_eq!(matches!(issue.standing, Standing::Decided { .. }), number == at);
            prop_assert!(number == at || issue.standing == Standing::Open, "its own issue is there: {:?}", issue);
        }
    }

    #[test]
    fn evidence_changes_exactly_when_something_else_is_said(one in issue(), says in facts(), turn in any::<bool>()) {
        let mut other = one.clone();
        if turn {
            other.sides.reverse();
            other.facts.reverse();
            other.title = "Other words".to_owned();
        }
        prop_assert!(Seen::of(&one).changes_to(&Seen::of(&other)).is_empty());
        other.facts = says;
        let values = |issue: &DetectedIssue| {
            let mut values: Vec<_> = issue.facts.iter().filter(|fact| fact.value != FactValue::Unsaid)
                .map(|fact| (fact.name, fact.value.plain())).collect();
            values.sort();
            values
        };
        let there = Seen::of(&one).changes_to(&Seen::of(&other));
        prop_assert_eq!(there.is_empty(), values(&one) == values(&other), "{:?}", there);
        prop_assert_eq!(Seen::of(&other).changes_to(&Seen::of(&one)).len(), there.len());
    }
}
