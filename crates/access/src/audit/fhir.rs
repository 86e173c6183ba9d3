//! An event as a FHIR R4 AuditEvent, by the patterns of IHE BALP (ITI Basic Audit Log Patterns).
//!
//! Where we leave them: the user's token is not an identifier here, not even a part of it (ASVS 16.2.5); issuer and
//! subject are.

use serde_json::{Value, json};

use super::{AuditEvent, Outcome};
use crate::Role;
use crate::policy::Operation;

const PROFILES: &str = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/";
const DICOM: &str = "http://dicom.nema.org/resources/ontology/DCM";
const ENTITY_TYPE: &str = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
const OBJECT_ROLE: &str = "http://terminology.hl7.org/CodeSystem/object-role";

/// Who observed the event: this installation.
#[derive(Debug, Clone, Copy)]
pub struct Observer<'a> {
    /// Its public address.
    pub address: &'a str,
}

/// Writes the event as FHIR. `id` is its number in the log; `base` gives the FHIR base of a source, if it is known.
pub fn to_fhir(event: &AuditEvent, id: u64, observer: Observer<'_>, base: impl Fn(&str) -> Option<String>) -> Value {
    let kind = kind(event.operation);
    let mut resource = json!({
        "resourceType": "AuditEvent",
        "id": id.to_string(),
        "type": kind.event_type(),
        "subtype": [kind.subtype(), { "system": "urn:accord:operation", "code": event.operation.code() }],
        "action": kind.action(),
        "recorded": event.when.to_string(),
        "outcome": outcome(event.outcome),
        "agent": agents(event, kind, observer, &base),
        "source": {
            "site": &*event.tenant.0,
            "observer": { "display": observer.address },
            "type": [coding("http://terminology.hl7.org/CodeSystem/security-source-type", "4", "Application Server")],
        },
    });
    // A profile says that the action succeeded, about a patient who is known.
    if let (Some(profile), Outcome::Done, Some(_)) = (kind.profile(), event.outcome, &event.patient) {
        resource["meta"] = json!({ "profile": [format!("{PROFILES}{profile}")] });
    }
    if let Some(text) = said(event) {
        resource["outcomeDesc"] = Value::from(text);
    }
    let entities = entities(event, &base);
    if !entities.is_empty() {
        resource["entity"] = Value::from(entities);
    }
    resource
}

/// What an operation is to a reader of logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Query,
    Read,
    Update,
    SignIn,
    SignOut,
    Consent,
    Other,
}

fn kind(operation: Operation) -> Kind {
    match operation {
        // The plan is made of searches at each source.
        Operation::ReadPlan
        | Operation::ReadPlanData
        | Operation::FollowEvents
        | Operation::ReadSources
        | Operation::RetrySource
        | Operation::OpenPanel
        | Operation::OpenPerson
        | Operation::ReadAudit
        | Operation::ReadSharedPlan
        | Operation::ReadConsents => Kind::Query,
        Operation::ReadGoal => Kind::Read,
        Operation::ChangeGoal
        | Operation::WriteSharedPlan
        | Operation::SignSharedPlan
        | Operation::ReportProgress
        | Operation::AnswerGoal
        | Operation::AddConcern
        | Operation::DecideIssue
        | Operation::ConfirmPerson
        | Operation::JoinPersons
        | Operation::SplitPerson => Kind::Update,
        Operation::BeginLaunch | Operation::FinishLaunch | Operation::ConnectSource | Operation::ExtendSession => {
            Kind::SignIn
        }
        Operation::SignOut | Operation::DisconnectSource => Kind::SignOut,
        Operation::GiveConsent | Operation::RevokeConsent => Kind::Consent,
        Operation::OpenStart
        | Operation::ReadHealth
        | Operation::ReadKeys
        | Operation::ReadFile
        | Operation::ReadSession
        | Operation::KeepTyped
        | Operation::CallCarePlanService
        | Operation::ChooseProvider => Kind::Other,
    }
}

impl Kind {
    fn profile(self) -> Option<&'static str> {
        match self {
            Self::Query => Some("IHE.BasicAudit.PatientQuery"),
            Self::Read => Some("IHE.BasicAudit.PatientRead"),
            Self::Update => Some("IHE.BasicAudit.PatientUpdate"),
            Self::SignIn | Self::SignOut | Self::Consent | Self::Other => None,
        }
    }

    fn event_type(self) -> Value {
        match self {
            Self::Query | Self::Read | Self::Update => {
                coding("http://terminology.hl7.org/CodeSystem/audit-event-type", "rest", "Restful Operation")
            }
            Self::SignIn | Self::SignOut => coding(DICOM, "110114", "User Authentication"),
            Self::Consent | Self::Other => coding(DICOM, "110100", "Application Activity"),
        }
    }

    fn subtype(self) -> Value {
        let rest = |code| coding("http://hl7.org/fhir/restful-interaction", code, code);
        match self {
            Self::Query => rest("search"),
            Self::Read => rest("read"),
            Self::Update => rest("update"),
            Self::SignIn => coding(DICOM, "110122", "Login"),
            Self::SignOut => coding(DICOM, "110123", "Logout"),
            Self::Consent => json!({ "system": "urn:accord:operation-kind", "code": "consent" }),
            Self::Other => json!({ "system": "urn:accord:operation-kind", "code": "public" }),
        }
    }

    fn action(self) -> &'static str {
        match self {
            Self::Read => "R",
            Self::Update | Self::Consent => "U",
            Self::Query | Self::SignIn | Self::SignOut | Self::Other => "E",
        }
    }
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Done => "0",
        Outcome::Refused(_) | Outcome::TooOften | Outcome::NotThere | Outcome::Stale => "4",
        Outcome::PatientMismatch | Outcome::Failed => "8",
    }
}

