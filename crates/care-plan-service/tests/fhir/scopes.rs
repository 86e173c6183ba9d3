//! Who may read what.

use access::Role;

use shared_plan::commands::{Done, Noted, add_note, complete_activity};
use shared_plan::plan::{Coded, Plan};

use crate::world::{World, caller, person};

#[tokio::test]
async fn without_a_token_nothing_but_metadata_is_told() {
    let world = World::new().await;
    let plan = world.plan("north", &person(1), "Diabetes", 1).await;
    assert_eq!(world.get_as("", "/metadata").await.status, 200);
    for path in [format!("/CarePlan/{}", plan.id), "/Goal".into(), "/Observation".into()] {
        world.store.asked();
        let got = world.get_as("", &path).await;
        got.refused(401);
        assert_eq!((got.header("www-authenticate"), world.store.asked().len()), ("Bearer", 0));
        let got = world.get_as("forged", &path).await;
        got.refused(401);
        assert_eq!(got.header("www-authenticate"), "Bearer error=\"invalid_token\"");
    }
    world.door.go_down();
    world.get("/Goal").await.refused(503);
}

#[tokio::test]
async fn a_type_that_the_scopes_do_not_name_is_forbidden_before_anything_is_looked_up() {
    let world = World::new().await;
    let plan = world.plan("north", &person(1), "Diabetes", 1).await;
    let goal = format!("/Goal/{}", plan.goals[0].id);
    for (scopes, read, search) in [
        ("", 403, 403),
        ("user/CarePlan.rs", 403, 403),
        ("user/Goal.write user/Goal.cud", 403, 403),
        ("user/Goal.rs?category=dietary", 403, 403),
        ("patient/*.rs launch/patient", 403, 403),
        ("user/Goal.r", 200, 403),
        ("user/Goal.s", 403, 200),
        ("user/Goal.read", 200, 200),
        ("system/*.rs", 403, 403),
        ("user/*.*", 200, 200),
    ] {
        world.door.give("some", caller("north", Role::Clinician, None), scopes);
        for (path, status) in [
            (goal.as_str(), read),
            ("/Goal", search),
            (&format!("{goal}/_history"), read),
            (&format!("{goal}/_history/1"), read),
        ] {
            world.store.asked();
            let got = world.get_as("some", path).await;
            assert_eq!(got.status, status, "{scopes} {path} {}", got.text);
            if status == 403 {
                assert_eq!((got.refused(403)["code"].as_str(), world.store.asked().len()), (Some("forbidden"), 0));
            }
        }
    }
}

#[tokio::test]
async fn a_scope_of_a_patient_reaches_that_patient_only() {
    let world = World::new().await;
    let own = world.plan("north", &person(1), "Own", 2).await;
    let other = world.plan("north", &person(2), "Other", 2).await;
    for (role, scopes) in [
        (Role::Patient, "patient/*.read"),
        (Role::Clinician, "patient/Goal.rs patient/CarePlan.rs"),
        (Role::Patient, "user/*.rs"),
    ] {
        world.door.give("one", caller("north", role, Some(person(1))), scopes);
        assert_eq!(world.get_as("one", &format!("/Goal/{}", own.goals[0].id)).await.status, 200);
        world.get_as("one", &format!("/Goal/{}", other.goals[0].id)).await.refused(404);
        world.get_as("one", &format!("/CarePlan/{}/_history", other.id)).await.refused(404);
        assert_eq!(world.get_as("one", "/Goal").await.named("match").len(), 2);
        assert_eq!(world.get_as("one", &format!("/Goal?patient={}", person(2))).await.named("match").len(), 0);
        assert_eq!(
            world.get_as("one", &format!("/Goal?patient={},{}", person(1), person(2))).await.named("match").len(),
            2
        );
        assert_eq!(
            world
                .get_as("one", &format!("/Goal?_id={},{}", own.goals[0].id, other.goals[0].id))
                .await
                .named("match")
                .len(),
            1
        );
        assert_eq!(
            world.get_as("one", "/Goal?_sort=-_lastUpdated").await.named("match").len(),
            2,
            "their own can be sorted"
        );
    }
}

/// A plan whose activity has a note and an outcome.
async fn spoken(world: &World) -> Plan {
    let by = caller("north", Role::Clinician, None);
    let plan = world.plan("north", &person(1), "Diabetes", 1).await;
    let activity = plan.activities[0].id;
    let noted = Noted::Activity(activity);
    let plan = world.change(&by, &plan, |plan, act| add_note(plan, noted, "Her knee hurts", act)).await;
    let day = "2026-11-20".parse().unwrap();
    let done = Done { day, outcome: Some(Coded::text("Fell twice")), performed: Vec::new() };
    world.change(&by, &plan, |plan, act| complete_activity(plan, activity, done, act)).await
}

