//! How records write units: words, abbreviations and their own codes, each with the UCUM expression it means.
//!
//! The table holds the units of chronic care. Anything else is read as UCUM as it stands; what is no UCUM stays unknown.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::ucum::Known;

/// A UCUM expression, then other ways to write it: lower case, without white space and annotations.
const SPELLINGS: &[(&str, &[&str])] = &[
    ("1", &["score", "points", "point", "count", "ratio", "none", "n/a"]),
    ("%", &["percent", "pct"]),
    // Pressure.
    ("mm[Hg]", &["mmhg", "mm(hg)", "torr", "mmofhg", "millimetersofmercury", "millimetresofmercury"]),
    ("kPa", &["kpa"]),
    // Body.
    ("kg", &["kgs", "kilogram", "kilograms", "kilo", "kilos"]),
    ("g", &["gm", "gram", "grams"]),
    ("mg", &["milligram", "milligrams"]),
    ("ug", &["mcg", "microgram", "micrograms"]),
    ("[lb_av]", &["lb", "lbs", "[lb_us]", "lb_av", "pound", "pounds"]),
    ("[oz_av]", &["oz", "ounce", "ounces", "oz_av"]),
    ("[stone_av]", &["stone", "st"]),
    ("cm", &["cms", "centimeter", "centimeters", "centimetre", "centimetres"]),
    ("m", &["meter", "meters", "metre", "metres"]),
    ("mm", &["millimeter", "millimeters"]),
    ("[in_i]", &["in", "inch", "inches", "[in_us]", "in_i", "\""]),
    ("[ft_i]", &["ft", "foot", "feet", "[ft_us]", "'"]),
    ("kg/m2", &["kg/m^2", "kg/m*2", "kg/(m2)", "kg/sqm", "kg/m²"]),
    ("m2", &["m^2", "m²", "sqm"]),
    ("Cel", &["°c", "degc", "c", "celsius", "degreescelsius", "degreec", "deg.c", "degreesc"]),
    ("[degF]", &["°f", "degf", "f", "fahrenheit", "degreesfahrenheit", "degreef", "deg.f", "degreesf"]),
    // Rates.
    (
        "/min",
        &["bpm", "beats/min", "beats/minute", "breaths/min", "breaths/minute", "/minute", "1/min", "min-1", "permin"],
    ),
    ("/d", &["/day", "1/day", "perday", "{#}/(24.h)", "/(24.h)", "steps/day", "/(24.h)", "/24.h", "/24h"]),
    ("min/d", &["min/day", "minutes/day"]),
    ("L/min", &["l/minute", "lpm"]),
    // Mass in a volume.
    ("mg/dL", &["mg/100ml", "mg%", "mgs/dl"]),
    ("g/dL", &["gm/dl", "g%", "gms/dl", "g/100ml", "gram/dl"]),
    ("g/L", &["gm/l"]),
    ("mg/L", &[]),
    ("ug/dL", &["mcg/dl"]),
    ("ug/L", &["mcg/l"]),
    ("ug/mL", &["mcg/ml"]),
    ("ng/mL", &[]),
    ("ng/dL", &[]),
    ("ng/L", &[]),
    ("pg/mL", &[]),
    // Substance in a volume.
    ("mmol/L", &["mm/l", "millimole/l", "mmol/liter"]),
    ("umol/L", &["micromol/l", "mcmol/l"]),
    ("nmol/L", &[]),
    ("pmol/L", &[]),
    ("meq/L", &["mequ/l", "milliequivalent/l"]),
    ("mosm/kg", &["mosmol/kg"]),
    // Ratios of a mass or a substance to another.
    ("mmol/mol", &["mmol/molhb"]),
    (
        "mg/g",
        &[
            "mg/gcr",
            "mg/gcreat",
            "mg/gcrea",
            "mg/gcreatinine",
            "ug/mg",
            "mcg/mg",
            "ug/mgcreat",
            "mcg/mgcreat",
            "mg/gmcreat",
        ],
    ),
    ("mg/mmol", &["mg/mmolcr", "mg/mmolcreat", "mg/mmolcrea"]),
    // Kidney.
    (
        "mL/min/{1.73_m2}",
        &[
            "ml/min/1.73m2",
            "ml/min/1.73m^2",
            "ml/min/1.73m*2",
            "ml/min/1.73sqm",
            "ml/min/1.73",
            "ml/min/1.73m²",
            "ml/min/1.73.m2",
            "ml/min/1.73_m2",
            "ml/min/{1.73m2}",
            "ml/min/{1.73_m2}",
            "ml/min/{1.73m^2}",
            "ml/min/(1.73m2)",
            "ml/min/bsa",
            "ml/min/{bsa}",
            "ml/min/1.73msq",
            "ml/min/1.73sq.m",
        ],
    ),
    ("mL/min", &["ml/minute"]),
    // Enzymes and arbitrary units.
    ("U/L", &["unit/l", "units/l"]),
    ("[IU]/L", &["iu/l", "intlunit/l"]),
    ("m[IU]/L", &["miu/l", "uiu/ml", "u[iu]/ml", "miu/liter"]),
    // Counts in a volume.
    (
        "10*3/uL",
        &[
            "k/ul",
            "thousand/ul",
            "x10e3/ul",
            "x10*3/ul",
            "10e3/ul",
            "10^3/ul",
            "x10^3/ul",
            "thous/ul",
            "k/mm3",
            "10*9/l",
            "10^9/l",
            "x10e9/l",
            "x10^9/l",
            "10e9/l",
            "th/ul",
            "thou/ul",
            "k/mcl",
            "x10(3)/ul",
        ],
    ),
    (
        "10*6/uL",
        &[
            "m/ul",
            "million/ul",
            "x10e6/ul",
            "10^6/ul",
            "x10^6/ul",
            "10e6/ul",
            "mil/ul",
            "10*12/l",
            "10^12/l",
            "x10e12/l",
            "x10^12/l",
            "m/mm3",
            "m/mcl",
        ],
    ),
    ("/uL", &["cells/ul", "cell/ul", "cells/mcl", "/mm3", "cells/mm3", "/cumm"]),
    ("fL", &["femtoliter"]),
    ("pg", &["picogram"]),
    // Time.
    ("min", &["minute", "minutes", "mins"]),
    ("h", &["hr", "hrs", "hour", "hours"]),
    ("d", &["day", "days"]),
    ("wk", &["week", "weeks"]),
    ("mo", &["month", "months"]),
    ("a", &["year", "years", "yr", "yrs"]),
    ("s", &["sec", "second", "seconds"]),
];

