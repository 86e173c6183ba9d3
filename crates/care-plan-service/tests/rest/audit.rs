//! What is refused is written down before it is told: who, what, and what came of it.

use access::policy::Why;
use access::{AuditEvent, Operation, Outcome, Role, TenantId};
use jiff::SignedDuration;
use serde_json::json;

use crate::world::{Ask, PERSON, World};

const NEVER: &str = "5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e";

fn last(world: &World) -> AuditEvent {
    world.log.events.lock().unwrap().last().cloned().unwrap()
}

#[tokio::test]
async fn a_refused_token_is_in_the_log_of_the_tenant_whose_issuer_it_names() {
    let world = World::guarded().await;
    let mut claims = world.issuer.claims();
    claims["exp"] = json!(1);
    world.send(Ask::get("").by(&world.issuer.sign(&claims))).await.refused(401, "UNAUTHENTICATED");
    let event = last(&world);
    assert_eq!((&*event.tenant.0, event.operation), ("valley", Operation::CallCarePlanService));
    assert_eq!((event.who, event.outcome), (None, Outcome::Refused(Why::NotSignedIn)));
    assert_eq!(event.reason.as_deref(), Some("token refused: time"));
    // One that names no issuer of ours is a stranger's.
    claims["iss"] = json!("https://id.nowhere.example");
    world.send(Ask::get("").by(&world.issuer.sign(&claims))).await.refused(401, "UNAUTHENTICATED");
    assert_eq!(world.log.events.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn what_the_token_the_licence_or_the_role_does_not_allow_is_in_the_log() {
    let world = World::guarded().await;
    let narrow = world.token("valley", "doctor-1", "doctor", json!({ "scope": "user/Goal.r" }));
    world.send(Ask::get(&format!("/{NEVER}")).by(&narrow)).await.refused(403, "INSUFFICIENT_SCOPE");
    let event = last(&world);
    assert_eq!(event.outcome, Outcome::Refused(Why::NoScope));
    assert_eq!(event.what, Some(format!("CarePlan/{NEVER}")));
    assert_eq!((event.reason.as_deref(), event.role), (Some("readPlan"), Some(Role::Clinician)));
    assert_eq!(event.who.unwrap().subject, "doctor-1");

    world.send(Ask::post("").by(&world.doctor("bare")).json(&json!({}))).await.refused(403, "MODULE_NOT_LICENSED");
    assert_eq!((last(&world).outcome, &*last(&world).tenant.0), (Outcome::Refused(Why::NotLicensed), "bare"));

    let new = json!({ "person": PERSON, "title": "By the person" });
    world.send(Ask::post("").by(&world.patient(PERSON)).json(&new)).await.refused(403, "NOT_ALLOWED");
    assert_eq!(last(&world).outcome, Outcome::Refused(Why::RoleMayNot(Role::Patient)));
}

#[tokio::test]
async fn a_write_to_what_is_not_there_or_is_another_version_now_is_in_the_log() {
    let world = World::guarded().await;
    let doctor = world.doctor("valley");
    let goal = |version: u64| json!({ "version": version, "description": { "text": "Secret words" } });
    world.send(Ask::post(&format!("/{NEVER}/goals")).by(&doctor).json(&goal(1))).await.refused(404, "NOT_FOUND");
    let event = last(&world);
    assert_eq!((event.outcome, event.what), (Outcome::NotThere, Some(format!("CarePlan/{NEVER}"))));
    assert_eq!(event.reason.as_deref(), Some("addGoal"));

    let plan = world.plan(&doctor, "Of the person").await.id();
    world.send(Ask::post(&format!("/{plan}/goals")).by(&doctor).json(&goal(9))).await.refused(409, "VERSION_STALE");
    assert_eq!((last(&world).outcome, last(&world).what), (Outcome::Stale, Some(format!("CarePlan/{plan}"))));
    let concern = json!({ "version": 1, "description": { "text": "Secret words" } });
    world.send(Ask::put(&format!("/concerns/{NEVER}")).by(&doctor).json(&concern)).await.refused(404, "NOT_FOUND");
    assert_eq!(last(&world).what, Some(format!("Condition/{NEVER}")));
    let events = serde_json::to_string(&*world.log.events.lock().unwrap()).unwrap();
    assert!(!events.contains("Secret"), "{events}");
}

#[tokio::test]
async fn what_was_read_or_changed_is_named() {
    let world = World::new().await;
    let doctor = world.doctor("valley");
    let plan = world.plan(&doctor, "Of the person").await.id();
    assert_eq!(
        (last(&world).operation, last(&world).what),
        (Operation::WriteSharedPlan, Some(format!("CarePlan/{plan}")))
    );
    world.send(Ask::get(&format!("/{plan}/goals")).by(&doctor)).await.must(200);
    assert_eq!(
        (last(&world).operation, last(&world).what),
        (Operation::ReadSharedPlan, Some(format!("CarePlan/{plan}")))
    );
    let concern = json!({ "person": PERSON, "description": { "text": "Pain" } });
    let concern = world.send(Ask::post("/concerns").by(&doctor).json(&concern)).await.must(201).id();
    assert_eq!(last(&world).what, Some(format!("Condition/{concern}")));
}

#[tokio::test]
async fn a_refusal_that_cannot_be_written_down_is_not_told() {
    let world = World::guarded().await;
    let doctor = world.doctor("valley");
    let narrow = world.token("valley", "doctor-1", "doctor", json!({ "scope": "" }));
    let mut claims = world.issuer.claims();
    claims["exp"] = json!(1);
    let expired = world.issuer.sign(&claims);
    *world.log.full.lock().unwrap() = true;
    let goal = json!({ "version": 1, "description": { "text": "x" } });
    for ask in [
        Ask::get("").by(&expired),
        Ask::get("").by(&narrow),
        Ask::post("").by(&world.doctor("bare")).json(&json!({})),
        Ask::post(&format!("/{NEVER}/goals")).by(&doctor).json(&goal),
    ] {
        world.send(ask).await.refused(503, "UNAVAILABLE");
    }
}

#[tokio::test]
async fn a_tenant_that_a_token_nobody_signed_names_chose_the_log_it_was_written_into() {
    let logs = |world: &World| {
        let events = std::mem::take(&mut *world.log.events.lock().unwrap());
        events.into_iter().map(|event| event.tenant.0.to_string()).collect::<Vec<_>>()
    };
    let world = World::guarded().await;
    let mut claims = world.issuer.claims();
    claims["tenant"] = json!("hill");
    world.send(Ask::get("").by(&world.issuer.sign_by(8, &claims))).await.refused(401, "UNAUTHENTICATED");
    assert_eq!(logs(&world), ["bare", "hill", "valley"], "of all whose tokens come from there");
    // The issuer of one tenant.
    let only = World::with(|setting, _| {
        (setting.guarded, setting.trust.tenant) = (true, Some(TenantId::new("valley")));
    })
    .await;
    for token in [only.issuer.sign_by(8, &claims), only.issuer.sign(&claims)] {
        only.send(Ask::get("").by(&token)).await.refused(401, "UNAUTHENTICATED");
        assert_eq!(logs(&only), ["valley"]);
        only.clock.by(SignedDuration::from_mins(1));
    }
}

#[tokio::test]
async fn refused_tokens_were_an_event_each_and_now_are_one_a_minute_with_their_number() {
    let world = World::guarded().await;
    let mut claims = world.issuer.claims();
    claims["exp"] = json!(1);
    let expired = world.issuer.sign(&claims);
    let reasons = || -> Vec<String> {
        world.log.events.lock().unwrap().iter().filter_map(|event| event.reason.clone()).collect()
    };
    for _ in 0..8 {
        world.send(Ask::get("").by(&expired)).await.refused(401, "UNAUTHENTICATED");
    }
    assert_eq!(reasons(), ["token refused: time"]);
    world.clock.by(SignedDuration::from_mins(1));
    *world.log.full.lock().unwrap() = true;
    world.send(Ask::get("").by(&expired)).await.refused(503, "UNAVAILABLE");
    *world.log.full.lock().unwrap() = false;
    // What could not be written is not lost: it comes with the first request after it, whoever sends it.
    world.send(Ask::get("").by(&world.doctor("valley"))).await.must(200);
    assert_eq!(reasons()[1..], ["tokens refused; 7 more since the last event"]);
}
