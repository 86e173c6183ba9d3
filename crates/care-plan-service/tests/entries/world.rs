//! A service over a database of its own, with a log that can be looked at.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use access::policy::Way;
use access::{Audit, AuditEvent, Clock, PatientAt, PersonId, Randomness, Role, StoreError, TenantId, UserKey};
use care_plan_service::service::{Asked, Ways};
use care_plan_service::{Caller, Failure, People, Service, Tenant};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use shared_plan::commands::NewPlan;
use shared_plan::concern::{ConcernContent, ConcernStatus, NewConcern};
use shared_plan::decision::{Chosen, Decision, Issue, NewDecision};
use shared_plan::overlay::{EditedField, FieldChange, NewOverlay};
use shared_plan::plan::{Coded, PlanContent};
use shared_plan::ports::{Kind, Once, Outbox, Said, Selection, Settled, Whose};
use shared_plan::{Foreign, Kept, Version, Who};
use storage::{Database, Sealer, SealingKey};

#[derive(Default)]
struct Counted(AtomicU64);

impl Randomness for Counted {
    fn fill(&self, bytes: &mut [u8]) {
        let next = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        let start = bytes.len() - 8;
        bytes[start..].copy_from_slice(&next.to_be_bytes());
    }
}

struct Noon;

impl Clock for Noon {
    fn now(&self) -> Timestamp {
        "2026-11-21T12:00:00Z".parse().unwrap()
    }
}

/// Everybody of the tenant is treated here, and shares with the care team.
struct Everybody;

#[async_trait::async_trait]
impl Ways for Everybody {
    async fn way(&self, caller: &Caller, _: &PersonId) -> Result<Way, StoreError> {
        Ok(if caller.role == Role::Clinician { Way::Treatment } else { Way::SharedGrant })
    }
}

#[derive(Default)]
struct Log {
    events: Mutex<Vec<AuditEvent>>,
    full: AtomicBool,
}

#[async_trait::async_trait]
impl Audit for Log {
    async fn write_all(&self, events: &[AuditEvent]) -> Result<(), StoreError> {
        if self.full.load(Ordering::Relaxed) {
            return Err(StoreError("the volume is full".into()));
        }
        self.events.lock().unwrap().extend(events.iter().cloned());
        Ok(())
    }
}

pub struct World {
    pub service: Service,
    log: Arc<Log>,
    database: Database,
    _folder: tempfile::TempDir,
}

impl World {
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("accord.db").display());
        let random = Arc::new(Counted::default());
        let sealer = Sealer::new(SealingKey::from_bytes([7; 32]), random.clone());
        let database = Database::open(&url, sealer).await.unwrap();
        let tenant = |licensed| Tenant { licensed, time_zone: TimeZone::UTC };
        let tenants = BTreeMap::from([(TenantId::new("north"), tenant(true)), (TenantId::new("south"), tenant(false))]);
        let log = Arc::new(Log::default());
        let documents = Arc::new(database.documents());
        let service =
            Service::new(documents, log.clone(), Arc::new(Noon), random, tenants).with_ways(Arc::new(Everybody));
        Self { service, log, database, _folder: folder }
    }

    pub fn fill_the_log(&self) {
        self.log.full.store(true, Ordering::Relaxed);
    }

    /// What was written into the log, as operation and outcome.
    pub fn logged(&self) -> Vec<String> {
        let events = self.log.events.lock().unwrap();
        events.iter().map(|event| format!("{} {:?}", event.operation.code(), event.outcome)).collect()
    }

    /// The documents that were named in the log, each as often as it was.
    pub fn named(&self) -> Vec<String> {
        let events = self.log.events.lock().unwrap();
        events.iter().filter_map(|event| Some(format!("{} {}", event.operation.code(), event.what.as_ref()?))).collect()
    }

    /// All decisions that the caller reaches.
    pub async fn decisions(&self, caller: &Caller) -> Vec<Decision> {
        let selection = Selection { kind: Kind::Decision, person: None, statuses: Vec::new(), changed_since: None };
        let listed = self.service.list(caller, selection, None, 100).await.unwrap();
        listed.documents.iter().map(|document| Decision::from_document(document).unwrap()).collect()
    }

    /// Takes a record out of a person, and answers that what hangs on them was another's all the time.
    pub async fn give_to_another(&self, kind: Kind, of: u8, to: u8) {
        let whose = self.database.whose();
        let (tenant, left) = (TenantId::new("north"), PatientAt::new("hospital", "left"));
        let said = Said { by: Who::clock(), at: Noon.now() };
        whose.doubt(&tenant, &person(of), &left, &said).await.unwrap();
        for doubt in whose.in_doubt(&tenant, &person(of)).await.unwrap() {
            let to = if doubt.key().kind == kind { person(to) } else { person(of) };
            let settled = whose.settle(doubt.key(), doubt.question, &to, &said).await.unwrap();
            assert_eq!(settled, Settled::Kept);
        }
    }

    /// What others will be told.
    pub async fn told(&self) -> Vec<&'static str> {
        let lease = SignedDuration::from_secs(60);
        let waiting = self.database.outbox().claim(Noon.now(), lease, 100).await.unwrap();
        waiting.into_iter().map(|outgoing| outgoing.event.what.code()).collect()
    }
}

