//! A record that is merged, retired or becomes somebody else's while its plan is open.

use serde_json::{Value, json};

use crate::correcting::entered;
use crate::overlays;
use crate::shared_plan::stage::{Actor, COORDINATOR, DOCTOR, actor, add_goal, patient, send, start};
use crate::support::browser::{Browser, Page};
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

/// How often something of the person was written into the shared plan.
async fn written(world: &World, kind: shared_plan::ports::Kind) -> Vec<u64> {
    let (tenant, at) = (access::TenantId::new("valley"), access::PatientAt::new("valley-ehr", patient(0)));
    let person = world.server.persons.lookup(&tenant, &at).await.expect("an answer");
    let selection = shared_plan::ports::Selection { kind, person, statuses: Vec::new(), changed_since: None };
    let listed = world.server.plan_store.documents.list(&tenant, &selection, None, 10).await.expect("an answer");
    listed.iter().map(|document| document.version.0).collect()
}

#[tokio::test]
async fn an_edit_of_a_goal_was_kept_and_revised_for_a_patient_who_had_been_merged_or_retired_since_the_launch() {
    let kind = shared_plan::ports::Kind::Overlay;
    let retired = |patient: &mut Value| patient["active"] = json!(false);
    let changes: [fn(&mut Value); 2] = [merged, retired];
    for (how, is_kept_before) in changes.into_iter().flat_map(|how| [(how, false), (how, true)]) {
        let world = World::licensed_and_altered(overlays::read_only).await;
        let doctor = actor(&world, DOCTOR).await;
        let board = doctor.get("plan?show=all").await;
        let mut page = overlays::goal(&doctor.browser, &board).await;
        if is_kept_before {
            page = keep(&doctor.browser, &page, "8.0").await;
            assert!(page.text.contains("Kept in the shared plan."), "{}", page.text);
            world.settled(&doctor.page).await;
        }
        let before = written(&world, kind).await;
        change(&world, how);
        let told = keep(&doctor.browser, &page, "8.5").await;
        assert!(!told.text.contains("Kept in the shared plan."), "{}", told.text);
        assert_eq!(written(&world, kind).await, before, "{} {}", told.url, told.text);
    }
}

async fn keep(browser: &Browser, page: &Page, value: &str) -> Page {
    let mut form = overlays::form_of(page);
    form.set("target_value", value);
    form.set("reason", "Low sugar at night");
    overlays::send(browser, page, &form).await
}

#[tokio::test]
async fn a_concern_was_corrected_and_ended_for_a_patient_who_had_been_merged_into_another_since_the_launch() {
    let kind = shared_plan::ports::Kind::Concern;
    let (corrected, ended) = (("description", "Falls at night"), ("status", "resolved"));
    for (ending, typed) in [("/change", corrected), ("/move", ended)] {
        let world = World::licensed().await;
        let doctor = actor(&world, DOCTOR).await;
        let page = entered(&doctor, "Fals at night").await;
        let before = written(&world, kind).await;
        assert_eq!(before.len(), 1);
        change(&world, merged);
        let told = send(&doctor, &page, ending, &[typed, ("reason", "Misspelt")]).await;
        let said = ["was merged into another one", "merged this record into another"];
        assert!(said.iter().any(|said| told.text.contains(said)), "{} {}", told.url, told.text);
        assert_eq!(written(&world, kind).await, before);
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
