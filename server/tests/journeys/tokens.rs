//! Tokens of real identity services: the sandbox's own, and one whose keys are fetched and change.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use access::Secret;
use axum::Json;
use axum::extract::State;
use axum::routing::get;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use p256::elliptic_curve::sec1::ToEncodedPoint;
use p256::pkcs8::EncodePrivateKey;
use sandbox::{IdentityClient, IdentityConfig, PASSWORD};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use url::Url;

use crate::support::browser::Browser;
use crate::support::program::{PLANS, Program, form};
use crate::support::world::World;

const CLIENT: [(&str, &str); 2] = [("client_id", "demo"), ("client_secret", "of the demonstration")];

/// A world whose first EHR has the tenant's identity service beside it.
async fn world() -> World {
    let mut ehrs = World::ehrs();
    let client = IdentityClient {
        id: "demo".to_owned(),
        secret: Secret::new("of the demonstration"),
        scopes: vec!["system/*.cruds".to_owned()],
    };
    ehrs[0].identity =
        Some(IdentityConfig { audience: "accord".to_owned(), tenant: "valley".to_owned(), clients: vec![client] });
    let lines = "[[care_plan_service.issuers]]\nissuer = \"{valley-ehr}/identity\"\naudience = \"accord\"\ntenant = \"valley\"\n\
                 jwks_url = \"{valley-ehr}/identity/jwks\"\ntoken_url = \"{valley-ehr}/identity/token\"\n\
                 patient_source = \"valley-ehr\"\ntreats_at = [\"valley-ehr\"]\n\
                 roles = { clinician = \"clinician\", coordinator = \"coordinator\", patient = \"patient\" }\n\
                 programs = [{ id = \"demo\", scopes = [\"system/*.cruds\"] }]\n";
    World::with_lines(ehrs, lines).await
}

/// A token of the sandbox's identity service, from where Accord itself says that tokens are had.
async fn token(world: &World, fields: &[(&str, &str)]) -> String {
    let discovery = Program::with(world, String::new()).get("/fhir/r4/.well-known/smart-configuration").await;
    let discovery = discovery.must(200);
    assert_eq!(discovery.header("content-type"), "application/json");
    let endpoint: Url = discovery.json["token_endpoint"].as_str().expect("an address").parse().expect("an address");
    let fields: Vec<(&str, &str)> = CLIENT.iter().chain(fields).copied().collect();
    let got = form(&endpoint, &fields).await.must(200);
    got.json["access_token"].as_str().expect("a token").to_owned()
}

async fn user<'w>(world: &'w World, name: &str, scope: &str, patient: Option<&str>) -> Program<'w> {
    let mut fields = vec![("grant_type", "password"), ("username", name), ("password", PASSWORD), ("scope", scope)];
    fields.extend(patient.map(|patient| ("patient", patient)));
    Program::with(world, token(world, &fields).await)
}

/// The Patient of Marisol at an EHR.
fn marisol(ehr: &str) -> String {
    sandbox::people::whereabouts()[0].patient_id(ehr).expect("known there").to_owned()
}

