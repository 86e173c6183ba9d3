//! A small EHR: it has resources of one person, and a fault if the test wants one.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use http::HeaderMap;
use serde_json::{Value, json};
use tokio::task::JoinHandle;
use url::Url;

/// What a test wants answered instead, by the target below the base (`Goal?patient=p1&…`) and the headers.
pub type Fault = Arc<dyn Fn(&str, &HeaderMap) -> Option<Response> + Send + Sync>;

/// The EHR; it stops when dropped.
pub struct Ehr {
    pub base: Url,
    targets: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Ehr {
    /// Starts an EHR with these resources.
    pub async fn start(resources: Vec<Value>) -> Self {
        Self::with(resources, |_, _| None).await
    }

    /// Starts an EHR that answers some requests in its own way.
    pub async fn with(
        resources: Vec<Value>,
        fault: impl Fn(&str, &HeaderMap) -> Option<Response> + Send + Sync + 'static,
    ) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}/fhir", listener.local_addr().unwrap()).parse().unwrap();
        let targets = Arc::new(Mutex::new(Vec::new()));
        let (resources, fault, record): (_, Fault, _) = (Arc::new(resources), Arc::new(fault), Arc::clone(&targets));
        let router = axum::Router::new().fallback(move |request: Request| {
            let target = request.uri().to_string().trim_start_matches("/fhir/").to_owned();
            record.lock().unwrap().push(target.clone());
            let response = fault(&target, request.headers()).unwrap_or_else(|| answer(&resources, &target));
            async move { response }
        });
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { base, targets, task }
    }

    /// What was asked so far.
    pub fn targets(&self) -> Vec<String> {
        self.targets.lock().unwrap().clone()
    }
}

impl Drop for Ehr {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The answer of an EHR without fault.
pub fn answer(resources: &[Value], target: &str) -> Response {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    if path == "metadata" {
        return body(200, &capability("4.0.1"));
    }
    if let Some((kind, id)) = path.split_once('/') {
        let found = resources.iter().find(|resource| resource["resourceType"] == kind && resource["id"] == id);
        return found.map_or_else(|| outcome(404, "not here"), |resource| body(200, resource));
    }
    let ids = query.split('&').find_map(|pair| pair.strip_prefix("_id=")).map(|ids| ids.replace("%2C", ","));
    let asked = |resource: &&Value| {
        let id = resource["id"].as_str().unwrap_or_default();
        resource["resourceType"] == path && ids.as_ref().is_none_or(|ids| ids.split(',').any(|asked| asked == id))
    };
    bundle(resources.iter().filter(asked).map(|resource| json!({ "resource": resource })).collect(), None)
}

/// A CapabilityStatement that lists what a plan needs.
pub fn capability(version: &str) -> Value {
    listing(
        version,
        &[
            "Patient",
            "Observation",
            "Condition",
            "Goal",
            "CarePlan",
            "CareTeam",
            "ServiceRequest",
            "MedicationRequest",
            "MedicationStatement",
            "CommunicationRequest",
            "Task",
            "Appointment",
            "Procedure",
            "Immunization",
            "DiagnosticReport",
            "AllergyIntolerance",
            "Linkage",
            "Practitioner",
            "Organization",
            "PractitionerRole",
        ],
    )
}

/// A CapabilityStatement that lists the types of these resources, and no other.
pub fn capability_for(resources: &[Value]) -> Value {
    let kinds: BTreeSet<&str> = resources.iter().filter_map(|resource| resource["resourceType"].as_str()).collect();
    listing("4.0.1", &kinds.into_iter().collect::<Vec<_>>())
}

fn listing(version: &str, kinds: &[&str]) -> Value {
    let resource = |kind: &&str| {
        let item = if *kind == "Linkage" { json!([{ "name": "item" }]) } else { json!([]) };
        json!({ "type": kind, "interaction": [{ "code": "read" }, { "code": "search-type" }], "searchParam": item })
    };
    json!({ "resourceType": "CapabilityStatement", "fhirVersion": version,
        "rest": [{ "mode": "server", "resource": kinds.iter().map(resource).collect::<Vec<_>>() }] })
}

pub fn body(status: u16, body: &Value) -> Response {
    let response = Response::builder().status(status).header("content-type", "application/fhir+json");
    response.body(Body::from(body.to_string())).unwrap()
}

pub fn bundle(entries: Vec<Value>, next: Option<&str>) -> Response {
    let link = next.map(|next| json!({ "relation": "next", "url": next }));
    body(200, &json!({ "resourceType": "Bundle", "type": "searchset", "link": link, "entry": entries }))
}

pub fn outcome(status: u16, words: &str) -> Response {
    body(
        status,
        &json!({ "resourceType": "OperationOutcome", "issue": [{ "severity": "error", "diagnostics": words }] }),
    )
}

pub fn status(status: u16) -> Response {
    Response::builder().status(status).body(Body::empty()).unwrap()
}

/// The records of a person who is `patient` here: one of most types, tied together.
pub fn records(patient: &str) -> Vec<Value> {
    let subject = json!({ "reference": format!("Patient/{patient}") });
    vec![
        json!({ "resourceType": "Patient", "id": patient }),
        json!({ "resourceType": "Condition", "id": "c1", "subject": subject, "recorder": { "reference": "PractitionerRole/r1" } }),
        json!({ "resourceType": "Goal", "id": "g1", "subject": subject, "addresses": [{ "reference": "Condition/c1" }],
            "expressedBy": { "reference": "Practitioner/dr1" } }),
        json!({ "resourceType": "CarePlan", "id": "cp1", "subject": subject, "author": { "reference": "Practitioner/dr2" } }),
        json!({ "resourceType": "Observation", "id": "o1", "subject": subject, "valueQuantity": { "value": 7.10 } }),
        json!({ "resourceType": "NutritionOrder", "id": "n1", "patient": subject }),
        json!({ "resourceType": "Linkage", "id": "l1", "item": [{ "type": "source", "resource": subject }] }),
        json!({ "resourceType": "Practitioner", "id": "dr1" }),
        json!({ "resourceType": "Practitioner", "id": "dr2" }),
        json!({ "resourceType": "PractitionerRole", "id": "r1", "organization": { "reference": "Organization/org1" } }),
        json!({ "resourceType": "Organization", "id": "org1" }),
    ]
}
