//! `history-instance`.

use access::Role;
use shared_plan::commands::{Noted, add_note, change_plan};
use shared_plan::plan::PlanContent;

use crate::world::{World, caller, person};

#[tokio::test]
async fn a_history_is_read_to_its_end_page_by_page_newest_first() {
    let world = World::new().await;
    let mut plan = world.plan("north", &person(1), "Diabetes", 2).await;
    let by = caller("north", Role::Clinician, None);
    let goal = plan.goals[0].id;
    for number in 0..6 {
        world.later(60);
        plan = world.change(&by, &plan, |plan, act| add_note(plan, Noted::Goal(goal), &number.to_string(), act)).await;
        let content = PlanContent { title: format!("Diabetes {number}"), ..plan.content.clone() };
        plan = world.change(&by, &plan, |plan, act| change_plan(plan, content, act)).await;
    }
    for (path, total) in [
        (format!("/Goal/{goal}/_history?_count=2"), 7),
        (format!("/CarePlan/{}/_history?_count=5", plan.id), 16),
        (format!("/CareTeam/{}/_history?_count=5", plan.team.id), 16),
        (format!("/Goal/{}/_history", plan.goals[1].id), 1),
    ] {
        let (entries, pages) = world.all("everybody", &path).await;
        let versions = entries.iter().map(|entry| entry["resource"]["meta"]["versionId"].as_str().unwrap());
        let versions: Vec<u64> = versions.map(|version| version.parse().unwrap()).collect();
        assert_eq!(versions, (1..=total).rev().collect::<Vec<_>>(), "{path}");
        assert!(pages > 1 || total == 1, "{path}");
        let last = entries.last().unwrap();
        assert_eq!((&last["response"]["status"], &last["response"]["etag"]), (&"201".into(), &"W/\"1\"".into()));
        let first = world.get(&path).await;
        assert_eq!((&first.body["type"], &first.body["total"]), (&"history".into(), &total.into()), "{path}");
        assert!(first.link("self").unwrap().ends_with(&path), "{path}");
    }
}

#[tokio::test]
async fn the_history_of_what_never_changes_has_one_entry() {
    let world = World::new().await;
    let plan = world.plan("north", &person(1), "Diabetes", 1).await;
    for path in
        [format!("/Provenance/Goal.{}.1/_history", plan.goals[0].id), format!("/Patient/{}/_history", person(1))]
    {
        assert_eq!(world.get(&path).await.body["entry"].as_array().unwrap().len(), 1, "{path}");
    }
}

#[tokio::test]
async fn a_history_refuses_what_it_does_not_know() {
    let world = World::new().await;
    let plan = world.plan("north", &person(1), "Diabetes", 1).await;
    for query in ["_since=2026", "_count=x", "_page=0", "_page=x", "colour=red", "_sort=-date"] {
        world.get(&format!("/CarePlan/{}/_history?{query}", plan.id)).await.refused(400);
    }
    // A token beyond the end is none of ours; nothing more than there is can be seen by it.
    let got = world.get(&format!("/CarePlan/{}/_history?_page=999&_format=json", plan.id)).await;
    assert_eq!(got.body["entry"].as_array().unwrap().len(), 3);
    assert_eq!(world.get("/CarePlan/_history").await.status, 501);
}
