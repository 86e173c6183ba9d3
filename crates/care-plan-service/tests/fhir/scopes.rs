//! Who may read what.

use access::Role;

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
