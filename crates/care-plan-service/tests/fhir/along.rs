//! `_include` and `_revinclude`.

use access::Role;

use crate::world::{World, caller, person};

#[tokio::test]
async fn what_a_plan_points_at_comes_along() {
    let world = World::new().await;
    let ada = person(1);
    let plan = world.plan("north", &ada, "Diabetes", 2).await;
    let (goals, team, task) = (&plan.goals, plan.team.id, plan.activities[0].id);
    let patient = format!("Patient/{ada}");
    let both = vec![format!("Goal/{}", goals[0].id), format!("Goal/{}", goals[1].id)];
    for (search, along) in [
        ("CarePlan?_include=CarePlan:goal", both.clone()),
        ("CarePlan?_include=CarePlan:care-team", vec![format!("CareTeam/{team}")]),
        ("CarePlan?_include=CarePlan:activity-reference", vec![format!("Task/{task}")]),
        ("CarePlan?_include=CarePlan:activity-reference:Task", vec![format!("Task/{task}")]),
        ("CarePlan?_include=CarePlan:patient", vec![patient.clone()]),
        ("Goal?_include=Goal:patient", vec![patient.clone()]),
        ("Task?_include=Task:based-on", vec![format!("CarePlan/{}", plan.id)]),
        ("CareTeam?_include=CareTeam:participant", vec![]),
        ("CarePlan?_include=CarePlan:condition", vec![]),
        ("CareTeam?_revinclude=CarePlan:care-team", vec![format!("CarePlan/{}", plan.id)]),
        ("Goal?_revinclude=CarePlan:goal", vec![format!("CarePlan/{}", plan.id)]),
        ("CarePlan?_revinclude=Task:based-on", vec![format!("Task/{task}")]),
        ("Task?_revinclude=Provenance:target", vec![format!("Provenance/Task.{task}.1")]),
        ("CarePlan?_revinclude=Provenance:target:Goal", vec![]),
        ("CarePlan?_revinclude=Provenance:target", vec![format!("Provenance/CarePlan.{}.4", plan.id)]),
    ] {
        let got = world.get(&format!("/{search}&patient={ada}")).await;
        assert_eq!((got.status, got.named("include")), (200, along), "{search} {}", got.text);
    }
    let got = world.get(&format!("/Task?patient={ada}&_include=Task:based-on&_include:iterate=CarePlan:goal")).await;
    assert_eq!(got.named("include").len(), 3, "{}", got.text);
    let got = world
        .get(&format!("/Goal?_id={}&_revinclude=CarePlan:goal&_revinclude:iterate=Task:based-on", goals[0].id))
        .await;
    assert_eq!(got.named("include"), [format!("CarePlan/{}", plan.id), format!("Task/{task}")], "{}", got.text);
    let got =
        world.get(&format!("/Goal?_id={}&_revinclude=CarePlan:goal&_revinclude=Task:based-on", goals[0].id)).await;
    assert_eq!(got.named("include"), [format!("CarePlan/{}", plan.id)], "only what was asked to go on does");
    let got = world.get(&format!("/Patient?_id={ada}&_revinclude=Goal:patient&_revinclude=CarePlan:subject")).await;
    assert_eq!(got.named("include").len(), 3, "{}", got.text);
}

#[tokio::test]
async fn a_concern_and_the_plan_that_is_for_it_come_along_with_each_other() {
    let world = World::new().await;
    let ada = person(1);
    let concern = world.concern(&ada, "Pain").await;
    let plan = world.plan("north", &ada, "Diabetes", 0).await;
    let about = shared_plan::plan::About::Concern(shared_plan::Id::parse(&concern).unwrap());
    let content = shared_plan::plan::PlanContent { addresses: vec![about], ..plan.content.clone() };
    let by = caller("north", Role::Clinician, None);
    world.change(&by, &plan, |plan, act| shared_plan::commands::change_plan(plan, content, act)).await;
    let got = world.get("/CarePlan?_include=CarePlan:condition").await;
    assert_eq!(got.named("include"), [format!("Condition/{concern}")], "{}", got.text);
    let got = world.get("/Condition?_revinclude=CarePlan:condition").await;
    assert_eq!(got.named("include"), [format!("CarePlan/{}", plan.id)], "{}", got.text);
}

