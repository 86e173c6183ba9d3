//! Status disagreement: a goal or an intervention goes on in one record and is over or on hold in another.
//!
//! A team that holds a goal to be reached stops asking about it; the other waits for its result.
//! *FHIR:* `Goal.lifecycleStatus` and `achievementStatus` (R4 goal-status, goal-achievement), the status of requests and
//! events (R4 request-status, event-status).
//! *Severity:* moderate between going on and over; low for on hold, and for achieved or not.
//! *Silent:* a status on the way (planned, then active); a goal that another target has followed; one that ended before the
//! other began; orders that only carry the same code; what is stopped of a medication, which has a rule of its own.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::Case;
use super::common::report::{MOST_CHOICES, Report, code, date};
use super::common::targets::{self, Ask, Relation};
use super::common::{days, work};
use crate::plan::{
    DetectedIssue, Evidence, Goal, GoalStatement, Intervention, IssueCode, Item, Phase, Settlement, Severity, status,
};

/// How far a thing has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Pending,
    GoingOn,
    Paused,
    Over,
}

/// Finds goals and interventions whose records differ on whether they go on.
pub(super) fn find(case: &Case<'_>) -> Vec<DetectedIssue> {
    let goals = case.plan.goals.iter().filter_map(|goal| lifecycle(goal).or_else(|| achievement(goal)));
    goals.chain(case.plan.interventions.iter().filter_map(intervention)).collect()
}

fn state(code: &str, over: bool) -> Option<State> {
    Some(match code {
        "proposed" | "planned" | "draft" | "requested" | "received" | "ready" | "preparation" | "pending" => {
            State::Pending
        }
        "on-hold" | "suspended" => State::Paused,
        "unknown" => return None,
        _ if over => State::Over,
        _ => State::GoingOn,
    })
}

/// How grave it is that one record says this and another that.
fn severity(one: State, other: State) -> Option<Severity> {
    match (one, other) {
        (State::Over, State::Over) => None,
        (State::Over, _) | (_, State::Over) => Some(Severity::Moderate),
        (State::Paused, State::GoingOn) | (State::GoingOn, State::Paused) => Some(Severity::Low),
        _ => None,
    }
}

/// True where it is proven that the members are one thing, not only of one kind.
fn is_same_thing(item: &Item) -> bool {
    let proves = |evidence: &Evidence| {
        matches!(
            evidence,
            Evidence::SameIdentifier { .. } | Evidence::Linked { .. } | Evidence::Copied { .. } | Evidence::ByHand
        )
    };
    item.because.iter().any(proves)
}

/// The positions of those who differ with somebody, and how gravely at worst. `kinds` tells who says the same: only those
/// of two kinds can differ. Nothing is graver than `gravest`, so once that is known any difference will do.
fn differing<K: Ord>(
    kinds: impl Iterator<Item = K>,
    gravest: Severity,
    differ: impl Fn(usize, usize) -> Option<Severity>,
) -> Option<(Vec<usize>, Severity)> {
    let mut same: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    kinds.enumerate().for_each(|(at, kind)| same.entry(kind).or_default().push(at));
    let (mut sides, mut worst) = (Vec::new(), None);
    for (kind, members) in &same {
        for one in members {
            let others = same.iter().filter(|(other, _)| *other != kind).flat_map(|(_, others)| others);
            let mut differences = others.filter_map(|other| {
                work::count();
                differ((*one).min(*other), (*one).max(*other))
            });
            let Some(first) = differences.next() else { continue };
            let mut own = first.min(worst.unwrap_or(first));
            while own != gravest
                && let Some(next) = differences.next()
            {
                own = own.min(next);
            }
            worst = Some(own);
            sides.push(*one);
        }
    }
    sides.sort_unstable();
    Some((sides, worst?))
}

fn lifecycle(goal: &Goal) -> Option<DetectedIssue> {
    let states: Vec<Option<State>> = goal.statements.iter().map(of_goal).collect();
    let asks = asks(goal);
    let kinds = states.iter().map(|state| state.map(|state| state as u8));
    let (sides, worst) = differing(kinds, Severity::Moderate, |one, other| {
        let severity = severity(states[one]?, states[other]?)?;
        are_at_odds(goal, &asks, one, other).then_some(severity)
    })?;
    Some(about_goal(goal, &sides, worst, "Goal.lifecycleStatus"))
}

/// What each record asks, read where it is needed.
fn asks(goal: &Goal) -> Vec<OnceCell<Vec<Ask>>> {
    goal.statements.iter().map(|_| OnceCell::new()).collect()
}

fn of_goal(statement: &GoalStatement) -> Option<State> {
    state(statement.lifecycle_status.as_deref()?, !statement.is_current())
}

/// True where nothing tells that one statement has only followed the other.
fn are_at_odds(goal: &Goal, asks: &[OnceCell<Vec<Ask>>], one: usize, other: usize) -> bool {
    let (own, theirs) = (&goal.statements[one], &goal.statements[other]);
    let over_before = |ended: &GoalStatement, begun: &GoalStatement| match (&ended.status_date, &begun.start) {
        (Some(end), Some(begin)) => !ended.is_current() && days::before(end, begin),
        _ => false,
    };
    if over_before(own, theirs) || over_before(theirs, own) {
        return false;
    }
    if is_same_thing(&goal.item) {
        return true;
    }
    let asked = |at: usize| asks[at].get_or_init(|| targets::of(&goal.statements[at])).iter();
    let elsewhere = goal.item.members[one].key.source != goal.item.members[other].key.source;
    elsewhere && targets::relation(asked(one), asked(other)).is_none_or(|relation| relation == Relation::Same)
}

