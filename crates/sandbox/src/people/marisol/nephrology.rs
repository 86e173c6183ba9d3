//! Marisol at Nephrology Associates: stage 4, a softer HbA1c target, and no allergy ever asked for.

use super::measurements;
use crate::people::chart::{Chart, Demographics, Draft, Unit, above, below, between, spelled_out};
use crate::people::terms::*;

pub(super) fn record(c: &Chart) -> Vec<Draft> {
    [person(c), concerns(c), goals(c), activities(c), plan(c), measurements::nephrology(c)].concat()
}

fn person(c: &Chart) -> Vec<Draft> {
    vec![c.patient(Demographics {
        mrn: "NA0058213",
        family: "Vega Thornton",
        given: &["Marisol", "A."],
        gender: "female",
        born: "1957-05-23",
        line: "418 Juniper Ter.",
        city: "Cedar Hollow",
        postal_code: "90099",
        phone: "555-555-0142",
    })]
}

fn concerns(c: &Chart) -> Vec<Draft> {
    let doctor = "Practitioner/solberg";
    vec![
        c.condition("ckd", CKD_4).due_to("Condition/diabetes").since(c.months_ago(4)).recorded(doctor, c.months_ago(4)),
        c.condition("diabetes", TYPE_2_DIABETES).since(c.years_ago(12)).recorded(doctor, c.months_ago(15)),
        c.condition("hypertension", HYPERTENSIVE_DISORDER).since(c.years_ago(15)).recorded(doctor, c.months_ago(15)),
        c.condition("anemia", RENAL_ANEMIA)
            .due_to("Condition/ckd")
            .since(c.months_ago(4))
            .recorded(doctor, c.months_ago(4)),
    ]
}

fn goals(c: &Chart) -> Vec<Draft> {
    let doctor = "Practitioner/solberg";
    vec![
        c.goal("hba1c", "HbA1c below 8.0 %, without low blood sugar")
            .achievement("in-progress", c.months_ago(1))
            .priority("medium-priority")
            .started(c.months_ago(15))
            .expressed_by(doctor)
            .addresses("Condition/diabetes")
            .outcome("Observation/hba1c-3")
            .target(HBA1C, below("8.0", Unit::PERCENT), c.in_months(9))
            .acceptance("Patient/me", "pending")
            .note(doctor, c.months_ago(1), "With falling filtration a stricter target risks hypoglycemia."),
        c.goal("filtration", "Keep the filtration above 25")
            .achievement("worsening", c.months_ago(1))
            .priority("high-priority")
            .started(c.months_ago(15))
            .addresses("Condition/ckd")
            .outcome("Observation/egfr-1")
            .outcome("Observation/egfr-4")
            .target(EGFR_2021, above("25", Unit::FILTRATION), c.in_months(12)),
        c.goal("potassium", "Potassium between 3.5 and 5.0")
            .achievement("not-achieved", c.months_ago(1))
            .started(c.months_ago(4))
            .addresses("Condition/ckd")
            .outcome("Observation/potassium-1")
            .target(POTASSIUM, between("3.5", "5.0", Unit::MMOL_L), c.in_months(3)),
        c.goal("pressure", "Blood pressure below 130/80")
            .achievement("improving", c.months_ago(1))
            .started(c.months_ago(15))
            .addresses("Condition/hypertension")
            .outcome("Observation/bp-1")
            .target(BLOOD_PRESSURE, spelled_out("below 130/80"), c.in_months(6)),
        c.goal("anemia", "Hemoglobin 10 to 11.5 g/dL").started(c.months_ago(4)).addresses("Condition/anemia").target(
            HEMOGLOBIN,
            between("10", "11.5", Unit::G_DL),
            c.in_months(3),
        ),
    ]
}

fn activities(c: &Chart) -> Vec<Draft> {
    let doctor = "Practitioner/solberg";
    vec![
        c.nutrition_order(
            "diet",
            RENAL_DIET,
            doctor,
            c.months_ago(4),
            "Potassium at most 2 g a day; no salt substitutes.",
        )
        .for_goal("Goal/potassium"),
        c.medication_request("losartan", LOSARTAN_50, doctor, c.months_ago(9))
            .for_goal("Goal/filtration")
            .because("Condition/ckd")
            .dose("1 tablet by mouth once a day", 1, "50"),
        c.medication_request("amlodipine", AMLODIPINE_5, doctor, c.months_ago(4))
            .stopped("Swollen ankles")
            .because("Condition/hypertension")
            .dose("1 tablet by mouth every morning", 1, "5"),
        c.medication_request("empagliflozin", EMPAGLIFLOZIN_10, doctor, c.months_ago(9))
            .for_goal("Goal/filtration")
            .because("Condition/ckd")
            .because("Condition/diabetes")
            .dose("1 tablet by mouth every morning", 1, "10"),
        c.service_request(
            "dialysis-talk",
            words("Talk about dialysis, transplant and conservative care"),
            doctor,
            c.months_ago(1),
        )
        .because("Condition/ckd")
        .planned_for(c.in_days(30)),
        c.service_request("dietitian", DIETITIAN_REFERRAL, doctor, c.months_ago(1))
            .for_goal("Goal/potassium")
            .because("Condition/ckd"),
        c.appointment("visit", "Kidney clinic with Dr. Solberg", doctor, c.in_days(30)).because("Condition/ckd"),
        c.encounter("visit-1", doctor, c.months_ago(1)).because("Condition/ckd"),
    ]
}

fn plan(c: &Chart) -> Vec<Draft> {
    let nurse = "Practitioner/ames";
    vec![
        c.care_plan("kidney", "Kidney care plan", c.months_ago(15))
            .custodian("Organization/home")
            .contributor("Practitioner/solberg")
            .team("CareTeam/kidney")
            .addresses("Condition/ckd")
            .addresses("Condition/anemia")
            .goal("Goal/filtration")
            .goal("Goal/potassium")
            .activity(
                "NutritionOrder/diet",
                &["Observation/potassium-1"],
                &[c.progress(
                    nurse,
                    c.months_ago(1),
                    "Has given up bananas, still drinks orange juice when sugar is low.",
                )],
            )
            .activity("MedicationRequest/losartan", &[], &[])
            .activity("MedicationRequest/empagliflozin", &[], &[])
            .activity("ServiceRequest/dialysis-talk", &[], &[])
            .activity("Appointment/visit", &[], &[])
            .performed("Encounter/visit-1"),
        c.care_team(
            "kidney",
            "Kidney team",
            &[
                (PATIENT_IN_TEAM, "Patient/me"),
                (NEPHROLOGIST, "Practitioner/solberg"),
                (CARE_COORDINATOR, nurse),
                (PRIMARY_CARE_PHYSICIAN, "Practitioner/whitfield"),
            ],
        ),
    ]
}
