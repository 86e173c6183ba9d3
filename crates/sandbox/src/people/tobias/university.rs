//! Tobias at University Hospital: the sleep laboratory.

use crate::people::chart::{Chart, Demographics, Draft};
use crate::people::terms::*;

pub(super) fn record(c: &Chart) -> Vec<Draft> {
    let doctor = "Practitioner/drummond";
    vec![
        c.patient(Demographics {
            mrn: "E9013364",
            family: "ACHTERBERG",
            given: &["Tobias", "J"],
            gender: "unknown",
            born: "1981-12-31",
            line: "88 FOUNDRY ST",
            city: "CEDAR HOLLOW",
            postal_code: "90099",
            phone: "+1 555 555 0188",
        }),
        c.condition("apnea", SLEEP_APNEA).since(c.years_ago(3)).recorded(doctor, c.years_ago(3)),
        c.condition("seizures", words("Epilepsy")).refuted().recorded(doctor, c.years_ago(2)),
        c.goal("mask", "Wear the mask 6 hours a night")
            .achievement("not-achieved", c.months_ago(2))
            .started(c.years_ago(2))
            .addresses("Condition/apnea")
            .due(c.months_ago(1)),
        c.service_request("mask", words("Mask fitting"), doctor, c.months_ago(2))
            .for_goal("Goal/mask")
            .because("Condition/apnea"),
        c.care_plan("sleep", "Sleep plan", c.years_ago(2))
            .addresses("Condition/apnea")
            .addresses("Condition/seizures")
            .goal("Goal/mask")
            .activity("ServiceRequest/mask", &[], &[]),
        c.encounter("night-1", doctor, c.months_ago(2)).because("Condition/apnea"),
    ]
}
