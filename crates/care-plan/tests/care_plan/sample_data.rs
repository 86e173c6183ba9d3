//! The same laws on real records, counted against their files. Nothing here knows a name or an id of the data.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use care_plan::ConsolidatedPlan;
use care_plan::plan::{Basis, Value as Found};
use care_plan::snapshot::{ProblemKind, Record};

use crate::support::{held, items, keys, plan, record_of, resources_in, sample_data};

/// The records of some folders, or nothing where there is no sample data.
fn records(folders: &[&str]) -> Option<Vec<Record>> {
    let Some(data) = sample_data() else {
        eprintln!("skipped: sample data not found");
        return None;
    };
    let record = |(number, folder): (usize, &&str)| {
        record_of(&format!("s{number}"), resources_in(&data.join("patients").join(folder)))
    };
    Some(folders.iter().enumerate().map(record).collect())
}

const NOELLE: [&str; 3] = ["pnoelle/server-a-ehr", "pnoelle/server-b-community", "pnoelle/server-c-sds"];

/// Every set of records that the laws are shown on.
fn all() -> Vec<Vec<Record>> {
    let sets: [&[&str]; 7] = [
        &NOELLE,
        &["pnoelle/server-a-ehr", "pnoelle/server-a-ehr-previous"],
        &["betsy"],
        &["dan"],
        &["mcc-ig-noelle/bundle-long-covid-and-ckd.json"],
        &["mcc-ig-noelle/resources"],
        &["kroniq-en"],
    ];
    sets.into_iter().filter_map(records).collect()
}

fn members_of(plan: &ConsolidatedPlan, kind: &str) -> BTreeSet<String> {
    let members = items(plan).into_iter().flat_map(|item| &item.members);
    members.filter(|member| member.key.kind == kind).map(|member| member.key.to_string()).collect()
}

#[test]
fn nothing_of_a_real_record_is_lost() {
    for records in all() {
        let expected = keys(&records);
        let plan = plan(records);
        assert_eq!(held(&plan), expected);
        for kind in
            ["Condition", "Goal", "ServiceRequest", "MedicationRequest", "Observation", "Procedure", "NutritionOrder"]
        {
            let of_kind: BTreeSet<String> =
                expected.iter().filter(|key| key.kind == kind).map(ToString::to_string).collect();
            assert_eq!(members_of(&plan, kind), of_kind, "{kind}");
        }
    }
}

#[test]
fn the_order_of_real_records_changes_nothing() {
    for records in all() {
        let mut turned = records.clone();
        turned.reverse();
        for record in &mut turned {
            record.resources.reverse();
            record.reads.reverse();
        }
        assert_eq!(plan(records), plan(turned));
    }
}

#[test]
fn one_id_with_other_content_at_two_servers_stays_two_members_with_a_statement_each() {
    let Some(records) = records(&NOELLE) else { return };
    let mut contents: BTreeMap<(String, String), BTreeSet<&str>> = BTreeMap::new();
    for resource in records.iter().flat_map(|record| &record.resources) {
        contents.entry((resource.kind().to_owned(), resource.id().to_owned())).or_default().insert(resource.raw());
    }
    let shared: Vec<_> = contents
        .iter()
        .filter(|((kind, _), raws)| matches!(kind.as_str(), "Condition" | "MedicationRequest") && raws.len() > 1)
        .collect();
    assert!(shared.len() >= 2, "the data has ids that two servers use for different content");
    let plan = plan(records.clone());
    for ((kind, id), raws) in shared {
        let members = items(&plan).into_iter().flat_map(|item| &item.members);
        let same = members.filter(|member| member.key.kind == *kind && member.key.id == *id);
        assert_eq!(same.count(), raws.len(), "{kind}/{id}");
    }
    for concern in &plan.concerns {
        assert_eq!(concern.statements.len(), concern.item.members.len(), "{}", concern.item.title);
    }
}

#[test]
fn the_third_store_says_who_is_the_same_human() {
    let Some(records) = records(&NOELLE) else { return };
    let plan = plan(records);
    assert_eq!(plan.identity.len(), 1);
    let evidence = &plan.identity[0];
    assert!(evidence.items.len() >= 2);
    let sources: BTreeSet<&str> = evidence.known.iter().map(|key| key.source.as_str()).collect();
    assert_eq!(sources.into_iter().collect::<Vec<_>>(), ["s0", "s1", "s2"]);
    assert_eq!(plan.people.len(), 3);
}

