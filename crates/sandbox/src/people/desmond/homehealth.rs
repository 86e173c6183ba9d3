//! Desmond at HomeHealth Plus: the plan of a nurse who visits every week.

use crate::people::chart::{Chart, Demographics, Draft, Unit, spelled_out};
use crate::people::terms::*;

pub(super) fn record(c: &Chart) -> Vec<Draft> {
    let nurse = "Practitioner/simms";
    let own =
        vec![
            c.patient(Demographics {
                mrn: "HH-2981",
                family: "O’Keefe",
                given: &["Des"],
                gender: "male",
                born: "1948-02-29",
                line: "7 Mill Race",
                city: "Cedar Hollow",
                postal_code: "90099",
                phone: "5555550117",
            }),
            c.condition("lungs", words("COPD")).since(c.years_ago(7)),
            c.condition("heart", words("Weak heart")).since(c.years_ago(3)),
            c.goal("stairs", "One flight of stairs without stopping")
                .started(c.months_ago(4))
                .expressed_by("Patient/me")
                .addresses("Condition/lungs")
                .target(words("Stairs climbed"), spelled_out("one flight, no rest"), c.in_months(2)),
            c.service_request("visits", words("Nurse visit every week"), nurse, c.months_ago(4))
                .because("Condition/heart"),
            c.medication_statement("thinner", words("Two blood thinners in the pill box"), nurse, c.months_ago(1))
                .note(nurse, c.months_ago(1), "Box holds warfarin and apixaban. Called Valley, no answer yet."),
            c.care_plan("home", "Home visits", c.months_ago(4))
                .addresses("Condition/heart")
                .goal("Goal/stairs")
                .activity("ServiceRequest/visits", &["Encounter/visit-1"], &[])
                .detail("not-started", "Breathing exercises, twice a day", &["Goal/stairs"]),
            c.encounter("visit-1", nurse, c.months_ago(1)),
        ];
    [own, c.vital_series("oxygen", OXYGEN_SATURATION, Unit::PERCENT, &[(4, "92"), (3, "91"), (2, "90"), (1, "89")])]
        .concat()
}
