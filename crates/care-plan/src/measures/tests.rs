use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::select;

use super::*;

fn unit(code: &str) -> Unit {
    Unit::read(Some(code), None)
}

fn concept(codes: &[&str]) -> CodeableConcept {
    let coding: Vec<_> = codes
        .iter()
        .map(|code| serde_json::json!({ "system": "urn:oid:2.16.840.1.113883.6.1", "code": code }))
        .collect();
    serde_json::from_str(&serde_json::json!({ "coding": coding }).to_string()).expect("a concept")
}

fn name(codes: &[&str]) -> Option<&'static str> {
    of(&concept(codes)).map(|(measure, _)| measure.name)
}

fn converted(measure: &str, number: &str, from: &str, to: &str) -> Option<String> {
    let number = number.parse().expect("a number");
    let found = named(measure).expect("a measure").convert(number, &unit(from), &unit(to))?;
    Some(found.round_dp(2).normalize().to_string())
}

#[test]
fn no_code_is_in_two_measures_and_every_unit_of_the_table_is_known_and_converts_into_the_others() {
    let mut codes = BTreeSet::new();
    let mut names = BTreeSet::new();
    for measure in all() {
        assert!(names.insert(measure.name), "{}", measure.name);
        assert!(measure.speaks_for > 0 && !measure.units.is_empty(), "{}", measure.name);
        for sibling in measure.codes {
            assert!(codes.insert((sibling.system, sibling.code)), "{}", sibling.code);
        }
        for (one, _) in measure.units {
            for (other, _) in measure.units {
                assert!(measure.convert(Decimal::ONE, &unit(one), &unit(other)).is_some(), "{one} {other}");
            }
        }
    }
}

#[test]
fn a_loinc_code_ends_with_its_check_digit() {
    // Mod 10 of LOINC's manual, appendix C: catches a digit that was mistyped.
    for sibling in all().flat_map(|measure| measure.codes).filter(|sibling| sibling.system == LOINC) {
        let (number, check) = sibling.code.split_once('-').expect("a dash");
        let sum: u32 = number
            .bytes()
            .rev()
            .enumerate()
            .map(|(at, byte)| {
                let digit = u32::from(byte - b'0') * if at % 2 == 0 { 2 } else { 1 };
                digit / 10 + digit % 10
            })
            .sum();
        assert_eq!(((10 - sum % 10) % 10).to_string(), check, "{}", sibling.code);
    }
}

#[test]
fn siblings_are_one_measure_and_say_what_tells_them_apart() {
    assert_eq!(name(&["4548-4"]), Some("hba1c"));
    assert_eq!(name(&["59261-8", "4548-4"]), Some("hba1c"));
    assert_eq!(name(&["4548-4", "2345-7"]), None, "two measures in one concept tell nothing");
    assert_eq!(name(&["48643-1"]), None, "with a coefficient of race");
    assert_ne!(name(&["1558-6"]), name(&["2345-7"]), "fasting");
    assert_eq!(of(&concept(&["98979-8"])).and_then(|(_, sibling)| sibling.method), Some("CKD-EPI 2021"));
    assert_eq!(of(&concept(&["29463-7", "3141-9"])).and_then(|(_, sibling)| sibling.method), Some("measured"));
}

#[test]
fn known_values_come_out() {
    assert_eq!(converted("glucose", "5.6", "mmol/L", "mg/dL").as_deref(), Some("100.89"));
    assert_eq!(converted("hba1c", "53", "mmol/mol", "%").as_deref(), Some("7"));
    assert_eq!(converted("hba1c", "7.0", "%", "mmol/mol").as_deref(), Some("53"));
    assert_eq!(converted("creatinine", "1.0", "mg/dL", "umol/L").as_deref(), Some("88.4"));
    assert_eq!(converted("cholesterol", "5", "mmol/L", "mg/dL").as_deref(), Some("193.33"));
    assert_eq!(converted("triglycerides", "1.7", "mmol/L", "mg/dL").as_deref(), Some("150.53"));
    assert_eq!(converted("urea-nitrogen", "14", "mg/dL", "mmol/L").as_deref(), Some("5"));
    assert_eq!(converted("urate", "6", "mg/dL", "umol/L").as_deref(), Some("356.9"));
    assert_eq!(converted("calcium", "2.5", "mmol/L", "mg/dL").as_deref(), Some("10.02"));
    assert_eq!(converted("calcium", "2.5", "mmol/L", "meq/L").as_deref(), Some("5"));
    assert_eq!(converted("potassium", "4.1", "meq/L", "mmol/L").as_deref(), Some("4.1"));
    assert_eq!(converted("hemoglobin", "8.4", "mmol/L", "g/dL").as_deref(), Some("13.54"));
    assert_eq!(converted("albumin-creatinine-ratio", "30", "mg/g", "mg/mmol").as_deref(), Some("3.39"));
    assert_eq!(converted("egfr", "55", "mL/min", "mL/min/{1.73_m2}").as_deref(), Some("55"));
}

#[test]
fn what_cannot_be_converted_is_not() {
    assert_eq!(converted("glucose", "5", "mmol/L", "%"), None);
    assert_eq!(converted("phosphate", "1", "meq/L", "mmol/L"), None);
    assert_eq!(converted("hba1c", "7", "%", "mg/dL"), None);
    assert_eq!(converted("albumin-creatinine-ratio", "3", "%", "mg/g"), None);
    assert_eq!(converted("weight", "70", "kg", "cm"), None);
    let (measure, sibling) = of(&concept(&["59261-8"])).expect("HbA1c by IFCC");
    assert_eq!(measure.family(sibling, &unit("%")), None, "a percent beside the IFCC code may mean two things");
    assert!(measure.family(sibling, &unit("mmol/mol")).is_some());
}

proptest! {
    #[test]
    fn there_and_back_is_the_same_number(
        digits in 1..9_999_999_i64, scale in 0..5_u32, measure in select(all().collect::<Vec<_>>()), from in 0..3_usize, to in 0..3_usize,
    ) {
        let of = |at: usize| unit(measure.units[at % measure.units.len()].0);
        let (from, to, number) = (of(from), of(to), Decimal::new(digits, scale));
        let there = measure.convert(number, &from, &to).expect("units of one measure");
        let back = measure.convert(there, &to, &from).expect("and back");
        prop_assert!((back - number).abs() <= number * Decimal::new(1, 12), "{} {number} {there} {back}", measure.name);
    }

    #[test]
    fn units_convert_exactly_where_they_share_a_family(
        measure in select(all().collect::<Vec<_>>()),
        one in select(vec!["mg/dL", "mmol/L", "%", "mmol/mol", "kg", "[lb_av]", "mm[Hg]", "kPa", "meq/L", "mg/g", "mg/mmol", "mL/min", "1", "x"]),
        other in select(vec!["g/L", "umol/L", "%", "mmol/mol", "g", "mm[Hg]", "Cel", "[degF]", "mL/min/{1.73_m2}", "", "y"]),
    ) {
        let (one, other) = (unit(one), unit(other));
        let (left, right) = (measure.rule.family(&one), measure.rule.family(&other));
        let shared = left.is_some() && left == right;
        prop_assert_eq!(measure.convert(Decimal::TEN, &one, &other).is_some(), shared || one == other);
    }
}
