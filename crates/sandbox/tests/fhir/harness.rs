//! One EHR without a network: a store, its router, and a clock that a test moves.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use fhir_server::{Interaction, Outcome};
use http_body_util::BodyExt;
use jiff::Timestamp;
use sandbox::fhir::{Access, Behaviour, Guard, Refusal, Store, Surface};
use serde_json::{Value, json};
use tower::ServiceExt;

pub const BASE: &str = "http://127.0.0.1:4001/fhir";

/// An EHR under test.
pub struct Ehr {
    pub store: Arc<Store>,
    pub access: Arc<Door>,
    clock: Arc<AtomicI64>,
    router: axum::Router,
}

/// A guard whose answer a test sets.
pub struct Door(Mutex<Option<Access>>);

impl Guard for Door {
    fn admit(&self, _: &HeaderMap) -> Result<Access, Refusal> {
        let outcome = Outcome::all_ok("Sign in.");
        self.0.lock().expect("no test panics here").clone().ok_or(Refusal {
            status: 401,
            outcome,
            challenge: Some("Bearer".into()),
        })
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answered {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Value,
    pub text: String,
}

impl Ehr {
    pub fn new() -> Self {
        Self::with(Behaviour::default())
    }

    pub fn with(behaviour: Behaviour) -> Self {
        let clock = Arc::new(AtomicI64::new(1_795_000_000));
        let time = Arc::clone(&clock);
        let now = move || Timestamp::from_second(time.load(Ordering::Relaxed)).expect("a time of this century");
        let store = Arc::new(Store::new(Arc::new(now), behaviour));
        let access = Arc::new(Door(Mutex::new(Some(Access::everything()))));
        let guard: Arc<dyn Guard> = Arc::clone(&access) as Arc<dyn Guard>;
        let surface = Surface::new(Arc::clone(&store), guard, BASE.parse().expect("an address"));
        let security = json!({"service": [{"text": "SMART-on-FHIR"}]});
        let inner = surface.named("Valley Primary Care").security(security).router();
        Self { store, access, clock, router: axum::Router::new().nest_service("/fhir", inner) }
    }

    /// An EHR with two people and a little of everything.
    pub fn peopled() -> Self {
        let ehr = Self::new();
        ehr.load(people());
        ehr
    }

    pub fn load(&self, resources: Vec<Value>) {
        let entries: Vec<Value> = resources.into_iter().map(|resource| json!({"resource": resource})).collect();
        let bundle = json!({"resourceType": "Bundle", "type": "collection", "entry": entries});
        let report = self.store.load_bundle(&bundle).expect("a Bundle");
        assert_eq!(report.problems, [], "everything is taken in");
    }

    pub fn let_in(&self, access: Access) {
        *self.access.0.lock().expect("no test panics here") = Some(access);
    }

    pub fn shut(&self) {
        *self.access.0.lock().expect("no test panics here") = None;
    }

    pub fn later(&self, seconds: i64) {
        self.clock.fetch_add(seconds, Ordering::Relaxed);
    }

    pub async fn get(&self, path: &str) -> Answered {
        self.send("GET", path, &[], None).await
    }

    pub async fn put(&self, path: &str, body: &Value, headers: &[(&str, &str)]) -> Answered {
        self.write("PUT", path, body, headers).await
    }

    pub async fn post(&self, path: &str, body: &Value, headers: &[(&str, &str)]) -> Answered {
        self.write("POST", path, body, headers).await
    }

    pub async fn write(&self, method: &str, path: &str, body: &Value, headers: &[(&str, &str)]) -> Answered {
        let mut all = vec![("content-type", "application/fhir+json")];
        all.extend_from_slice(headers);
        self.send(method, path, &all, Some(body.to_string())).await
    }

    /// Sends a request; the path is below the base, or a whole address under it.
    pub async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<String>) -> Answered {
        let path = path.strip_prefix(BASE).unwrap_or(path);
        let mut request = Request::builder().method(method).uri(format!("/fhir{path}"));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body.map_or_else(Body::empty, Body::from)).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("a router always answers");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("a body in memory").to_bytes();
        let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
        Answered {
            status: parts.status,
            headers: parts.headers,
            body: serde_json::from_str(&text).unwrap_or_default(),
            text,
        }
    }
}

