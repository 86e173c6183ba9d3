//! Laws of the series, for whatever readings there are.

use std::collections::{BTreeMap, BTreeSet};

use care_plan::ConsolidatedPlan;
use care_plan::plan::Value as Found;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::support::{plan, record, record_of, resources_in, sample_data};

fn observation() -> impl Strategy<Value = Value> {
    let code = select(vec![
        ("http://loinc.org", "4548-4"),
        ("urn:oid:2.16.840.1.113883.6.1", "59261-8"),
        ("http://loinc.org", "2345-7"),
        ("http://loinc.org", "14749-6"),
        ("http://loinc.org", "8480-6"),
        ("http://loinc.org", "8462-4"),
        ("http://loinc.org", "85354-9"),
        ("http://loinc.org", "72076-3"),
        ("urn:own", "17"),
    ]);
    let own = prop::option::of(select(vec![("a", "Label A"), ("b", "Label B")]));
    let when = select(vec![
        "2026-01-01",
        "2026-01-01T08:30:00Z",
        "2026-01-01T09:30:00+01:00",
        "2026-02-01T00:00:00Z",
        "2026-02",
        "2026-01-01T08:30:00",
    ]);
    let value = (
        select(vec![7_u32, 53, 130]),
        select(vec!["%", "mmol/mol", "mg/dL", "mmol/L", "mmHg", "mm[Hg]", "kPa", "", "odd"]),
        prop::option::of(Just("<")),
    );
    let status = select(vec!["final", "final", "final", "entered-in-error"]);
    let marks = (prop::option::of(0..2_u8), prop::option::of(select(vec!["Dr. Lee", "Dr. Ray"])), any::<bool>());
    (code, own, when, value, status, marks).prop_map(|((system, code), own, when, (number, unit, comparator), status, (identifier, performer, panel))| {
        let mut codings = vec![json!({ "system": system, "code": code })];
        codings.extend(own.map(|(code, _)| json!({ "system": "urn:lab", "code": code })));
        let label = own.map_or(code, |(_, label)| label);
        let mut quantity = json!({ "value": number, "unit": unit });
        if let Some(comparator) = comparator { quantity["comparator"] = json!(comparator); }
        let part = |code: &str| json!({ "code": { "coding": [{ "system": "http://loinc.org", "code": code }] }, "valueQuantity": quantity });
        let mut observation = json!({ "resourceType": "Observation", "status": status, "code": { "coding": codings, "text": label }, "effectiveDateTime": when });
        if panel && code == "85354-9" {
            observation["component"] = json!([part("8480-6"), part("8462-4")]);
        } else {
            observation["valueQuantity"] = quantity;
        }
        if let Some(identifier) = identifier { observation["identifier"] = json!([{ "system": "urn:hie", "value": identifier.to_string() }]); }
        if let Some(performer) = performer { observation["performer"] = json!([{ "display": performer }]); }
        observation
    })
}

fn observations() -> impl Strategy<Value = Vec<Value>> {
    prop::collection::vec(observation(), 0..14).prop_map(|all| {
        let number = |(at, mut one): (usize, Value)| {
            one["id"] = json!(format!("o{at:02}"));
            one
        };
        all.into_iter().enumerate().map(number).collect()
    })
}

/// Readings over some sources: position of the source for each.
fn split() -> impl Strategy<Value = (Vec<Value>, Vec<usize>)> {
    observations().prop_flat_map(|all| {
        let places = prop::collection::vec(0..4_usize, all.len());
        (Just(all), places)
    })
}

fn over(observations: &[Value], places: &[usize]) -> ConsolidatedPlan {
    let of = |source: usize| -> Vec<Value> {
        observations.iter().zip(places).filter(|(_, place)| **place == source).map(|(one, _)| one.clone()).collect()
    };
    plan((0..4).map(|source| record(["a", "b", "c", "d"][source], &of(source))).collect())
}

/// Each series without the names of sources: its id, its unit, and its readings by Observation.
type Seen = BTreeMap<String, (String, BTreeMap<String, String>, usize)>;

