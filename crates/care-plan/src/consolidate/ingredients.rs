//! What a medication is made of, by RxNorm: its ingredients and their strength.
//!
//! RxNorm names clinical drugs in one way, "ingredient strength form" with " / " between several ingredients (RxNorm
//! technical documentation, term types SCD and SBD). Where a coding is from RxNorm its display is that name, so the
//! ingredients can be read from it. A display of any other system is only words, and words prove nothing.

use fhir::codes::{RXNORM, canonical_system};
use fhir::{CodeableConcept, Coding};

use super::codings::words;
use super::ingredient_names::{BRANDS, CODES, SALTS, SYNONYMS};
use crate::plan::Medication;

/// Units that follow a strength in RxNorm's names.
const UNITS: [&str; 16] = [
    "MG",
    "MCG",
    "G",
    "ML",
    "MG/ML",
    "MCG/ML",
    "UNT",
    "UNT/ML",
    "MEQ",
    "MEQ/ML",
    "MG/ACTUAT",
    "MCG/ACTUAT",
    "MG/HR",
    "MCG/HR",
    "IU",
    "%",
];
/// Units of a size or a duration, which stand before the ingredient: `24 HR`, `10 ML`, `200 ACTUAT`.
const SIZES: [&str; 5] = ["HR", "ML", "ACTUAT", "DAY", "G"];
/// Names that begin with what is a salt elsewhere: there it is the ingredient itself.
const NOT_SALTS: [&str; 5] = ["calcium", "potassium", "sodium", "magnesium", "ferrous"];

/// The ingredients and their strength, where an RxNorm coding says.
pub(crate) fn of(concept: &CodeableConcept) -> Medication {
    let named = concept
        .coding
        .iter()
        .filter(|coding| coding.system.as_deref().is_some_and(|s| canonical_system(s.trim()) == RXNORM));
    let read = |coding: &Coding| {
        let of_name = words(coding.display.as_deref()).and_then(|display| parse(&display));
        // A code of an ingredient says which it is, however its name is spelled.
        let of_code = coding.code.as_deref().and_then(of_code);
        of_code.or(of_name)
    };
    let mut read: Vec<Medication> = named.filter_map(read).collect();
    read.sort_by_key(|medication| (medication.strength.is_none(), medication.ingredients.clone()));
    read.into_iter().next().unwrap_or_default()
}

/// The ingredient that a code of term type IN stands for.
fn of_code(code: &str) -> Option<Medication> {
    let (_, name) = CODES.iter().find(|(known, _)| *known == code.trim())?;
    Some(Medication { ingredients: vec![(*name).to_owned()], strength: None, form: None, dose: None })
}

/// Reads a name of RxNorm, such as `24 HR metoprolol succinate 50 MG Extended Release Oral Tablet` or
/// `lisinopril 10 MG / hydrochlorothiazide 12.5 MG Oral Tablet`.
fn parse(name: &str) -> Option<Medication> {
    if name.trim_start().starts_with('{') {
        return pack(name);
    }
    let mut ingredients = Vec::new();
    let mut strengths = Vec::new();
    let mut form = None;
    for part in name.split(" / ") {
        let tokens = tokens(part);
        let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
        let tokens = &tokens[before_ingredient(&tokens)..];
        let unit_at = (1..tokens.len())
            .find(|at| is_number(tokens[at - 1]) && UNITS.contains(&tokens[*at].to_uppercase().as_str()));
        let (name, strength) = match unit_at {
            Some(at) => (&tokens[..at - 1], Some(format!("{} {}", tokens[at - 1], tokens[at].to_uppercase()))),
            None => (tokens, None),
        };
        // The form stands once, behind the last strength.
        form = unit_at.and_then(|at| release_and_form(&tokens[at + 1..])).or(form);
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
        form,
        dose: None,
    })
}

/// The words behind a strength, without the brand in brackets.
fn release_and_form(tokens: &[&str]) -> Option<String> {
    let words: Vec<String> =
        tokens.iter().take_while(|word| !word.starts_with('[')).map(|word| word.to_lowercase()).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// The ingredients of a pack, such as `{21 (drospirenone 3 MG / ethinyl estradiol 0.03 MG Oral Tablet) / 7 (…) } Pack`;
/// without a strength, for its parts differ.
fn pack(name: &str) -> Option<Medication> {
    let parts = name.split('(').skip(1).filter_map(|part| parse(part.split(')').next()?));
    let mut ingredients: Vec<String> = parts.flat_map(|part| part.ingredients).collect();
    ingredients.sort();
    ingredients.dedup();
    (!ingredients.is_empty()).then_some(Medication { ingredients, strength: None, form: None, dose: None })
}

/// The words of a part, a strength apart from its unit: `40mg` is two.
fn tokens(part: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    for word in part.split_whitespace() {
        let end = word.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(word.len());
        let (number, unit) = word.split_at(end);
        if is_number(number) && UNITS.contains(&unit.to_uppercase().as_str()) {
            tokens.extend([number.to_owned(), unit.to_owned()]);
        } else {
            tokens.push(word.to_owned());
        }
    }
    tokens
}

/// The active ingredient without its salt, in lower case, by the name that RxNorm gives it.
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
    let name = kept.iter().map(|word| word.as_str()).collect::<Vec<_>>().join(" ");
    // A brand's name may stand with its line: "Toprol XL" is Toprol.
    let brand = BRANDS.iter().find(|(brand, _)| *brand == name || name.strip_prefix(brand).is_some_and(is_line));
    let known = brand.or_else(|| SYNONYMS.iter().find(|(other, _)| *other == name));
    Some(known.map_or(name, |(_, own)| (*own).to_owned()))
}

