//! What a request may make the store read.

use access::Role;
use shared_plan::commands::{Noted, add_note};

use crate::world::{World, caller, matches, person};

#[tokio::test]
async fn people_with_much_to_bring_along_came_on_one_page_and_now_end_it_and_go_on() {
    let world = World::new().await;
    for number in 1..=6 {
        for concern in 0..110 {
            world.concern(&person(number), &concern.to_string()).await;
        }
    }
    let ids: Vec<String> = (1..=6).map(|number| person(number).to_string()).collect();
    let search = format!("/Patient?_id={}&_revinclude=Condition:patient&_revinclude=Condition:subject", ids.join(","));
    world.store.asked();
    let first = world.get(&search).await;
    assert_eq!((first.named("match").len(), first.named("include").len()), (5, 550));
    assert!(first.named("outcome").is_empty(), "nothing is left out: {}", first.link("next").unwrap());
    assert!(world.store.asked().len() < 30, "each person's are read once, whatever they refer to them by");
    let (all, pages) = world.all("everybody", &search).await;
    assert_eq!((matches(&all).len(), all.len(), pages), (6, 6 + 660, 2));
}

#[tokio::test]
async fn what_one_person_alone_has_too_much_of_is_left_out_and_that_is_said() {
    let world = World::new().await;
    for concern in 0..=500 {
        world.concern(&person(1), &concern.to_string()).await;
    }
    let got = world.get(&format!("/Patient?_id={}&_revinclude=Condition:patient", person(1))).await;
    assert_eq!((got.named("include").len(), got.named("outcome").len()), (500, 1));
    let outcome = got.body["entry"].as_array().unwrap().last().unwrap();
    assert_eq!(outcome["resource"]["issue"][0]["code"], "too-costly");
}

#[tokio::test]
async fn the_version_list_of_a_plan_was_read_whole_and_now_is_read_in_runs() {
    let world = World::new().await;
    let by = caller("north", Role::Clinician, None);
    let mut plan = world.plan("north", &person(1), "Diabetes", 2).await;
    let (goal, other) = (plan.goals[0].id, plan.goals[1].id);
    for number in 0..230 {
        world.later(60);
        let note = Noted::Goal(if number == 3 { goal } else { other });
        plan = world.change(&by, &plan, |plan, act| add_note(plan, note, "x", act)).await;
    }
    world.store.asked();
    for (path, expected) in [
        (format!("/Goal?_id={goal}&_revinclude=Provenance:target"), format!("Goal.{goal}.2")),
        (format!("/Goal?_id={other}&_revinclude=Provenance:target"), format!("Goal.{other}.230")),
        (format!("/CarePlan?_id={}&_revinclude=Provenance:target", plan.id), format!("CarePlan.{}.234", plan.id)),
    ] {
        let got = world.get(&path).await;
        assert_eq!(got.named("include"), [format!("Provenance/{expected}")], "{}", got.text);
    }
    let got = world.get(&format!("/Provenance/CarePlan.{}.2", plan.id)).await;
    assert_eq!((got.status, world.store.most_versions() <= 200), (200, true), "{}", got.text);
    let (history, pages) = world.all("everybody", &format!("/CarePlan/{}/_history?_count=100", plan.id)).await;
    assert_eq!((history.len(), pages), (234, 3));
    let (told, _) = world.all("everybody", &format!("/Provenance?target=Goal/{goal}")).await;
    assert_eq!(told.len(), 2);
    assert!(world.store.most_versions() <= 200, "{} versions at once", world.store.most_versions());
}
