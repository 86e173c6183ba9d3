use proptest::prelude::*;
use proptest::sample::select;

use super::*;

fn unit(code: &str) -> Unit {
    Unit::read(Some(code), None)
}

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a number")
}

fn converted(number: &str, from: &str, to: &str) -> Option<String> {
    unit(from).convert(decimal(number), &unit(to)).map(|number| number.round_dp(4).normalize().to_string())
}

#[test]
fn a_code_of_ucum_is_told_from_what_people_write() {
    for code in [
        "1",
        "%",
        "mm[Hg]",
        "kg/m2",
        "mg/dL",
        "mmol/L",
        "mmol/mol",
        "/min",
        "{beats}/min",
        "{score}",
        "Cel",
        "[degF]",
        "mL/min/{1.73_m2}",
        "10*3/uL",
        "m[IU]/L",
        "[IU]/L",
        "U/L",
        "{steps}/d",
        "%{HbA1c}",
        "[lb_av]",
        "wk",
        "[pH]",
    ] {
        assert!(is_ucum(code), "{code}");
    }
    for text in ["", " ", "mmHg", "mg / dL", "mg/dl/", "Prozent", "°C", "steps per day", "{score", "{a}}", "100", "lbs"]
    {
        assert!(!is_ucum(text), "{text}");
    }
}

#[test]
fn spellings_of_one_unit_are_equal_and_other_units_are_not() {
    assert_eq!(normal(Some("mm[Hg]"), Some("mmHg")), normal(None, Some("mm Hg")));
    assert_eq!(normal(Some("{score}"), None), normal(None, None));
    assert_eq!(normal(Some("{beats}/min"), None), normal(None, Some("bpm")));
    assert_eq!(normal(Some("mL/min/{1.73_m2}"), None), normal(None, Some("mL/min/1.73m2")));
    assert_eq!(normal(None, Some("K/uL")), normal(Some("10*3/uL"), None));
    assert_eq!(normal(None, Some("MG/DL")), normal(Some("mg/dL"), None));
    assert_eq!(normal(Some("µg/L"), None), normal(Some("ng/mL"), None));
    assert_eq!(normal(Some("mg/g{creat}"), None), normal(None, Some("mg/g")));
    for (one, other) in [
        ("mg/dL", "mmol/L"),
        ("kg", "[lb_av]"),
        ("mmol/L", "meq/L"),
        ("mL/min", "mL/min/{1.73_m2}"),
        ("%", "1"),
        ("mmol/mol", "mg/g"),
        ("U/L", "[IU]/L"),
    ] {
        assert_ne!(unit(one), unit(other), "{one} and {other}");
    }
}

#[test]
fn a_code_leads_and_words_help_where_it_says_nothing_we_know() {
    assert_eq!(Unit::read(Some("mm[Hg]"), Some("lbs")), unit("mm[Hg]"));
    assert_eq!(Unit::read(Some("246262008"), Some("kg")), unit("kg"));
    assert_eq!(Unit::read(Some("furlongs"), Some("leagues")).key(), "furlongs");
    assert_eq!(Unit::read(Some(" "), None), Unit::default());
}

#[test]
fn code_and_words_that_differ_are_a_contradiction_and_like_nothing_else() {
    assert!(Unit::contradiction(Some("mg/dL"), Some("mmol/L")).is_some());
    assert!(Unit::contradiction(Some("mg/dL"), Some("mg/dl")).is_none());
    assert!(Unit::contradiction(Some("mg/dL"), Some("as reported")).is_none());
    let odd = Unit::contradictory(Some("mg/dL"), Some("mmol/L"));
    assert!(odd.convert(Decimal::ONE, &unit("mg/dL")).is_none() && odd != unit("mg/dL"));
}

