//! Pages, to the end.

use std::collections::BTreeSet;

use crate::world::{World, matches, person};

#[tokio::test]
async fn a_search_over_everybody_is_read_to_its_end_and_each_match_comes_once() {
    let world = World::new().await;
    let mut expected = BTreeSet::new();
    for number in 1..=40 {
        let plan = world.plan("north", &person(number), "Plan", usize::from(number % 4)).await;
        expected.extend(plan.goals.iter().map(|goal| format!("Goal/{}", goal.id)));
    }
    for count in [1, 3, 7, 100] {
        let (entries, pages) = world.all("everybody", &format!("/Goal?_count={count}")).await;
        let found = matches(&entries);
        assert_eq!(found.len(), expected.len(), "{count}: each once");
        assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected, "{count}");
        assert_eq!(pages, expected.len().div_ceil(count), "{count}");
    }
    let first = world.get("/Goal?_count=3").await;
    assert_eq!(first.body.get("total"), None, "nobody has counted them");
    assert_eq!(first.link("self").unwrap(), "http://127.0.0.1:3000/fhir/r4/Goal?_count=3");
}

#[tokio::test]
async fn a_page_reads_a_part_of_the_store_and_not_all_of_it() {
    let world = World::new().await;
    for number in 1..=120 {
        world.plan("north", &person(number), "Plan", 1).await;
    }
    world.store.asked();
    let first = world.get("/CarePlan?_count=5").await;
    assert_eq!((first.named("match").len(), world.store.asked()), (5, vec!["list"]));
    // What matches nothing follows the store to its end, a few documents at a time.
    let none = world.get("/CarePlan?status=completed&intent=order").await;
    assert_eq!((none.status, &none.body["total"]), (200, &0.into()));
    let (all, _) = world.all("everybody", "/CarePlan?_count=50").await;
    assert_eq!(all.len(), 120);
}

#[tokio::test]
async fn a_page_that_would_read_too_much_ends_early_and_the_next_goes_on() {
    let world = World::new().await;
    for number in 0..=255_u8 {
        for half in 0..2 {
            world.plan("north", &person(number), &format!("Plan {half}"), 0).await;
        }
    }
    let rare = world.plan("north", &person(3), "Rare", 1).await;
    let (entries, pages) = world.all("everybody", "/Goal?lifecycle-status=active").await;
    assert_eq!(matches(&entries), [format!("Goal/{}", rare.goals[0].id)]);
    assert_eq!(pages, 2, "513 plans are read, 500 for a page");
}

#[tokio::test]
async fn a_plan_that_comes_between_two_pages_neither_repeats_nor_hides_others() {
    let world = World::new().await;
    let mut expected = BTreeSet::new();
    for number in 1..=9 {
        let plan = world.plan("north", &person(number), "Plan", 2).await;
        expected.extend(plan.goals.iter().map(|goal| format!("Goal/{}", goal.id)));
    }
    let (mut found, mut next) = (Vec::new(), Some("/Goal?_count=4".to_owned()));
    while let Some(path) = next {
        let got = world.get(&path).await;
        found.extend(got.named("match"));
        next = got.link("next");
        if found.len() < 12 {
            world.plan("north", &person(200), "New", 1).await;
        }
    }
    let each: BTreeSet<String> = found.iter().cloned().collect();
    assert_eq!(each.len(), found.len(), "each once");
    assert!(expected.is_subset(&each));
}

#[tokio::test]
async fn a_token_that_is_none_is_gone_and_one_of_another_person_is_refused() {
    let world = World::new().await;
    world.plan("north", &person(1), "Plan", 3).await;
    for token in ["x", "bm9uZQ", "", "../.."] {
        world.get(&format!("/Goal?_page={token}")).await.refused(410);
    }
    let forged = |key: &[&str]| {
        let after_key = key.iter().map(|text| (*text).to_owned()).collect();
        fhir_server::Cursor { pairs: Vec::new(), lenient: false, patient: None, after_key, after_row: 7 }.encode()
    };
    for key in [&[][..], &["x", "y"], &["\0", ""], &["", "", ""]] {
        world.get(&format!("/Goal?_page={}", forged(key))).await.refused(410);
    }
    let next = world.get("/Goal?_count=1").await.link("next").unwrap();
    world.get(&format!("{next}&patient={}", person(1))).await.refused(400);
    let ada = crate::world::caller("north", access::Role::Patient, Some(person(1)));
    world.door.give("ada", ada, "patient/*.rs");
    world.get_as("ada", &next).await.refused(403);
    // In another tenant the same token goes on with that tenant's own.
    assert_eq!(world.get_as("south", &next).await.named("match"), [""; 0]);
}

#[tokio::test]
async fn the_same_answer_is_not_sent_twice() {
    let world = World::new().await;
    world.plan("north", &person(1), "Plan", 3).await;
    let path = format!("/Goal?patient={}", person(1));
    let tag = world.get(&path).await.header("etag").to_owned();
    let again = world.send("GET", &path, "everybody", &[("if-none-match", &tag)], "").await;
    assert_eq!((again.status, again.text.as_str()), (304, ""));
}

#[tokio::test]
async fn more_of_one_person_than_can_be_sorted_is_read_to_its_end_all_the_same() {
    let world = World::new().await;
    for number in 0..=1000 {
        world.concern(&person(1), &number.to_string()).await;
    }
    let search = format!("/Condition?patient={}&_count=100", person(1));
    let refused = world.get(&format!("{search}&_sort=-recorded-date")).await;
    assert_eq!(refused.refused(400)["code"], "too-costly");
    let (entries, pages) = world.all("everybody", &search).await;
    assert_eq!((entries.len(), pages), (1001, 11));
}

#[tokio::test]
async fn a_search_behind_many_plans_of_people_out_of_reach_asked_for_the_same_ones_without_end() {
    let world = World::with(|service| service.looking_at(100)).await;
    for number in 0..250 {
        world.plan("north", &person(1), &format!("Plan {number}"), 0).await;
    }
    let mut expected = BTreeSet::new();
    for number in 2..=4 {
        let plan = world.plan("north", &person(number), "Plan", 2).await;
        expected.extend(plan.goals.iter().map(|goal| format!("Goal/{}", goal.id)));
    }
    world.reached.but(person(1));
    for count in [1, 2, 50] {
        world.log.written();
        let (entries, pages) = world.all("everybody", &format!("/Goal?_count={count}")).await;
        let found = matches(&entries);
        assert_eq!(found.len(), expected.len(), "{count}: each once");
        assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected, "{count}");
        let events = world.log.written().len();
        assert!(pages > 1 && events <= 3 * pages, "{count}: {events} events for {pages} pages");
    }
}
