//! Ruth at HomeHealth Plus: an allergy that nobody else heard of. Valley referred her, so its record number stands here.

use crate::people::chart::{Chart, Demographics, Draft, Unit};
use crate::people::place::Place;
use crate::people::terms::*;

pub(super) fn record(c: &Chart) -> Vec<Draft> {
    let nurse = "Practitioner/simms";
    let own = vec![
        c.patient(Demographics {
            mrn: "HH-3120",
            family: "Kealoha",
            given: &["Leilani", "Ruth"],
            gender: "female",
            born: "1944-07-16",
            line: "31 Lower Creek Lane",
            city: "Cedar Hollow",
            postal_code: "90097",
            phone: "5555550161",
        })
        .identified(Place::Valley.mrn_system(), "VPC-098-5530"),
        c.allergy("painkiller", IBUPROFEN.called("Ibuprofen")).reaction(words("swollen lips"), "moderate"),
        c.condition("joints", words("Arthritis, both hands")).since(c.years_ago(14)),
        c.condition("falls", words("Fell twice this year")).since(c.months_ago(8)),
        c.goal("steady", "Walks to the mailbox with the cane")
            .started(c.months_ago(5))
            .addresses("Condition/falls")
            .achievement("achieved", c.months_ago(1)),
        c.service_request("rails", words("Grab rails in the bathroom"), nurse, c.months_ago(5))
            .for_goal("Goal/steady")
            .because("Condition/falls")
            .status("completed"),
        c.care_plan("home", "Safe at home", c.months_ago(5))
            .addresses("Condition/falls")
            .goal("Goal/steady")
            .activity("ServiceRequest/rails", &["Encounter/visit-1"], &[])
            .detail("scheduled", "Practice getting up from the floor", &[]),
        c.encounter("visit-1", "Practitioner/ferrao", c.months_ago(1)),
    ];
    [own, c.vital_series("weight", WEIGHT, Unit::POUND, &[(5, "111"), (3, "110.5"), (1, "108")])].concat()
}
