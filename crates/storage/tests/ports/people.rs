//! Sessions, launches and what hangs on them, to try the ports with. What must not lie in a file in the clear says `canary`.

use access::launch::OpenedBy;
use access::{
    Consent, ConsentId, Launch, LaunchId, Link, PatientAt, PersonId, Proof, Purpose, Role, Session, SessionHash,
    StandingGrant, StandingKey, TenantId, UserKey, Viewer,
};
use fhir::{ResourceKey, SourceId};
use jiff::Timestamp;
use smart::{Grant, PendingLaunch};
use write_back::{Author, GoalEdit, GoalFields, Intent};

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub fn noon() -> Timestamp {
    at("2026-11-21T12:00:00.123456Z")
}

pub fn session(byte: u8) -> Session {
    Session::begin(SessionHash([byte; 32]), noon())
}

pub fn launch_id(byte: u8) -> LaunchId {
    LaunchId::from_random([byte; 16])
}

pub fn tenant() -> TenantId {
    TenantId::new("valley")
}

/// Another tenant.
pub fn lake() -> TenantId {
    TenantId::new("lake")
}

pub fn user() -> UserKey {
    UserKey { issuer: "https://ehr.test".to_owned(), subject: "subject-canary".to_owned() }
}

pub fn at_source(source: &str, mark: u8) -> PatientAt {
    PatientAt::new(source, format!("patient-canary-{mark}"))
}

pub fn link(source: &str, mark: u8) -> Link {
    let how = Proof::Grant { launch: launch_id(mark) };
    Link { at: at_source(source, mark), how, who: Some(user()), when: noon() }
}

pub fn consent(byte: u8, person: &PersonId, source: &str, purpose: Purpose) -> Consent {
    Consent {
        id: ConsentId::from_random([byte; 16]),
        person: person.clone(),
        source: source.to_owned(),
        purpose,
        by: user(),
        role: Role::Patient,
        given: noon(),
        until: None,
        revoked: None,
    }
}

pub fn standing_key(person: &PersonId, source: &str) -> StandingKey {
    StandingKey { tenant: tenant(), person: person.clone(), source: source.to_owned() }
}

pub fn standing_grant(consent: u8) -> StandingGrant {
    let content = b"standing-canary".to_vec().into();
    StandingGrant { consent: ConsentId::from_random([consent; 16]), content }
}

pub fn launch(byte: u8, session: u8) -> Launch {
    Launch {
        id: launch_id(byte),
        session: SessionHash([session; 32]),
        tenant: TenantId::new("valley"),
        source: "valley-ehr".to_owned(),
        patient: format!("patient-canary-{byte}"),
        viewer: Viewer {
            user: Some(UserKey { issuer: "https://ehr.test".to_owned(), subject: "subject-canary".to_owned() }),
            role: Role::Clinician,
            name: Some("Dr. Ada Cänary".to_owned()),
            fhir_user: Some("Practitioner/17".to_owned()),
        },
        banner: byte == 2,
        opened_by: if byte == 2 { OpenedBy::Panel } else { OpenedBy::OwnGrant },
        created: noon(),
    }
}

/// As it was stored before fields were added: what is added later has a default.
pub fn pending_launch() -> PendingLaunch {
    let stored = serde_json::json!({
        "tenant": "valley",
        "source": "valley-ehr",
        "discovery": {
            "found_by": "WellKnown",
            "issuer": "https://ehr.test",
            "authorization_endpoint": "https://ehr.test/authorize",
            "token_endpoint": "https://ehr.test/token",
            "capabilities": ["launch-ehr"],
            "token_auth_methods": [],
            "scopes": [],
        },
        "verifier": "verifier-canary",
        "nonce": "nonce-canary",
        "browser_hash": vec![3; 32],
        "redirect_uri": "https://accord.test/callback/valley-ehr",
        "scopes": ["openid"],
        "expects_patient": true,
        "for_launch": launch_id(9),
        "created": noon(),
    });
    PendingLaunch::from_bytes(stored.to_string().as_bytes()).unwrap()
}

/// As it was stored before fields were added.
pub fn grant(mark: &str) -> Grant {
    let stored = serde_json::json!({
        "access_token": format!("access-canary-{mark}"),
        "expires": noon(),
        "refresh_token": format!("refresh-canary-{mark}"),
        "scopes": ["patient/Goal.rus"],
        "patient": format!("patient-canary-{mark}"),
        "token_endpoint": "https://ehr.test/token",
    });
    Grant::from_bytes(stored.to_string().as_bytes()).unwrap()
}

pub fn intent(opened: Timestamp) -> Intent {
    let fields = |value: &str| GoalFields { target_value: Some(value.to_owned()), ..GoalFields::default() };
    let edit = GoalEdit {
        goal: ResourceKey { source: SourceId::new("valley-ehr"), kind: "Goal".to_owned(), id: "g1".to_owned() },
        patient: "patient-canary-1".to_owned(),
        seen_version: Some("1".to_owned()),
        base: fields("7.0"),
        mine: fields("6.5"),
        target_index: 0,
        note: Some("note-canary: wälks daily".to_owned()),
        author: Author { name: "Dr. Ada Cänary".to_owned(), reference: None },
    };
    Intent { launch: launch_id(1), edit, opened }
}
