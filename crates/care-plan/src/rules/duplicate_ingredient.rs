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

use std::collections::{BTreeMap, HashMap};

use fhir::ResourceKey;

use super::Case;
use super::common::courses::Course;
use super::common::near::When;
use super::common::report::{Report, text};
use super::common::taken::{self, Taken};
use super::common::work;
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
    let mut places: HashMap<Vec<ResourceKey>, usize> = HashMap::new();
    for ((ingredient, _), taken) in by_ingredient {
        let mut sides = doubled(case, &taken);
        if sides.is_empty() {
            continue;
        }
        sides.sort_by(|one, other| one.member.key.cmp(&other.member.key));
        let at = *places.entry(sides.iter().map(|side| side.member.key.clone()).collect()).or_insert(found.len());
        match found.get_mut(at) {
            Some(double) => double.ingredients.push(ingredient),
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

/// Those of one ingredient that are taken at one time with another product of it.
fn doubled<'a>(case: &Case<'a>, taken: &[Taken<'a>]) -> Vec<Taken<'a>> {
    // Records of one product are looked at together.
    let mut products: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, one) in taken.iter().enumerate() {
        products.entry((&one.item.id, one.is_order(), &one.medication.strength)).or_default().push(at);
    }
    if products.keys().all(|(item, ..)| *item == &taken[0].item.id) {
        return Vec::new();
    }
    let courses: Vec<Option<(Course<'_>, When)>> = taken
        .iter()
        .map(|one| {
            let course = Course::of(case.reach, one.member)?;
            let when = When { days: course.days(), given: None };
            Some((course, when))
        })
        .collect();
    let together = |one: usize, other: usize| {
        work::count();
        match (&courses[one], &courses[other]) {
            (Some((own, when)), Some((theirs, other))) => !(when.is_apart_from(other) || own.carries_on(theirs)),
            _ => true,
        }
    };
    let mut found = Vec::new();
    for members in products.values() {
        let first = &taken[members[0]];
        let others: Vec<&Vec<usize>> = products
            .values()
            .filter(|others| {
                let other = &taken[others[0]];
                first.item.id != other.item.id && !may_mean(first, other) && !may_mean(other, first)
            })
            .collect();
        found
            .extend(members.iter().filter(|one| others.iter().copied().flatten().any(|other| together(**one, *other))));
    }
    found.sort_unstable();
    found.into_iter().map(|at: &usize| taken[*at]).collect()
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