#[tokio::test]
async fn with_tokens_of_the_sandbox_a_plan_is_begun_signed_and_read_as_fhir() {
    let world = world().await;
    let patient = marisol("valley-ehr");
    assert_eq!(world.open(&Browser::new(), "valley-ehr", "castellanos", &patient).await.status, 200);
    let program =
        token(&world, &[("grant_type", "client_credentials"), ("scope", "system/CarePlan.cruds system/Goal.cruds")]);
    let program = Program::with(&world, program.await);
    let new = json!({ "patient": { "source": "valley-ehr", "id": patient }, "title": "Diabetes and kidneys" });
    let made = program.post(PLANS, new).await.must(201);
    let plan = format!("{PLANS}/{}", made.id());
    let goal = json!({ "version": 1, "status": "active", "description": { "text": "HbA1c below 8 %" } });
    program.post(&format!("{plan}/goals"), goal).await.must(201);
    // The program asked for no tasks and no teams.
    program.get(&plan).await.must(403);

    let coordinator = user(&world, "okoro", "user/*.cruds", Some(&patient)).await;
    let doctor = user(&world, "castellanos", "user/*.cruds", None).await;
    let person = user(&world, "marisol", "patient/*.cruds", None).await;
    let review = json!({ "version": 2, "roles": ["clinician", "patient"] });
    coordinator.post(&format!("{plan}/review"), review).await.must(200);
    doctor.post(&format!("{plan}/review/sign"), json!({ "version": 3 })).await.must(200);
    person.post(&format!("{plan}/review/sign"), json!({ "version": 4 })).await.must(200);
    coordinator.send("POST", &format!("{plan}/activate"), None, &[("if-match", "\"5\"")]).await.must(200);

    let reader = user(&world, "castellanos", "user/CarePlan.r", None).await;
    let fhir = reader.get(&format!("/fhir/r4/CarePlan/{}", made.id())).await.must(200);
    assert_eq!(fhir.json["status"], "active");
    let refused = reader.get("/fhir/r4/Goal").await.must(403);
    let challenge = "Bearer error=\"insufficient_scope\", scope=\"user/Goal.s\"";
    assert_eq!(
        (refused.header("www-authenticate"), &refused.json["resourceType"]),
        (challenge, &json!("OperationOutcome"))
    );
}

#[tokio::test]
async fn metadata_says_where_tokens_come_from() {
    let world = world().await;
    let metadata = Program::with(&world, String::new()).get("/fhir/r4/metadata").await.must(200);
    let security = &metadata.json["rest"][0]["security"];
    assert_eq!(security["service"][0]["coding"][0]["code"], "SMART-on-FHIR");
    let uris = security["extension"][0]["extension"].as_array().expect("addresses");
    let token = uris.iter().find(|uri| uri["url"] == "token").expect("one for tokens");
    assert_eq!(token["valueUri"], format!("{}/identity/token", world.sandbox.ehr("valley-ehr").origin()));
}

#[tokio::test]
async fn a_clinician_reaches_whom_the_organisation_treats_and_nobody_else() {
    let world = world().await;
    // Desmond is known at Valley; Loan was opened by the nephrologists only.
    let people = sandbox::people::whereabouts();
    let id = |person: usize, ehr: &str| people[person].patient_id(ehr).expect("known there").to_owned();
    for (ehr, doctor, patient) in
        [("valley-ehr", "castellanos", id(1, "valley-ehr")), ("nephrology", "solberg", id(2, "nephrology"))]
    {
        assert_eq!(world.open(&Browser::new(), ehr, doctor, &patient).await.status, 200);
    }
    let program = token(&world, &[("grant_type", "client_credentials"), ("scope", "system/*.cruds")]).await;
    let program = Program::with(&world, program);
    let mut plans = Vec::new();
    for (ehr, patient) in [("valley-ehr", id(1, "valley-ehr")), ("nephrology", id(2, "nephrology"))] {
        let new = json!({ "patient": { "source": ehr, "id": patient }, "title": "Of somebody" });
        plans.push(program.post(PLANS, new).await.must(201).id().to_owned());
    }
    let doctor = user(&world, "castellanos", "user/*.cruds", None).await;
    doctor.get(&format!("{PLANS}/{}", plans[0])).await.must(200);
    doctor.get(&format!("{PLANS}/{}", plans[1])).await.must(404);
    let listed = doctor.get(PLANS).await.must(200);
    let listed: Vec<&Value> = listed.json["plans"].as_array().expect("a list").iter().map(|plan| &plan["id"]).collect();
    assert_eq!(listed, [&json!(plans[0])]);
    doctor.get(&format!("/fhir/r4/CarePlan/{}", plans[1])).await.must(404);
    let found = doctor.get("/fhir/r4/CarePlan").await.must(200);
    assert_eq!(found.json["entry"].as_array().map(Vec::len), Some(1), "{}", found.json);
    // A coordinator without anybody who shares reaches nobody.
    let coordinator = user(&world, "okoro", "user/*.cruds", None).await;
    assert_eq!(coordinator.get(PLANS).await.must(200).json["plans"], json!([]));
    coordinator.get(&format!("{PLANS}/{}", plans[0])).await.must(404);
}