fn seen(plan: &ConsolidatedPlan) -> Seen {
    let mut seen = Seen::new();
    for outcome in &plan.outcomes {
        let value = |value: &Found| format!("{value:?}");
        let readings = outcome.readings.iter().map(|reading| {
            let with = reading.with.as_ref().map(|key| key.id.clone()).unwrap_or_default();
            let said = format!("{} {} {with}", value(&reading.value), value(reading.drawn()));
            (reading.key.id.clone(), said)
        });
        let shown = outcome.standing().count();
        // The id of a series without a code is made of its Observation, source and all; there are none here.
        seen.insert(outcome.item.id.0.clone(), (outcome.unit.clone(), readings.collect(), shown));
    }
    seen
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn splitting_over_sources_gives_the_same_series((all, places) in split()) {
        // A pair or a copy of several may choose another of its equals to stand for them; how many are shown never differs.
        let (one, many) = (seen(&over(&all, &vec![0; all.len()])), seen(&over(&all, &places)));
        let shape = |seen: &Seen| -> Vec<(String, String, usize, usize)> {
            seen.iter().map(|(id, (unit, readings, shown))| (id.clone(), unit.clone(), readings.len(), *shown)).collect()
        };
        prop_assert_eq!(shape(&one), shape(&many));
    }

    #[test]
    fn the_order_of_readings_changes_nothing(all in observations().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle()))) {
        let (straight, shuffled) = all;
        prop_assert_eq!(over(&straight, &vec![0; straight.len()]), over(&shuffled, &vec![0; shuffled.len()]));
    }

    #[test]
    fn each_reading_is_in_exactly_one_series((all, places) in split()) {
        let plan = over(&all, &places);
        let mut held: BTreeMap<String, usize> = BTreeMap::new();
        for outcome in &plan.outcomes {
            let members: BTreeSet<String> = outcome.item.members.iter().map(|member| member.key.to_string()).collect();
            for reading in &outcome.readings {
                for key in std::iter::once(&reading.key).chain(&reading.with) {
                    *held.entry(key.id.clone()).or_default() += 1;
                    prop_assert!(members.contains(&key.to_string()));
                }
                if let Some(original) = &reading.duplicate_of {
                    let original = outcome.readings.iter().find(|other| other.key == *original);
                    prop_assert!(original.is_some_and(|original| original.duplicate_of.is_none()));
                }
            }
            prop_assert_eq!(members.len(), outcome.item.members.len());
        }
        prop_assert_eq!(held.len(), all.len());
        prop_assert!(held.values().all(|count| *count == 1));
    }

    #[test]
    fn what_is_drawn_is_in_the_unit_of_the_axis((all, places) in split()) {
        for outcome in over(&all, &places).outcomes {
            for reading in outcome.standing() {
                if let Found::Quantity { unit, .. } | Found::Pair { unit, .. } = reading.drawn() {
                    prop_assert_eq!(unit, &outcome.unit);
                }
                if let Some(Found::Quantity { number, .. }) = &reading.converted {
                    let Found::Quantity { number: written, .. } = &reading.value else { panic!("a number stays a number") };
                    prop_assert!(number.is_sign_positive() == written.is_sign_positive());
                }
            }
        }
    }

    #[test]
    fn a_copy_added_at_another_source_changes_no_series((all, at) in observations().prop_filter("some", |all| !all.is_empty()).prop_flat_map(|all| { let count = all.len(); (Just(all), 0..count) })) {
        let mut copy = all[at].clone();
        let exact = copy["effectiveDateTime"].as_str().is_some_and(|when| when.ends_with("08:30:00Z") || when.ends_with("+01:00"));
        copy["id"] = json!("copy");
        let before = over(&all, &vec![0; all.len()]);
        let after = plan(vec![record("a", &all), record("b", &[copy])]);
        let count = |plan: &ConsolidatedPlan| plan.outcomes.iter().map(|outcome| outcome.standing().count()).sum::<usize>();
        if exact {
            prop_assert!(count(&after) <= count(&before) + 1);
        }
        prop_assert_eq!(after.outcomes.iter().flat_map(|outcome| &outcome.item.members).count(), all.len() + 1);
    }
}

/// The Observations of the sample data, folder by folder; nothing where there is none.
fn real() -> Vec<Vec<String>> {
    let Some(data) = sample_data() else {
        eprintln!("skipped: sample data not found");
        return Vec::new();
    };
    let folders = ["patients/pnoelle", "patients/betsy", "patients/dan", "patients/kroniq-en"];
    folders.iter().map(|folder| resources_in(&data.join(folder))).collect()
}

#[test]
fn each_real_reading_is_in_exactly_one_series_however_the_record_is_split() {
    for texts in real() {
        let observed = |text: &&String| text.contains("\"Observation\"");
        let texts: Vec<&String> = texts.iter().filter(observed).collect();
        let over = |sources: usize| {
            let of = |source: usize| texts.iter().skip(source).step_by(sources).map(|text| (*text).clone());
            plan((0..sources).map(|source| record_of(["a", "b", "c"][source], of(source))).collect())
        };
        let (one, three) = (over(1), over(3));
        let shape = |plan: &ConsolidatedPlan| -> BTreeMap<String, (String, usize, usize)> {
            let series = |outcome: &care_plan::plan::Outcome| {
                (outcome.item.id.0.clone(), (outcome.unit.clone(), outcome.readings.len(), outcome.standing().count()))
            };
            // The id of a reading without a code is made of its Observation, source and all.
            plan.outcomes.iter().filter(|outcome| !outcome.code.coding.is_empty()).map(series).collect()
        };
        assert_eq!(shape(&one), shape(&three));
        let held = |plan: &ConsolidatedPlan| -> usize {
            let of = |reading: &care_plan::plan::Reading| 1 + usize::from(reading.with.is_some());
            plan.outcomes.iter().flat_map(|outcome| &outcome.readings).map(of).sum()
        };
        let members =
            |plan: &ConsolidatedPlan| plan.outcomes.iter().map(|outcome| outcome.item.members.len()).sum::<usize>();
        assert_eq!((held(&one), held(&three)), (members(&one), members(&three)));
    }
}