#[tokio::test]
async fn a_scope_for_plans_alone_told_their_goals_activities_notes_and_outcomes() {
    let world = World::new().await;
    let plan = spoken(&world).await;
    let path = format!("/CarePlan/{}", plan.id);
    let paths = [
        path.clone(),
        format!("{path}/_history"),
        format!("{path}/_history/{}", plan.version),
        format!("/CarePlan?_id={}", plan.id),
        format!("/CarePlan?patient={}", person(1)),
        "/CarePlan".to_owned(),
        format!("/Task?patient={}&_include=Task:based-on", person(1)),
    ];
    let (of_goals, of_activities) = (["Diabetes 0"], ["Walk", "Her knee hurts", "Fell twice"]);
    for (scopes, goals, activities) in [
        ("user/CarePlan.rs", false, false),
        ("user/CarePlan.rs user/Goal.r", true, false),
        ("user/CarePlan.rs user/Goal.s user/Task.write", true, false),
        ("user/CarePlan.rs user/Task.rs", false, true),
        ("user/CarePlan.rs user/Goal.rs user/Task.rs", true, true),
    ] {
        world.door.give("some", caller("north", Role::Clinician, None), scopes);
        for path in paths.iter().filter(|path| activities || !path.starts_with("/Task")) {
            let got = world.get_as("some", path).await;
            assert_eq!(got.status, 200, "{scopes} {path} {}", got.text);
            // What is a Task of its own tells itself.
            let spoken_of = |text: &str| got.text.contains(text);
            assert!(of_goals.iter().all(|text| spoken_of(text) == goals), "{scopes} {path} {}", got.text);
            assert!(of_activities.iter().all(|text| spoken_of(text) == activities), "{scopes} {path} {}", got.text);
            assert_eq!(spoken_of("SUBSETTED"), !(goals && activities), "{scopes} {path} {}", got.text);
            assert!(spoken_of(&format!("Goal/{}", plan.goals[0].id)), "what is pointed at stays: {}", got.text);
            assert!(spoken_of(&format!("Task/{}", plan.activities[0].id)), "what is pointed at stays: {}", got.text);
        }
    }
}

#[tokio::test]
async fn whoever_may_read_more_was_told_that_nothing_had_changed() {
    let world = World::new().await;
    let plan = spoken(&world).await;
    let path = format!("/CarePlan/{}", plan.id);
    world.door.give("plans", caller("north", Role::Clinician, None), "user/CarePlan.rs");
    let part = world.get_as("plans", &path).await;
    let tag = part.header("etag").to_owned();
    assert_eq!(world.send("GET", &path, "plans", &[("if-none-match", &tag)], "").await.status, 304);
    assert_eq!(world.send("GET", &path, "everybody", &[("if-none-match", &tag)], "").await.status, 200);
    let part = world.get_as("plans", &format!("/CarePlan?_id={}&_elements=title", plan.id)).await;
    let tags = part.body["entry"][0]["resource"]["meta"]["tag"].as_array().unwrap().len();
    assert_eq!(tags, 1, "one mark is enough: {}", part.text);
}

#[tokio::test]
async fn what_plans_have_their_activities_say_was_found_by_searching_the_plans() {
    let world = World::new().await;
    let ada = person(1);
    spoken(&world).await;
    world.door.give("plans", caller("north", Role::Clinician, None), "user/CarePlan.rs user/Task.r");
    world.door.give("both", caller("north", Role::Clinician, None), "user/CarePlan.rs user/Task.s");
    for search in [
        "activity-code:text=Walk",
        "activity-code=http://snomed.info/sct%7C1",
        "activity-date=ge2020",
        "performer=Practitioner/9",
        "performer:missing=true",
        "_sort=activity-date",
        "_sort=-_lastUpdated,-activity-date",
        "status=active&activity-date=ge2020&_count=1",
    ] {
        let path = format!("/CarePlan?patient={ada}&{search}");
        world.store.asked();
        world.log.written();
        let got = world.get_as("plans", &path).await;
        assert_eq!(got.refused(403)["code"], "forbidden", "{search}");
        assert_eq!(
            got.header("www-authenticate"),
            "Bearer error=\"insufficient_scope\", scope=\"user/Task.s\"",
            "{search}"
        );
        assert_eq!(world.store.asked().len(), 0, "{search}");
        let log = world.log.written();
        assert_eq!(log.last().unwrap().reason.as_deref(), Some("search Task"), "{search}");
        assert_eq!(world.get_as("both", &path).await.status, 200, "{search}");
    }
    // What is left aside by leave asks for nothing.
    let path = format!("/CarePlan?patient={ada}&performer:below=x");
    let got = world.send("GET", &path, "plans", &[("prefer", "handling=lenient")], "").await;
    assert_eq!((got.status, got.named("match").len()), (200, 1), "{}", got.text);
}

#[tokio::test]
async fn how_many_goals_and_tasks_there_are_was_told_to_whom_they_may_not_be_told() {
    let world = World::new().await;
    let ada = person(1);
    let plan = world.plan("north", &ada, "Diabetes", 2).await;
    world.door.give("plans", caller("north", Role::Clinician, None), "user/CarePlan.s");
    world.store.asked();
    let bare = world.get_as("plans", &format!("/CarePlan?patient={ada}")).await;
    let looked_at = world.store.asked();
    assert_eq!(bare.named("match"), [format!("CarePlan/{}", plan.id)]);
    for (along, kinds) in [
        ("_include=CarePlan:goal", "Goal"),
        ("_include=CarePlan:care-team&_include=CarePlan:goal", "CareTeam, Goal"),
        ("_revinclude=Task:based-on", "Task"),
        ("_revinclude=Provenance:target", "Provenance"),
        ("_revinclude=ServiceRequest:based-on", "ServiceRequest"),
    ] {
        let got = world.get_as("plans", &format!("/CarePlan?patient={ada}&{along}")).await;
        assert_eq!(world.store.asked(), looked_at, "{along}: nothing is looked up for it");
        assert_eq!((got.named("match").len(), got.named("include").len()), (1, 0), "{along} {}", got.text);
        let entries = got.body["entry"].as_array().unwrap();
        let said = entries.iter().find(|entry| entry["search"]["mode"] == "outcome").unwrap();
        let sentence = said["resource"]["issue"][0]["diagnostics"].as_str().unwrap();
        assert_eq!(sentence, format!("The token does not permit {kinds} to come along."), "{along}");
    }
}
