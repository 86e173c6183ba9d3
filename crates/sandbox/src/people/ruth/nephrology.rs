//! Ruth at Nephrology Associates: the kidneys that the painkiller hurts.

use crate::people::chart::{Chart, Demographics, Draft, Unit, above};
use crate::people::terms::*;

pub(super) fn record(c: &Chart) -> Vec<Draft> {
    let doctor = "Practitioner/solberg";
    let own = vec![
        c.patient(Demographics {
            mrn: "NA0049920",
            family: "Kealoha",
            given: &["Ruth"],
            gender: "female",
            born: "1944-07-16",
            line: "31 Lower Creek Ln",
            city: "Cedar Hollow",
            postal_code: "90097",
            phone: "555-555-0161",
        }),
        c.condition("ckd", CKD_3A).since(c.months_ago(10)).recorded(doctor, c.months_ago(10)),
        c.condition("hypertension", HYPERTENSION).since(c.years_ago(12)).recorded(doctor, c.months_ago(10)),
        c.goal("filtration", "Keep the filtration above 50")
            .achievement("worsening", c.months_ago(1))
            .started(c.months_ago(10))
            .addresses("Condition/ckd")
            .outcome("Observation/egfr-1")
            .target(EGFR_2021, above("50", Unit::FILTRATION), c.in_months(8)),
        c.medication_request("ibuprofen", IBUPROFEN_600, doctor, c.months_ago(10))
            .stopped("Harms the kidneys; use acetaminophen instead")
            .dose("1 tablet by mouth three times a day", 3, "600"),
        c.care_plan("kidney", "Kidney protection", c.months_ago(10))
            .custodian("Organization/home")
            .addresses("Condition/ckd")
            .goal("Goal/filtration")
            .activity("CommunicationRequest/painkillers", &[], &[]),
        c.communication_request(
            "painkillers",
            "Please take no ibuprofen or naproxen, not even for a day.",
            doctor,
            c.months_ago(10),
        )
        .for_goal("Goal/filtration")
        .because("Condition/ckd"),
    ];
    [own, c.lab_series("egfr", EGFR_2021, Unit::FILTRATION, &[(10, "57"), (6, "53"), (1, "48")])].concat()
}
