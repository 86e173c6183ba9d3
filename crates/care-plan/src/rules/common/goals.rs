//! What the rules about a goal share.

use super::report::{Report, code};
use crate::plan::{Goal, GoalStatement, IssueCode, Member, Severity};

/// The records that pursue the goal.
pub(in crate::rules) fn pursuing(goal: &Goal) -> impl Iterator<Item = (&Member, &GoalStatement)> {
    goal.item.members.iter().zip(&goal.statements).filter(|(_, said)| is_pursued(said))
}

/// Planned, accepted or active: what is only proposed or is on hold is not worked on, and nothing is asked of it. A status
/// that is missing or unknown counts as pursued.
pub(in crate::rules) fn is_pursued(said: &GoalStatement) -> bool {
    said.is_current() && !matches!(said.lifecycle_status.as_deref(), Some("proposed" | "on-hold"))
}

/// True where a record calls the goal reached.
pub(in crate::rules) fn is_reached(said: &GoalStatement) -> bool {
    matches!(said.achievement_status.as_deref(), Some("achieved" | "sustaining"))
}

/// An issue on a goal, with what each record that pursues it calls its status.
pub(in crate::rules) fn gap(goal: &Goal, issue: IssueCode, severity: Severity, element: &str) -> Report {
    pursuing(goal).fold(Report::on(&goal.item, issue, severity, element), |report, (member, said)| {
        report.side(member, vec![code("status", said.lifecycle_status.as_deref())])
    })
}
