//! Same ingredient twice: current medications of different products or strengths that hold the same ingredient.
//!
//! Two tablets of one ingredient under two names are both taken: paracetamol from a combination beside paracetamol alone, a
//! new strength beside the old one (R4 detectedissue-category `DUPTHPY`; Joint Commission NPSG.03.06.01).
//! *FHIR:* `MedicationRequest.medication[x]`, `MedicationStatement.medication[x]`; the ingredient by RxNorm.
//! *Severity:* moderate; low where one prescriber of one record ordered all, which is often meant (two strengths that make
//! one dose, a slow and a fast form).
//! *Silent:* the same product (that is a duplicate request); creams, drops and inhalers beside tablets; statements without a
//! strength, which may mean the order beside them; courses one after the other, and orders of which one renews the
//! other.

use std::collections::BTreeMap;

use super::Case;
use super::courses::Course;
use super::report::{Report, text};
use super::taken::{self, Taken};
use crate::plan::{DetectedIssue, IssueCode, Settlement, Severity};

/// Finds ingredients in several clusters of current medications; one issue for ingredients that share the same medications.
pub(super) fn find(case: &Case<'_>) -> Vec<DetectedIssue> {
    let mut by_ingredient: BTreeMap<(&str, bool), Vec<Taken<'_>>> = BTreeMap::new();
    let counts = |taken: &Taken<'_>| taken.is_order() || taken.says.kind == "MedicationStatement";
    for taken in taken::current(case.plan).filter(counts) {
        for ingredient in &taken.medication.ingredients {
            by_ingredient.entry((ingredient, taken.is_local())).or_default().push(taken);
        }
    }
    let mut found: Vec<Double<'_>> = Vec::new();
    for ((ingredient, _), taken) in by_ingredient {
        let doubled = |one: &&Taken<'_>| taken.iter().any(|other| doubles(case, one, other));
        let mut sides: Vec<Taken<'_>> = taken.iter().filter(doubled).copied().collect();
        sides.sort_by(|one, other| one.member.key.cmp(&other.member.key));
        let keys = |sides: &[Taken<'_>]| sides.iter().map(|side| side.member.key.clone()).collect::<Vec<_>>();
        match found.iter_mut().find(|double| keys(&double.sides) == keys(&sides)) {
            Some(double) => double.ingredients.push(ingredient),
            None if sides.is_empty() => {}
            None => found.push(Double { sides, ingredients: vec![ingredient] }),
        }
    }
    found.iter().map(issue).collect()
}

/// True where a statement may be about the other medication: it says no strength, or the same one.
fn may_mean(stated: &Taken<'_>, other: &Taken<'_>) -> bool {
    let strength = &stated.medication.strength;
    !stated.is_order() && (strength.is_none() || *strength == other.medication.strength)
}

/// Ingredients that the same medications hold.
struct Double<'a> {
    /// Sorted by key.
    sides: Vec<Taken<'a>>,
    /// Sorted.
    ingredients: Vec<&'a str>,
}

/// True where both are taken at one time and are not one product.
fn doubles(case: &Case<'_>, one: &Taken<'_>, other: &Taken<'_>) -> bool {
    if one.item.id == other.item.id || may_mean(one, other) || may_mean(other, one) {
        return false;
    }
    let (Some(own), Some(theirs)) = (Course::of(case.reach, one.member), Course::of(case.reach, other.member)) else {
        return true;
    };
    !(own.is_apart_from(&theirs) || own.carries_on(&theirs))
}

fn issue(Double { sides, ingredients }: &Double<'_>) -> DetectedIssue {
    let prescriber = |taken: &Taken<'_>| taken.says.who.clone().map(|who| (taken.member.key.source.clone(), who));
    let first = prescriber(&sides[0]);
    let one_hand = first.is_some() && sides.iter().all(|side| prescriber(side) == first);
    let severity = if one_hand { Severity::Low } else { Severity::Moderate };
    let words = ingredients.join(", ");
    let mut report = Report::about(&words, IssueCode::DuplicateIngredient, severity, "MedicationRequest.medication[x]");
    report = report.fact(text("ingredient", words));
    for taken in sides {
        report = report.and(taken.item.id.clone()).side(taken.member, taken.facts("medication"));
    }
    taken::ask(report, sides.iter().copied()).settle(Settlement::KeepAsIs).done()
}
