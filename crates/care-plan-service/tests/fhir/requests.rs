//! ServiceRequest: activities that ask for a service.

use access::Role;
use shared_plan::commands::{add_activity, change_activity};
use shared_plan::plan::{ActivityContent, Coded, Coding, Plan};

use crate::world::{World, caller, foreign, person};

fn content(code: Option<&str>) -> ActivityContent {
    let coding = |code: &str| Coding {
        system: "http://snomed.info/sct".into(),
        code: code.into(),
        display: None,
        unverified: false,
    };
    let description = Coded { text: Some("Eye exam".into()), codings: code.map(coding).into_iter().collect() };
    ActivityContent { description, ..ActivityContent::default() }
}

async fn with_activity(world: &World, content: ActivityContent) -> (Plan, String) {
    let plan = world.plan("north", &person(1), "Diabetes", 1).await;
    let by = caller("north", Role::Clinician, None);
    world.later(60);
    let plan = world.change(&by, &plan, |plan, act| add_activity(plan, content, act)).await;
    let id = plan.activities.last().unwrap().id.to_string();
    (plan, id)
}

#[tokio::test]
async fn an_activity_that_asks_for_a_service_is_read_found_and_told_of() {
    let world = World::new().await;
    let planned = foreign("valley", "ServiceRequest", "s1");
    let (plan, id) =
        with_activity(&world, ActivityContent { planned: Some(planned), ..content(Some("36228007")) }).await;
    let got = world.get(&format!("/ServiceRequest/{id}")).await;
    assert_eq!((got.status, &got.body["intent"]), (200, &"plan".into()), "{}", got.text);
    assert_eq!(got.body["meta"]["versionId"], "1");
    let ada = person(1);
    let address = "https://valley.example/fhir/ServiceRequest/s1";
    for search in [
        format!("ServiceRequest?patient={ada}"),
        format!("ServiceRequest?patient={ada}&code=36228007&authored=ge2026-11-21"),
        format!("ServiceRequest?patient={ada}&status=active&intent=plan,proposal"),
        format!("ServiceRequest?based-on=CarePlan/{}", plan.id),
        format!("ServiceRequest?identifier=urn:ietf:rfc:3986|{address}"),
        format!("ServiceRequest?_id={id}"),
    ] {
        let got = world.get(&format!("/{search}")).await;
        assert_eq!(got.named("match"), [format!("ServiceRequest/{id}")], "{search} {}", got.text);
    }
    let got = world.get(&format!("/CarePlan?_id={}&_revinclude=ServiceRequest:based-on", plan.id)).await;
    assert_eq!(got.named("include"), [format!("ServiceRequest/{id}")]);
    let got = world.get(&format!("/ServiceRequest?patient={ada}&_revinclude=Provenance:target")).await;
    assert_eq!(got.named("include"), [format!("Provenance/ServiceRequest.{id}.1")]);
    let got = world.get(&format!("/Provenance/ServiceRequest.{id}.1")).await;
    assert_eq!(got.body["target"][0]["reference"], format!("ServiceRequest/{id}/_history/1"));
    assert_eq!(world.get(&format!("/ServiceRequest?patient={ada}&intent=order")).await.body["total"], 0);
}

#[tokio::test]
async fn no_reference_of_a_request_dangles() {
    let world = World::new().await;
    let (plan, id) = with_activity(&world, content(Some("36228007"))).await;
    let goals = plan.goals.iter().map(|goal| goal.id).collect();
    let by = caller("north", Role::Clinician, None);
    let activity = plan.activities.last().unwrap().id;
    let content = ActivityContent { goals, ..content(Some("36228007")) };
    world.change(&by, &plan, |plan, act| change_activity(plan, activity, content, act)).await;
    let request = world.get(&format!("/ServiceRequest/{id}")).await;
    let references: Vec<&str> =
        request.text.split("\"reference\":\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(references.len(), 4, "goal, plan, person and task: {references:?}");
    for reference in references {
        assert_eq!(world.get(&format!("/{reference}")).await.status, 200, "{reference}");
    }
}

#[tokio::test]
async fn an_activity_that_asks_for_no_service_is_no_request() {
    let world = World::new().await;
    let (plan, id) = with_activity(&world, content(None)).await;
    for path in [
        format!("/ServiceRequest/{id}"),
        format!("/ServiceRequest/{id}/_history"),
        format!("/ServiceRequest/{id}/_history/1"),
        format!("/Provenance/ServiceRequest.{id}.1"),
    ] {
        world.get(&path).await.refused(404);
    }
    assert_eq!(world.get(&format!("/ServiceRequest?patient={}", plan.person)).await.body["total"], 0);
    assert_eq!(world.get(&format!("/Provenance?target=ServiceRequest/{id}")).await.named("match"), [""; 0]);
}

#[tokio::test]
async fn the_versions_in_which_an_activity_asked_for_no_service_are_none_of_its_request() {
    let world = World::new().await;
    let (plan, id) = with_activity(&world, content(None)).await;
    let by = caller("north", Role::Clinician, None);
    let activity = plan.activities.last().unwrap().id;
    let mut plan = plan;
    for code in [Some("1"), None, Some("2"), Some("3"), None] {
        world.later(60);
        plan = world.change(&by, &plan, |plan, act| change_activity(plan, activity, content(code), act)).await;
    }
    let status = async |path: &str| world.get(&format!("/ServiceRequest/{id}{path}")).await.status;
    assert_eq!(status("").await, 404, "what it is now is no request");
    for (version, expected) in [(1, 404), (2, 200), (3, 404), (4, 200), (5, 200), (6, 404), (7, 404)] {
        assert_eq!(status(&format!("/_history/{version}")).await, expected, "{version}");
        let provenance = world.get(&format!("/Provenance/ServiceRequest.{id}.{version}")).await;
        assert_eq!(provenance.status, expected, "{version}");
    }
    for count in [1, 2, 10] {
        let (entries, _) = world.all("everybody", &format!("/ServiceRequest/{id}/_history?_count={count}")).await;
        let versions: Vec<&str> =
            entries.iter().map(|one| one["resource"]["meta"]["versionId"].as_str().unwrap()).collect();
        assert_eq!(versions, ["5", "4", "2"], "{count}");
    }
    let (told, _) = world.all("everybody", &format!("/Provenance?target=ServiceRequest/{id}&_count=2")).await;
    assert_eq!(told.len(), 3);
}
