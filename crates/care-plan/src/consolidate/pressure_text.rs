//! A blood pressure target in words: "below 130/80 mmHg" is two bounds.
//!
//! Read only where the target's measure is the blood pressure, only whole texts, and only where words or signs say which
//! side is meant: "130/80" alone may be a limit or the last reading.

use rust_decimal::Decimal;

use crate::plan::{Band, Component};

/// Ways to say that a value is to stay below, longest first.
const BELOW: &[(&str, &str)] = &[
    ("less than or equal to", "<="),
    ("lower than or equal to", "<="),
    ("no more than", "<="),
    ("not above", "<="),
    ("at or below", "<="),
    ("at most", "<="),
    ("less than", "<"),
    ("lower than", "<"),
    ("below", "<"),
    ("under", "<"),
    ("<=", "<="),
    ("≤", "<="),
    ("<", "<"),
];

/// The systolic and the diastolic bound of a text, or nothing.
pub(crate) fn bands(text: &str) -> Option<[Band; 2]> {
    let text = text.trim().trim_end_matches('.').to_lowercase();
    let text = ["blood pressure", "bp", ":"]
        .into_iter()
        .fold(text.as_str(), |text, word| text.strip_prefix(word).unwrap_or(text).trim_start());
    let (comparator, rest) = below(text)?;
    let (high, low) = rest.split_once(['/', ':']).or_else(|| rest.split_once(" over "))?;
    let high = pressure(high)?;
    // "<130/<80" says the side twice.
    let (own, low) = below(low.trim()).unwrap_or((comparator, low));
    let low = pressure(low)?;
    let band = |bound: Decimal, comparator: &str, component| Band {
        low: None,
        high: Some(bound),
        comparator: Some(comparator.to_owned()),
        single: true,
        unit: "mmHg".to_owned(),
        unit_code: Some("mm[Hg]".to_owned()),
        component: Some(component),
    };
    let plausible = low < high && high >= Decimal::from(60) && high <= Decimal::from(260) && low >= Decimal::from(30);
    plausible.then(|| [band(high, comparator, Component::Systolic), band(low, own, Component::Diastolic)])
}

fn below(text: &str) -> Option<(&'static str, &str)> {
    BELOW.iter().find_map(|(words, comparator)| Some((*comparator, text.strip_prefix(words)?.trim_start())))
}

/// A number with or without its unit.
fn pressure(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let text =
        ["mmhg", "mm hg", "mm[hg]"].into_iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(text).trim_end();
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    digits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        let said = |band: &Band| format!("{}{}", band.comparator.as_deref().unwrap_or(""), band.high.expect("a bound"));
        bands(text).map(|[high, low]| format!("{} {}", said(&high), said(&low)))
    }

    #[test]
    fn a_blood_pressure_target_in_words_is_two_bounds() {
        for text in
            ["<130/80", "Below 130/80 mmHg", "less than 130 mmHg / 80 mmHg.", "BP: < 130/<80", "under 130 over 80"]
        {
            assert_eq!(read(text).as_deref(), Some("<130 <80"), "{text}");
        }
        assert_eq!(read("≤ 140/90 mm[Hg]").as_deref(), Some("<=140 <=90"));
        assert_eq!(read("at or below 130/80").as_deref(), Some("<=130 <=80"));
    }

    #[test]
    fn words_that_do_not_say_the_side_or_say_more_are_no_bounds() {
        for text in [
            "130/80",
            "> 130/80",
            "<130/80 if tolerated",
            "below 80/130",
            "<7",
            "",
            "<a/b",
            "below 130",
            "<1/2",
            "<130/80/60",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