/// All spellings with what they mean, worked out once.
static TABLE: LazyLock<HashMap<String, Known>> = LazyLock::new(|| {
    let mut table = HashMap::new();
    for (expression, others) in SPELLINGS {
        let Some(known) = Known::read(expression) else { continue };
        for spelling in std::iter::once(expression).chain(*others) {
            table.insert(squeezed(spelling), known.clone());
        }
    }
    table
});

/// Finds what a text means as a unit.
pub(super) fn known(text: &str) -> Option<Known> {
    let text = text.trim();
    if text.is_empty() || text.len() > 96 {
        return None;
    }
    let (whole, bare) = (squeezed(text), super::plain(text));
    let annotated = text.contains('{') && bare.is_empty();
    let of_table = || {
        TABLE.get(&whole).or_else(|| TABLE.get(&bare).filter(|_| !whole.contains("1.73") && !bare.is_empty())).cloned()
    };
    // `{score}` alone is the number 1 with a remark.
    if annotated { TABLE.get("1").cloned() } else { of_table().or_else(|| Known::read(text)) }
}

/// Lower case, without white space, `µ` written as `u`.
fn squeezed(text: &str) -> String {
    let kept = text.chars().filter(|c| !c.is_whitespace()).map(|c| if matches!(c, 'µ' | 'μ') { 'u' } else { c });
    kept.flat_map(char::to_lowercase).collect()
}

/// Leaves out UCUM annotations, which do not change a unit: `{beats}/min` is `/min`.
pub(super) fn without_annotations(text: &str) -> String {
    let mut depth = 0_u32;
    let mut kept = String::new();
    for c in text.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            'µ' | 'μ' if depth == 0 => kept.push('u'),
            c if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_expression_of_the_table_is_ucum_and_no_spelling_means_two_units() {
        let mut seen: HashMap<String, &str> = HashMap::new();
        for (expression, others) in SPELLINGS {
            assert!(Known::read(expression).is_some(), "{expression}");
            for spelling in std::iter::once(expression).chain(*others) {
                let before = seen.insert(squeezed(spelling), expression);
                assert!(before.is_none_or(|before| before == *expression), "{spelling}: {before:?} and {expression}");
            }
        }
    }
}
