//! Hồng Loan at University Hospital: the liver, and what she wants kept among few.

use crate::people::chart::{Chart, Demographics, Draft, Unit, below};
use crate::people::terms::*;

pub(super) fn record(c: &Chart) -> Vec<Draft> {
    let doctor = "Practitioner/drummond";
    let own = vec![
        c.patient(Demographics {
            mrn: "E7720015",
            family: "NGUYEN",
            given: &["Loan", "Hong Thi"],
            gender: "female",
            born: "1969-11-02",
            line: "2260 PLUM ORCHARD RD",
            city: "CEDAR HOLLOW",
            postal_code: "90098",
            phone: "+1 555 555 0133",
        }),
        c.condition("liver", HEPATITIS_B).since(c.years_ago(20)).recorded(doctor, c.years_ago(5)).confidential("R"),
        c.condition("diabetes", TYPE_2_DIABETES).since(c.years_ago(4)).recorded(doctor, c.years_ago(4)),
        c.goal("virus", "Virus not found in blood")
            .achievement("sustaining", c.months_ago(5))
            .started(c.years_ago(4))
            .addresses("Condition/liver")
            .due(c.in_months(7))
            .confidential("R"),
        c.goal("hba1c", "HbA1c below 7.5 %")
            .achievement("achieved", c.months_ago(5))
            .started(c.years_ago(2))
            .addresses("Condition/diabetes")
            .outcome("Observation/hba1c-5")
            .target(HBA1C, below("7.5", Unit::PERCENT), c.in_months(5)),
        c.medication_request("antiviral", words("Entecavir 0.5 mg tablet"), doctor, c.years_ago(4))
            .for_goal("Goal/virus")
            .because("Condition/liver")
            .dose_in_words("1 tablet every 72 hours, on an empty stomach")
            .confidential("R"),
        c.care_plan("liver", "Liver clinic plan", c.years_ago(4))
            .addresses("Condition/liver")
            .goal("Goal/virus")
            .activity("MedicationRequest/antiviral", &[], &[])
            .confidential("R"),
        // Above the range of the device: a comparator, no exact number.
        c.measured("albumin-5", ALBUMIN_CREATININE, "laboratory", c.months_ago(5), ">2200", Unit::MG_G),
    ];
    [own, c.lab_series("hba1c", HBA1C, Unit::PERCENT, &[(14, "7.6"), (5, "7.30")])].concat()
}
