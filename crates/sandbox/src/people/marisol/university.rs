//! Marisol at University Hospital: heart failure, metformin at twice the strength, and the lisinopril angioedema.

use super::measurements;
use super::valley_activities::REHABILITATION_ORDER;
use crate::people::chart::{Chart, Demographics, Draft, Unit, between};
use crate::people::terms::*;

pub(super) fn record(c: &Chart) -> Vec<Draft> {
    [person(c), concerns(c), goals(c), activities(c), plan(c), measurements::university(c)].concat()
}

fn person(c: &Chart) -> Vec<Draft> {
    vec![
        c.patient(Demographics {
            mrn: "E4471920",
            family: "Thornton",
            given: &["Marisol", "Vega"],
            gender: "female",
            born: "1957-05-23",
            line: "418 JUNIPER TERRACE",
            city: "CEDAR HOLLOW",
            postal_code: "90099",
            phone: "+1 555 555 0142",
        }),
        c.allergy("lisinopril", LISINOPRIL)
            .with("criticality", "high")
            .with("recordedDate", c.years_ago(3).to_string())
            .reaction(ANGIOEDEMA, "severe"),
    ]
}

fn concerns(c: &Chart) -> Vec<Draft> {
    let doctor = "Practitioner/demirkan";
    vec![
        c.condition("heart", HEART_FAILURE_REDUCED).since(c.years_ago(3)).recorded(doctor, c.years_ago(3)),
        c.condition("hypertension", HYPERTENSION).since(c.years_ago(10)).recorded(doctor, c.years_ago(3)),
        c.condition("diabetes", TYPE_2_DIABETES.called("Diabetes mellitus type 2")).recorded(doctor, c.years_ago(3)),
        c.condition("lung", words("Pulmonary hypertension")).refuted().recorded(doctor, c.months_ago(8)),
    ]
}

fn goals(c: &Chart) -> Vec<Draft> {
    vec![
        c.goal("dry-weight", "Dry weight 83 to 85 kg")
            .achievement("in-progress", c.months_ago(1))
            .priority("high-priority")
            .started(c.months_ago(8))
            .addresses("Condition/heart")
            .outcome("Observation/weight-1")
            .target(WEIGHT, between("83", "85", Unit::KG), c.in_months(2)),
        c.goal("no-admission", "No hospital stay for heart failure in the next 12 months")
            .achievement("sustaining", c.months_ago(1))
            .started(c.months_ago(8))
            .addresses("Condition/heart")
            .due(c.in_months(4)),
        c.goal("library", "Be back at the library desk two mornings a week")
            .started(c.months_ago(3))
            .expressed_by("Patient/me")
            .acceptance("Practitioner/demirkan", "agree"),
    ]
}

fn activities(c: &Chart) -> Vec<Draft> {
    let doctor = "Practitioner/demirkan";
    vec![
        c.service_request("rehabilitation", CARDIAC_REHABILITATION, "Practitioner/castellanos", c.months_ago(2))
            .identified(REHABILITATION_ORDER.0, REHABILITATION_ORDER.1)
            .for_goal("Goal/library")
            .because("Condition/heart"),
        c.service_request("retina", RETINAL_SCREENING, "Practitioner/drummond", c.months_ago(3))
            .because("Condition/diabetes")
            .status("completed"),
        c.procedure("retina", RETINAL_SCREENING, "Practitioner/drummond", c.months_ago(2))
            .based_on("ServiceRequest/retina")
            .because("Condition/diabetes")
            .note("Practitioner/drummond", c.months_ago(2), "Mild background changes in both eyes. Again in a year."),
        c.medication_request("metformin", METFORMIN_1000, doctor, c.months_ago(3)).because("Condition/diabetes").dose(
            "Take 1 tablet twice daily",
            2,
            "1000",
        ),
        c.medication_request("carvedilol", CARVEDILOL_12, doctor, c.months_ago(8))
            .for_goal("Goal/no-admission")
            .because("Condition/heart")
            .dose("Take 1 tablet twice daily with food", 2, "12.5"),
        c.medication_request("furosemide", FUROSEMIDE_40, doctor, c.months_ago(8))
            .for_goal("Goal/dry-weight")
            .because("Condition/heart")
            .dose("Take 1 tablet every morning", 1, "40"),
        c.report(
            "echo",
            ECHO_REPORT,
            c.months_ago(1),
            "Ejection fraction 38 %, slightly better than before.",
            &["Observation/ef-1"],
        ),
        c.procedure("echo", ECHOCARDIOGRAPHY, doctor, c.months_ago(1)).because("Condition/heart"),
        c.appointment("clinic-1", "Heart failure clinic", doctor, c.months_ago(1))
            .status("fulfilled")
            .because("Condition/heart"),
        c.immunization("pneumococcal", PNEUMOCOCCAL_VACCINE, c.years_ago(2)),
    ]
}

fn plan(c: &Chart) -> Vec<Draft> {
    vec![
        c.care_plan("heart", "Heart failure plan", c.months_ago(8))
            .contributor("Practitioner/demirkan")
            .team("CareTeam/heart")
            .addresses("Condition/heart")
            .goal("Goal/dry-weight")
            .goal("Goal/no-admission")
            .activity("MedicationRequest/furosemide", &["Observation/weight-1"], &[])
            .activity("MedicationRequest/carvedilol", &[], &[])
            .activity("ServiceRequest/rehabilitation", &[], &[])
            .performed("Procedure/echo"),
        c.care_team(
            "heart",
            "Heart failure team",
            &[
                (PATIENT_IN_TEAM, "Patient/me"),
                (CARDIOLOGIST, "PractitionerRole/demirkan"),
                (PRIMARY_CARE_PHYSICIAN, "Practitioner/castellanos"),
            ],
        ),
    ]
}
