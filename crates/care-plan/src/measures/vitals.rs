//! Vital signs and body measures.
//!
//! Not siblings: blood pressure in a stated position (8459-0, 8460-8, 8461-6 and their diastolic codes), means over a day
//! or of home readings (8490-5, 96607-7), dry weight (8340-2), body mass index percentiles (59574-4), resting heart rate
//! (40443-4): each is read against another expectation than the plain measure.

use super::{BLOOD_PRESSURE, DIASTOLIC, Measure, Rule, SYSTOLIC, loinc, snomed};

/// A measure that converts by its dimension.
const fn plain(
    name: &'static str,
    codes: &'static [super::Sibling],
    units: &'static [(&'static str, u32)],
    speaks_for: i32,
) -> Measure {
    Measure { name, codes, rule: Rule::Dimension, units, speaks_for }
}

const PRESSURE: &[(&str, u32)] = &[("mm[Hg]", 0), ("kPa", 1)];

/// The measures.
pub(super) const MEASURES: &[Measure] = &[
    // ACC/AHA 2017 section 8.3: those at goal are seen again in 3 to 6 months.
    plain(
        BLOOD_PRESSURE,
        &[loinc("85354-9"), loinc("55284-4"), loinc("35094-2"), loinc("55417-0"), snomed("75367002")],
        PRESSURE,
        184,
    ),
    plain(SYSTOLIC, &[loinc("8480-6"), snomed("271649006")], PRESSURE, 184),
    plain(DIASTOLIC, &[loinc("8462-4"), snomed("271650006")], PRESSURE, 184),
    // ADA Standards of Care section 8: weight and height at least once a year.
    plain(
        "weight",
        &[
            loinc("29463-7"),
            loinc("3141-9").by("measured"),
            loinc("3142-7").by("stated"),
            loinc("8335-2").by("estimated"),
            loinc("8350-1").by("with clothes"),
            loinc("8351-9").by("without clothes"),
            snomed("27113001"),
        ],
        &[("kg", 1), ("[lb_av]", 1), ("g", 0)],
        366,
    ),
    plain(
        "height",
        &[
            loinc("8302-2"),
            loinc("3137-7").by("measured"),
            loinc("3138-5").by("stated"),
            loinc("8306-3").by("lying"),
            loinc("8308-9").by("standing"),
            snomed("50373000"),
        ],
        &[("cm", 0), ("[in_i]", 1), ("m", 2)],
        366,
    ),
    plain("bmi", &[loinc("39156-5"), snomed("60621009")], &[("kg/m2", 1)], 366),
    plain(
        "heart-rate",
        &[loinc("8867-4"), loinc("8889-8").by("pulse oximetry"), snomed("364075005")],
        &[("/min", 0)],
        184,
    ),
    plain("respiratory-rate", &[loinc("9279-1")], &[("/min", 0)], 184),
    plain("oxygen-saturation", &[loinc("2708-6"), loinc("59408-5").by("pulse oximetry")], &[("%", 0)], 184),
    plain(
        "temperature",
        &[
            loinc("8310-5"),
            loinc("8328-7").by("axillary"),
            loinc("8331-1").by("oral"),
            loinc("8332-9").by("rectal"),
            loinc("8333-7").by("tympanic"),
        ],
        &[("Cel", 1), ("[degF]", 1)],
        31,
    ),
];
