//! Marisol at Valley Primary Care: who she is, what concerns her, her goals and her plan.

use super::{measurements, valley_activities};
use crate::people::chart::{Chart, Demographics, Draft, Unit, below, between};
use crate::people::terms::*;

pub(super) fn record(c: &Chart) -> Vec<Draft> {
    [person(c), concerns(c), goals(c), plan(c), valley_activities::record(c), measurements::valley(c)].concat()
}

fn person(c: &Chart) -> Vec<Draft> {
    vec![
        c.patient(Demographics {
            mrn: "VPC-204-8871",
            family: "Vega-Thornton",
            given: &["Marisol", "Adriana"],
            gender: "female",
            born: "1957-05-23",
            line: "418 Juniper Terrace",
            city: "Cedar Hollow",
            postal_code: "90099",
            phone: "(555) 555-0142",
        }),
        c.related_person("daughter", "Thornton", "Inés", "daughter"),
        c.allergy("none", NO_KNOWN_ALLERGY),
    ]
}

fn concerns(c: &Chart) -> Vec<Draft> {
    vec![
        c.condition("diabetes", TYPE_2_DIABETES.called("Type 2 diabetes with diabetic kidney disease"))
            .since(c.years_ago(12))
            .recorded("Practitioner/castellanos", c.years_ago(12)),
        c.condition("ckd", CKD_3B)
            .due_to("Condition/diabetes")
            .since(c.years_ago(4))
            .recorded("Practitioner/castellanos", c.months_ago(16)),
        c.condition("hypertension", HYPERTENSION)
            .since(c.years_ago(15))
            .recorded("Practitioner/castellanos", c.years_ago(15)),
        c.condition("lipids", HYPERLIPIDEMIA)
            .since(c.years_ago(9))
            .recorded("Practitioner/castellanos", c.years_ago(9)),
        c.condition("ulcer", DIABETIC_FOOT_ULCER)
            .since(c.months_ago(14))
            .resolved(c.months_ago(5))
            .recorded("Practitioner/whitfield", c.months_ago(14))
            .note(
                "Practitioner/whitfield",
                c.months_ago(5),
                "Left heel closed, skin intact. Offloading shoe no longer needed.",
            ),
        c.condition("fatigue", FATIGUE)
            .since(c.months_ago(6))
            .evidence("QuestionnaireResponse/promis")
            .recorded("Practitioner/whitfield", c.months_ago(2)),
        c.own_concern("stairs", "I am afraid of falling on the stairs at night", c.days_ago(19)).note(
            "RelatedPerson/daughter",
            c.days_ago(19),
            "She holds on to the wall and will not switch the light on.",
        ),
        c.condition("asthma", ASTHMA).entered_in_error().recorded("Practitioner/whitfield", c.months_ago(11)),
    ]
}

fn goals(c: &Chart) -> Vec<Draft> {
    vec![
        c.goal("hba1c", "HbA1c below 7.0 %")
            .achievement("improving", c.days_ago(9))
            .priority("high-priority")
            .started(c.months_ago(17))
            .expressed_by("Practitioner/castellanos")
            .addresses("Condition/diabetes")
            .outcome("Observation/hba1c-0")
            .target(HBA1C, below("7.0", Unit::PERCENT), c.in_months(4))
            .acceptance("Patient/me", "agree")
            .note(
                "Practitioner/castellanos",
                c.days_ago(9),
                "Coming down since she walks after supper. Keep the target.",
            ),
        c.goal("pressure", "Blood pressure under 130/80")
            .achievement("in-progress", c.days_ago(9))
            .priority("high-priority")
            .started(c.months_ago(12))
            .addresses("Condition/hypertension")
            .addresses("Condition/ckd")
            .outcome("Observation/bp-0")
            .target(SYSTOLIC, below("130", Unit::MMHG), c.in_days(24))
            .target(DIASTOLIC, below("80", Unit::MMHG), c.in_days(24)),
        c.goal("weight", "Weight down to 82 kg")
            .achievement("no-progress", c.months_ago(2))
            .priority("medium-priority")
            .started(c.months_ago(10))
            .addresses("Condition/diabetes")
            .target(WEIGHT, between("80", "82", Unit::KG), c.days_ago(37)),
        c.goal("ldl", "LDL cholesterol below 70 mg/dL")
            .achievement("achieved", c.months_ago(3))
            .started(c.months_ago(15))
            .addresses("Condition/lipids")
            .outcome("Observation/ldl-3")
            .target(LDL, below("70", Unit::MG_DL), c.in_months(2)),
        c.goal("walk", "Walk to the market and back, 4 days a week")
            .achievement("in-progress", c.days_ago(9))
            .started(c.months_ago(3))
            .expressed_by("Patient/me")
            .addresses("Condition/fatigue")
            .milestone_of("Goal/hba1c")
            .acceptance("Practitioner/castellanos", "agree")
            .note(
                "Patient/me",
                c.days_ago(9),
                "Three times last week. After a morning at the kidney clinic I do not feel like it.",
            ),
        c.goal("feet", "Look at both feet every evening").started(c.months_ago(5)).addresses("Condition/diabetes"),
        c.provenance("hba1c", "Goal/hba1c", "Practitioner/castellanos", "Organization/home", c.days_ago(9)),
    ]
}

fn plan(c: &Chart) -> Vec<Draft> {
    let (okoro, trinh) = ("Practitioner/okoro", "Practitioner/trinh");
    vec![
        c.care_plan("main", "Diabetes and kidney care plan", c.months_ago(17))
            .custodian("Organization/home")
            .contributor("Practitioner/castellanos")
            .contributor(okoro)
            .team("CareTeam/main")
            .addresses("Condition/diabetes")
            .addresses("Condition/ckd")
            .addresses("Condition/hypertension")
            .supporting("Condition/stairs")
            .supporting("QuestionnaireResponse/promis")
            .goal("Goal/hba1c")
            .goal("Goal/pressure")
            .goal("Goal/walk")
            .activity(
                "ServiceRequest/education",
                &["Encounter/education-1", "Encounter/education-2"],
                &[c.progress(
                    trinh,
                    c.days_ago(33),
                    "4 of 6 sessions done. Reads labels well, evening snacks are next.",
                )],
            )
            .activity("MedicationRequest/metformin", &["Observation/hba1c-0"], &[])
            .activity("ServiceRequest/retina", &[], &[c.progress(okoro, c.days_ago(20), "No report received yet.")])
            .activity("Appointment/follow-up", &[], &[])
            .activity("Task/stairs", &[], &[])
            .activity("ServiceRequest/cuff", &[], &[])
            .performed("Procedure/foot-exam"),
        c.care_team(
            "main",
            "Marisol's team at Valley",
            &[
                (PATIENT_IN_TEAM, "Patient/me"),
                (CAREGIVER, "RelatedPerson/daughter"),
                (PRIMARY_CARE_PHYSICIAN, "Practitioner/castellanos"),
                (CARE_COORDINATOR, okoro),
                (DIETITIAN, trinh),
                (NEPHROLOGIST, "Practitioner/solberg"),
            ],
        ),
    ]
}
