//! For an inactive condition: a plan, goal or intervention goes on for a condition that is over or was refuted.
//!
//! What was begun for a diagnosis that no longer holds is seldom ended by anybody, and costs visits, tablets and trust
//! (deprescribing: Scott et al., JAMA Intern Med 2015;175:827).
//! *FHIR:* `Goal.addresses`, `CarePlan.addresses`, `reasonReference` of requests, `Condition.clinicalStatus` and
//! `verificationStatus`.
//! *Severity:* moderate where the condition was refuted, low where it is over.
//! *Silent:* where any record holds the condition to be present; remission, which is kept by going on; what is for another
//! condition too that is present; links that we inferred; what is done or over.

use std::collections::{BTreeMap, BTreeSet};

use fhir::ResourceKey;

use super::Case;
use super::common::report::{Report, code, date, text};
use crate::plan::{
    Basis, Concern, DetectedIssue, Fact, Goal, Intervention, IssueCode, ItemId, Member, Phase, Settlement, Severity,
};

/// Finds conditions that are over and what goes on for them alone; one issue a condition.
pub(super) fn find(case: &Case<'_>) -> Vec<DetectedIssue> {
    let plan = case.plan;
    let concerns: BTreeMap<&ItemId, &Concern> = plan.concerns.iter().map(|one| (&one.item.id, one)).collect();
    let mut named: BTreeMap<&ItemId, BTreeSet<&ItemId>> = BTreeMap::new();
    for link in plan.links.iter().filter(|link| matches!(link.basis, Basis::Stated(_))) {
        if concerns.contains_key(&link.from) {
            named.entry(&link.to).or_default().insert(&link.from);
        }
    }
    let of_item = |id: &ItemId| named.get(id).and_then(|reasons| in_vain(&concerns, reasons));
    let mut found: BTreeMap<&ItemId, For<'_>> = BTreeMap::new();
    for goal in plan.goals.iter().filter(|goal| goal.is_current()) {
        if let Some(concern) = of_item(&goal.item.id) {
            found.entry(concern).or_default().goals.push(goal);
        }
    }
    for act in plan.interventions.iter().filter(|act| act.phase == Phase::Planned && act.is_current()) {
        if let Some(concern) = of_item(&act.item.id) {
            found.entry(concern).or_default().acts.push(act);
        }
    }
    for header in plan.plans.iter().filter(|header| header.is_current()) {
        let reasons = header.items.iter().filter(|item| concerns.contains_key(item)).collect();
        if let Some(concern) = in_vain(&concerns, &reasons) {
            found.entry(concern).or_default().plans.push((&header.key, &header.title, header.status.as_deref()));
        }
    }
    found.into_iter().map(|(concern, what)| issue(concerns[concern], &what)).collect()
}

/// The condition that what has these reasons goes on for in vain: the first of them, where all are over.
fn in_vain<'a>(concerns: &BTreeMap<&'a ItemId, &'a Concern>, reasons: &BTreeSet<&'a ItemId>) -> Option<&'a ItemId> {
    let all = reasons.iter().all(|id| concerns.get(id).is_some_and(|concern| is_over(concern)));
    all.then(|| reasons.first().copied()).flatten()
}

/// What goes on for a condition.
#[derive(Default)]
struct For<'a> {
    goals: Vec<&'a Goal>,
    acts: Vec<&'a Intervention>,
    plans: Vec<(&'a ResourceKey, &'a str, Option<&'a str>)>,
}

fn is_over(concern: &Concern) -> bool {
    let remission = concern.statements.iter().any(|one| one.clinical_status.as_deref() == Some("remission"));
    !concern.is_current() && !remission
}

fn issue(concern: &Concern, what: &For<'_>) -> DetectedIssue {
    let severity = if concern.is_void() { Severity::Moderate } else { Severity::Low };
    let element = if concern.is_void() { "Condition.verificationStatus" } else { "Condition.clinicalStatus" };
    let mut report = Report::on(&concern.item, IssueCode::ForInactiveCondition, severity, element);
    for (member, statement) in concern.item.members.iter().zip(&concern.statements) {
        let mut says = vec![
            text("condition", &statement.title),
            code("clinicalStatus", statement.clinical_status.as_deref()).differing(),
            code("verificationStatus", statement.verification_status.as_deref()),
        ];
        says.extend(statement.abatement.as_ref().map(|end| date("abatement", Some(end))));
        report = report.side(member, says);
    }
    let told = |title: &str, status: Option<&str>| -> Vec<Fact> { vec![text("goesOn", title), code("status", status)] };
    let mut orders: Vec<ResourceKey> = Vec::new();
    for goal in &what.goals {
        report = report.and(goal.item.id.clone());
        for (member, says) in goal.item.members.iter().zip(&goal.statements).filter(|(_, says)| says.is_current()) {
            report = report.side(member, told(&says.title, says.lifecycle_status.as_deref()));
            report = report.settle(end("Goal.lifecycleStatus", member));
        }
    }
    for act in &what.acts {
        report = report.and(act.item.id.clone());
        for (member, says) in act.item.members.iter().zip(&act.statements).filter(|(_, says)| says.is_current()) {
            report = report.side(member, told(&says.title, says.status.as_deref()));
            if says.medication.is_some() {
                orders.push(member.key.clone());
            } else {
                report = report.settle(end("status", member));
            }
        }
    }
    for (key, title, status) in &what.plans {
        report = report.side_of(key, told(title, *status));
        report = report.settle(Settlement::Change { element: "CarePlan.status", of: (*key).clone(), to: None });
    }
    if !orders.is_empty() {
        report = report.settle(Settlement::AskPrescriber { about: orders });
    }
    for member in &concern.item.members {
        report = report.settle(end(element, member));
    }
    report.settle(Settlement::KeepAsIs).done()
}

fn end(element: &'static str, member: &Member) -> Settlement {
    Settlement::Change { element, of: member.key.clone(), to: None }
}
