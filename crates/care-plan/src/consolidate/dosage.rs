//! A dosage as a line of words.

use fhir::{Dosage, Quantity, Timing};

use super::codings::{label, words};

/// The dosages of a medication in words: the source's own text where it has one.
pub(super) fn line(dosages: &[Dosage]) -> Option<String> {
    let lines: Vec<String> = dosages.iter().filter_map(one).collect();
    (!lines.is_empty()).then(|| lines.join("; "))
}

fn one(dosage: &Dosage) -> Option<String> {
    if let Some(text) = words(dosage.text.as_deref()) {
        return Some(text);
    }
    let dose = dosage.dose_and_rate.iter().find_map(|dose| {
        let range = || {
            let range = dose.dose_range.as_ref()?;
            Some(format!("{} to {}", amount(range.low.as_ref()?)?, amount(range.high.as_ref()?)?))
        };
        dose.dose_quantity.as_ref().and_then(amount).or_else(range)
    });
    let as_needed = dosage.as_needed_boolean.0.unwrap_or_default().then(|| "as needed".to_owned());
    let parts = [
        dose,
        dosage.timing.as_ref().and_then(timing),
        label(dosage.route.as_ref()),
        as_needed,
        words(dosage.patient_instruction.as_deref()),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// A quantity in words, with the digits of its source.
pub(super) fn amount(quantity: &Quantity) -> Option<String> {
    let value = &quantity.value.as_ref()?.0;
    let unit = words(quantity.unit.as_deref()).or_else(|| words(quantity.code.as_deref()));
    let comparator = quantity.comparator.as_deref().unwrap_or_default();
    Some(unit.map_or_else(|| format!("{comparator}{value}"), |unit| format!("{comparator}{value} {unit}")))
}

/// A timing in words, such as "twice a day" or "every 8 hours".
pub(super) fn timing(timing: &Timing) -> Option<String> {
    let repeated = || {
        let repeat = timing.repeat.as_ref()?;
        let unit = match repeat.period_unit.as_deref()? {
            "s" => "second",
            "min" => "minute",
            "h" => "hour",
            "d" => "day",
            "wk" => "week",
            "mo" => "month",
            "a" => "year",
            _ => return None,
        };
        let times = match repeat.frequency.0.unwrap_or(1) {
            1 => "once".to_owned(),
            2 => "twice".to_owned(),
            n => format!("{n} times"),
        };
        let period = repeat.period.as_ref().map_or("1", |period| period.0.as_str());
        Some(match (times.as_str(), period) {
            (_, "1" | "1.0") => format!("{times} {} {unit}", if unit == "hour" { "an" } else { "a" }),
            ("once", period) => format!("every {period} {unit}s"),
            (times, period) => format!("{times} every {period} {unit}s"),
        })
    };
    label(timing.code.as_ref()).or_else(repeated)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line_of(json: &str) -> Option<String> {
        line(&[serde_json::from_str::<Dosage>(json).expect("test JSON")])
    }

    #[test]
    fn a_dosage_is_said_in_the_words_of_its_source_or_in_ours() {
        assert_eq!(line_of(r#"{"text":"1 tablet at night"}"#).as_deref(), Some("1 tablet at night"));
        let structured = r#"{"timing":{"repeat":{"frequency":2,"period":1,"periodUnit":"d"}},"asNeededBoolean":true,
            "doseAndRate":[{"doseQuantity":{"value":7.50,"unit":"mg"}}]}"#;
        assert_eq!(line_of(structured).as_deref(), Some("7.50 mg, twice a day, as needed"));
        let hours = r#"{"timing":{"repeat":{"frequency":1,"period":8,"periodUnit":"h"}}}"#;
        assert_eq!(line_of(hours).as_deref(), Some("every 8 hours"));
        assert_eq!(line_of("{}"), None);
    }
}
