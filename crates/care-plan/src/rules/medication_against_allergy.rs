//! Medication against allergy: a current medication holds what an allergy of any record speaks against.
//!
//! The prescriber's own system checks only its own list; the allergy is often known elsewhere (R4 detectedissue-category
//! `ALGY`). Which allergy to a class means what stands in [`drug_classes`].
//! *FHIR:* `AllergyIntolerance.code`, `clinicalStatus`, `verificationStatus`, `criticality` (R4 allergyintolerance.html).
//! *Severity:* high where the ingredient or its class is named, or the criticality is high; moderate for another member of the
//! class, and where the criticality is low, the allergy is not confirmed, only a cough is told, or another record refutes it.
//! *Silent:* refuted or resolved allergies; words without a code; classes without proven cross-reaction.

use std::collections::BTreeMap;

use super::Case;
use super::common::drug_classes::{self, Allergen};
use super::common::report::{Report, code, text};
use super::common::taken::{self, Taken};
use crate::plan::{Allergy, AllergyStatement, DetectedIssue, IssueCode, Settlement, Severity};

/// Why an allergy speaks against an ingredient.
struct Reason {
    words: String,
    guidance: Option<&'static str>,
    severity: Severity,
}

/// Finds current medications with an ingredient that an allergy speaks against; one issue an ingredient.
pub(super) fn find(case: &Case<'_>) -> Vec<DetectedIssue> {
    let mut by_ingredient: BTreeMap<&str, Vec<Taken<'_>>> = BTreeMap::new();
    for taken in taken::current(case.plan) {
        for ingredient in &taken.medication.ingredients {
            by_ingredient.entry(ingredient).or_default().push(taken);
        }
    }
    let allergies: Vec<(&Allergy, Vec<Allergen>)> =
        case.plan.allergy_items.iter().map(|allergy| (allergy, allergens(allergy))).collect();
    by_ingredient.into_iter().filter_map(|(ingredient, taken)| issue(&allergies, ingredient, &taken)).collect()
}

fn issue(allergies: &[(&Allergy, Vec<Allergen>)], ingredient: &str, taken: &[Taken<'_>]) -> Option<DetectedIssue> {
    let against: Vec<(&Allergy, Reason)> =
        allergies.iter().filter_map(|(allergy, to)| Some((*allergy, reason(allergy, to, ingredient)?))).collect();
    let severity = against.iter().map(|(_, reason)| reason.severity).min()?;
    let code = IssueCode::MedicationAgainstAllergy;
    let mut report = Report::on(taken[0].item, code, severity, "MedicationRequest.medication[x]");
    report = report.apart_by(ingredient).fact(text("ingredient", ingredient));
    for one in taken {
        report = report.and(one.item.id.clone()).side(one.member, one.facts("medication"));
    }
    for (allergy, reason) in &against {
        report = report.and(allergy.item.id.clone()).fact(text("because", &reason.words));
        report = reason.guidance.into_iter().fold(report, |report, source| report.fact(text("guidance", source)));
        for (member, statement) in allergy.item.members.iter().zip(&allergy.statements).filter(|(_, one)| stands(one)) {
            report = report.side(member, facts(statement));
        }
    }
    report = taken::ask(report, taken.iter().copied());
    for (allergy, _) in &against {
        for (member, _) in allergy.item.members.iter().zip(&allergy.statements).filter(|(_, one)| one.is_current()) {
            let (element, of) = ("AllergyIntolerance.clinicalStatus", member.key.clone());
            report = report.settle(Settlement::Change { element, of, to: None });
        }
    }
    Some(report.settle(Settlement::KeepAsIs).done())
}

fn stands(statement: &AllergyStatement) -> bool {
    statement.verification_status.as_deref() != Some("entered-in-error")
}

fn facts(statement: &AllergyStatement) -> Vec<crate::plan::Fact> {
    let mut facts = vec![text("allergy", &statement.substance).differing()];
    facts.extend(statement.reaction.as_ref().map(|reaction| text("reaction", reaction)));
    facts.push(code("criticality", statement.criticality.as_deref()));
    facts.push(code("clinicalStatus", statement.clinical_status.as_deref()));
    facts.push(code("verificationStatus", statement.verification_status.as_deref()));
    facts
}

/// What the allergy is to, by the codes of all who hold it to be so.
fn allergens(allergy: &Allergy) -> Vec<Allergen> {
    let current = allergy.statements.iter().filter(|statement| statement.is_current());
    current.map(|statement| Allergen::of(&statement.code)).collect()
}

/// Why the allergy speaks against the ingredient; `None` where it does not, or no record holds it to be so.
fn reason(allergy: &Allergy, allergens: &[Allergen], ingredient: &str) -> Option<Reason> {
    let mut named = allergens.iter().flat_map(|allergen| &allergen.ingredients);
    let mut classes = allergens.iter().flat_map(|allergen| &allergen.classes);
    let of_class = drug_classes::of_ingredient(ingredient);
    let (words, guidance, severity) = if named.clone().any(|own| own == ingredient) {
        (format!("the allergy names {ingredient}"), None, Severity::High)
    } else if let Some(class) = classes.find(|class| class.members.contains(&ingredient)) {
        (format!("{ingredient} is one of the {}", class.words), Some(class.source), Severity::High)
    } else {
        let own = of_class.filter(|class| class.spreads);
        let (class, member) = own.into_iter().find_map(|class| {
            let member = named.find(|member| class.members.contains(&member.as_str()))?;
            Some((class, member))
        })?;
        (format!("{ingredient} and {member} are {}", class.words), Some(class.source), Severity::Moderate)
    };
    Some(Reason { words, guidance, severity: weighed(allergy, severity) })
}

/// What the records say of the allergy, beside its substance.
fn weighed(allergy: &Allergy, severity: Severity) -> Severity {
    let current = || allergy.statements.iter().filter(|statement| statement.is_current());
    let critical = |code: &'static str| move |one: &AllergyStatement| one.criticality.as_deref() == Some(code);
    let is_refuted = allergy.statements.iter().any(|one| stands(one) && !one.is_current());
    if current().any(critical("high")) {
        return if is_refuted { severity.max(Severity::Moderate) } else { Severity::High };
    }
    let unconfirmed = current().all(|one| one.verification_status.as_deref() == Some("unconfirmed"));
    let cough = |one: &AllergyStatement| {
        one.reaction.as_deref().is_some_and(|words| words.trim().eq_ignore_ascii_case("cough"))
    };
    let mild = current().all(critical("low")) || unconfirmed || is_refuted || current().all(cough);
    if mild { severity.max(Severity::Moderate) } else { severity }
}
