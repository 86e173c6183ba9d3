//! The gate: no route without its operation, no read that nobody writes down, no flood.

use std::sync::Arc;

use access::policy::Operation;
use access::{Audit, AuditEvent, Outcome, PatientAt, StoreError, TenantId};
use async_trait::async_trait;
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;

use crate::support::browser::{Browser, Page};
use crate::support::world::World;

/// Paths that the router has, as its own debug output lists them.
fn paths_of_the_router(world: &World) -> Vec<String> {
    let text = format!("{:?}", server::router(world.server.clone()));
    let mut paths: Vec<String> = text
        .split('"')
        .skip(1)
        .step_by(2)
        .filter(|text| text.starts_with('/') && !text.contains("__private__"))
        .map(ToOwned::to_owned)
        .collect();
    paths.sort();
    paths.dedup();
    paths
}

#[tokio::test]
async fn every_route_of_the_router_is_in_the_table_with_its_operation() {
    let world = World::start().await;
    let mut table: Vec<String> = server::routes(&world.server).into_iter().map(|route| route.path).collect();
    table.sort();
    // The built files of the browser, which are the same for everybody, are the only ones beside the table.
    let found = paths_of_the_router(&world);
    let beside: Vec<_> = found.iter().filter(|path| !table.contains(path)).cloned().collect();
    assert!(beside.iter().all(|path| path.starts_with("/pkg")), "routes without an operation: {beside:?}");
    let lost: Vec<_> = table.iter().filter(|path| !found.contains(path)).collect();
    assert!(lost.is_empty(), "the router's debug output does not list {lost:?}, so this test sees nothing: {found:?}");
}

/// Marisol's Patient at the EHR that launches.
fn patient() -> String {
    sandbox::people::whereabouts()[0].patient_id("valley-ehr").expect("known at Valley").to_owned()
}

pub async fn marisol(world: &World, browser: &Browser, user: &str) -> Page {
    world.open(browser, "valley-ehr", user, &patient()).await
}

async fn events(world: &World) -> Vec<AuditEvent> {
    let at = PatientAt::new("valley-ehr", patient());
    world.server.trail.of_patient(&TenantId::new("valley"), &at).await.expect("the log can be read")
}

#[tokio::test]
async fn every_read_is_in_the_log_with_who_and_whose() {
    let world = World::start().await;
    let browser = Browser::new();
    let plan = marisol(&world, &browser, "castellanos").await;
    assert_eq!(plan.status, StatusCode::OK);
    for path in ["plan.json", "plan.fhir.json", "sources"] {
        assert_eq!(browser.get(&plan.at(path)).await.status, StatusCode::OK);
    }
    let events = events(&world).await;
    let done: Vec<_> = events.iter().map(|event| (event.operation, event.outcome)).collect();
    let expected = [
        Operation::FinishLaunch,
        Operation::ReadPlan,
        Operation::ReadPlanData,
        Operation::ReadPlanData,
        Operation::ReadSources,
    ];
    assert_eq!(done, expected.map(|operation| (operation, Outcome::Done)));
    assert!(events.iter().all(|event| event.who.is_some() && event.launch.is_some()), "{events:?}");
    let named = |page: &Page| page.headers["x-request-id"].to_str().expect("text").to_owned();
    assert_eq!(events[1].request.as_deref(), Some(&*named(&plan)), "both logs name the request alike");
}

struct Full;

#[async_trait]
impl Audit for Full {
    async fn write_all(&self, _: &[AuditEvent]) -> Result<(), StoreError> {
        Err(StoreError("the disk is full".into()))
    }
}

/// Writes until it is told to stop.
struct Stoppable {
    inner: Arc<dyn Audit>,
    stopped: std::sync::atomic::AtomicBool,
}

#[async_trait]
impl Audit for Stoppable {
    async fn write_all(&self, events: &[AuditEvent]) -> Result<(), StoreError> {
        if self.stopped.load(std::sync::atomic::Ordering::SeqCst) {
            return Full.write_all(events).await;
        }
        self.inner.write_all(events).await
    }
}

#[tokio::test]
async fn what_cannot_be_written_down_is_not_shown() {
    let mut log = None;
    let world = World::altered(World::ehrs(), |server| {
        let stoppable = Arc::new(Stoppable { inner: server.audit.clone(), stopped: Default::default() });
        server.audit = stoppable.clone();
        log = Some(stoppable);
    })
    .await;
    let log = log.expect("it was exchanged");
    let browser = Browser::new();
    let plan = marisol(&world, &browser, "castellanos").await;
    assert!(plan.text.contains("VEGA-THORNTON"));
    log.stopped.store(true, std::sync::atomic::Ordering::SeqCst);
    for path in ["plan", "plan/board", "plan.json", "plan.fhir.json", "sources", "goals/anything"] {
        let page = browser.get(&plan.at(path)).await;
        assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
        assert!(!page.text.contains("VEGA"), "{path}");
        assert!(page.text.contains("written down first") || path.ends_with(".json"), "{path}: {}", page.text);
    }
    let nobody = Browser::new();
    let refused = marisol(&world, &nobody, "castellanos").await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE, "nor is anybody let in");
    let out = browser.post(&plan.url, &plan.url.join("/sign-out").expect("an address"), &[]).await;
    assert_eq!(out.status, StatusCode::OK, "but everybody is let out");
}

