//! Audit events: as FHIR, and before the answer.

use std::sync::Mutex;

use access::audit::{Observer, Unaudited, to_fhir};
use access::policy::Why;
use access::{
    Audit, AuditEvent, LaunchId, Operation, Outcome, PatientAt, Role, StoreError, TenantId, UserKey, audited,
    audited_change,
};
use async_trait::async_trait;
use serde_json::{Value, json};

fn event(operation: Operation) -> AuditEvent {
    let when = "2026-11-21T12:00:00Z".parse().unwrap();
    AuditEvent {
        who: Some(UserKey { issuer: "https://ehr.test".to_owned(), subject: "17".to_owned() }),
        role: Some(Role::Coordinator),
        patient: Some(PatientAt::new("valley-ehr", "p1")),
        source: Some("valley-ehr".to_owned()),
        launch: Some(LaunchId::from_random([1; 16])),
        request: Some("r-1".to_owned()),
        ..AuditEvent::new(TenantId::new("valley"), operation, when)
    }
}

fn fhir(event: &AuditEvent) -> Value {
    let base = |source: &str| (source == "valley-ehr").then(|| "https://ehr.test/fhir".to_owned());
    to_fhir(event, 7, Observer { address: "https://accord.test" }, base)
}

/// What BALP's PatientQuery, PatientRead and PatientUpdate ask of an event.
fn lacks(event: &Value) -> Vec<&'static str> {
    let agents = event["agent"].as_array().unwrap();
    let entities = event["entity"].as_array().unwrap();
    let agent = |code: &str| agents.iter().any(|agent| agent["type"]["coding"][0]["code"] == code);
    let entity = |role: &str| entities.iter().any(|entity| entity["role"]["code"] == role);
    let asked = [
        (event["type"]["code"] == "rest", "type"),
        (event["subtype"][0]["system"] == "http://hl7.org/fhir/restful-interaction", "subtype"),
        (["C", "R", "U", "D", "E"].iter().any(|code| event["action"] == *code), "action"),
        (event["recorded"].is_string(), "recorded"),
        (event["outcome"] == "0", "outcome"),
        (agent("110152") && agent("110153"), "client and server"),
        (agents.iter().filter(|agent| agent["requestor"] == true).count() == 1, "one who asks"),
        (agents.iter().all(|agent| !agent["who"].is_null()), "who"),
        (entity("1"), "patient"),
        (event["source"]["observer"].is_object(), "observer"),
    ];
    asked.into_iter().filter(|(there, _)| !there).map(|(_, what)| what).collect()
}

#[test]
fn reads_and_writes_have_what_balp_asks_for() {
    for (operation, profile) in [
        (Operation::ReadPlan, "PatientQuery"),
        (Operation::ReadGoal, "PatientRead"),
        (Operation::ChangeGoal, "PatientUpdate"),
    ] {
        let found = fhir(&event(operation));
        assert_eq!(lacks(&found), Vec::<&str>::new());
        let name = format!("https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.{profile}");
        assert_eq!(found["meta"]["profile"], json!([name]));
    }
}

#[test]
fn an_event_says_who_by_issuer_and_subject_and_which_patient_at_which_source() {
    let found = fhir(&event(Operation::ReadPlan));
    assert_eq!(found["agent"][0]["who"]["identifier"], json!({ "system": "https://ehr.test", "value": "17" }));
    assert_eq!(found["agent"][0]["purposeOfUse"][0]["coding"][0]["code"], "COC");
    assert_eq!(found["entity"][0]["what"]["reference"], "https://ehr.test/fhir/Patient/p1");
    assert_eq!(found["recorded"], "2026-11-21T12:00:00Z");
}

#[test]
fn a_refusal_names_its_reason_and_claims_no_profile() {
    for (outcome, code, said) in [
        (Outcome::Refused(Why::NoConsent), "4", "no-consent"),
        (Outcome::PatientMismatch, "8", "patient-mismatch"),
        (Outcome::TooOften, "4", "too-often"),
        (Outcome::Failed, "8", "failed"),
    ] {
        let found = fhir(&event(Operation::ReadPlan).with(outcome));
        assert_eq!((&found["outcome"], &found["outcomeDesc"]), (&json!(code), &json!(said)));
        assert!(found["meta"].is_null());
    }
}

#[test]
fn every_operation_is_an_event_that_comes_back_from_the_store_as_it_was() {
    for operation in Operation::ALL {
        let event = event(operation).with(Outcome::Refused(Why::RoleMayNot(Role::Carer)));
        assert_eq!(serde_json::from_slice::<AuditEvent>(&serde_json::to_vec(&event).unwrap()).unwrap(), event);
        let found = fhir(&event);
        assert!(["R", "U", "E"].iter().any(|code| found["action"] == *code));
        assert!(found["type"]["code"].is_string() && found["subtype"][0]["code"].is_string());
    }
}

#[derive(Default)]
struct Log {
    events: Mutex<Vec<Outcome>>,
    full: bool,
}

#[async_trait]
impl Audit for Log {
    async fn write_all(&self, events: &[AuditEvent]) -> Result<(), StoreError> {
        if self.full {
            return Err(StoreError("no space".into()));
        }
        self.events.lock().unwrap().extend(events.iter().map(|event| event.outcome));
        Ok(())
    }
}

#[tokio::test]
async fn a_read_whose_event_cannot_be_written_is_refused() {
    let log = Log { full: true, ..Log::default() };
    let read = audited(&log, event(Operation::ReadPlan), async { Ok::<_, StoreError>("a plan") }).await;
    assert!(matches!(read, Err(Unaudited::NotWritten(_))));
}

#[tokio::test]
async fn a_change_whose_event_cannot_be_written_is_not_begun() {
    let log = Log { full: true, ..Log::default() };
    let begun = Mutex::new(false);
    let change = audited_change(&log, event(Operation::ChangeGoal), async {
        *begun.lock().unwrap() = true;
        Ok::<_, StoreError>(())
    });
    assert!(matches!(change.await, Err(Unaudited::NotWritten(_))));
    assert!(!*begun.lock().unwrap());
}

#[tokio::test]
async fn what_came_of_it_is_in_the_log() {
    let log = Log::default();
    let fails = async || Err::<(), _>(StoreError("down".into()));
    audited(&log, event(Operation::ReadPlan), async { Ok::<_, StoreError>(()) }).await.unwrap();
    assert!(matches!(audited(&log, event(Operation::ReadPlan), fails()).await, Err(Unaudited::Failed(_))));
    assert!(matches!(audited_change(&log, event(Operation::ChangeGoal), fails()).await, Err(Unaudited::Failed(_))));
    let expected = [Outcome::Done, Outcome::Failed, Outcome::Done, Outcome::Failed];
    assert_eq!(*log.events.lock().unwrap(), expected);
}

#[test]
fn the_resource_that_was_read_or_changed_is_named() {
    let event = AuditEvent { what: Some("CarePlan/4f".to_owned()), ..event(Operation::WriteSharedPlan) };
    let entities = fhir(&event)["entity"].clone();
    let named = entities.as_array().unwrap().iter().find(|entity| entity["role"]["code"] == "4").cloned();
    assert_eq!(named.unwrap()["what"]["reference"], "CarePlan/4f");
    // An event of before the resource was named is read as one without.
    let mut old = serde_json::to_value(&event).unwrap();
    old.as_object_mut().unwrap().remove("what");
    assert_eq!(serde_json::from_value::<AuditEvent>(old).unwrap().what, None);
}