#[test]
fn known_values_come_out() {
    assert_eq!(converted("180", "[lb_av]", "kg").as_deref(), Some("81.6466"));
    assert_eq!(converted("70", "[in_i]", "cm").as_deref(), Some("177.8"));
    assert_eq!(converted("16", "kPa", "mm[Hg]").as_deref(), Some("120.0102"));
    assert_eq!(converted("98.6", "[degF]", "Cel").as_deref(), Some("37"));
    assert_eq!(converted("37", "Cel", "[degF]").as_deref(), Some("98.6"));
    assert_eq!(converted("13.5", "g/dL", "g/L").as_deref(), Some("135"));
    assert_eq!(converted("88.4", "umol/L", "mmol/L").as_deref(), Some("0.0884"));
    assert_eq!(converted("7", "10*9/L", "10*3/uL").as_deref(), Some("7"));
}

#[test]
fn what_is_not_the_same_dimension_is_never_converted() {
    for (from, to) in [
        ("mg/dL", "mmol/L"),
        ("mmol/L", "meq/L"),
        ("mmol/L", "/uL"),
        ("mL/min", "mL/min/{1.73_m2}"),
        ("%", "mmol/mol"),
        ("%", "1"),
        ("mg/g", "mg/mmol"),
        ("[IU]/L", "U/L"),
        ("Cel", "kg"),
        ("[pH]", "mol/L"),
        ("furlongs", "m"),
        ("", "mg"),
    ] {
        assert_eq!(converted("1", from, to), None, "{from} to {to}");
        assert_eq!(converted("1", to, from), None, "{to} to {from}");
    }
}

#[test]
fn a_number_that_does_not_fit_is_not_converted() {
    assert_eq!(unit("g").convert(Decimal::MAX, &unit("ng")), None);
}

/// Groups of units of one dimension.
const GROUPS: [&[&str]; 7] = [
    &["kg", "g", "[lb_av]", "[oz_av]", "mg"],
    &["cm", "m", "[in_i]", "[ft_i]", "mm"],
    &["mm[Hg]", "kPa"],
    &["Cel", "[degF]"],
    &["g/dL", "g/L", "mg/dL", "ug/mL", "ng/L"],
    &["mmol/L", "umol/L", "nmol/L"],
    &["mg/dL/h", "g/L/d"],
];

fn pair() -> impl Strategy<Value = (usize, &'static str, usize, &'static str)> {
    let one = || (0..GROUPS.len()).prop_flat_map(|at| (Just(at), select(GROUPS[at].to_vec())));
    (one(), one()).prop_map(|((group, unit), (other_group, other))| (group, unit, other_group, other))
}

proptest! {
    #[test]
    fn there_and_back_is_the_same_number(digits in 1..9_999_999_i64, scale in 0..5_u32, (_, from, _, to) in pair()) {
        let (from, to, number) = (unit(from), unit(to), Decimal::new(digits, scale));
        if let Some(there) = from.convert(number, &to) {
            let back = to.convert(there, &from).expect("a conversion goes both ways");
            prop_assert!((back - number).abs() <= number * Decimal::new(1, 12), "{number} {there} {back}");
        }
    }

    #[test]
    fn units_convert_within_their_dimension_and_never_across((group, from, other, to) in pair()) {
        prop_assert_eq!(unit(from).convert(Decimal::TEN, &unit(to)).is_some(), group == other || from == to);
    }

    #[test]
    fn a_conversion_keeps_the_order(one in 1..1_000_000_i64, other in 1..1_000_000_i64, (_, from, _, to) in pair()) {
        let of = |number: i64| unit(from).convert(Decimal::new(number, 2), &unit(to));
        if let (Some(left), Some(right)) = (of(one), of(other)) {
            prop_assert_eq!(left.cmp(&right), one.cmp(&other));
        }
    }

    #[test]
    fn no_text_makes_it_panic(code in ".{0,40}", words in "[a-zA-Z0-9/{}\\[\\]().*^_% -]{0,40}") {
        let _ = Unit::read(Some(&code), Some(&words)).convert(Decimal::ONE, &unit("kg"));
        let _ = Unit::contradiction(Some(&words), Some(&code));
    }
}
