//! Hồng Loan at Valley Primary Care.

use crate::people::chart::{Chart, Demographics, Draft, Unit, below};
use crate::people::terms::*;

pub(super) fn record(c: &Chart) -> Vec<Draft> {
    let doctor = "Practitioner/castellanos";
    let survey = c.days_ago(31);
    let own =
        vec![
            c.patient(Demographics {
                mrn: "VPC-330-4412",
                family: "Nguyễn",
                given: &["Hồng", "Loan"],
                gender: "female",
                born: "1969-11-02",
                line: "2260 Plum Orchard Rd",
                city: "Cedar Hollow",
                postal_code: "90098",
                phone: "(555) 555-0133",
            }),
            c.allergy("penicillin", PENICILLIN).reaction(RASH, "mild"),
            c.condition("ckd", CKD_4).since(c.years_ago(6)).recorded(doctor, c.months_ago(14)),
            c.condition("hypertension", HYPERTENSION).since(c.years_ago(9)).recorded(doctor, c.years_ago(9)),
            c.condition("diabetes", TYPE_2_DIABETES).since(c.years_ago(7)).recorded(doctor, c.years_ago(7)),
            c.condition("depression", DEPRESSION)
                .since(c.years_ago(1))
                .evidence("QuestionnaireResponse/phq9")
                .recorded(doctor, survey),
            c.own_concern("work", "I do not know how I can keep the shop open with dialysis", c.days_ago(31)),
            c.goal("mood", "PHQ-9 below 5")
                .achievement("improving", survey)
                .started(c.months_ago(10))
                .addresses("Condition/depression")
                .outcome("Observation/phq9-1")
                .target(PHQ_9, below("5", Unit::SCORE), c.in_months(2)),
            c.goal("pressure", "Systolic below 130")
                .started(c.months_ago(10))
                .addresses("Condition/hypertension")
                .target(SYSTOLIC, below("130", Unit::MMHG), c.in_months(3)),
            c.medication_request("sertraline", SERTRALINE_50, doctor, c.months_ago(10))
                .for_goal("Goal/mood")
                .because("Condition/depression")
                .dose("1 tablet by mouth every morning", 1, "50"),
            c.medication_request("metformin", METFORMIN_500, doctor, c.months_ago(16))
                .because("Condition/diabetes")
                .dose("1 tablet by mouth twice a day", 2, "500"),
            c.service_request("kidney", NEPHROLOGY_REFERRAL, doctor, c.months_ago(14))
                .because("Condition/ckd")
                .status("completed"),
            c.care_plan("main", "Care plan", c.months_ago(10))
                .addresses("Condition/depression")
                .addresses("Condition/hypertension")
                .supporting("Condition/work")
                .goal("Goal/mood")
                .goal("Goal/pressure")
                .activity(
                    "MedicationRequest/sertraline",
                    &["Observation/phq9-1"],
                    &[c.progress(doctor, survey, "Sleeps better.")],
                ),
            c.answers(
                "phq9",
                "https://valley.example/questionnaires/phq-9",
                survey,
                &[
                    ("1", "Little interest or pleasure in doing things", "Several days"),
                    ("2", "Feeling down, depressed, or hopeless", "Several days"),
                    ("4", "Feeling tired or having little energy", "More than half the days"),
                ],
            ),
        ];
    let scores = [(10, "14"), (6, "11"), (1, "8")];
    let surveys = scores.iter().map(|&(months, score)| {
        c.measured(&format!("phq9-{months}"), PHQ_9, "survey", c.months_ago(months), score, Unit::SCORE)
    });
    [
        own,
        surveys.collect(),
        c.pressure_series(&[(10, "144", "88"), (6, "138", "84"), (1, "134", "82")]),
        c.lab_series("hba1c", HBA1C, Unit::PERCENT, &[(12, "7.4"), (6, "7.2"), (1, "7.10")]),
    ]
    .concat()
}
