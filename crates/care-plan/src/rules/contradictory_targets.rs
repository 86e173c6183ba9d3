//! Contradictory targets: goals in force ask for different values of one measure.
//!
//! A person who is told "below 7" by one clinic and "7.5 to 8.5" by another can meet neither without failing the other,
//! and each clinic treats towards its own: hypoglycaemia and hypotension come from the tighter target that nobody knew to be
//! contested (ADA Standards of Care 2025 section 6, "individualized goals"; AGS 2019 guiding principles for multimorbidity).
//! *FHIR:* `Goal.target.measure` and `detail[x]` (R4 goal.html); the patient's own goal (`expressedBy`) counts as any other.
//! *Severity:* high where no value can meet both, moderate where they only differ.
//! *Silent:* goals that are over, on hold or only proposed; one record's steps towards the other's target; units that do not
//! convert; words.

use std::collections::BTreeMap;

use super::Case;
use super::report::{Report, date, text};
use super::targets::{self, Ask, Relation};
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
    let against = |one: usize| {
        let others = (0..voices.len()).filter(move |other| *other != one);
        let pairs = others.map(|other| (other, relation(&voices[one], &voices[other])));
        pairs.filter(|(_, relation)| *relation > Some(Relation::Same)).collect::<Vec<_>>()
    };
    let all: Vec<_> = (0..voices.len()).map(|at| (at, against(at))).filter(|(_, others)| !others.is_empty()).collect();
    let worst = all.iter().flat_map(|(_, others)| others).filter_map(|(_, relation)| *relation).max()?;
    let severity = if worst == Relation::Exclude { Severity::High } else { Severity::Moderate };
    let first = voices[all[0].0].goal;
    let mut report = Report::on(&first.item, IssueCode::ContradictoryTargets, severity, "Goal.target.detail[x]");
    report = report.apart_by(topic);
    for (at, others) in &all {
        let Voice { goal, member, statement, asks } = &voices[*at];
        let mut says = vec![text("target", targets::words(asks.iter())).differing(), date("due", statement.due())];
        says.extend(statement.expressed_by.as_ref().map(|who| text("setBy", who)));
        says.extend((!statement.addresses.is_empty()).then(|| text("addresses", statement.addresses.join(", "))));
        let to = others.iter().map(|(other, _)| voices[*other].member.key.clone()).collect();
        let adopt = Settlement::Adopt { element: "Goal.target", from: member.key.clone(), to };
        report = report.and(goal.item.id.clone()).side(member, says).settle(adopt);
    }
    Some(report.settle(Settlement::KeepAsIs).done())
}
