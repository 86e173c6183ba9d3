//! A sandbox server, as real as we have one, that counts what it is asked.

use std::sync::{Arc, Mutex};

use axum::extract::Request;
use axum::middleware::{self, Next};
use fhir_server::Floor;
use sandbox::fhir::{Behaviour, Open, Store, Surface};
use serde_json::{Value, json};
use tokio::task::JoinHandle;
use url::Url;

/// The server; it stops when dropped.
pub struct Sandbox {
    pub base: Url,
    pub store: Arc<Store>,
    asked: Arc<Mutex<Vec<(String, u16)>>>,
    task: JoinHandle<()>,
}

impl Sandbox {
    pub async fn start(behaviour: Behaviour, resources: Vec<Value>) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base: Url = format!("http://{}/fhir", listener.local_addr().unwrap()).parse().unwrap();
        let now = || "2026-01-05T10:00:00Z".parse().unwrap();
        let store = Arc::new(Store::new(Arc::new(now), behaviour));
        let entries: Vec<Value> = resources.into_iter().map(|resource| json!({ "resource": resource })).collect();
        let bundle = json!({ "resourceType": "Bundle", "type": "collection", "entry": entries });
        assert_eq!(store.load_bundle(&bundle).unwrap().problems, [], "everything is taken in");
        let asked: Arc<Mutex<Vec<(String, u16)>>> = Arc::default();
        let log = Arc::clone(&asked);
        let router = axum::Router::new()
            .nest_service("/fhir", Surface::new(Arc::clone(&store), Arc::new(Open), base.clone()).router())
            .layer(middleware::from_fn(move |request: Request, next: Next| {
                let (log, target) = (Arc::clone(&log), request.uri().to_string());
                async move {
                    let response = next.run(request).await;
                    let target = target.trim_start_matches("/fhir/").to_owned();
                    log.lock().unwrap().push((target, response.status().as_u16()));
                    response
                }
            }));
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { base, store, asked, task }
    }

    /// What was asked since the last look, with the status of the answer.
    pub fn asked(&self) -> Vec<(String, u16)> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Takes only what every US Core server must take.
pub fn floor_only() -> Behaviour {
    Behaviour { require: Floor::Required, ..Behaviour::default() }
}

/// One resource of every type that a plan needs, and one of somebody else.
pub fn one_of_each() -> Vec<Value> {
    let me = json!({ "reference": "Patient/p1" });
    let coded = |system: &str, code: &str| json!([{ "coding": [{ "system": system, "code": code }] }]);
    let observation = |id: &str, category: &str| {
        json!({ "resourceType": "Observation", "id": id, "status": "final", "subject": me,
            "category": coded("http://terminology.hl7.org/CodeSystem/observation-category", category) })
    };
    let plain = |kind: &str, person: &str| {
        let mut resource =
            json!({ "resourceType": kind, "id": format!("{}-1", kind.to_lowercase()), "status": "active" });
        resource[person] = me.clone();
        resource
    };
    let mut all = vec![
        json!({ "resourceType": "Patient", "id": "p1" }),
        json!({ "resourceType": "Patient", "id": "p2" }),
        json!({ "resourceType": "Goal", "id": "theirs", "subject": { "reference": "Patient/p2" } }),
        json!({ "resourceType": "CarePlan", "id": "cp1", "status": "active", "intent": "plan", "subject": me,
            "category": coded("http://hl7.org/fhir/us/core/CodeSystem/careplan-category", "assess-plan"),
            "careTeam": [{ "reference": "CareTeam/ct1" }] }),
        json!({ "resourceType": "CareTeam", "id": "ct1", "status": "active", "subject": me,
            "participant": [{ "member": { "reference": "PractitionerRole/r1" } }, { "member": { "reference": "RelatedPerson/relatedperson-1" } }] }),
        json!({ "resourceType": "MedicationRequest", "id": "mr1", "status": "active", "intent": "order", "subject": me,
            "medicationReference": { "reference": "Medication/m1" } }),
        json!({ "resourceType": "Medication", "id": "m1" }),
        json!({ "resourceType": "PractitionerRole", "id": "r1", "practitioner": { "reference": "Practitioner/dr1" },
            "organization": { "reference": "Organization/org1" } }),
        json!({ "resourceType": "Practitioner", "id": "dr1" }),
        json!({ "resourceType": "Practitioner", "id": "dr2" }),
        json!({ "resourceType": "Organization", "id": "org1" }),
        json!({ "resourceType": "Appointment", "id": "ap1", "status": "booked", "participant": [{ "actor": me }] }),
        json!({ "resourceType": "DocumentReference", "id": "directive", "status": "current", "subject": me,
            "type": coded("http://loinc.org", "42348-3")[0], "category": coded("http://loinc.org", "42348-3") }),
        json!({ "resourceType": "DocumentReference", "id": "visit-note", "status": "current", "subject": me,
            "type": coded("http://loinc.org", "11506-3")[0] }),
        json!({ "resourceType": "Provenance", "id": "pv1", "target": [{ "reference": "CarePlan/cp1" }, { "reference": "Observation/o1" }],
            "agent": [{ "who": { "reference": "Practitioner/dr2" } }] }),
        json!({ "resourceType": "Linkage", "id": "l1", "active": true, "item": [{ "type": "source", "resource": me }] }),
        observation("o1", "laboratory"),
        observation("o2", "vital-signs"),
    ];
    for kind in [
        "Condition",
        "Goal",
        "ServiceRequest",
        "MedicationStatement",
        "CommunicationRequest",
        "DeviceRequest",
        "Procedure",
        "Encounter",
        "DiagnosticReport",
        "QuestionnaireResponse",
        "RiskAssessment",
        "ClinicalImpression",
    ] {
        all.push(plain(kind, "subject"));
    }
    for kind in [
        "NutritionOrder",
        "Immunization",
        "AllergyIntolerance",
        "FamilyMemberHistory",
        "EpisodeOfCare",
        "RelatedPerson",
    ] {
        all.push(plain(kind, "patient"));
    }
    all.push(plain("Task", "for"));
    all
}
