//! Desmond at Valley Primary Care.

use crate::people::chart::{Chart, Demographics, Draft, Unit, above, below};
use crate::people::terms::*;

pub(super) fn record(c: &Chart) -> Vec<Draft> {
    [person(c), goals(c), activities(c), plan(c), measurements(c)].concat()
}

fn person(c: &Chart) -> Vec<Draft> {
    let doctor = "Practitioner/whitfield";
    vec![
        c.patient(Demographics {
            mrn: "VPC-117-0946",
            family: "O'Keefe-Brandt",
            given: &["Desmond", "Paul"],
            gender: "male",
            born: "1948-02-29",
            line: "7 Mill Race, Apt 2B",
            city: "Cedar Hollow",
            postal_code: "90099",
            phone: "(555) 555-0117",
        }),
        c.allergy("sulfa", SULFAMETHOXAZOLE).reaction(RASH, "moderate"),
        c.condition("copd", COPD).since(c.years_ago(8)).recorded(doctor, c.years_ago(8)),
        c.condition("heart", HEART_FAILURE).since(c.years_ago(3)).recorded(doctor, c.years_ago(3)),
        c.condition("fibrillation", ATRIAL_FIBRILLATION).since(c.years_ago(2)).recorded(doctor, c.years_ago(2)),
        c.own_concern("breath", "I wake up at night and cannot get my breath", c.days_ago(26)),
    ]
}

fn goals(c: &Chart) -> Vec<Draft> {
    vec![
        c.goal("oxygen", "Oxygen saturation at rest 90 % or more")
            .achievement("in-progress", c.months_ago(1))
            .started(c.months_ago(12))
            .addresses("Condition/copd")
            .outcome("Observation/oxygen-1")
            .target(OXYGEN_SATURATION, above("90", Unit::PERCENT), c.in_months(5)),
        c.goal("pressure", "Systolic pressure below 140")
            .achievement("achieved", c.months_ago(1))
            .started(c.months_ago(12))
            .addresses("Condition/heart")
            .target(SYSTOLIC, below("140", Unit::MMHG), c.in_months(5)),
        c.goal("fishing", "Go fishing with the grandchildren in summer").expressed_by("Patient/me").due(c.in_months(6)),
    ]
}

fn activities(c: &Chart) -> Vec<Draft> {
    let doctor = "Practitioner/whitfield";
    vec![
        c.service_request("lungs", PULMONARY_REHABILITATION, doctor, c.months_ago(3))
            .for_goal("Goal/oxygen")
            .because("Condition/copd"),
        c.medication_request("warfarin", WARFARIN_5, doctor, c.months_ago(22)).because("Condition/fibrillation").dose(
            "1 tablet by mouth every evening",
            1,
            "5",
        ),
        c.medication_request("carvedilol", CARVEDILOL_12, doctor, c.months_ago(20)).because("Condition/heart").dose(
            "1 tablet by mouth twice a day",
            2,
            "12.5",
        ),
        c.medication_request("furosemide", FUROSEMIDE_20, doctor, c.months_ago(20)).because("Condition/heart").dose(
            "1 tablet by mouth every morning",
            1,
            "20",
        ),
        c.immunization("flu", INFLUENZA_VACCINE, c.months_ago(9)),
        c.appointment("visit", "Lung check with Jonas Whitfield", doctor, c.in_days(45)).because("Condition/copd"),
        c.encounter("visit-1", doctor, c.months_ago(1)).because("Condition/copd"),
    ]
}

fn plan(c: &Chart) -> Vec<Draft> {
    vec![
        c.care_plan("main", "Breathing and heart plan", c.months_ago(12))
            .addresses("Condition/copd")
            .addresses("Condition/heart")
            .goal("Goal/oxygen")
            .goal("Goal/fishing")
            .team("CareTeam/main")
            .activity("ServiceRequest/lungs", &[], &[])
            .activity("MedicationRequest/furosemide", &[], &[])
            .performed("Encounter/visit-1"),
        c.care_team(
            "main",
            "Desmond's team",
            &[(PATIENT_IN_TEAM, "Patient/me"), (PRIMARY_CARE_PHYSICIAN, "Practitioner/whitfield")],
        ),
    ]
}

fn measurements(c: &Chart) -> Vec<Draft> {
    [
        c.vital_series("oxygen", OXYGEN_SATURATION, Unit::PERCENT, &[(12, "93"), (8, "92"), (4, "92"), (1, "91")]),
        c.pressure_series(&[(12, "138", "82"), (8, "136", "80"), (4, "132", "78"), (1, "128", "76")]),
        c.lab_series("inr", INR, Unit::RATIO, &[(10, "2.4"), (7, "2.8"), (5, "3.6")]),
        c.vital_series("weight", WEIGHT, Unit::KG, &[(12, "79.5"), (4, "81.2"), (1, "83.0")]),
    ]
    .concat()
}