/// What follows a brand's name and says how it is released.
fn is_line(rest: &str) -> bool {
    matches!(rest.trim_start(), "xl" | "xr" | "er" | "sr" | "cr" | "la") && rest.starts_with(' ')
}

fn is_number(token: &str) -> bool {
    !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// How many words stand before the ingredient: sizes and durations, and the number of an approval (`NDA020503`).
fn before_ingredient(tokens: &[&str]) -> usize {
    let is_approval = |token: &str| {
        let digits = token.strip_prefix("NDA").or_else(|| token.strip_prefix("ANDA"));
        digits.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let mut at = 0;
    loop {
        let rest = &tokens[at..];
        let size = rest.len() > 2 && is_number(rest[0]) && SIZES.contains(&rest[1].to_uppercase().as_str());
        match rest.first() {
            Some(first) if is_approval(first) => at += 1,
            _ if size => at += 2,
            _ => return at,
        }
    }
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
        for name in
            ["", "take one tablet daily please", "/", "Yaz 28 Day Pack", "Tylenol PM Pill", "{", "{} Pack", "10 ML"]
        {
            assert!(read(name).0.is_empty(), "{name}: {:?}", read(name));
        }
    }

    #[test]
    fn sizes_brands_approvals_and_salts_are_no_part_of_an_ingredient() {
        let strong = |ingredient: &str, strength: &str| (ingredient.to_owned(), Some(strength.to_owned()));
        for (name, ingredient, strength) in [
            ("1 ML Epoetin Alfa 4000 UNT/ML Injection [Epogen]", "epoetin alfa", "4000 UNT/ML"),
            ("10 ML Furosemide 10 MG/ML Injection", "furosemide", "10 MG/ML"),
            ("NDA020503 200 ACTUAT Albuterol 0.09 MG/ACTUAT Metered Dose Inhaler", "albuterol", "0.09 MG/ACTUAT"),
            ("72 HR Fentanyl 0.075 MG/HR Transdermal System", "fentanyl", "0.075 MG/HR"),
            ("Prinivil 10 MG Oral Tablet", "lisinopril", "10 MG"),
            ("Toprol XL 50 MG Extended Release Oral Tablet", "metoprolol", "50 MG"),
            ("Lasix 40mg", "furosemide", "40 MG"),
            ("Fluoxetine 20 MG Oral Capsule [Prozac]", "fluoxetine", "20 MG"),
            ("Alendronic acid 10 MG Oral Tablet", "alendronate", "10 MG"),
            ("dapagliflozin propanediol 10 MG Oral Tablet", "dapagliflozin", "10 MG"),
            ("penicillin V potassium 250 MG Oral Tablet", "penicillin v", "250 MG"),
        ] {
            assert_eq!(read(name), strong(ingredient, strength), "{name}");
        }
        let both = strong("acetaminophen + hydrocodone", "300 MG / 5 MG");
        assert_eq!(read("Acetaminophen 300 MG / Hydrocodone Bitartrate 5 MG Oral Tablet"), both);
    }

    #[test]
    fn a_pack_has_the_ingredients_of_its_parts_and_no_strength() {
        let name = "{21 (drospirenone 3 MG / ethinyl estradiol 0.03 MG Oral Tablet) / 7 (inert ingredients 1 MG Oral Tablet) } Pack";
        let (ingredients, strength) = read(name);
        assert!(ingredients.starts_with("drospirenone + ethinyl estradiol"), "{ingredients}");
        assert_eq!(strength, None);
    }

    #[test]
    fn a_code_of_an_ingredient_says_which_it_is_without_a_name() {
        let coded = |code: &str, display: Option<&str>| {
            let coding = Coding {
                system: Some(RXNORM.to_owned()).into(),
                code: Some(code.to_owned()).into(),
                display: display.map(str::to_owned).into(),
            };
            of(&CodeableConcept { coding: fhir::Many(vec![coding]), ..CodeableConcept::default() }).ingredients
        };
        assert_eq!(coded("723", None), ["amoxicillin"]);
        assert_eq!(coded("6809", Some("Metformine")), ["metformin"]);
        assert_eq!(coded("999999999", None), Vec::<String>::new());
    }
}
