//! Sources that describe different people.
//!
//! Clinical reason: one plan made of two people's records is the gravest error that joining records can make; two people of
//! one name exist in every large practice (smart-launch P9: compare name, birth date and sex; a difference always means an
//! explicit question with both records shown, and never joins by itself).
//! FHIR source: `Patient.name.family`, `Patient.birthDate`, `Patient.gender`.
//! Severity: high for the birth date, moderate for family name and gender.
//!
//! Compared as far as both say something: a year agrees with a day in it, `unknown` says nothing, a family name agrees with
//! any name that the other record holds, former ones too, whatever case, accents and hyphens. A Patient that its source has
//! replaced is not compared.

use fhir::{FhirDate, Patient};
use jiff::tz::TimeZone;

use super::Case;
use super::common::names::may_be_one;
use super::common::report::{Report, code, date, text};
use crate::plan::{Demographics, DetectedIssue, Fact, IssueCode, Settlement, Severity};

/// A person as one source tells of them.
struct Told<'p> {
    person: &'p Demographics,
    /// Every family name that the record holds.
    families: Vec<String>,
}

/// Finds them, one issue for each element that differs.
pub(super) fn find(case: &Case<'_>) -> Vec<DetectedIssue> {
    let people: Vec<Told<'_>> =
        case.plan.people.iter().filter(|person| !person.replaced).map(|person| told(case, person)).collect();
    let born = |told: &Told<'_>| date("birthDate", told.person.birth_date.as_ref());
    let family = |told: &Told<'_>| text("family", told.person.family.clone().unwrap_or_default());
    let gender = |told: &Told<'_>| code("gender", told.person.gender.as_deref());
    [
        issue(&people, Severity::High, "Patient.birthDate", born_apart, &born),
        issue(&people, Severity::Moderate, "Patient.name.family", named_apart, &family),
        issue(&people, Severity::Moderate, "Patient.gender", of_another_gender, &gender),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn told<'p>(case: &Case<'_>, person: &'p Demographics) -> Told<'p> {
    let view: Patient = case.reach.get(&person.key).map(fhir::Resource::read).unwrap_or_default();
    let families = view.name.iter().filter_map(|name| name.family.0.clone());
    Told { person, families: families.filter(|family| !family.trim().is_empty()).collect() }
}

fn issue(
    people: &[Told<'_>],
    severity: Severity,
    element: &str,
    differ: fn(&Told<'_>, &Told<'_>) -> bool,
    says: &dyn Fn(&Told<'_>) -> Fact,
) -> Option<DetectedIssue> {
    // Nobody differs from themselves.
    if !people.iter().any(|one| people.iter().any(|other| differ(one, other))) {
        return None;
    }
    let report = Report::about("Person", IssueCode::PersonMismatch, severity, element);
    let report =
        people.iter().fold(report, |report, told| report.side_of(&told.person.key, vec![says(told).differing()]));
    let of = people.iter().map(|told| told.person.key.clone()).collect();
    Some(report.settle(Settlement::JoinOrSplit { of }).settle(Settlement::KeepAsIs).done())
}

/// True where no day can be the birthday of both.
fn born_apart(one: &Told<'_>, other: &Told<'_>) -> bool {
    let days = |date: &FhirDate| Some((date.first_day(&TimeZone::UTC)?, date.last_day(&TimeZone::UTC)?));
    let both = one.person.birth_date.as_ref().and_then(days).zip(other.person.birth_date.as_ref().and_then(days));
    both.is_some_and(|(one, other)| one.1 < other.0 || other.1 < one.0)
}

fn named_apart(one: &Told<'_>, other: &Told<'_>) -> bool {
    let shared = || one.families.iter().any(|a| other.families.iter().any(|b| may_be_one(a, b)));
    !one.families.is_empty() && !other.families.is_empty() && !shared()
}

fn of_another_gender(one: &Told<'_>, other: &Told<'_>) -> bool {
    let said = |told: &Told<'_>| told.person.gender.clone().filter(|gender| !gender.is_empty() && gender != "unknown");
    said(one).zip(said(other)).is_some_and(|(one, other)| one != other)
}
