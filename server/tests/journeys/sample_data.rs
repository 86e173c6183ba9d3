//! The journey on real records, where this machine has them: three servers that know one person.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use sandbox::{EhrConfig, People};
use serde_json::Value;

use crate::support::browser::Browser;
use crate::support::world::World;

const KINDS: [&str; 4] = ["Condition", "Goal", "ServiceRequest", "MedicationRequest"];

fn folder() -> Option<PathBuf> {
    let named = std::env::var_os("ACCORD_SAMPLE_DATA").map(PathBuf::from);
    let folder = named
        .unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data"))
        .join("patients/pnoelle");
    let found = folder.is_dir();
    if !found {
        eprintln!("skipped: sample data not found");
    }
    found.then_some(folder)
}

/// Type and id of every resource in a folder's files.
fn resources(folder: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let text = std::fs::read(&path).expect("a file");
        let Ok(json) = serde_json::from_slice::<Value>(&text) else { continue };
        let single = [json.clone()];
        let bundled: Vec<Value> =
            json["entry"].as_array().into_iter().flatten().map(|entry| entry["resource"].clone()).collect();
        for resource in if bundled.is_empty() { single.iter() } else { bundled.iter() } {
            let (Some(kind), Some(id)) = (resource["resourceType"].as_str(), resource["id"].as_str()) else { continue };
            found.entry(kind.to_owned()).or_default().insert(id.to_owned());
        }
    }
    found
}

fn patient(resources: &BTreeMap<String, BTreeSet<String>>) -> String {
    resources["Patient"].first().expect("the folder has a Patient").clone()
}

#[tokio::test]
async fn every_item_of_two_records_is_on_the_plan_and_the_third_tells_who_is_who() {
    let Some(folder) = folder() else { return };
    let servers = [("ehr", "server-a-ehr"), ("community", "server-b-community"), ("supplement", "server-c-sds")];
    let ehrs = servers.map(|(id, place)| {
        let mut ehr = EhrConfig::new(id, id);
        ehr.people = People::None;
        ehr.load = vec![folder.join(place)];
        ehr
    });
    let world = World::with(ehrs.into()).await;
    let held = servers.map(|(_, place)| resources(&folder.join(place)));
    let browser = Browser::new();
    let first = world.open(&browser, "ehr", "sandbox-clinician", &patient(&held[0])).await;
    let second = world.connect(&browser, &first, "community", "sandbox-clinician", &patient(&held[1])).await;
    let third = world.connect(&browser, &second, "supplement", "sandbox-clinician", &patient(&held[2])).await;
    world.settled(&third).await;

    let picture = world.server.plan(third.launch().trim_start_matches("/l/")).expect("the launch is open");
    let items = picture.concerns.iter().map(|concern| &concern.item);
    let items = items
        .chain(picture.goals.iter().map(|goal| &goal.item))
        .chain(picture.interventions.iter().map(|intervention| &intervention.item));
    let members: BTreeSet<(String, String, String)> = items
        .flat_map(|item| &item.members)
        .map(|member| (member.key.source.to_string(), member.key.kind.clone(), member.key.id.clone()))
        .collect();
    for (held, (source, _)) in held.iter().zip(servers).take(2) {
        for kind in KINDS {
            let shown: BTreeSet<String> =
                members.iter().filter(|(at, of, _)| at == source && of == kind).map(|(_, _, id)| id.clone()).collect();
            assert_eq!(Some(&shown), held.get(kind).or(Some(&BTreeSet::new())), "{kind} of {source}");
        }
    }
    let twice: Vec<_> = held[0]["Condition"].intersection(&held[1]["Condition"]).collect();
    assert!(!twice.is_empty(), "the sample has the same logical ids at two servers");
    for id in twice {
        let members = picture.concerns.iter().flat_map(|concern| &concern.item.members);
        let same = members.filter(|member| &member.key.id == id && member.key.kind == "Condition");
        assert_eq!(same.count(), 2, "the same id at two servers stays two members, each with its own statement");
    }
    assert!(
        picture.identity.iter().any(|evidence| evidence.key.source.as_str() == "supplement"),
        "the Linkage is evidence of identity"
    );

    let page = browser.get(&third.at("plan?show=all")).await;
    for (source, _) in servers {
        assert!(page.text.contains(source), "{source} is on the page");
    }
    let articles = page.text.matches("<article").count();
    let drawn = picture.concerns.len() + picture.goals.len() + picture.interventions.len() + picture.outcomes.len();
    assert_eq!(articles, drawn, "every item is drawn");
    assert!(browser.get(&third.at("sources")).await.text.contains("same person"), "the sources page tells of it");
}