impl Answered {
    /// Ids of the entries with this `search.mode`, as `Type/id`.
    pub fn ids(&self, mode: &str) -> Vec<String> {
        let entries = self.body["entry"].as_array().cloned().unwrap_or_default();
        let wanted = entries.iter().filter(|entry| entry["search"]["mode"] == *mode);
        wanted
            .map(|entry| format!("{}/{}", word(&entry["resource"]["resourceType"]), word(&entry["resource"]["id"])))
            .collect()
    }

    pub fn matches(&self) -> Vec<String> {
        self.ids("match")
    }

    pub fn next(&self) -> Option<String> {
        let links = self.body["link"].as_array()?;
        links.iter().find(|link| link["relation"] == "next").map(|link| word(&link["url"]))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Checks that the request was refused with an OperationOutcome.
    #[track_caller]
    pub fn refused(&self, status: u16) -> &Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        assert_eq!(self.body["resourceType"], "OperationOutcome", "{}", self.text);
        assert_eq!(self.body["issue"][0]["severity"], "error");
        &self.body["issue"][0]
    }
}

pub fn word(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Reads only, of every type.
pub fn reader(patient: Option<&str>) -> Access {
    let reading = [Interaction::Read, Interaction::Vread, Interaction::History, Interaction::Search];
    Access { may: Arc::new(move |_, interaction| reading.contains(&interaction)), patient: patient.map(str::to_owned) }
}

pub fn goal(id: &str, patient: &str) -> Value {
    json!({"resourceType": "Goal", "id": id, "lifecycleStatus": "active", "description": {"text": "HbA1c"},
        "subject": {"reference": format!("Patient/{patient}")}, "target": [{"dueDate": "2027-03-31"}]})
}

fn people() -> Vec<Value> {
    let mut all = vec![
        json!({"resourceType": "Practitioner", "id": "dr", "name": [{"family": "Okafor"}]}),
        json!({"resourceType": "Organization", "id": "vp", "name": "Valley Primary Care",
            "identifier": [{"system": "urn:npi", "value": "1"}]}),
    ];
    for person in ["ada", "ben"] {
        let subject = json!({"reference": format!("Patient/{person}")});
        let id = |what: &str| format!("{person}-{what}");
        all.push(json!({"resourceType": "Patient", "id": person, "birthDate": "1957-11-07", "gender": "female",
            "name": [{"family": "Lane", "given": [person]}], "generalPractitioner": [{"reference": "Practitioner/dr"}]}));
        all.push(goal(&id("goal"), person));
        all.push(json!({"resourceType": "CarePlan", "id": id("plan"), "status": "active", "intent": "plan", "subject": subject,
            "category": [{"coding": [{"system": "http://hl7.org/fhir/us/core/CodeSystem/careplan-category", "code": "assess-plan"}]}],
            "goal": [{"reference": format!("Goal/{person}-goal")}], "author": {"reference": "Practitioner/dr"}}));
        all.push(json!({"resourceType": "CareTeam", "id": id("team"), "status": "active", "subject": subject,
            "participant": [{"member": {"reference": "Practitioner/dr"}}, {"member": subject}]}));
        all.push(json!({"resourceType": "Condition", "id": id("ckd"), "subject": subject, "onsetDateTime": "2019-04",
            "clinicalStatus": {"coding": [{"code": "active"}]},
            "code": {"coding": [{"system": "http://snomed.info/sct", "code": "433144002"}], "text": "CKD stage 3"}}));
        all.push(json!({"resourceType": "MedicationRequest", "id": id("rx"), "status": "active", "intent": "order", "subject": subject,
            "medicationCodeableConcept": {"text": "Lisinopril 10 mg"}}));
        for (number, day) in ["2026-01-10", "2026-04-10", "2026-07-10"].iter().enumerate() {
            all.push(json!({"resourceType": "Observation", "id": format!("{person}-a1c-{number}"), "status": "final", "subject": subject,
                "category": [{"coding": [{"code": "laboratory"}]}], "effectiveDateTime": day,
                "code": {"coding": [{"system": "http://loinc.org", "code": "4548-4"}]}, "valueQuantity": {"value": 7.5, "unit": "%"}}));
        }
        all.push(json!({"resourceType": "Provenance", "id": id("prov"), "recorded": "2026-01-01T00:00:00Z",
            "target": [{"reference": format!("Goal/{person}-goal")}], "agent": [{"who": {"reference": "Practitioner/dr"}}]}));
        all.push(json!({"resourceType": "Linkage", "id": id("link"),
            "item": [{"type": "source", "resource": subject}, {"type": "alternate", "resource": {"reference": "http://elsewhere.test/fhir/Patient/9"}}]}));
    }
    all
}
