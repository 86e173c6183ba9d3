//! People who are named by what they were called before they were joined into others.

use std::collections::BTreeSet;

use access::Role;
use fhir_server::Cursor;

use crate::world::{World, caller, matches, person};

/// Ada, who was joined into somebody, and the one into whom.
fn two() -> (access::PersonId, access::PersonId) {
    (person(1), person(2))
}

#[tokio::test]
async fn a_search_by_a_former_id_told_who_they_are_by_now_to_whom_no_way_leads_there() {
    let world = World::new().await;
    let (ada, now) = two();
    world.plan("north", &ada, "Theirs", 2).await;
    world.join(&ada, &now).await;
    let nobody = person(0xdd);
    world.joined.is_nobody(nobody.clone());
    world.reached.but(now.clone());
    world.reached.but(access::PersonId::from_random([0; 16]));
    world.door.give("one", caller("north", Role::Patient, Some(person(7))), "patient/*.rs");
    for token in ["everybody", "one"] {
        for search in [
            "Goal?patient=",
            "CarePlan?subject=Patient/",
            "Goal?_sort=-_lastUpdated&patient:Patient=",
            "Task?_summary=count&patient=",
        ] {
            let seen = async |id: &access::PersonId| {
                let got = world.get_as(token, &format!("/{search}{id}")).await;
                assert_eq!(got.status, 200, "{}", got.text);
                assert!(!got.text.contains(now.as_str()), "{search} {}", got.text);
                got.text.replace(id.as_str(), "ID")
            };
            assert_eq!(seen(&ada).await, seen(&nobody).await, "{search}");
        }
    }
}

#[tokio::test]
async fn a_search_by_a_former_id_goes_on_by_the_parameters_as_they_came() {
    let world = World::new().await;
    let (ada, now) = two();
    world.plan("north", &ada, "Plan", 3).await;
    world.join(&ada, &now).await;
    let got = world.get(&format!("/Goal?patient={ada}&_count=2")).await;
    assert_eq!(got.named("match").len(), 2, "{}", got.text);
    assert!(got.link("self").unwrap().ends_with(&format!("/Goal?patient={ada}&_count=2")));
    let next = got.link("next").unwrap();
    let token = next.split("_page=").nth(1).unwrap();
    let cursor = Cursor::decode(token).unwrap();
    assert!(!format!("{:?}", cursor.pairs).contains(now.as_str()), "a token is read by whoever has it");
    assert_eq!(world.get(&next).await.named("match").len(), 1);
}

#[tokio::test]
async fn pages_after_a_join_ended_without_a_word() {
    let (ada, now) = two();
    for order in ["", "&_sort=description", "&_sort=-start-date"] {
        for (token, named) in [("everybody", format!("&patient={ada}")), ("ada", String::new())] {
            let search = format!("/Goal?_count=2{order}{named}");
            let world = World::new().await;
            world.door.give("ada", caller("north", Role::Patient, Some(ada.clone())), "patient/*.rs");
            let mut expected = BTreeSet::new();
            for number in 0..3 {
                let plan = world.plan("north", &ada, &format!("Plan {number}"), 2).await;
                expected.extend(plan.goals.iter().map(|goal| format!("Goal/{}", goal.id)));
            }
            let first = world.get_as(token, &search).await;
            let mut found = first.named("match");
            world.join(&ada, &now).await;
            // A token names whoever they are by now from the next request on.
            world.door.give("ada", caller("north", Role::Patient, Some(now.clone())), "patient/*.rs");
            let next = first.link("next").unwrap();
            let (rest, pages) = world.all(token, &next).await;
            found.extend(matches(&rest));
            assert_eq!((found.len(), pages), (6, 2), "{search}");
            assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected, "{search}");
            // What was given to somebody else is refused as before.
            if token == "ada" {
                world.door.give("ada", caller("north", Role::Patient, Some(person(7))), "patient/*.rs");
                world.get_as("ada", &next).await.refused(403);
            }
        }
    }
}

#[tokio::test]
async fn more_people_than_a_search_names_were_all_looked_up_before_it_was_refused() {
    let world = World::new().await;
    let all = |count: u8| (0..count).map(|number| person(number).to_string()).collect::<Vec<_>>();
    world.joined.asked();
    for search in [
        format!("/Goal?patient={}", all(101).join(",")),
        format!("/Goal?patient={}", all(101).join("&subject=Patient/")),
    ] {
        let got = world.get(&search).await;
        assert_eq!(got.refused(400)["code"], "too-costly");
        assert_eq!(world.joined.asked(), 0);
    }
    let repeated = [all(3), all(3)].concat().join(",");
    assert_eq!(world.get(&format!("/Goal?patient={repeated}")).await.status, 200);
    assert!(world.joined.asked() <= 6, "each is looked up once, and once more where it is listed");
}

/// Who is nobody is asked about as anybody whom no way leads to, and that is in the log.
#[tokio::test]
async fn an_id_of_nobody_was_asked_no_way_and_left_no_trace() {
    let world = World::new().await;
    let theirs = person(2);
    world.plan("north", &theirs, "Theirs", 1).await;
    let nobody = person(0xdd);
    world.joined.is_nobody(nobody.clone());
    world.joined.is_nobody(access::PersonId::from_random([0; 16]));
    world.reached.but(theirs.clone());
    world.reached.but(access::PersonId::from_random([0; 16]));
    world.door.give("one", caller("north", Role::Patient, Some(person(1))), "patient/*.rs");
    for token in ["everybody", "one"] {
        for path in [
            "/Patient/ID",
            "/Patient/ID/_history",
            "/Patient/ID/_history/1",
            "/Patient?_id=ID",
            "/Patient?_id=ID&_revinclude=Goal:patient",
            "/Goal?patient=ID",
            "/Goal?patient=ID&_sort=_lastUpdated",
            "/Condition?patient=ID&_summary=count",
        ] {
            let seen = async |id: &access::PersonId| {
                world.log.written();
                world.store.asked();
                world.reached.asked();
                world.joined.asked();
                let got = world.get_as(token, &path.replace("ID", id.as_str())).await;
                let events = world.log.written();
                assert!(!events.is_empty(), "{path}");
                let asked = (world.store.asked(), world.reached.asked(), world.joined.asked());
                (got.status, got.text.replace(id.as_str(), "ID"), asked, events)
            };
            assert_eq!(seen(&theirs).await, seen(&nobody).await, "{token} {path}");
        }
    }
}