/// Achieved in one record, not so in another; both still pursue it, and towards the same target.
fn achievement(goal: &Goal) -> Option<DetectedIssue> {
    let reached: Vec<Option<bool>> = goal.statements.iter().map(is_reached).collect();
    let asks = asks(goal);
    if reached.iter().flatten().max() == reached.iter().flatten().min() {
        return None;
    }
    // They are pursued, so no date tells one from another: one record speaks for all of its source that ask for the same.
    let mut same: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, (statement, member)) in goal.statements.iter().zip(&goal.item.members).enumerate() {
        let asked = asks[at].get_or_init(|| targets::of(statement));
        same.entry((reached[at], &member.key.source, targets::spelled(asked))).or_default().push(at);
    }
    let same: Vec<Vec<usize>> = same.into_values().collect();
    let (sides, worst) = differing(0..same.len(), Severity::Low, |one, other| {
        let (one, other) = (same[one][0], same[other][0]);
        (reached[one]? != reached[other]? && are_at_odds(goal, &asks, one, other)).then_some(Severity::Low)
    })?;
    let mut sides: Vec<usize> = sides.into_iter().flat_map(|at| &same[at]).copied().collect();
    sides.sort_unstable();
    Some(about_goal(goal, &sides, worst, "Goal.achievementStatus"))
}

fn is_reached(statement: &GoalStatement) -> Option<bool> {
    let code = statement.achievement_status.as_deref().filter(|_| statement.is_current())?;
    match code {
        "achieved" | "sustaining" => Some(true),
        "in-progress" | "improving" | "worsening" | "no-change" | "no-progress" | "not-achieved" | "not-attainable" => {
            Some(false)
        }
        _ => None,
    }
}

fn about_goal(goal: &Goal, sides: &[usize], severity: Severity, element: &'static str) -> DetectedIssue {
    let mut report = Report::on(&goal.item, IssueCode::StatusDisagreement, severity, element);
    let achieved = element.ends_with("achievementStatus");
    for at in sides {
        let (member, says) = (&goal.item.members[*at], &goal.statements[*at]);
        let (status, reached) =
            (code("status", says.lifecycle_status.as_deref()), code("achievement", says.achievement_status.as_deref()));
        let told = if achieved { [reached.differing(), status] } else { [status.differing(), reached] };
        let told = told.into_iter().chain([date("since", says.status_date.as_ref())]).collect();
        report = report.side(member, told);
        if sides.len() <= MOST_CHOICES {
            report = report.settle(adopt(element, &goal.item, *at, sides));
        }
    }
    report.settle(Settlement::KeepAsIs).done()
}

fn adopt(element: &'static str, item: &Item, from: usize, sides: &[usize]) -> Settlement {
    let key = |at: usize| item.members[at].key.clone();
    Settlement::Adopt {
        element,
        from: key(from),
        to: sides.iter().filter(|at| **at != from).map(|at| key(*at)).collect(),
    }
}

fn intervention(act: &Intervention) -> Option<DetectedIssue> {
    let item = &act.item;
    let is_taken = |at: usize| matches!(act.statements[at].kind.as_str(), "MedicationRequest" | "MedicationStatement");
    let who = |at: usize| (is_taken(at), &item.members[at].key.source);
    // Nothing but these counts here, so one record speaks for all that say the same.
    let mut same: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, said) in act.statements.iter().enumerate() {
        same.entry((said.status.as_deref(), who(at))).or_default().push(at);
    }
    let same: Vec<Vec<usize>> = same.into_values().collect();
    let (sides, worst) = differing(0..same.len(), Severity::Moderate, |one, other| {
        let (one, other) = (same[one][0], same[other][0]);
        let said = |at: usize| act.statements[at].status.as_deref();
        let (own, theirs) = (said(one)?, said(other)?);
        if act.phase == Phase::Performed {
            return (was_done(own)? != was_done(theirs)?).then_some(Severity::Moderate);
        }
        let state = |code: &str| state(code, status::is_past_act(Some(code)));
        let severity = severity(state(own)?, state(theirs)?)?;
        if is_taken(one) || is_taken(other) {
            let elsewhere = item.members[one].key.source != item.members[other].key.source;
            return (severity == Severity::Low && elsewhere).then_some(Severity::Moderate);
        }
        is_same_thing(item).then_some(severity)
    })?;
    let mut sides: Vec<usize> = sides.into_iter().flat_map(|at| &same[at]).copied().collect();
    sides.sort_unstable();
    let mut report = Report::on(item, IssueCode::StatusDisagreement, worst, "status");
    for at in &sides {
        let (member, says) = (&item.members[*at], &act.statements[*at]);
        let told = vec![code("status", says.status.as_deref()).differing(), date("when", says.when.as_ref())];
        report = report.side(member, told);
        if !is_taken(*at) && sides.len() <= MOST_CHOICES {
            report = report.settle(adopt("status", item, *at, &sides));
        }
    }
    // Accord never changes an order of a medication (invariant 9).
    let orders: Vec<_> = sides.iter().filter(|at| is_taken(**at)).map(|at| item.members[*at].key.clone()).collect();
    if !orders.is_empty() {
        report = report.settle(Settlement::AskPrescriber { about: orders });
    }
    Some(report.settle(Settlement::KeepAsIs).done())
}

/// True where an act has taken place, false where it has not; `None` where the status tells neither.
fn was_done(code: &str) -> Option<bool> {
    match code {
        "completed" | "finished" | "final" | "amended" | "corrected" | "appended" => Some(true),
        "not-done" | "cancelled" | "noshow" | "entered-in-error" => Some(false),
        _ => None,
    }
}
