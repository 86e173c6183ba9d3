//! What turns out to be another person's.

use access::Role;
use shared_plan::plan::Plan;

use crate::world::{World, caller, person};

/// Everything that a person has, as it is read.
fn paths(plan: &Plan, concern: &str) -> Vec<String> {
    vec![
        format!("/CarePlan/{}", plan.id),
        format!("/CareTeam/{}", plan.team.id),
        format!("/Goal/{}", plan.goals[0].id),
        format!("/Task/{}", plan.activities[0].id),
        format!("/Condition/{concern}"),
    ]
}

#[tokio::test]
async fn a_program_was_told_that_nothing_had_changed_when_a_plan_was_another_persons() {
    let world = World::new().await;
    let (ada, other) = (person(1), person(2));
    let plan = world.plan("north", &ada, "Diabetes", 1).await;
    let concern = world.concern(&ada, "Pain").await;
    let mut before = Vec::new();
    for path in paths(&plan, &concern) {
        before.push((world.get(&path).await, path));
    }
    world.later(60);
    world.settle(&ada, |_| other.clone()).await;
    for (was, path) in before {
        let tag = was.header("etag");
        let now = world.send("GET", &path, "everybody", &[("if-none-match", tag)], "").await;
        assert_eq!(now.status, 200, "{path}");
        let names = |text: &str| text.contains(&format!("Patient/{other}")) && !text.contains(ada.as_str());
        assert!(names(&now.text), "{path}");
        let version = |text: &serde_json::Value| text["meta"]["versionId"].as_str().unwrap().parse::<u64>().unwrap();
        assert_eq!(version(&now.body), version(&was.body) + 1, "{path}");
        assert_eq!(now.header("etag"), format!("W/\"{}\"", version(&now.body)));
        // A program that asks for what has changed since it asked last finds it.
        let changed = was.body["meta"]["lastUpdated"].as_str().unwrap();
        let (kind, id) = path[1..].split_once('/').unwrap();
        let found = world.get(&format!("/{kind}?_lastUpdated=gt{changed}")).await;
        assert_eq!(found.named("match"), [format!("{kind}/{id}")], "{}", found.text);
        assert_ne!(now.header("last-modified"), was.header("last-modified"), "{path}");
        // A former version names whoever it is of by now, too.
        let former = format!("{path}/_history/{}", version(&was.body));
        let again = world.send("GET", &former, "everybody", &[("if-none-match", tag)], "").await;
        assert_eq!(again.status, 200, "{former}");
        assert!(names(&again.text), "{former}");
    }
}

#[tokio::test]
async fn that_somebody_said_whose_it_is_stands_among_the_versions() {
    let world = World::new().await;
    let (ada, other) = (person(1), person(2));
    let plan = world.plan("north", &ada, "Diabetes", 2).await;
    let concern = world.concern(&ada, "Pain").await;
    world.later(60);
    world.join(&ada, &other).await;
    world.later(60);
    world.settle(&other, |_| ada.clone()).await;
    let by = caller("north", Role::Clinician, None);
    let plan = world.service.plan(&by, plan.id).await.unwrap();
    let note = shared_plan::commands::Noted::Goal(plan.goals[0].id);
    world.later(60);
    world.change(&by, &plan, |plan, act| shared_plan::commands::add_note(plan, note, "x", act)).await;
    for (path, versions) in paths(&plan, &concern).iter().zip([7, 7, 4, 3, 3]) {
        let history = world.get(&format!("{path}/_history")).await;
        let told: Vec<String> = history.body["entry"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| entry["resource"]["meta"]["versionId"].as_str().unwrap().to_owned())
            .collect();
        let expected: Vec<String> = (1..=versions).rev().map(|version: u64| version.to_string()).collect();
        assert_eq!((&told, &history.body["total"]), (&expected, &versions.into()), "{path}");
        let provenances = world.get(&format!("/Provenance?target={}", &path[1..])).await;
        assert_eq!(provenances.named("match").len() as u64, versions, "{}", provenances.text);
        for version in &expected {
            let read = world.get(&format!("{path}/_history/{version}")).await;
            assert_eq!((read.status, &read.body["meta"]["versionId"]), (200, &version.as_str().into()), "{path}");
        }
    }
    let made = world.get(&format!("/Provenance/CarePlan.{}.6", plan.id)).await;
    assert!(made.text.contains("Settles"), "{}", made.text);
}
