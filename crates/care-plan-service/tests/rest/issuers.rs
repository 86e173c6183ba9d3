//! Several identity services, each for its own tenant; and programs that are registered.

use std::sync::Arc;

use access::{Role, TenantId};
use care_plan_service::identity::{Program, Scopes};
use serde_json::json;

use crate::world::{Ask, Got, Issuer, OTHER, PERSON, World, trust};

const HILL: &str = "https://id.hill.example";

/// One identity service for each of two tenants.
async fn two() -> (World, Arc<Issuer>) {
    let mut hill = None;
    let world = World::with(|setting, clock| {
        setting.trust.tenant = Some(TenantId::new("valley"));
        let mut of_hill = trust(HILL);
        of_hill.tenant = Some(TenantId::new("hill"));
        let issuer = Arc::new(Issuer::named(HILL, 21, clock.clone()));
        hill = Some(issuer.clone());
        setting.others.push((of_hill, issuer));
    })
    .await;
    (world, hill.unwrap())
}

async fn list(world: &World, token: &str) -> Got {
    world.send(Ask::get("").by(token)).await
}

#[tokio::test]
async fn a_token_of_one_tenants_issuer_never_opens_another_tenant() {
    let (world, hill) = two().await;
    let valley = &world.issuer;
    let of = |issuer: &Issuer, tenant: Option<&str>| {
        let mut claims = issuer.claims();
        match tenant {
            Some(tenant) => claims["tenant"] = json!(tenant),
            None => drop(claims.as_object_mut().unwrap().remove("tenant")),
        }
        claims
    };
    let made = world.plan(&valley.sign(&of(valley, Some("valley"))), "Of the valley").await;
    // Its own tenant, named or not: an issuer of one tenant need not say which.
    for tenant in [Some("hill"), None] {
        let token = hill.sign(&of(&hill, tenant));
        assert_eq!(list(&world, &token).await.must(200).json["plans"], json!([]));
        world.send(Ask::get(&format!("/{}", made.id())).by(&token)).await.refused(404, "NOT_FOUND");
    }
    // Another one.
    for token in [
        hill.sign(&of(&hill, Some("valley"))),
        valley.sign(&of(valley, Some("hill"))),
        valley.sign(&of(valley, Some("bare"))),
        // The key of the one under the name of the other.
        hill.sign(&of(valley, Some("valley"))),
        valley.sign(&of(&hill, Some("hill"))),
    ] {
        list(&world, &token).await.refused(401, "UNAUTHENTICATED");
    }
}

#[tokio::test]
async fn an_issuer_whose_keys_cannot_be_had_holds_up_nobody_elses_tokens() {
    let (world, hill) = two().await;
    *hill.down.lock().unwrap() = true;
    let mut claims = hill.claims();
    claims["tenant"] = json!("hill");
    list(&world, &hill.sign(&claims)).await.refused(503, "UNAVAILABLE");
    list(&world, &world.issuer.sign(&world.issuer.claims())).await.must(200);
}

/// A world with a program that may read plans and goals of the valley, and change goals.
async fn with_program() -> World {
    World::with(|setting, _| {
        setting.trust.programs.push(Program {
            id: "chart".to_owned(),
            tenant: TenantId::new("valley"),
            role: Role::Coordinator,
            scopes: Scopes::parse("system/CarePlan.rs system/Goal.cruds system/Task.r system/CareTeam.r"),
        });
    })
    .await
}

fn program(world: &World, change: impl FnOnce(&mut serde_json::Value)) -> String {
    let mut claims = world.issuer.claims();
    let fields = claims.as_object_mut().unwrap();
    fields.remove("roles");
    fields.remove("name");
    (claims["sub"], claims["client_id"]) = (json!("service-account-7"), json!("chart"));
    claims["scope"] = json!("system/*.cruds");
    change(&mut claims);
    world.issuer.sign(&claims)
}

#[tokio::test]
async fn a_registered_program_reaches_everybody_of_its_tenant_within_its_registration() {
    let world = with_program().await;
    let doctor = world.doctor("valley");
    let plan = world.plan(&doctor, "Of the person").await.id();
    let other = json!({ "person": OTHER, "title": "Of somebody else" });
    world.send(Ask::post("").by(&doctor).json(&other)).await.must(201);
    let chart = program(&world, |_| ());
    assert_eq!(list(&world, &chart).await.must(200).json["plans"].as_array().unwrap().len(), 2);
    let goal = json!({ "version": 1, "description": { "text": "From the chart" } });
    world.send(Ask::post(&format!("/{plan}/goals")).by(&chart).json(&goal)).await.must(201);
    // More than it is registered with, whatever its token says.
    let new = json!({ "person": PERSON, "title": "By a program" });
    world.send(Ask::post("").by(&chart).json(&new)).await.refused(403, "INSUFFICIENT_SCOPE");
    // Less, where the token says less.
    let narrow = program(&world, |claims| claims["scope"] = json!("system/CarePlan.s"));
    list(&world, &narrow).await.must(200);
    world.send(Ask::get(&format!("/{plan}")).by(&narrow)).await.refused(403, "INSUFFICIENT_SCOPE");
}

#[tokio::test]
async fn a_program_signs_nothing_and_answers_for_nobody() {
    let world = World::with(|setting, _| {
        setting.trust.programs.push(Program {
            id: "chart".to_owned(),
            tenant: TenantId::new("valley"),
            role: Role::Clinician,
            scopes: Scopes::parse("system/*.cruds"),
        });
    })
    .await;
    let chart = program(&world, |_| ());
    let plan = world.plan(&chart, "By a program").await.id();
    let review = json!({ "version": 1, "roles": ["clinician"] });
    world.send(Ask::post(&format!("/{plan}/review")).by(&chart).json(&review)).await.must(200);
    let sign = Ask::post(&format!("/{plan}/review/sign")).by(&chart).json(&json!({ "version": 2 }));
    world.send(sign).await.refused(403, "NOT_ALLOWED");
    let issue = json!({ "id": "i", "code": "c", "subject": "s", "seen": "s" });
    let decide = json!({ "person": PERSON, "issue": issue, "chosen": "changed" });
    world.send(Ask::post("/decisions").by(&chart).json(&decide)).await.refused(403, "NOT_ALLOWED");
}

#[tokio::test]
async fn who_is_not_registered_or_carries_a_users_scopes_is_no_program() {
    let world = with_program().await;
    for token in [
        program(&world, |claims| claims["client_id"] = json!("another")),
        // Of another tenant than that of the registration.
        program(&world, |claims| claims["tenant"] = json!("hill")),
        // Issued to the program for a user, who has no role here.
        program(&world, |claims| claims["scope"] = json!("user/*.cruds")),
        program(&world, |claims| claims["scope"] = json!("system/*.rs user/*.rs")),
        // A program names nobody.
        program(&world, |claims| claims["person"] = json!(PERSON)),
    ] {
        list(&world, &token).await.refused(401, "UNAUTHENTICATED");
    }
    // A user with a program's scopes has none.
    let mut claims = world.issuer.claims();
    claims["scope"] = json!("system/*.cruds");
    list(&world, &world.issuer.sign(&claims)).await.refused(403, "INSUFFICIENT_SCOPE");
}
