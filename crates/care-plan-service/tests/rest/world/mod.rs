//! The service with its REST surface, over a database of its own, with an identity service made here.

pub mod ask;
pub mod issuer;
pub mod watched;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use access::policy::Way;
use access::rate::Limits;
use access::{Audit, AuditEvent, Clock, PatientAt, PersonId, Randomness, Role, StoreError, TenantId};
use async_trait::async_trait;
use axum::Router;
use care_plan_service::identity::{Admission, Guarded, Keys, PatientIdentity, Tokens, Trust};
use care_plan_service::rest::Rest;
use care_plan_service::service::Ways;
use care_plan_service::{Caller, Service, Tenant, rest};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use shared_plan::Who;
use shared_plan::ports::{Documents, Said, Settled, Whose};
use storage::{Database, Sealer, SealingKey};

pub use ask::{Ask, Got};
pub use issuer::{AUDIENCE, ISSUER, Issuer};
use watched::Watched;

/// The person of the tests, in each tenant the same id: ids are no secret and prove nothing.
pub const PERSON: &str = "11111111111111111111111111111111";
/// Another person of the same tenant.
pub const OTHER: &str = "22222222222222222222222222222222";

/// Random bytes that repeat themselves.
pub struct Counted(Mutex<u64>);

impl Randomness for Counted {
    fn fill(&self, bytes: &mut [u8]) {
        let mut count = self.0.lock().unwrap();
        for chunk in bytes.chunks_mut(8) {
            // Every step gives another value, and the values look like nothing.
            *count = count.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mixed = (*count ^ (*count >> 31)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            chunk.copy_from_slice(&mixed.to_be_bytes()[..chunk.len()]);
        }
    }
}

/// A clock that is moved.
pub struct Moved(Mutex<Timestamp>);

impl Clock for Moved {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

impl Moved {
    pub fn by(&self, time: SignedDuration) {
        *self.0.lock().unwrap() += time;
    }
}

/// An audit log that can be looked at, and that can be full.
#[derive(Default)]
pub struct Log {
    pub events: Mutex<Vec<AuditEvent>>,
    pub full: Mutex<bool>,
}

#[async_trait]
impl Audit for Log {
    async fn write_all(&self, events: &[AuditEvent]) -> Result<(), StoreError> {
        if *self.full.lock().unwrap() {
            return Err(StoreError("the volume is full".into()));
        }
        self.events.lock().unwrap().extend(events.iter().cloned());
        Ok(())
    }
}

/// Who is known where; how often that was asked, and how often it was that what hung on others should be at hand.
#[derive(Default)]
pub struct Links(pub AtomicUsize, pub AtomicUsize);

#[async_trait]
impl PatientIdentity for Links {
    async fn person_of(&self, tenant: &TenantId, patient: &PatientAt) -> Result<Option<PersonId>, StoreError> {
        self.0.fetch_add(1, Ordering::Relaxed);
        let known = &*tenant.0 == "valley" && *patient == PatientAt::new("valley-ehr", "p1");
        Ok(known.then(|| PersonId::parse(PERSON).unwrap()))
    }

    async fn at_hand(&self, _: &TenantId, _: &PersonId) -> Result<(), StoreError> {
        self.1.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    async fn knows(&self, _: &TenantId, person: &PersonId) -> Result<bool, StoreError> {
        Ok([PERSON, OTHER].contains(&person.as_str()))
    }
}

/// By which way somebody of the care team reaches each person; whom a test does not name is treated, and shares.
#[derive(Default)]
pub struct Known(Mutex<BTreeMap<PersonId, Way>>, pub AtomicUsize);

impl Known {
    pub fn set(&self, person: &str, way: Way) {
        self.0.lock().unwrap().insert(PersonId::parse(person).unwrap(), way);
    }
}

#[async_trait]
impl Ways for Known {
    async fn way(&self, caller: &Caller, person: &PersonId) -> Result<Way, StoreError> {
        self.1.fetch_add(1, Ordering::Relaxed);
        let usual = if caller.role == Role::Clinician { Way::Treatment } else { Way::SharedGrant };
        Ok(self.0.lock().unwrap().get(person).copied().unwrap_or(usual))
    }
}

/// Everything.
pub struct World {
    pub router: Router,
    pub rest: Rest,
    pub issuer: Arc<Issuer>,
    pub clock: Arc<Moved>,
    pub log: Arc<Log>,
    pub documents: Arc<Watched>,
    pub ways: Arc<Known>,
    pub links: Arc<Links>,
    whose: Arc<dyn Whose>,
    _folder: tempfile::TempDir,
}

/// What a world is made with.
pub struct Setting {
    pub trust: Trust,
    /// Further identity services.
    pub others: Vec<(Trust, Arc<Issuer>)>,
    /// Whether calls are counted, and what is refused is written down.
    pub guarded: bool,
}

/// Trusts an identity service for all tenants.
pub fn trust(issuer: &str) -> Trust {
    let mut trust = Trust::new(issuer, AUDIENCE);
    trust.tenants = ["valley", "hill", "bare"].map(TenantId::new).into();
    let roles = [
        ("doctor", Role::Clinician),
        ("coordinator", Role::Coordinator),
        ("patient", Role::Patient),
        ("carer", Role::Carer),
    ];
    trust.roles = roles.map(|(name, role)| (name.to_owned(), role)).into();
    trust
}

impl World {
    pub async fn new() -> Self {
        Self::with(|_, _| ()).await
    }