#[tokio::test]
async fn what_the_scopes_do_not_allow_does_not_come_along_and_that_is_said() {
    let world = World::new().await;
    world.plan("north", &person(1), "Diabetes", 2).await;
    world.door.give("plans", caller("north", Role::Clinician, None), "user/CarePlan.s user/CareTeam.r");
    let got = world.get_as("plans", "/CarePlan?_include=CarePlan:goal&_include=CarePlan:care-team").await;
    assert_eq!((got.named("match").len(), got.named("include").len(), got.named("outcome").len()), (1, 1, 1));
    assert!(!got.text.contains("\"resourceType\":\"Goal\""), "{}", got.text);
}

#[tokio::test]
async fn who_made_the_goals_of_one_plan_is_asked_once() {
    let world = World::new().await;
    let by = caller("north", Role::Clinician, None);
    let mut plan = world.plan("north", &person(1), "Diabetes", 3).await;
    for goal in plan.goals.clone() {
        world.later(60);
        let note = shared_plan::commands::Noted::Goal(goal.id);
        plan = world.change(&by, &plan, |plan, act| shared_plan::commands::add_note(plan, note, "x", act)).await;
    }
    world.store.asked();
    let got = world.get("/Goal?_revinclude=Provenance:target").await;
    assert_eq!((got.named("include").len(), world.store.asked()), (3, vec!["list", "versions"]), "{}", got.text);
}

/// Nobody lets a plan point there; but whose a plan is may turn out later.
#[tokio::test]
async fn another_persons_concern_came_along_with_a_plan_that_had_pointed_at_it() {
    let world = World::new().await;
    let (ada, other) = (person(1), person(2));
    let concern = world.concern(&ada, "Pain").await;
    let plan = world.plan("north", &ada, "Diabetes", 1).await;
    let about = shared_plan::plan::About::Concern(shared_plan::Id::parse(&concern).unwrap());
    let content = shared_plan::plan::PlanContent { addresses: vec![about], ..plan.content.clone() };
    let by = caller("north", Role::Clinician, None);
    world.change(&by, &plan, |plan, act| shared_plan::commands::change_plan(plan, content, act)).await;
    let path = format!("/CarePlan/{}", plan.id);
    let before = world.get(&path).await;
    assert!(before.text.contains(&concern));
    world
        .settle(&ada, |key| if key.kind == shared_plan::ports::Kind::Plan { other.clone() } else { ada.clone() })
        .await;
    for path in [
        path.clone(),
        format!("{path}/_history"),
        format!("{path}/_history/4"),
        "/CarePlan?_include=CarePlan:condition".to_owned(),
        format!("/CarePlan?patient={other}&_include=CarePlan:condition"),
        format!("/CarePlan?condition=Condition/{concern}"),
        format!("/Patient?_id={other}&_revinclude=CarePlan:patient"),
    ] {
        let got = world.get(&path).await;
        assert_eq!(got.status, 200, "{}", got.text);
        let written = got.text.replace(&format!("condition=Condition%2F{concern}"), "");
        assert!(!written.contains(&concern), "{path} {written}");
    }
    assert_eq!(world.get(&format!("/Condition/{concern}?")).await.status, 200, "it is whose it was");
    let got = world.get("/Condition?_revinclude=CarePlan:condition").await;
    assert_eq!(got.named("include"), [""; 0], "{}", got.text);
    // Who has the plan as it was is not told that nothing changed.
    let again = world.send("GET", &path, "everybody", &[("if-none-match", before.header("etag"))], "").await;
    assert_eq!(again.status, 200);
}
