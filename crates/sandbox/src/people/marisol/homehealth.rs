//! Marisol at HomeHealth Plus: words without codes, months without days, and a wound plan that nobody closed.

use super::measurements;
use crate::people::chart::{Chart, Demographics, Draft};
use crate::people::terms::*;

pub(super) fn record(c: &Chart) -> Vec<Draft> {
    let nurse = "Practitioner/simms";
    let own = vec![
        c.patient(Demographics {
            mrn: "HH-3307",
            family: "Vega-Thornton",
            given: &["Mari"],
            gender: "female",
            born: "1957-05-23",
            line: "418 Juniper Terrace",
            city: "Cedar Hollow",
            postal_code: "90099",
            phone: "5555550142",
        }),
        c.related_person("ines", "Thornton", "Ines", "daughter, lives with her"),
        c.condition("heel", words("Diabetic foot ulcer, left heel"))
            .since(c.months_ago(13))
            .recorded(nurse, c.months_ago(12)),
        c.condition("diabetes", words("Diabetes")).since(c.years_ago(11)),
        c.goal("heel", "Heel wound closed")
            .started(c.months_ago(12))
            .addresses("Condition/heel")
            .due(c.months_ago(2))
            .note(nurse, c.months_ago(6), "Smaller every week, edges clean."),
        c.goal("balance", "Gets up from the chair without help")
            .started(c.months_ago(3))
            .expressed_by("RelatedPerson/ines"),
        c.service_request("wound", words("Wound dressing, left heel, three times a week"), nurse, c.months_ago(12))
            .for_goal("Goal/heel")
            .because("Condition/heel"),
        c.medication_statement(
            "painkiller",
            words("Ibuprofen from the drug store, when the knee hurts"),
            "RelatedPerson/ines",
            c.months_ago(1),
        ),
        c.encounter("visit-1", nurse, c.months_ago(1)),
        c.care_plan("wound", "Wound care at home", c.months_ago(12))
            .addresses("Condition/heel")
            .goal("Goal/heel")
            .team("CareTeam/home")
            .activity("ServiceRequest/wound", &["Encounter/visit-1"], &[])
            .detail("in-progress", "Daily weight, written on the calendar in the kitchen", &[])
            .detail("in-progress", "Chair exercises with the therapist, Tuesdays", &["Goal/balance"]),
        c.care_team(
            "home",
            "Home visits",
            &[
                (NURSE, "Practitioner/simms"),
                (PHYSIOTHERAPIST, "Practitioner/ferrao"),
                (CAREGIVER, "RelatedPerson/ines"),
            ],
        ),
    ];
    [own, measurements::homehealth(c)].concat()
}
