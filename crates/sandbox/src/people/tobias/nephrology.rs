//! Tobias at Nephrology Associates: high pressure that Valley has closed, and three times the allopurinol.

use crate::people::chart::{Chart, Demographics, Draft, Unit, between};
use crate::people::terms::*;

pub(super) fn record(c: &Chart) -> Vec<Draft> {
    let doctor = "Practitioner/raghunathan";
    let own = vec![
        c.patient(Demographics {
            mrn: "NA0063318",
            family: "Achterberg",
            given: &["Jan", "Tobias"],
            gender: "male",
            born: "1981-12-31",
            line: "88 Foundry St",
            city: "Cedar Hollow",
            postal_code: "90099",
            phone: "555-555-0188",
        }),
        c.condition("hypertension", HYPERTENSION).since(c.years_ago(2)).recorded(doctor, c.months_ago(6)),
        c.condition("gout", GOUT).since(c.years_ago(5)).recorded(doctor, c.months_ago(6)),
        c.goal("urate", "Urate 4 to 5 mg/dL").started(c.months_ago(6)).addresses("Condition/gout").target(
            URATE,
            between("4", "5", Unit::MG_DL),
            c.in_months(6),
        ),
        c.medication_request("allopurinol", ALLOPURINOL_300, doctor, c.months_ago(3))
            .for_goal("Goal/urate")
            .because("Condition/gout")
            .dose("1 tablet by mouth once a day", 1, "300"),
        c.care_plan("stones", "Stone prevention", c.months_ago(6))
            .addresses("Condition/gout")
            .goal("Goal/urate")
            .activity("MedicationRequest/allopurinol", &[], &[]),
    ];
    [
        own,
        c.lab_series("urate", URATE, Unit::MG_DL, &[(6, "8.0"), (3, "7.4")]),
        c.pressure_series(&[(6, "148", "94"), (3, "146", "92")]),
    ]
    .concat()
}