    /// With counted calls.
    pub async fn guarded() -> Self {
        Self::with(|setting, _| setting.guarded = true).await
    }

    pub async fn with(alter: impl FnOnce(&mut Setting, &Arc<Moved>)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("accord.db").display());
        let random: Arc<dyn Randomness> = Arc::new(Counted(Mutex::new(1)));
        let sealer = Sealer::new(SealingKey::from_bytes([7; 32]), random.clone());
        let database = Database::open(&url, sealer).await.unwrap();
        let whose: Arc<dyn Whose> = Arc::new(database.whose());
        let documents = Arc::new(Watched::new(Arc::new(database.documents()) as Arc<dyn Documents>));
        let clock = Arc::new(Moved(Mutex::new("2026-03-02T12:00:00Z".parse().unwrap())));
        let log = Arc::new(Log::default());
        let licensed = |licensed| Tenant { licensed, time_zone: TimeZone::UTC };
        let tenants = BTreeMap::from(
            [("valley", true), ("hill", true), ("bare", false)].map(|(id, has)| (TenantId::new(id), licensed(has))),
        );
        let mut setting = Setting { trust: trust(ISSUER), others: Vec::new(), guarded: false };
        alter(&mut setting, &clock);
        let ways = Arc::new(Known::default());
        let service = Service::new(documents.clone(), log.clone(), clock.clone(), random, tenants);
        let service = service.with_ways(ways.clone());
        let issuer = Arc::new(Issuer::new(clock.clone()));
        let links = Arc::new(Links::default());
        let patients: Arc<dyn PatientIdentity> = links.clone();
        let own = std::iter::once((setting.trust, issuer.clone()));
        let issuers = own.chain(setting.others).map(|(trust, issuer)| (trust, Keys::new(issuer, clock.clone())));
        let mut admission: Arc<dyn Admission> =
            Arc::new(Tokens::of(issuers.collect(), patients.clone(), clock.clone()));
        if setting.guarded {
            admission = Arc::new(Guarded::new(admission, Arc::new(Limits::new(100)), log.clone(), clock.clone()));
        }
        let rest = Rest { service, admission, patients };
        Self { router: rest::router(&rest), rest, issuer, clock, log, documents, ways, links, whose, _folder: folder }
    }

    /// A record is taken out of the person, and then somebody says that all that hung on them is the other's.
    pub async fn settle_as_anothers(&self) {
        let (valley, left) = (TenantId::new("valley"), PatientAt::new("valley-ehr", "left"));
        let [person, other] = [PERSON, OTHER].map(|id| PersonId::parse(id).unwrap());
        let said = Said { by: Who { name: "Settles".into(), ..Who::clock() }, at: self.clock.now() };
        self.whose.doubt(&valley, &person, &left, &said).await.unwrap();
        for doubt in self.whose.in_doubt(&valley, &person).await.unwrap() {
            let settled = self.whose.settle(doubt.key(), doubt.question, &other, &said).await.unwrap();
            assert_eq!(settled, Settled::Kept);
        }
    }

    /// A clinician of a tenant.
    pub fn doctor(&self, tenant: &str) -> String {
        self.token(tenant, "doctor-1", "doctor", json!({}))
    }

    /// The person, as their own user.
    pub fn patient(&self, person: &str) -> String {
        self.token("valley", "patient-1", "patient", json!({ "person": person }))
    }

    pub fn token(&self, tenant: &str, subject: &str, role: &str, more: Value) -> String {
        let mut claims = self.issuer.claims();
        (claims["tenant"], claims["sub"], claims["roles"]) = (json!(tenant), json!(subject), json!([role]));
        for (name, value) in more.as_object().unwrap() {
            claims[name] = value.clone();
        }
        self.issuer.sign(&claims)
    }

    pub async fn send(&self, ask: Ask) -> Got {
        ask.send(&self.router).await
    }

    /// A plan with a title, at version 1.
    pub async fn plan(&self, token: &str, title: &str) -> Got {
        let got = self.send(Ask::post("").by(token).json(&json!({ "person": PERSON, "title": title }))).await;
        assert_eq!(got.status, 201, "{}", got.text);
        got
    }
}
