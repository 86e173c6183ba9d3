//! What a medication is made of, by RxNorm: its ingredients and their strength.
//!
//! RxNorm names clinical drugs in one way, "ingredient strength form" with " / " between several ingredients (RxNorm
//! technical documentation, term types SCD and SBD). Where a coding is from RxNorm its display is that name, so the
//! ingredients can be read from it. A display of any other system is only words, and words prove nothing.

use fhir::CodeableConcept;
use fhir::codes::{RXNORM, canonical_system};

use super::codings::words;
use crate::plan::Medication;

/// Units that follow a strength in RxNorm's names.
const UNITS: [&str; 12] =
    ["MG", "MCG", "G", "ML", "MG/ML", "MCG/ML", "UNT", "UNT/ML", "MEQ", "MG/ACTUAT", "MCG/ACTUAT", "%"];
/// Words for salts and esters, which do not change the active ingredient.
const SALTS: [&str; 14] = [
    "hydrochloride",
    "besylate",
    "calcium",
    "potassium",
    "sodium",
    "succinate",
    "tartrate",
    "maleate",
    "mesylate",
    "sulfate",
    "fumarate",
    "citrate",
    "acetate",
    "phosphate",
];
/// Names that begin with what is a salt elsewhere: there it is the ingredient itself.
const NOT_SALTS: [&str; 5] = ["calcium", "potassium", "sodium", "magnesium", "ferrous"];

/// The ingredients and their strength, where an RxNorm coding says.
pub(super) fn of(concept: &CodeableConcept) -> Medication {
    let named = concept
        .coding
        .iter()
        .filter(|coding| coding.system.as_deref().is_some_and(|s| canonical_system(s.trim()) == RXNORM));
    let displays = named.filter_map(|coding| words(coding.display.as_deref()));
    let mut read: Vec<Medication> = displays.filter_map(|display| parse(&display)).collect();
    read.sort_by_key(|medication| (medication.strength.is_none(), medication.ingredients.clone()));
    read.into_iter().next().unwrap_or_default()
}

/// Reads a name of RxNorm, such as `24 HR metoprolol succinate 50 MG Extended Release Oral Tablet` or
/// `lisinopril 10 MG / hydrochlorothiazide 12.5 MG Oral Tablet`.
fn parse(name: &str) -> Option<Medication> {
    let mut ingredients = Vec::new();
    let mut strengths = Vec::new();
    for part in name.split(" / ") {
        let tokens: Vec<&str> = part.split_whitespace().collect();
        let begin = if is_duration(&tokens) { 2 } else { 0 };
        let tokens = &tokens[begin..];
        let unit_at = (1..tokens.len())
            .find(|at| is_number(tokens[at - 1]) && UNITS.contains(&tokens[*at].to_uppercase().as_str()));
        let (name, strength) = match unit_at {
            Some(at) => (&tokens[..at - 1], Some(format!("{} {}", tokens[at - 1], tokens[at].to_uppercase()))),
            None => (tokens, None),
        };
        ingredients.push(ingredient(name)?);
        strengths.extend(strength);
    }
    // A name without a strength is an ingredient only where it is one word or two: else it is a brand or words.
    if strengths.is_empty() && (ingredients.len() > 1 || name.split_whitespace().count() > 2) {
        return None;
    }
    let mut both: Vec<(String, Option<String>)> =
        ingredients.into_iter().zip(strengths.into_iter().map(Some).chain(std::iter::repeat(None))).collect();
    both.sort();
    let strength: Vec<String> = both.iter().filter_map(|(_, strength)| strength.clone()).collect();
    Some(Medication {
        ingredients: both.into_iter().map(|(ingredient, _)| ingredient).collect(),
        strength: (!strength.is_empty()).then(|| strength.join(" / ")),
        dose: None,
    })
}

/// The active ingredient without its salt, in lower case.
fn ingredient(tokens: &[&str]) -> Option<String> {
    let words: Vec<String> = tokens.iter().map(|token| token.trim_end_matches(',').to_lowercase()).collect();
    let first = words.first()?;
    if !first.chars().all(|c| c.is_alphabetic() || c == '-') {
        return None;
    }
    let keeps_salt = NOT_SALTS.contains(&first.as_str());
    let kept: Vec<&String> = words
        .iter()
        .enumerate()
        .filter(|(at, word)| *at == 0 || keeps_salt || !SALTS.contains(&word.as_str()))
        .map(|(_, word)| word)
        .collect();
    Some(kept.iter().map(|word| word.as_str()).collect::<Vec<_>>().join(" "))
}

fn is_number(token: &str) -> bool {
    !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// `24 HR` before an extended release form.
fn is_duration(tokens: &[&str]) -> bool {
    tokens.len() > 2 && is_number(tokens[0]) && tokens[1].eq_ignore_ascii_case("HR")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str) -> (String, Option<String>) {
        let medication = parse(name).unwrap_or_default();
        (medication.ingredients.join(" + "), medication.strength)
    }

    #[test]
    fn names_of_rxnorm_give_ingredients_and_strength() {
        let strong = |ingredient: &str, strength: &str| (ingredient.to_owned(), Some(strength.to_owned()));
        assert_eq!(read("lisinopril 10 MG Oral Tablet"), strong("lisinopril", "10 MG"));
        assert_eq!(read("Metformin hydrochloride 500 MG Oral Tablet"), strong("metformin", "500 MG"));
        assert_eq!(
            read("24 HR metoprolol succinate 50 MG Extended Release Oral Tablet"),
            strong("metoprolol", "50 MG")
        );
        let both = strong("hydrochlorothiazide + lisinopril", "12.5 MG / 10 MG");
        assert_eq!(read("lisinopril 10 MG / hydrochlorothiazide 12.5 MG Oral Tablet"), both);
        assert_eq!(read("hydrochlorothiazide 12.5 MG / lisinopril 10 MG Oral Tablet"), both, "whatever the order");
        assert_eq!(
            read("potassium chloride 20 MEQ Extended Release Oral Tablet"),
            strong("potassium chloride", "20 MEQ")
        );
        assert_eq!(read("metformin"), ("metformin".to_owned(), None));
    }

    #[test]
    fn what_is_no_name_of_rxnorm_gives_nothing() {
        for name in ["", "1 ML Epoetin Alfa 4000 UNT/ML Injection [Epogen]", "take one tablet daily please", "/"] {
            assert!(read(name).0.is_empty(), "{name}: {:?}", read(name));
        }
    }
}
