//! Marisol at Valley Primary Care: what is planned, prescribed and done.

use crate::people::chart::{Chart, Draft};
use crate::people::terms::*;

/// Identifier of the cardiac rehabilitation order, which the university keeps as it received it.
pub(super) const REHABILITATION_ORDER: (&str, &str) = ("https://valley.example/orders", "VO-77120-C");

pub(super) fn record(c: &Chart) -> Vec<Draft> {
    [requests(c), medications(c), visits(c)].concat()
}

fn requests(c: &Chart) -> Vec<Draft> {
    let doctor = "Practitioner/castellanos";
    vec![
        c.service_request("education", DIABETES_EDUCATION, doctor, c.months_ago(4))
            .for_goal("Goal/hba1c")
            .because("Condition/diabetes")
            .performed_by("Practitioner/trinh"),
        c.service_request("retina", RETINAL_SCREENING, doctor, c.months_ago(5))
            .for_goal("Goal/hba1c")
            .because("Condition/diabetes")
            .planned_for(c.days_ago(48)),
        c.service_request("rehabilitation", CARDIAC_REHABILITATION, doctor, c.months_ago(2))
            .identified(REHABILITATION_ORDER.0, REHABILITATION_ORDER.1)
            .for_goal("Goal/walk")
            .because("Condition/fatigue"),
        c.service_request("dietitian", DIETITIAN_REFERRAL, doctor, c.days_ago(40))
            .with("intent", "plan")
            .because("Condition/ckd"),
        c.service_request("foot-exam", FOOT_EXAM, "Practitioner/whitfield", c.months_ago(7)).planned_for(c.in_days(60)),
        c.task(
            "stairs",
            "Ask the daughter about a night light and a second handrail",
            "Practitioner/okoro",
            c.days_ago(18),
            c.in_days(10),
        ),
        c.communication_request(
            "weights",
            "Please weigh yourself every morning and call us when you gain 2 kg in 3 days.",
            "Practitioner/okoro",
            c.days_ago(30),
        ),
        c.appointment("follow-up", "Diabetes follow-up with Dr. Castellanos-Reed", doctor, c.in_days(16))
            .because("Condition/diabetes"),
    ]
}

fn medications(c: &Chart) -> Vec<Draft> {
    let doctor = "Practitioner/castellanos";
    vec![
        c.medication_request("metformin", METFORMIN_500, doctor, c.months_ago(13))
            .for_goal("Goal/hba1c")
            .because("Condition/diabetes")
            .dose("1 tablet by mouth twice a day with meals", 2, "500"),
        c.medication_request("lisinopril", LISINOPRIL_10, doctor, c.months_ago(2))
            .for_goal("Goal/pressure")
            .because("Condition/hypertension")
            .dose("1 tablet by mouth once a day", 1, "10"),
        c.medication_request("amlodipine", AMLODIPINE_5, doctor, c.months_ago(20))
            .because("Condition/hypertension")
            .dose("1 tablet by mouth every morning", 1, "5"),
        c.medication_request("atorvastatin", ATORVASTATIN_40, doctor, c.months_ago(15))
            .for_goal("Goal/ldl")
            .because("Condition/lipids")
            .dose("1 tablet by mouth at bedtime", 1, "40"),
    ]
}

fn visits(c: &Chart) -> Vec<Draft> {
    vec![
        c.encounter("education-1", "Practitioner/trinh", c.months_ago(3))
            .for_goal("Goal/hba1c")
            .because("Condition/diabetes"),
        c.encounter("education-2", "Practitioner/trinh", c.days_ago(33)).because("Condition/diabetes"),
        c.encounter("check", "Practitioner/castellanos", c.days_ago(9)).because("Condition/diabetes"),
        c.procedure("foot-exam", FOOT_EXAM, "Practitioner/whitfield", c.months_ago(7)),
        c.immunization("flu", INFLUENZA_VACCINE, c.months_ago(8)),
        // "Treat me at home as long as it is safe. My daughter Ines speaks for me."
        c.document(
            "wishes",
            ADVANCE_CARE_PLAN,
            "Patient/me",
            c.months_ago(11),
            "VHJlYXQgbWUgYXQgaG9tZSBhcyBsb25nIGFzIGl0IGlzIHNhZmUuIE15IGRhdWdodGVyIEluZXMgc3BlYWtzIGZvciBtZS4=",
        ),
    ]
}
