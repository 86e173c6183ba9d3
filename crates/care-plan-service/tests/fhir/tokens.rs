//! Where tokens come from, how often one may call, and what is written down of what a token does not allow.

use std::sync::Arc;

use access::policy::Why;
use access::rate::{Action, Limits};
use access::{Clock, Outcome, Role};
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use care_plan_service::fhir::{Surface, TokenPlace};
use care_plan_service::identity::Guarded;
use http_body_util::BodyExt;
use jiff::Timestamp;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::world::{BASE, World, caller, person};

struct Still;

impl Clock for Still {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(1_795_248_000).unwrap()
    }
}

fn place(tenant: Option<&str>, at: &str) -> TokenPlace {
    TokenPlace {
        tenant: tenant.map(str::to_owned),
        issuer: format!("https://{at}"),
        authorize: Some(format!("https://{at}/authorize")),
        token: format!("https://{at}/token"),
        keys: Some(format!("https://{at}/keys")),
        has_programs: tenant.is_some(),
    }
}

/// The surface of a world, with counted calls and these places of tokens.
fn surface(world: &World, places: Vec<TokenPlace>) -> Router {
    let limits = Arc::new(Limits::new(10));
    let admission = Guarded::new(world.door.clone(), limits, world.log.clone(), Arc::new(Still));
    let surface = Surface::new(world.service.clone(), Arc::new(admission), Arc::new(|_, _| None), BASE, Still.now());
    Router::new().nest_service("/fhir/r4", surface.tokens_from(places).router())
}

async fn get(router: &Router, path: &str, token: &str) -> (u16, String, Value) {
    let request = Request::get(format!("/fhir/r4{path}")).header("authorization", format!("Bearer {token}"));
    let response = router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let header = |name: &str| parts.headers.get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
    let said = format!("{}{}", header("retry-after"), header("www-authenticate"));
    let json = serde_json::from_slice(&body.collect().await.unwrap().to_bytes()).unwrap();
    (parts.status.as_u16(), said, json)
}

#[tokio::test]
async fn apps_find_out_where_tokens_come_from_and_of_several_say_whose() {
    const PATH: &str = "/.well-known/smart-configuration";
    let world = World::new().await;
    let (status, _, outcome) = get(&surface(&world, Vec::new()), PATH, "").await;
    assert_eq!((status, &outcome["resourceType"]), (404, &json!("OperationOutcome")));

    let one = surface(&world, vec![place(Some("north"), "id.north")]);
    let (status, _, document) = get(&one, PATH, "").await;
    assert_eq!((status, &document["token_endpoint"]), (200, &json!("https://id.north/token")));
    // What SMART App Launch 2.2 asks for, with what depends on it.
    for field in ["grant_types_supported", "capabilities", "code_challenge_methods_supported", "authorization_endpoint"]
    {
        assert!(!document[field].is_null(), "{field}");
    }
    assert_eq!(document["grant_types_supported"], json!(["authorization_code", "client_credentials"]));
    assert!(document["scopes_supported"].as_array().unwrap().contains(&json!("system/CarePlan.rs")));

    let several = surface(&world, vec![place(Some("north"), "id.north"), place(None, "id.all")]);
    assert_eq!(get(&several, PATH, "").await.0, 404);
    for (tenant, at) in [("north", "id.north"), ("south", "id.all")] {
        let (_, _, document) = get(&several, &format!("{PATH}?tenant={tenant}"), "").await;
        assert_eq!(document["issuer"], format!("https://{at}"));
    }
    let (_, _, metadata) = get(&several, "/metadata", "").await;
    let security = &metadata["rest"][0]["security"];
    assert_eq!(security["extension"].as_array().unwrap().len(), 2);
    assert_eq!(security["extension"][1]["extension"][1], json!({ "url": "token", "valueUri": "https://id.all/token" }));
}

#[tokio::test]
async fn who_asks_too_often_is_told_when_to_come_back() {
    let world = World::new().await;
    let router = surface(&world, Vec::new());
    for _ in 0..Action::Call.limit().at_once {
        assert_eq!(get(&router, "/Goal/x", "everybody").await.0, 404);
    }
    let (status, retry_after, outcome) = get(&router, "/Goal/x", "everybody").await;
    assert_eq!((status, retry_after.as_str()), (429, "1"));
    assert_eq!(outcome["issue"][0]["code"], "throttled");
    assert_eq!(world.log.written().last().unwrap().outcome, Outcome::TooOften);
    assert_eq!(get(&router, "/Goal/x", "south").await.0, 404, "others go on");
    assert_eq!(get(&router, "/metadata", "everybody").await.0, 200, "what is open to all is not counted");
}

#[tokio::test]
async fn what_the_scopes_do_not_allow_is_said_and_written_down() {
    let world = World::new().await;
    let plan = world.plan("north", &person(1), "Diabetes", 1).await;
    let router = surface(&world, Vec::new());
    world.door.give("narrow", caller("north", Role::Clinician, None), "user/CarePlan.rs");
    let goal = format!("Goal/{}", plan.goals[0].id);
    for (path, what, wanted) in
        [(format!("/{goal}"), Some(goal.clone()), "user/Goal.r"), ("/Goal".to_owned(), None, "user/Goal.s")]
    {
        world.log.written();
        let (status, challenge, outcome) = get(&router, &path, "narrow").await;
        assert_eq!((status, &outcome["issue"][0]["code"]), (403, &json!("forbidden")));
        assert_eq!(challenge, format!("Bearer error=\"insufficient_scope\", scope=\"{wanted}\""));
        let event = world.log.written().pop().unwrap();
        assert_eq!((event.outcome, event.what), (Outcome::Refused(Why::NoScope), what));
    }
    world.log.fill_up();
    assert_eq!(get(&router, "/Goal", "narrow").await.0, 503, "what cannot be written down is not told");
}