pub fn person(number: u8) -> PersonId {
    PersonId::from_random([number; 16])
}

pub fn caller(role: Role) -> Caller {
    let name = format!("{role:?}");
    let user = UserKey { issuer: "https://id.example".to_owned(), subject: name.to_lowercase() };
    let people = match role {
        Role::Clinician | Role::Coordinator => People::ByWay,
        Role::Patient | Role::Carer => People::Only(person(1)),
    };
    Caller {
        tenant: TenantId::new("north"),
        who: Who { user: Some(user), role: Some(role), name, resource: None },
        role,
        people,
        launch: None,
        record: None,
        request: None,
    }
}

pub fn seen(version: u64) -> Asked {
    Asked { seen: Some(Version(version)), reason: Some("because".to_owned()), once: None }
}

pub fn once(key: &str) -> Asked {
    Asked { once: Some(Once { key: key.to_owned(), asked: [1; 32] }), ..Asked::default() }
}

pub fn content(text: &str) -> ConcernContent {
    ConcernContent { description: Coded::text(text), ..ConcernContent::default() }
}

pub fn a_plan(of: u8) -> NewPlan {
    let content = PlanContent { title: "One plan".to_owned(), ..PlanContent::default() };
    NewPlan { tenant: TenantId::new("north"), person: person(of), content, members: Vec::new() }
}

pub fn a_concern(of: u8) -> NewConcern {
    NewConcern {
        tenant: TenantId::new("north"),
        person: person(of),
        content: content("Sore feet"),
        status: ConcernStatus::Active,
    }
}

pub fn an_overlay(of: u8) -> NewOverlay {
    let goal = Foreign {
        source: "hospital".to_owned(),
        kind: "Goal".to_owned(),
        id: "g".to_owned(),
        version: Some("3".to_owned()),
        display: None,
    };
    let change =
        FieldChange { field: EditedField::TargetValue, from: Some("7.5".to_owned()), to: Some("8.0".to_owned()) };
    NewOverlay {
        tenant: TenantId::new("north"),
        person: person(of),
        target: goal,
        target_index: 0,
        changes: vec![change],
        note: None,
    }
}

pub fn a_decision(of: u8) -> NewDecision {
    let issue = Issue {
        id: "i1".to_owned(),
        code: "targets-differ".to_owned(),
        subject: "{}".to_owned(),
        seen: "{}".to_owned(),
    };
    let tenant = TenantId::new("north");
    NewDecision { tenant, person: person(of), issue, chosen: Chosen::Changed, words: None, message: None }
}

/// One word for what came of it.
pub fn word<T>(result: &Result<T, Failure>) -> String {
    match result {
        Ok(_) => "done".to_owned(),
        Err(Failure::Refused(why)) => format!("refused {why:?}"),
        Err(other) => other.to_string(),
    }
}