#[tokio::test]
async fn t8_a_sign_in_that_cannot_be_written_down_is_given_back_and_costs_no_other_tab_its_session() {
    let mut log = None;
    let world = World::altered(World::ehrs(), |server| {
        let stoppable = Arc::new(Stoppable { inner: server.audit.clone(), stopped: Default::default() });
        server.audit = stoppable.clone();
        log = Some(stoppable);
    })
    .await;
    let log = log.expect("it was exchanged");
    let browser = Browser::new();
    let plan = marisol(&world, &browser, "castellanos").await;
    log.stopped.store(true, std::sync::atomic::Ordering::SeqCst);
    let second = marisol(&world, &browser, "castellanos").await;
    assert_eq!(second.status, StatusCode::SERVICE_UNAVAILABLE, "{}", second.text);
    log.stopped.store(false, std::sync::atomic::Ordering::SeqCst);
    // The cookie of before the sign-in is good no more.
    world.clock.by_seconds(31);
    assert_eq!(browser.get(&plan.url).await.status, StatusCode::OK, "the plan in the other tab");
    assert_eq!(world.sandbox.ehr("valley-ehr").end_grants(), 1, "only its grant stands");
}

#[tokio::test]
async fn p6_whoever_signs_in_next_finds_nothing_of_the_one_before() {
    let world = World::start().await;
    let browser = Browser::new();
    let first = marisol(&world, &browser, "castellanos").await;
    let again = marisol(&world, &browser, "castellanos").await;
    assert_eq!(browser.get(&first.url).await.status, StatusCode::OK, "two tabs of one user");
    let other = marisol(&world, &browser, "whitfield").await;
    assert_eq!(other.status, StatusCode::OK);
    for page in [&first, &again] {
        assert_eq!(browser.get(&page.url).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn s5_each_sign_in_gives_a_new_cookie_and_the_former_opens_nothing_new() {
    let world = World::start().await;
    let browser = Browser::new();
    let first = marisol(&world, &browser, "castellanos").await;
    let seen = browser.fork();
    let second = marisol(&world, &browser, "castellanos").await;
    assert_ne!(seen.cookies(), browser.cookies());
    assert_eq!(seen.get(&first.url).await.status, StatusCode::OK, "a request of another tab was on its way");
    assert_eq!(seen.get(&second.url).await.status, StatusCode::NOT_FOUND, "whoever saw the cookie gains nothing");
    world.clock.by_seconds(31);
    assert_eq!(seen.get(&first.url).await.status, StatusCode::NOT_FOUND);
    for page in [&first, &second] {
        assert_eq!(browser.get(&page.url).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn a_screen_that_is_left_alone_ends_however_often_it_asks_for_news() {
    let world = World::start().await;
    let browser = Browser::new();
    let plan = marisol(&world, &browser, "castellanos").await;
    for _ in 0..4 {
        world.clock.by_seconds(14 * 60);
        assert_eq!(browser.get(&plan.at("plan/board")).await.status, StatusCode::OK);
    }
    world.clock.by_seconds(5 * 60);
    assert_eq!(browser.get(&plan.at("plan/board")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_flood_of_launches_is_told_when_to_come_back() {
    let world = World::start().await;
    let browser = Browser::new();
    let mut launch = world.accord.join("launch").expect("an address");
    launch.query_pairs_mut().append_pair("iss", "https://nobody.example").append_pair("launch", "x");
    let mut last = browser.get(&launch).await;
    for _ in 0..150 {
        last = browser.get(&launch).await;
    }
    assert_eq!(last.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(last.headers[RETRY_AFTER].to_str().expect("text").parse::<u64>().expect("seconds") >= 1);
    world.clock.by_seconds(10);
    assert_eq!(browser.get(&launch).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_choice_of_places_and_what_was_typed_had_no_limit_of_their_own() {
    let world = World::start().await;
    let browser = Browser::new();
    let choice = world.accord.join("sign-in").expect("an address");
    let typed = world.accord.join("typed").expect("an address");
    let mut last = [StatusCode::OK; 2];
    for _ in 0..120 {
        last = [browser.get(&choice).await.status, browser.post(&choice, &typed, &[("note", "x")]).await.status];
    }
    assert_eq!(last, [StatusCode::TOO_MANY_REQUESTS; 2]);
    // Neither keeps anybody from opening a plan.
    assert!(marisol(&world, &browser, "castellanos").await.status.is_success());
    world.clock.by_seconds(10);
    assert_eq!(browser.get(&choice).await.status, StatusCode::OK);
    assert_ne!(browser.post(&choice, &typed, &[("note", "x")]).await.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn a_page_that_waits_is_told_how_new_the_plan_is_and_nothing_of_it() {
    let world = World::start().await;
    let browser = Browser::new();
    let plan = marisol(&world, &browser, "castellanos").await;
    world.settled(&plan).await;
    let told = browser.get(&plan.at("revision")).await;
    let said: serde_json::Value = serde_json::from_str(&told.text).expect("JSON");
    assert!(said["revision"].as_u64().is_some_and(|revision| revision > 0), "{said}");
    assert_eq!(said.as_object().map(serde_json::Map::len), Some(2), "{said}");
    assert_eq!(browser.get(&plan.at("revision")).await.text, told.text, "nothing has changed");
    assert_eq!(Browser::new().get(&plan.at("revision")).await.status, StatusCode::NOT_FOUND);
}