/// An identity service of a test: a key set that is asked for over HTTP.
struct Issuer {
    published: Mutex<Vec<u8>>,
    asked: AtomicUsize,
}

impl Issuer {
    async fn start() -> (Arc<Self>, Url) {
        let issuer = Arc::new(Self { published: Mutex::new(vec![31]), asked: AtomicUsize::new(0) });
        let router = axum::Router::new().route("/keys", get(Self::keys)).with_state(issuer.clone());
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let address = format!("http://{}/", listener.local_addr().expect("an address")).parse().expect("an address");
        tokio::spawn(async move { axum::serve(listener, router).await });
        (issuer, address)
    }

    async fn keys(State(issuer): State<Arc<Self>>) -> Json<Value> {
        issuer.asked.fetch_add(1, Ordering::SeqCst);
        let seeds = issuer.published.lock().expect("nobody panics").clone();
        Json(json!({ "keys": seeds.into_iter().map(public).collect::<Vec<_>>() }))
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

fn key(seed: u8) -> p256::SecretKey {
    p256::SecretKey::from_slice(&[seed; 32]).expect("a key")
}

fn public(seed: u8) -> Value {
    let point = key(seed).public_key().to_encoded_point(false);
    let text = |bytes: Option<&p256::FieldBytes>| URL_SAFE_NO_PAD.encode(bytes.expect("not compressed"));
    json!({ "kty": "EC", "crv": "P-256", "kid": seed.to_string(), "x": text(point.x()), "y": text(point.y()) })
}

fn signed(world: &World, issuer: &Url, seed: u8) -> String {
    use access::Clock;
    let claims = json!({
        "iss": issuer.as_str(), "aud": "accord", "sub": "somebody", "roles": "doctor", "scope": "user/*.rs",
        "exp": world.clock.now().as_second() + 300,
    });
    let private = EncodingKey::from_ec_der(key(seed).to_pkcs8_der().expect("a form").as_bytes());
    let header = Header { kid: Some(seed.to_string()), ..Header::new(Algorithm::ES256) };
    jsonwebtoken::encode(&header, &claims, &private).expect("a signature")
}

#[tokio::test]
async fn keys_are_fetched_once_kept_and_fetched_again_for_a_new_key_once_a_minute_at_most() {
    let (issuer, address) = Issuer::start().await;
    let lines = format!(
        "[[care_plan_service.issuers]]\nissuer = \"{address}\"\naudience = \"accord\"\ntenant = \"valley\"\n\
         jwks_url = \"{address}keys\"\nroles = {{ doctor = \"clinician\" }}\n"
    );
    let world = World::with_lines(World::ehrs(), &lines).await;
    assert_eq!(issuer.asked(), 0, "nobody has called yet");
    let list = async |seed: u8| Program::with(&world, signed(&world, &address, seed)).get(PLANS).await.status;
    assert_eq!((list(31).await, list(31).await, issuer.asked()), (200, 200, 1));
    // The service changes its key; who comes within the minute waits.
    issuer.published.lock().expect("nobody panics").push(32);
    assert_eq!((list(32).await, issuer.asked()), (401, 1));
    world.clock.by_seconds(60);
    assert_eq!((list(32).await, list(31).await, issuer.asked()), (200, 200, 2));
    // Made-up keys do not make us ask.
    for seed in 40..60 {
        assert_eq!(list(seed).await, 401);
    }
    assert_eq!(issuer.asked(), 2);
    // The key of another identity service, which is that of all other tenants, opens nothing here.
    let other = Program::new(&world, "castellanos", "doctor", &json!({}));
    other.get(PLANS).await.must(401);
}