/// The user asks, Accord is the client, the source is the server.
fn agents(
    event: &AuditEvent,
    kind: Kind,
    observer: Observer<'_>,
    base: &impl Fn(&str) -> Option<String>,
) -> Vec<Value> {
    let mut user = json!({
        "type": { "coding": [coding(
            "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "IRCP", "information recipient",
        )] },
        "requestor": true,
    });
    user["who"] = match &event.who {
        Some(who) => json!({ "identifier": { "system": who.issuer, "value": who.subject } }),
        None => json!({ "display": "not known" }),
    };
    if let Some(role) = event.role {
        user["role"] = json!([{ "coding": [{ "system": "urn:accord:role", "code": role_code(role) }] }]);
        user["purposeOfUse"] = json!([{ "coding": [purpose(role)] }]);
    }
    let machine = |code: &str, display: &str, address: &str| {
        json!({
            "type": { "coding": [coding(DICOM, code, display)] },
            "who": { "display": address },
            "requestor": false,
            "network": { "address": address, "type": "5" },
        })
    };
    // Data flows to whoever reads, and from whoever writes.
    let ((ours, ours_is), (theirs, theirs_is)) = match kind {
        Kind::Read | Kind::SignIn | Kind::SignOut | Kind::Consent | Kind::Other => {
            (("110152", "Destination Role ID"), ("110153", "Source Role ID"))
        }
        Kind::Query | Kind::Update => (("110153", "Source Role ID"), ("110152", "Destination Role ID")),
    };
    let mut agents = vec![user, machine(ours, ours_is, observer.address)];
    if let Some(source) = &event.source {
        agents.push(machine(theirs, theirs_is, &base(source).unwrap_or_else(|| source.clone())));
    }
    agents
}

fn entities(event: &AuditEvent, base: &impl Fn(&str) -> Option<String>) -> Vec<Value> {
    let mut entities = Vec::new();
    if let Some(at) = &event.patient {
        let reference = match base(&at.source) {
            Some(base) => format!("{}/Patient/{}", base.trim_end_matches('/'), at.patient),
            None => format!("Patient/{}", at.patient),
        };
        entities.push(json!({
            "what": { "reference": reference },
            "type": coding(ENTITY_TYPE, "1", "Person"),
            "role": coding(OBJECT_ROLE, "1", "Patient"),
        }));
    }
    if matches!(kind(event.operation), Kind::Query) {
        entities.push(json!({
            "type": coding(ENTITY_TYPE, "2", "System Object"),
            "role": coding(OBJECT_ROLE, "24", "Query"),
            "description": event.operation.code(),
        }));
    }
    if let Some(what) = &event.what {
        entities.push(json!({
            "what": { "reference": what },
            "type": coding(ENTITY_TYPE, "2", "System Object"),
            "role": coding(OBJECT_ROLE, "4", "Domain Resource"),
        }));
    }
    if let Some(launch) = &event.launch {
        entities.push(json!({
            "what": { "identifier": { "system": "urn:accord:launch", "value": launch.as_str() } },
            "type": coding(ENTITY_TYPE, "2", "System Object"),
            "role": coding(OBJECT_ROLE, "20", "Job"),
        }));
    }
    if let Some(request) = &event.request {
        entities.push(json!({
            "what": { "identifier": { "value": request } },
            "type": { "system": "https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType", "code": "XrequestId" },
        }));
    }
    entities
}

fn said(event: &AuditEvent) -> Option<String> {
    let outcome = match event.outcome {
        Outcome::Done => None,
        Outcome::Refused(why) => Some(why.code()),
        Outcome::PatientMismatch | Outcome::TooOften | Outcome::Failed | Outcome::NotThere | Outcome::Stale => {
            Some(event.outcome.code())
        }
    };
    match (outcome, &event.reason) {
        (Some(outcome), Some(reason)) => Some(format!("{outcome}: {reason}")),
        (Some(outcome), None) => Some(outcome.to_owned()),
        (None, reason) => reason.clone(),
    }
}

fn role_code(role: Role) -> &'static str {
    match role {
        Role::Clinician => "clinician",
        Role::Patient => "patient",
        Role::Coordinator => "coordinator",
        Role::Carer => "carer",
    }
}

fn purpose(role: Role) -> Value {
    let (code, display) = match role {
        Role::Clinician => ("TREAT", "treatment"),
        Role::Coordinator => ("COC", "coordination of care"),
        Role::Patient => ("PATRQT", "patient requested"),
        Role::Carer => ("FAMRQT", "family requested"),
    };
    coding("http://terminology.hl7.org/CodeSystem/v3-ActReason", code, display)
}

fn coding(system: &str, code: &str, display: &str) -> Value {
    json!({ "system": system, "code": code, "display": display })
}
