//! Eighteen months of Marisol's measurements, as each place took them.

use serde_json::json;

use crate::people::chart::{Chart, Draft, Unit, to};
use crate::people::terms::*;

pub(super) fn valley(c: &Chart) -> Vec<Draft> {
    let fatigue = c.days_ago(63);
    [
        c.lab_series("hba1c", HBA1C, Unit::PERCENT, &[(18, "9.1"), (12, "8.6"), (6, "8.2"), (0, "7.6")]),
        c.pressure_series(&[
            (18, "154", "92"),
            (16, "151", "90"),
            (14, "149", "91"),
            (12, "150", "88"),
            (10, "146", "87"),
            (8, "147", "86"),
            (6, "143", "86"),
            (4, "144", "84"),
            (2, "141", "85"),
            (0, "142", "84"),
        ]),
        c.vital_series(
            "weight",
            WEIGHT,
            Unit::KG,
            &[(18, "88.4"), (12, "87.1"), (6, "86.0"), (2, "85.2"), (0, "85.9")],
        ),
        c.lab_series("egfr", EGFR_MDRD, Unit::FILTRATION, &[(18, "44"), (12, "40"), (6, "36")]),
        c.lab_series("potassium", POTASSIUM, Unit::MEQ_L, &[(12, "4.6"), (6, "4.9")]),
        c.lab_series("ldl", LDL, Unit::MG_DL, &[(15, "112"), (9, "81"), (3, "64")]),
        vec![
            c.answers(
                "promis",
                "https://valley.example/questionnaires/promis-29-fatigue",
                fatigue,
                &[
                    ("f1", "In the past 7 days I felt fatigued", "Quite a bit"),
                    ("f2", "I had trouble starting things because I was tired", "Often"),
                    ("f3", "How run-down did you feel on average?", "Quite a bit"),
                ],
            ),
            c.measured("promis", PROMIS_FATIGUE, "survey", fatigue, "61.2", Unit::T_SCORE)
                .derived_from("QuestionnaireResponse/promis"),
            c.observation("own-view", CONDITION_STATUS_BY_PATIENT, "survey", c.days_ago(19))
                .with("focus", json!([to("Condition/diabetes")]))
                .performed_by("Patient/me")
                .with("valueString", "A little better, but I am tired of pricking my finger."),
        ],
    ]
    .concat()
}

pub(super) fn nephrology(c: &Chart) -> Vec<Draft> {
    [
        c.lab_series("hba1c", HBA1C, Unit::PERCENT, &[(15, "8.9"), (3, "7.90")]),
        c.lab_series("egfr", EGFR_2021, Unit::FILTRATION, &[(15, "42"), (9, "37"), (4, "31"), (1, "27")]),
        c.lab_series("potassium", POTASSIUM, Unit::MMOL_L, &[(15, "4.7"), (9, "4.9"), (4, "5.2"), (1, "5.4")]),
        c.lab_series("creatinine", CREATININE, Unit::MG_DL, &[(9, "1.5"), (4, "1.7"), (1, "2.0")]),
        c.lab_series("albumin", ALBUMIN_CREATININE, Unit::MG_G, &[(15, "310"), (4, "420")]),
        c.lab_series("hemoglobin", HEMOGLOBIN, Unit::G_DL, &[(9, "11.2"), (4, "10.6"), (1, "10.10")]),
        c.pressure_series(&[(15, "148", "90"), (9, "145", "86"), (4, "139", "82"), (1, "138", "82")]),
    ]
    .concat()
}

pub(super) fn university(c: &Chart) -> Vec<Draft> {
    [
        c.lab_series("hba1c", HBA1C, Unit::PERCENT, &[(9, "8.40")]),
        // Taken over from Valley by fax: same day, same value, and nothing to prove that it is the same sample.
        c.lab_series("hba1c-outside", HBA1C, Unit::PERCENT, &[(12, "8.6")]),
        c.vital_series("weight", WEIGHT, Unit::KG, &[(9, "86.8"), (3, "85.0"), (1, "86.4")]),
        c.pressure_series(&[(9, "140", "84"), (3, "134", "80"), (1, "132", "78")]),
        vec![
            c.measured("ef-8", EJECTION_FRACTION, "imaging", c.months_ago(8), "35", Unit::PERCENT),
            c.measured("ef-1", EJECTION_FRACTION, "imaging", c.months_ago(1), "38", Unit::PERCENT),
            c.observation("potassium-1", POTASSIUM, "laboratory", c.months_ago(1)).value_absent("not-performed"),
        ],
    ]
    .concat()
}

pub(super) fn homehealth(c: &Chart) -> Vec<Draft> {
    [
        c.vital_series("weight", WEIGHT, Unit::POUND, &[(4, "189"), (3, "188.5"), (2, "188"), (1, "190.5")]),
        c.pressure_series(&[(4, "146", "85"), (3, "139", "81"), (2, "136", "80"), (1, "144", "83")]),
        vec![
            // The nurse's device knows no time zone.
            c.measured("weight-last", WEIGHT, "vital-signs", c.days_ago(6), "191", Unit::POUND)
                .with("effectiveDateTime", format!("{}T07:40:00", c.days_ago(6))),
        ],
    ]
    .concat()
}
