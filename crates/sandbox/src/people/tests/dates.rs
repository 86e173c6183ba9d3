//! Nothing has happened in the future, whatever day it is.

use jiff::civil::{Date, date};
use serde_json::Value;

use super::{about, everything};

/// Elements that may lie ahead: due dates, appointments, the ends of periods.
const MAY_LIE_AHEAD: [&str; 5] = ["dueDate", "occurrenceDateTime", "start", "end", "data"];

fn past_dates(element: &str, value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => members.iter().for_each(|(name, member)| past_dates(name, member, found)),
        Value::Array(items) => items.iter().for_each(|item| past_dates(element, item, found)),
        Value::String(text) if is_date(text) && !MAY_LIE_AHEAD.contains(&element) => found.push(text.clone()),
        _ => {}
    }
}

fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 7 && bytes[..4].iter().all(u8::is_ascii_digit) && bytes[4] == b'-' && bytes[5].is_ascii_digit()
}

/// The days looked at: leap days, New Year, the ends of months and a plain day.
fn todays() -> [Date; 7] {
    [
        date(2024, 2, 29),
        date(2025, 1, 1),
        date(2026, 3, 31),
        date(2026, 11, 21),
        date(2027, 12, 31),
        date(2028, 2, 29),
        date(2030, 3, 1),
    ]
}

#[test]
fn nothing_has_happened_after_today() {
    for today in todays() {
        for held in everything(today) {
            let mut found = Vec::new();
            past_dates("", &held.body, &mut found);
            for text in found {
                let day = &text[..text.len().min(10)];
                assert!(*day <= *today.to_string(), "{} on {today}: {text}", held.reference());
            }
        }
    }
}

#[test]
fn encounters_and_vaccinations_lie_behind() {
    for today in todays() {
        for held in everything(today) {
            let ended = match held.kind() {
                "Encounter" => held.body["period"]["end"].as_str(),
                "Immunization" => held.body["occurrenceDateTime"].as_str(),
                "CarePlan" => held.body["period"]["start"].as_str(),
                _ => continue,
            };
            let ended = ended.expect("a date");
            assert!(ended[..ended.len().min(10)] < *today.to_string(), "{} on {today}", held.reference());
        }
    }
}

#[test]
fn booked_appointments_lie_ahead() {
    for today in todays() {
        let booked = |held: &super::Held| held.kind() == "Appointment" && held.body["status"] == "booked";
        for held in everything(today).into_iter().filter(booked) {
            assert!(held.body["start"].as_str().expect("a start") > today.to_string().as_str(), "{}", held.reference());
        }
    }
}

#[test]
fn the_lead_persons_hba1c_is_known_for_eighteen_months_at_least_every_three() {
    let mut days: Vec<String> = about("Vega-Thornton")
        .iter()
        .filter(|held| held.kind() == "Observation" && held.says("/code", "4548-4"))
        .map(|held| held.body["effectiveDateTime"].as_str().expect("a date")[..10].to_owned())
        .collect();
    days.sort();
    let days: Vec<Date> = days.iter().map(|day| day.parse().expect("a day")).collect();
    let span = |from: Date, to: Date| from.until(to).expect("in range").get_days();
    assert!(span(days[0], super::TODAY) >= 540);
    assert!(span(days[days.len() - 1], super::TODAY) <= 14);
    assert!(days.windows(2).all(|pair| span(pair[0], pair[1]) <= 95), "{days:?}");
}

#[test]
fn blood_pressure_weight_filtration_and_potassium_of_the_lead_person_come_from_several_places() {
    let everything = about("Vega-Thornton");
    let places = |codes: &[&str]| {
        let of = |held: &&super::Held| codes.iter().any(|code| held.says("/code", code));
        let mut places: Vec<_> =
            everything.iter().filter(|held| held.kind() == "Observation").filter(of).map(|held| held.ehr).collect();
        places.dedup();
        places
    };
    assert_eq!(places(&["85354-9", "Blood pressure"]).len(), 4);
    assert_eq!(places(&["29463-7", "Body weight"]).len(), 3);
    assert_eq!(places(&["98979-8", "33914-3"]), ["valley-ehr", "nephrology"]);
    assert_eq!(places(&["2823-3"]), ["valley-ehr", "nephrology", "university"]);
}
