//! Tobias at Valley Primary Care: hostile text in notes, descriptions and narrative.

use serde_json::json;

use crate::people::chart::{Chart, Demographics, Draft, Unit, below};
use crate::people::terms::*;

pub(super) fn record(c: &Chart) -> Vec<Draft> {
    let doctor = "Practitioner/whitfield";
    let own = vec![
        c.patient(Demographics {
            mrn: "VPC-412-7003",
            family: "Achterberg",
            given: &["Tobias", "Jan"],
            gender: "male",
            born: "1981-12-31",
            line: "88 Foundry Street <rear>",
            city: "Cedar Hollow",
            postal_code: "90099",
            phone: "(555) 555-0188",
        }),
        c.condition("gout", GOUT)
            .since(c.years_ago(4))
            .recorded(doctor, c.years_ago(4))
            .note(doctor, c.months_ago(3), "<b>Big toe</b> & ankle; says \"worse at night\". </textarea><script>alert('note')</script>"),
        c.condition("apnea", SLEEP_APNEA).due_to("Condition/weight").since(c.years_ago(3)).recorded(doctor, c.years_ago(3)),
        // Each is recorded as the cause of the other: a reader that walks causes must not walk for ever.
        c.condition("weight", OBESITY).due_to("Condition/apnea").since(c.years_ago(6)).recorded(doctor, c.years_ago(6)),
        c.condition("hypertension", HYPERTENSION).since(c.years_ago(2)).resolved(c.months_ago(4)).recorded(doctor, c.years_ago(2)),
        c.goal("urate", "Urate below 6 mg/dL <img src=x onerror=alert('goal')>")
            .started(c.months_ago(8))
            .addresses("Condition/gout")
            .outcome("Observation/urate-2")
            .target(URATE, below("6", Unit::MG_DL), c.in_months(2))
            .note("Patient/me", c.months_ago(2), "</textarea><b>I forget the pill on weekends</b>"),
        c.goal("mask", "Wear the mask 6 hours a night").started(c.months_ago(8)).addresses("Condition/apnea").with(
            "text",
            json!({
                "status": "generated",
                "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\"><a href=\"javascript:alert('text')\">mask</a></div>",
            }),
        ),
        c.medication_request("allopurinol", ALLOPURINOL_100, doctor, c.months_ago(8))
            .for_goal("Goal/urate")
            .because("Condition/gout")
            .dose("1 tablet by mouth once a day", 1, "100"),
        c.care_plan("main", "Gout </title><script>alert('title')</script>", c.months_ago(8))
            .addresses("Condition/gout")
            .goal("Goal/urate")
            .activity("MedicationRequest/allopurinol", &["Observation/urate-2"], &[]),
        c.care_plan("pressure", "Blood pressure plan", c.years_ago(2)).addresses("Condition/hypertension"),
    ];
    [
        own,
        c.lab_series("urate", URATE, Unit::MG_DL, &[(14, "9.1"), (8, "8.4"), (2, "7.0")]),
        c.vital_series("weight", WEIGHT, Unit::KG, &[(14, "121.0"), (8, "118.5"), (2, "116.2")]),
    ]
    .concat()
}
