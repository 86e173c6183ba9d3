//! A person with all that hangs on one, to put into a migrated database. What must not lie in it in the clear says
//! `canary`.

use access::launch::OpenedBy;
use access::{
    Audit, AuditEvent, Consent, ConsentId, Consents, KeptItem, KeptItems, Launch, LaunchId, Launches, Link, Operation,
    PatientAt, PersonId, Persons, Proof, Purpose, Role, Session, SessionHash, Sessions, StandingGrant, StandingGrants,
    StandingKey, TenantId, UserKey, Viewer,
};
use jiff::{Timestamp, ToSpan};
use storage::PostgresDatabase;
use test_services::{Database, Postgres};

use crate::plans::{migrated, open, tenants};

pub const SOURCE: &str = "valley-ehr";

pub fn noon() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

pub fn at(mark: u8) -> PatientAt {
    PatientAt::new(SOURCE, format!("patient-canary-{mark}"))
}

pub fn user() -> UserKey {
    UserKey { issuer: "https://canary.test".to_owned(), subject: "subject-canary".to_owned() }
}

pub fn link(mark: u8) -> Link {
    let how = Proof::Confirmed { question: "question-canary".to_owned() };
    Link { at: at(mark), how, who: Some(user()), when: noon() }
}

pub fn consent(person: &PersonId) -> Consent {
    let mut id = [0; 16];
    id.copy_from_slice(&person.as_str().as_bytes()[..16]);
    Consent {
        id: ConsentId::from_random(id),
        person: person.clone(),
        source: SOURCE.to_owned(),
        purpose: Purpose::CareTeam,
        by: user(),
        role: Role::Patient,
        given: noon(),
        until: None,
        revoked: None,
    }
}

pub fn event(tenant: &TenantId, mark: u8) -> AuditEvent {
    let event = AuditEvent::new(tenant.clone(), Operation::ReadPlan, noon()).at(at(mark));
    AuditEvent { reason: Some("reason-canary".to_owned()), who: Some(user()), ..event }
}

pub fn launch(tenant: &TenantId, byte: u8) -> Launch {
    Launch {
        id: LaunchId::from_random([byte; 16]),
        session: SessionHash([byte; 32]),
        tenant: tenant.clone(),
        source: SOURCE.to_owned(),
        patient: "patient-canary-1".to_owned(),
        viewer: Viewer { user: Some(user()), role: Role::Coordinator, name: None, fhir_user: None },
        banner: false,
        opened_by: OpenedBy::Panel,
        created: noon(),
    }
}

/// A grant of a launch.
pub fn grant(mark: u8) -> smart::Grant {
    let stored = serde_json::json!({
        "access_token": format!("access-canary-{mark}"), "expires": "2026-11-21T12:00:00Z", "refresh_token": null,
        "scopes": [], "patient": null, "token_endpoint": "https://ehr.test/token",
    });
    smart::Grant::from_bytes(stored.to_string().as_bytes()).unwrap()
}

/// Puts the first person of a tenant with everything, and a launch that reads by their grant.
pub async fn put(open: &PostgresDatabase, tenant: &TenantId, byte: u8) -> StandingKey {
    let person = open.persons().find_or_create(tenant, &link(1)).await.unwrap();
    let given = consent(&person);
    open.consents().give(tenant, &given).await.unwrap();
    let key = StandingKey { tenant: tenant.clone(), person, source: SOURCE.to_owned() };
    let grant = StandingGrant { consent: given.id.clone(), content: b"grant-canary".to_vec().into() };
    assert!(open.standing_grants().put(&key, &grant, noon()).await.unwrap());
    let item = KeptItem { consent: given.id, until: noon() + 1.hour(), content: b"item-canary".to_vec().into() };
    assert!(open.kept_items().put(&key, "name-canary", &item, noon()).await.unwrap());
    open.sessions().put(Session::begin(SessionHash([byte; 32]), noon())).await.unwrap();
    let launch = launch(tenant, byte);
    open.launches().put(launch.clone()).await.unwrap();
    assert!(open.standing_grants().lend(&key, &launch.id, noon()).await.unwrap());
    for mark in [1, 2, 1] {
        open.audit().write(&event(tenant, mark)).await.unwrap();
    }
    key
}

/// A database in which two tenants have a person each, with the same Patient.
pub async fn peopled() -> Option<(Postgres, Database, PostgresDatabase)> {
    let (postgres, database) = migrated().await?;
    let open = open(&database).await.unwrap();
    for (byte, tenant) in [1, 2].into_iter().zip(tenants()) {
        put(&open, &tenant, byte).await;
    }
    Some((postgres, database, open))
}
