//! Hồng Loan at Nephrology Associates: given and family names swapped, no marks, and a stage further.

use crate::people::chart::{Chart, Demographics, Draft, Unit, above, to};
use crate::people::terms::*;

pub(super) fn record(c: &Chart) -> Vec<Draft> {
    let doctor = "Practitioner/raghunathan";
    let own = vec![
        c.patient(Demographics {
            mrn: "NA0061407",
            family: "Loan",
            given: &["Nguyen", "Hong"],
            gender: "female",
            born: "1969-11-02",
            line: "2260 Plum Orchard Road",
            city: "Cedar Hollow",
            postal_code: "90098",
            phone: "555-555-0133",
        }),
        c.condition("ckd", CKD_5).since(c.months_ago(2)).recorded(doctor, c.months_ago(2)),
        c.condition("hypertension", HYPERTENSIVE_DISORDER).since(c.years_ago(9)).recorded(doctor, c.months_ago(13)),
        c.condition("depression", DEPRESSION)
            .since(c.years_ago(1))
            .resolved(c.months_ago(3))
            .recorded(doctor, c.months_ago(13)),
        c.goal("access", "Fistula ready before dialysis is needed")
            .achievement("in-progress", c.months_ago(1))
            .priority("high-priority")
            .started(c.months_ago(2))
            .addresses("Condition/ckd")
            .due(c.days_ago(8)),
        c.goal("filtration", "Keep the filtration above 12 until the fistula is ready")
            .achievement("worsening", c.months_ago(1))
            .started(c.months_ago(2))
            .addresses("Condition/ckd")
            .outcome("Observation/egfr-1")
            .target(EGFR_2021, above("12", Unit::FILTRATION), c.in_months(4)),
        c.service_request("dialysis", DIALYSIS_REFERRAL, doctor, c.months_ago(2))
            .for_goal("Goal/access")
            .because("Condition/ckd")
            // The order came from a server that nobody here can reach.
            .add("basedOn", to("https://referrals.elsewhere.example/fhir/ServiceRequest/8841")),
        c.nutrition_order(
            "diet",
            RENAL_DIET,
            doctor,
            c.months_ago(2),
            "Phosphate and potassium low, protein as agreed.",
        )
        .for_goal("Goal/filtration"),
        c.care_plan("kidney", "Getting ready for dialysis", c.months_ago(2))
            .custodian("Organization/home")
            .addresses("Condition/ckd")
            .goal("Goal/access")
            .activity("ServiceRequest/dialysis", &[], &[])
            .activity("NutritionOrder/diet", &[], &[]),
        // Nobody has taken the coordinator's place since spring: the role is there without a member.
        c.care_team("kidney", "Kidney team", &[(PATIENT_IN_TEAM, "Patient/me"), (NEPHROLOGIST, doctor)])
            .add("participant", serde_json::json!({ "role": [c.place.concept(CARE_COORDINATOR)] })),
        c.appointment("shunt", "Vascular surgeon, fistula", doctor, c.in_days(12)).because("Condition/ckd"),
    ];
    [
        own,
        c.lab_series("egfr", EGFR_2021, Unit::FILTRATION, &[(13, "24"), (8, "20"), (4, "17"), (1, "14")]),
        c.lab_series("potassium", POTASSIUM, Unit::MMOL_L, &[(8, "5.0"), (4, "5.3"), (1, "5.6")]),
    ]
    .concat()
}
