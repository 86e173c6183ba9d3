//! Sessions and launches to try the ports with.

use access::{Launch, LaunchId, Role, Session, SessionHash, TenantId, UserKey, Viewer};
use jiff::Timestamp;

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub fn noon() -> Timestamp {
    at("2026-11-21T12:00:00.123456Z")
}

pub fn session(byte: u8) -> Session {
    Session { hash: SessionHash([byte; 32]), created: noon(), last_seen: noon() }
}

pub fn launch_id(byte: u8) -> LaunchId {
    LaunchId::from_random([byte; 16])
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
        created: noon(),
    }
}
