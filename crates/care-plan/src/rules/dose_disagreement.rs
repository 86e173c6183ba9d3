//! Dose disagreement: the records have the same medication, in the same strength, at different doses.
//!
//! Unintended differences of dose between lists are the commonest error that reconciliation finds, beside omission (Joint
//! Commission NPSG.03.06.01; WHO High 5s, medication reconciliation).
//! *FHIR:* `MedicationRequest.dosageInstruction`, `MedicationStatement.dosage` (R4 dosage.html).
//! *Severity:* moderate where the amount of a day differs, low where only words do that nobody can compute.
//! *Silent:* the same dose in other words; a dose that says less; two orders of one record, which share a dose out or are a
//! duplicate; one that renews the other; an order on hold or over.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::Case;
use super::common::courses::Course;
use super::common::doses::Doses;
use super::common::dosing::{self, Difference};
use super::common::report::Report;
use super::common::taken::{self, Taken};
use super::common::{clusters, work};
use crate::plan::{DetectedIssue, IssueCode, Settlement, Severity};

/// Finds medications whose records differ on the dose.
pub(super) fn find(case: &Case<'_>) -> Vec<DetectedIssue> {
    let mut doses = Doses::default();
    clusters::of(taken::current(case.plan)).into_iter().filter_map(|taken| issue(case, &taken, &mut doses)).collect()
}

/// For each record of one medication how gravely its dose differs from that of another; `None` where it does not.
fn differences<'a>(case: &Case<'a>, taken: &[Taken<'a>], doses: &mut Doses<'a>) -> Vec<Option<Difference>> {
    // Records that say the same are looked at together: how many doses there are does not grow with the record.
    let mut voices: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, one) in taken.iter().enumerate() {
        if let Some(dose) = doses.of(one) {
            voices.entry((one.voice(), dose)).or_default().push(at);
        }
    }
    let courses: Vec<OnceCell<Option<Course<'_>>>> = taken.iter().map(|_| OnceCell::new()).collect();
    let course = |at: usize| courses[at].get_or_init(|| Course::of(case.reach, taken[at].member)).as_ref();
    let renews = |one: usize, other: usize| {
        work::count();
        let orders = taken[one].is_order() && taken[other].is_order();
        orders && matches!((course(one), course(other)), (Some(own), Some(theirs)) if own.carries_on(theirs))
    };
    let mut found = vec![None; taken.len()];
    for ((voice, dose), members) in &voices {
        let elsewhere = voices.iter().filter(|((other, _), _)| other != voice);
        let mut others: Vec<(Difference, &Vec<usize>)> =
            elsewhere.filter_map(|((_, other), at)| Some((dosing::difference(dose, other)?, at))).collect();
        others.sort_by_key(|(difference, _)| *difference);
        for one in members {
            let differs = others.iter().find(|(_, others)| others.iter().any(|other| !renews(*one, *other)));
            found[*one] = differs.map(|(difference, _)| *difference);
        }
    }
    found
}

fn issue<'a>(case: &Case<'a>, taken: &[Taken<'a>], doses: &mut Doses<'a>) -> Option<DetectedIssue> {
    let worst = differences(case, taken, doses);
    let sides: Vec<(&Taken<'_>, Difference)> =
        taken.iter().zip(worst).filter_map(|(one, worst)| Some((one, worst?))).collect();
    let severity = match sides.iter().map(|(_, difference)| *difference).min()? {
        Difference::Amount => Severity::Moderate,
        Difference::Words => Severity::Low,
    };
    let (first, _) = sides.first()?;
    let mut report =
        Report::on(first.item, IssueCode::DoseDisagreement, severity, "MedicationRequest.dosageInstruction");
    for (taken, _) in &sides {
        report = report.side(taken.member, taken.facts("dose"));
    }
    let taken = sides.iter().map(|(taken, _)| **taken);
    Some(taken::ask(report, taken).settle(Settlement::KeepAsIs).done())
}
