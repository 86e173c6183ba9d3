//! A record that is merged, retired or becomes somebody else's while its plan is open.

use serde_json::{Value, json};

use crate::shared_plan::stage::{Actor, COORDINATOR, actor, add_goal, patient, send, start};
use crate::support::world::World;

/// The Patient is changed at the source, whose plan is open here.
fn change(world: &World, change: impl FnOnce(&mut Value)) {
    let store = world.sandbox.ehr("valley-ehr").store().clone();
    let mut resource = (*store.resource("Patient", &patient(0)).expect("known at Valley")).clone();
    change(&mut resource);
    resource.as_object_mut().expect("a Patient").remove("meta");
    store.load_bundle(&resource).expect("a resource");
}

fn merged(patient: &mut Value) {
    patient["link"] = json!([{ "other": { "reference": "Patient/elsewhere" }, "type": "replaced-by" }]);
}

async fn plans(world: &World, actor: &Actor) -> usize {
    world.settled(&actor.page).await;
    let (tenant, at) = (access::TenantId::new("valley"), access::PatientAt::new("valley-ehr", patient(0)));
    let person = world.server.persons.lookup(&tenant, &at).await.expect("an answer");
    let selection = shared_plan::ports::Selection {
        kind: shared_plan::ports::Kind::Plan,
        person,
        statuses: Vec::new(),
        changed_since: None,
    };
    world.server.plan_store.documents.list(&tenant, &selection, None, 10).await.expect("an answer").len()
}

#[tokio::test]
async fn a_plan_was_started_for_a_patient_who_had_been_merged_into_another_since_the_launch() {
    let world = World::licensed().await;
    let coordinator = actor(&world, COORDINATOR).await;
    let new = coordinator.get("shared-plan/new").await;
    change(&world, merged);
    let told = send(&coordinator, &new, "/shared-plan/start", &[("title", "For the wrong record")]).await;
    // The form says so, or the page does already.
    let said = ["was merged into another one", "merged this record into another"];
    assert!(said.iter().any(|said| told.text.contains(said)), "{} {}", told.url, told.text);
    assert_eq!(plans(&world, &coordinator).await, 0);
}

#[tokio::test]
async fn nothing_is_written_for_a_record_that_is_retired_or_describes_somebody_else_now() {
    type Change = (fn(&mut Value), &'static str);
    let changes: [Change; 2] = [
        (|patient| patient["active"] = json!(false), "is not in use any more"),
        (|patient| patient["birthDate"] = json!("1921-12-31"), "describes somebody else"),
    ];
    for (how, said) in changes {
        let world = World::licensed().await;
        let coordinator = actor(&world, COORDINATOR).await;
        let plan = start(&coordinator).await;
        let new = coordinator.below(&plan, "goals/new").await;
        change(&world, how);
        let told = send(&coordinator, &new, "/write/add-goal", &[("description", "Typed in good faith")]).await;
        assert!(told.text.contains(said), "{said}: {}", told.text);
        let concern = [("description", "Typed in good faith")];
        let told = coordinator.browser.post(&plan.url, &coordinator.page.at("shared-plan/concern"), &concern).await;
        assert!(!told.text.contains("The concern is kept"), "{said}: {}", told.text);
    }
}

#[tokio::test]
async fn a_source_that_cannot_be_asked_who_its_patient_is_stops_no_write() {
    let world = World::licensed().await;
    let coordinator = actor(&world, COORDINATOR).await;
    let plan = start(&coordinator).await;
    world.sandbox.ehr("valley-ehr").set_fault(sandbox::Fault::Status500);
    let saved = add_goal(&coordinator, &plan, "Walks after dinner", "").await;
    assert!(saved.text.contains("The goal is added."), "{}", saved.text);
}