#[test]
fn real_reasons_and_shared_conditions_make_links() {
    for folder in ["betsy", "dan", "pnoelle/server-a-ehr", "mcc-ig-noelle/bundle-long-covid-and-ckd.json"] {
        let Some(records) = records(&[folder]) else { return };
        let plan = plan(records);
        let from_concern: BTreeSet<_> = plan.concerns.iter().map(|concern| &concern.item.id).collect();
        let stated = |element: &str| {
            let is = |basis: &Basis| matches!(basis, Basis::Stated(text) if text.ends_with(element));
            plan.links.iter().filter(|link| from_concern.contains(&link.from) && is(&link.basis)).count()
        };
        assert!(stated("Goal.addresses") > 0, "{folder}");
        assert!(stated("reasonReference") > 0, "{folder}");
        let inferred = |how: &str| {
            plan.links
                .iter()
                .filter(|link| matches!(&link.basis, Basis::Inferred(text) if text.starts_with(how)))
                .count()
        };
        assert!(inferred("both name ") > 0, "{folder}");
    }
}

#[test]
fn every_reason_of_a_real_order_that_leads_somewhere_is_a_link() {
    for records in all() {
        let plan = plan(records.clone());
        let item_of = |key: &str| {
            items(&plan)
                .into_iter()
                .find(|item| item.members.iter().any(|member| member.key.to_string() == key))
                .map(|item| &item.id)
        };
        for record in &records {
            for resource in record
                .resources
                .iter()
                .filter(|resource| matches!(resource.kind(), "ServiceRequest" | "MedicationRequest"))
            {
                for reason in resource.to_value()["reasonReference"].as_array().into_iter().flatten() {
                    let concern =
                        reason["reference"].as_str().and_then(|to| item_of(&format!("{}/{to}", record.source.id)));
                    let order = item_of(&resource.key().to_string());
                    if let (Some(from), Some(to)) = (concern, order) {
                        assert!(
                            plan.links.iter().any(|link| (&link.from, &link.to) == (from, to)),
                            "{}",
                            resource.key()
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn each_activity_of_a_real_plan_is_seen() {
    for records in all() {
        let plan = plan(records.clone());
        let described = plan.interventions.iter().filter(|item| item.kind == "activity").count();
        let mut expected = 0;
        for resource in
            records.iter().flat_map(|record| &record.resources).filter(|resource| resource.kind() == "CarePlan")
        {
            let value = resource.to_value();
            let activities = value["activity"].as_array().into_iter().flatten();
            expected += activities
                .filter(|activity| activity.get("detail").is_some() && activity.get("reference").is_none())
                .count();
        }
        assert!(described >= expected, "{described} of {expected}");
    }
}

#[test]
fn what_leads_nowhere_in_real_records_is_told() {
    let Some(records) = records(&["dan"]) else { return };
    let broken =
        plan(records).problems.into_iter().filter(|(_, problem)| matches!(problem.kind, ProblemKind::Dangling(_)));
    assert!(broken.count() > 0);
}

#[test]
fn a_real_reading_with_a_number_is_never_told_as_absent() {
    for records in all() {
        let plan = plan(records.clone());
        let readings: BTreeMap<String, &Found> = plan
            .outcomes
            .iter()
            .flat_map(|outcome| &outcome.readings)
            .map(|reading| (reading.key.to_string(), &reading.value))
            .collect();
        for resource in
            records.iter().flat_map(|record| &record.resources).filter(|resource| resource.kind() == "Observation")
        {
            let value = resource.to_value();
            let said = value
                .as_object()
                .expect("an object")
                .keys()
                .any(|name| name.starts_with("value") || name == "component");
            let absent = matches!(readings[&resource.key().to_string()], Found::Absent(_));
            assert!(!(said && absent), "{}", resource.raw());
        }
    }
}

#[test]
fn no_real_title_is_missing_where_the_record_has_words() {
    for records in all() {
        for item in items(&plan(records)) {
            assert!(
                !item.title.starts_with("Untitled") || item.members.iter().any(|member| member.key.kind == "Encounter"),
                "{item:?}"
            );
        }
    }
}

#[test]
fn files_are_found_where_they_are_said_to_be() {
    let Some(data) = sample_data() else { return };
    assert!(Path::new(&data).join("patients").is_dir());
    assert_eq!(all().len(), 7);
}
