//! Contradictory targets: goals in force ask for different values of one measure.
//!
//! A person who is told "below 7" by one clinic and "7.5 to 8.5" by another can meet neither without failing the other,
//! and each clinic treats towards its own: hypoglycaemia and hypotension come from the tighter target that nobody knew to be
//! contested (ADA Standards of Care 2025 section 6, "individualized goals"; AGS 2019 guiding principles for multimorbidity).
//! *FHIR:* `Goal.target.measure` and `detail[x]` (R4 goal.html); the patient's own goal (`expressedBy`) counts as any other.
//! *Severity:* high where no value can meet both, moderate where they only differ.
//! Where the due dates of these records differ as well it says so: what is to be reached and by when is one question, and
//! whoever adopts a target adopts its date.
//! *Silent:* goals that are over, on hold or only proposed; one record's steps towards the other's target; units that do not
//! convert; words.

use std::collections::BTreeMap;

use fhir::FhirDate;

use super::Case;
use super::common::report::{MOST_CHOICES, Report, date, text};
use super::common::targets::{self, Ask, Relation};
use super::common::{days, work};
use crate::plan::{DetectedIssue, Goal, GoalStatement, IssueCode, Member, Settlement, Severity};

/// What one record asks on one topic.
struct Voice<'a> {
    goal: &'a Goal,
    member: &'a Member,
    statement: &'a GoalStatement,
    asks: Vec<Ask>,
}

/// Finds goals whose targets on one measure differ, within a cluster and across clusters; one issue a measure.
pub(super) fn find(case: &Case<'_>) -> Vec<DetectedIssue> {
    let mut topics: BTreeMap<String, Vec<Voice<'_>>> = BTreeMap::new();
    for goal in &case.plan.goals {
        for (member, statement) in
            goal.item.members.iter().zip(&goal.statements).filter(|(_, one)| targets::is_in_force(one))
        {
            let mut own: BTreeMap<String, Vec<Ask>> = BTreeMap::new();
            for ask in targets::of(statement) {
                own.entry(ask.topic.clone()).or_default().push(ask);
            }
            for (topic, asks) in own {
                topics.entry(topic).or_default().push(Voice { goal, member, statement, asks });
            }
        }
    }
    topics.into_iter().filter_map(|(topic, voices)| issue(&topic, voices)).collect()
}

fn issue(topic: &str, mut voices: Vec<Voice<'_>>) -> Option<DetectedIssue> {
    voices.sort_by(|one, other| one.member.key.cmp(&other.member.key));
    let relation = |one: &Voice<'_>, other: &Voice<'_>| targets::relation(one.asks.iter(), other.asks.iter());
    let choices = voices.len() <= MOST_CHOICES;
    // Records that ask for the same are looked at together.
    let mut same: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, voice) in voices.iter().enumerate() {
        same.entry(targets::spelled(&voice.asks)).or_default().push(at);
    }
    let mut worst = Relation::Same;
    let mut all: Vec<(usize, Vec<usize>)> = Vec::new();
    for own in same.values() {
        let mut others: Vec<usize> = Vec::new();
        for theirs in same.values() {
            let relation = relation(&voices[own[0]], &voices[theirs[0]]).unwrap_or(Relation::Same);
            if relation > Relation::Same {
                worst = worst.max(relation);
                others.extend(if choices { &theirs[..] } else { &theirs[..1] });
                // Among many it counts whether it differs from any.
                if !choices && worst == Relation::Exclude {
                    break;
                }
            }
        }
        others.sort_unstable();
        if !others.is_empty() {
            others.truncate(MOST_CHOICES);
            all.extend(own.iter().map(|at| (*at, others.clone())));
        }
    }
    all.sort_by_key(|(at, _)| *at);
    all.first()?;
    let severity = if worst == Relation::Exclude { Severity::High } else { Severity::Moderate };
    let first = voices[all[0].0].goal;
    let mut report = Report::on(&first.item, IssueCode::ContradictoryTargets, severity, "Goal.target.detail[x]");
    report = report.apart_by(topic);
    let dues: Vec<Vec<&FhirDate>> = all.iter().map(|(at, _)| targets::dues(voices[*at].statement, topic)).collect();
    let other_days = any_differ(&dues);
    for ((at, others), dues) in all.iter().zip(&dues) {
        let Voice { goal, member, statement, asks } = &voices[*at];
        let mut says = vec![text("target", targets::words(asks.iter())).differing()];
        let mut days: Vec<_> = dues.iter().map(|due| date("due", Some(due))).collect();
        days.extend(dues.is_empty().then(|| date("due", None)));
        says.extend(days.into_iter().map(|day| if other_days { day.differing() } else { day }));
        says.extend(statement.expressed_by.as_ref().map(|who| text("setBy", who)));
        says.extend((!statement.addresses.is_empty()).then(|| text("addresses", statement.addresses.join(", "))));
        report = report.and(goal.item.id.clone()).side(member, says);
        if choices {
            let to = others.iter().map(|other| voices[*other].member.key.clone()).collect();
            report = report.settle(Settlement::Adopt { element: "Goal.target", from: member.key.clone(), to });
        }
    }
    Some(report.settle(Settlement::KeepAsIs).done())
}

/// True where the due dates of any two records differ.
fn any_differ(dues: &[Vec<&FhirDate>]) -> bool {
    let dated = dues.iter().filter(|dues| !dues.is_empty());
    let distinct: BTreeMap<String, &Vec<&FhirDate>> = dated.map(|dues| (format!("{dues:?}"), dues)).collect();
    let distinct: Vec<&Vec<&FhirDate>> = distinct.into_values().collect();
    distinct.iter().enumerate().any(|(at, one)| {
        distinct[at + 1..].iter().any(|other| {
            work::count();
            days::differ(one, other)
        })
    })
}
