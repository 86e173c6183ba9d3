//! Ruth at Valley Primary Care.

use crate::people::chart::{Chart, Demographics, Draft, Unit, above};
use crate::people::terms::*;

pub(super) fn record(c: &Chart) -> Vec<Draft> {
    let doctor = "Practitioner/castellanos";
    let own = vec![
        c.patient(Demographics {
            mrn: "VPC-098-5530",
            family: "Kealoha",
            given: &["Ruth", "Leilani"],
            gender: "female",
            born: "1944-07-16",
            line: "31 Lower Creek Lane",
            city: "Cedar Hollow",
            postal_code: "90097",
            phone: "(555) 555-0161",
        }),
        c.related_person("neighbor", "Abernathy", "Odette", "neighbor"),
        c.allergy("none", NO_KNOWN_ALLERGY),
        c.condition("joints", RHEUMATOID_ARTHRITIS).since(c.years_ago(14)).recorded(doctor, c.years_ago(14)),
        c.condition("bones", OSTEOPOROSIS).since(c.years_ago(5)).recorded(doctor, c.years_ago(5)),
        c.condition("hypertension", HYPERTENSION).since(c.years_ago(18)).recorded(doctor, c.years_ago(18)),
        c.condition("food", FOOD_INSECURITY).since(c.months_ago(7)).recorded("Practitioner/moon", c.months_ago(7)),
        c.own_concern("hands", "My hands are too stiff to open the pill bottles", c.days_ago(15)),
        c.goal("food", "Enough food in the house until the end of each month")
            .achievement("in-progress", c.months_ago(2))
            .started(c.months_ago(7))
            .expressed_by("Patient/me")
            .addresses("Condition/food")
            .note("Practitioner/moon", c.months_ago(2), "Food bank on Thursdays; Odette drives her."),
        c.goal("bones", "No fall and no fracture this year")
            .started(c.months_ago(9))
            .addresses("Condition/bones")
            .due(c.in_months(3)),
        c.goal("hemoglobin", "Hemoglobin above 11").started(c.months_ago(9)).target(
            HEMOGLOBIN,
            above("11", Unit::G_DL),
            c.in_months(3),
        ),
        c.medication_request("ibuprofen", IBUPROFEN_600, doctor, c.months_ago(6)).because("Condition/joints").dose(
            "1 tablet by mouth three times a day with food",
            3,
            "600",
        ),
        c.medication_request("methotrexate", METHOTREXATE_2_5, doctor, c.months_ago(30))
            .because("Condition/joints")
            .dose_in_words("6 tablets (15 mg) by mouth once a week, on Mondays"),
        c.service_request("bones", BONE_DENSITY_SCAN, doctor, c.months_ago(9))
            .for_goal("Goal/bones")
            .because("Condition/bones")
            .planned_for(c.days_ago(90)),
        c.service_request("therapy", PHYSICAL_THERAPY_REFERRAL, doctor, c.months_ago(3)).because("Condition/joints"),
        c.task("food", "Sign up for home-delivered meals", "Practitioner/moon", c.months_ago(2), c.days_ago(11)),
        c.care_plan("main", "Living well at home", c.months_ago(9))
            .addresses("Condition/joints")
            .addresses("Condition/food")
            .goal("Goal/food")
            .goal("Goal/bones")
            .activity("Task/food", &[], &[])
            .activity("ServiceRequest/bones", &[], &[])
            .detail("in-progress", "Neighbor brings her to the food bank every Thursday", &["Goal/food"]),
        c.care_team(
            "main",
            "Ruth's people",
            &[
                (PATIENT_IN_TEAM, "Patient/me"),
                (PRIMARY_CARE_PHYSICIAN, doctor),
                (CARE_COORDINATOR, "Practitioner/moon"),
                (CAREGIVER, "RelatedPerson/neighbor"),
            ],
        ),
    ];
    [
        own,
        c.pressure_series(&[(9, "136", "78"), (6, "141", "80"), (2, "148", "82")]),
        c.lab_series("hemoglobin", HEMOGLOBIN, Unit::G_DL, &[(9, "11.4"), (2, "10.9")]),
        c.vital_series("weight", WEIGHT, Unit::KG, &[(9, "52.3"), (6, "51.0"), (2, "49.1")]),
    ]
    .concat()
}
