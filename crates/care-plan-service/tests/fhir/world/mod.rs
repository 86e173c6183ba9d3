//! A service with plans of several people and tenants, its FHIR surface, and a door that knows some tokens.

mod door;
mod joined;
mod watched;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use access::policy::Way;
use access::{Audit, AuditEvent, Clock, PatientAt, PersonId, Randomness, Role, StoreError, TenantId};
use async_trait::async_trait;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request};
use care_plan_service::fhir::Surface;
use care_plan_service::service::{Asked, Standing, Ways};
use care_plan_service::{Caller, Service, Tenant};
use http_body_util::BodyExt;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;
use shared_plan::commands::{Act, Changed, NewPlan, Refusal, add_activity, add_goal};
use shared_plan::concern::{ConcernContent, ConcernStatus, NewConcern};
use shared_plan::plan::{About, ActivityContent, Coded, GoalContent, GoalStatus, MemberContent, Plan, PlanContent};
use shared_plan::ports::{Documents, Key, Said, Settled, Whose};
use shared_plan::{Foreign, Id, Who};
use storage::{Database, Sealer, SealingKey};
use tower::ServiceExt;

pub use door::{Door, caller};
pub use joined::Joined;
pub use watched::Watched;

pub const BASE: &str = "http://127.0.0.1:3000/fhir/r4";

/// Random bytes that repeat themselves, and look like nothing.
struct Counted(AtomicU64);

impl Randomness for Counted {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let count = self.0.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
            let mixed = (count ^ (count >> 31)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            chunk.copy_from_slice(&mixed.to_be_bytes()[..chunk.len()]);
        }
    }
}

/// A clock that a test moves, in seconds.
struct Moved(AtomicI64);

impl Clock for Moved {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::Relaxed)).unwrap()
    }
}

/// An audit log that can be looked at.
#[derive(Default)]
pub struct Log(Mutex<Vec<AuditEvent>>, Mutex<bool>);

#[async_trait]
impl Audit for Log {
    async fn write_all(&self, events: &[AuditEvent]) -> Result<(), StoreError> {
        if *self.1.lock().unwrap() {
            return Err(StoreError("the volume is full".into()));
        }
        self.0.lock().unwrap().extend(events.iter().cloned());
        Ok(())
    }
}

impl Log {
    /// What was written since this was called last.
    pub fn written(&self) -> Vec<AuditEvent> {
        std::mem::take(&mut self.0.lock().unwrap())
    }

    /// Nothing more can be written.
    pub fn fill_up(&self) {
        *self.1.lock().unwrap() = true;
    }
}

/// Everybody of the tenant is treated here, and shares with the care team, but for those whom a test takes out of reach.
#[derive(Default)]
pub struct Everybody(Mutex<BTreeSet<PersonId>>, Mutex<usize>);

impl Everybody {
    pub fn but(&self, person: PersonId) {
        self.0.lock().unwrap().insert(person);
    }

    /// How often a way was asked for since this was called last.
    pub fn asked(&self) -> usize {
        std::mem::take(&mut self.1.lock().unwrap())
    }
}

#[async_trait]
impl Ways for Everybody {
    async fn way(&self, caller: &Caller, person: &PersonId) -> Result<Way, StoreError> {
        *self.1.lock().unwrap() += 1;
        if self.0.lock().unwrap().contains(person) {
            return Ok(Way::None);
        }
        Ok(if caller.role == Role::Clinician { Way::Treatment } else { Way::SharedGrant })
    }
}

pub struct World {
    pub service: Service,
    pub store: Arc<Watched>,
    pub log: Arc<Log>,
    pub door: Arc<Door>,
    pub reached: Arc<Everybody>,
    pub joined: Arc<Joined>,
    whose: Arc<dyn Whose>,
    clock: Arc<Moved>,
    router: Router,
}

/// What came back.
#[derive(Debug)]
pub struct Got {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Value,
    pub text: String,
}

pub fn person(number: u8) -> PersonId {
    PersonId::from_random([number; 16])
}

pub fn foreign(source: &str, kind: &str, id: &str) -> Foreign {
    Foreign { source: source.into(), kind: kind.into(), id: id.into(), version: None, display: Some(kind.into()) }
}

impl World {
    /// A service without plans.
    pub async fn new() -> Self {
        Self::with(|service| service).await
    }

    /// A service without plans that a test has set up.
    pub async fn with(alter: impl FnOnce(Service) -> Service) -> Self {
        let random = Arc::new(Counted(AtomicU64::new(1)));
        let sealer = Sealer::new(SealingKey::from_bytes([7; 32]), Arc::clone(&random) as Arc<dyn Randomness>);
        let database = Database::open("sqlite::memory:", sealer).await.unwrap();
        let whose: Arc<dyn Whose> = Arc::new(database.whose());
        let store = Arc::new(Watched::new(Arc::new(database.documents()) as Arc<dyn Documents>));
        let clock = Arc::new(Moved(AtomicI64::new(1_795_248_000)));
        let log = Arc::new(Log::default());
        let tenant = |zone| Tenant { licensed: true, time_zone: zone };
        let tenants = ["north", "south"].map(|id| (TenantId::new(id), tenant(TimeZone::UTC)));
        let reached = Arc::new(Everybody::default());
        let joined = Arc::new(Joined::default());
        let service = Service::new(
            Arc::clone(&store) as Arc<dyn Documents>,
            Arc::clone(&log) as Arc<dyn Audit>,
            Arc::clone(&clock) as Arc<dyn Clock>,
            random,
            BTreeMap::from(tenants),
        )
        .with_ways(Arc::clone(&reached) as Arc<dyn Ways>)
        .with_standing(Arc::clone(&joined) as Arc<dyn Standing>);
        let service = alter(service);
        let door = Arc::new(Door::default());
        let sources = |tenant: &TenantId, foreign: &Foreign| {
            (&*tenant.0 == "north" && foreign.source == "valley").then(|| "https://valley.example/fhir".to_owned())
        };
        let since = Timestamp::from_second(1_795_000_000).unwrap();
        let surface = Surface::new(service.clone(), Arc::clone(&door) as _, Arc::new(sources), BASE, since);
        let router = Router::new().nest_service("/fhir/r4", surface.router());
        Self { service, store, log, door, reached, joined, whose, clock, router }
    }

    pub fn later(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds, Ordering::Relaxed);
    }

    /// Two persons of the tenant north turn out to be one.
    pub async fn join(&self, from: &PersonId, to: &PersonId) {
        self.joined.is_now(from.clone(), to.clone());
        let said = Said { by: Who { name: "Joins".into(), ..Who::clock() }, at: self.clock.now() };
        self.whose.join(&TenantId::new("north"), from, to, &said).await.unwrap();
    }

    /// A record is taken out of a person of the tenant north, and then somebody says of each document whose it is.
    pub async fn settle(&self, of: &PersonId, whose: impl Fn(&Key) -> PersonId) {
        let (north, left) = (TenantId::new("north"), PatientAt::new("valley", "left"));
        let said = Said { by: Who { name: "Settles".into(), ..Who::clock() }, at: self.clock.now() };
        self.whose.doubt(&north, of, &left, &said).await.unwrap();
        for doubt in self.whose.in_doubt(&north, of).await.unwrap() {
            let to = whose(doubt.key());
            assert_eq!(self.whose.settle(doubt.key(), doubt.question, &to, &said).await.unwrap(), Settled::Kept);
        }
    }

    /// A plan of somebody with `goals` goals and one activity for the first of them.
    pub async fn plan(&self, tenant: &str, person: &PersonId, title: &str, goals: usize) -> Plan {
        let by = caller(tenant, Role::Clinician, None);
        let content = PlanContent {
            title: title.to_owned(),
            addresses: vec![About::Foreign(foreign("valley", "Condition", "c1"))],
            ..PlanContent::default()
        };
        let role = Coded { text: Some("Nurse".into()), codings: vec![] };
        let resource = Some(foreign("valley", "Practitioner", "9"));
        let member = MemberContent { name: "Ana".into(), resource, roles: vec![role], ..MemberContent::default() };
        let tenant = TenantId::new(tenant);
        let new = NewPlan { tenant, person: person.clone(), content, members: vec![member] };
        let mut plan = self.service.start(&by, new, &Asked::default()).await.unwrap().plan;
        for number in 0..goals {
            let content =
                GoalContent { description: Coded::text(format!("{title} {number}")), ..GoalContent::default() };
            let add = |plan: &Plan, act: &Act<'_>| add_goal(plan, content, Vec::new(), GoalStatus::Active, act);
            plan = self.change(&by, &plan, add).await;
        }
        let goals = plan.goals.iter().take(1).map(|goal| goal.id).collect();
        let content = ActivityContent { description: Coded::text("Walk"), goals, ..ActivityContent::default() };
        self.change(&by, &plan, |plan, act| add_activity(plan, content, act)).await
    }

    /// Changes a plan by a command.
    pub async fn change(
        &self,
        by: &Caller,
        plan: &Plan,
        command: impl FnOnce(&Plan, &Act<'_>) -> Result<Changed, Refusal> + Send,
    ) -> Plan {
        let asked = Asked { seen: Some(plan.version), reason: Some("because".into()), once: None };
        let operation = access::Operation::WriteSharedPlan;
        self.service.change(by, operation, plan.id, &asked, command).await.unwrap().plan
    }

    /// A concern that the person entered.
    pub async fn concern(&self, person: &PersonId, text: &str) -> String {
        let by = caller("north", Role::Patient, Some(person.clone()));
        let content = ConcernContent { description: Coded::text(text), ..ConcernContent::default() };
        let new =
            NewConcern { tenant: by.tenant.clone(), person: person.clone(), content, status: ConcernStatus::Active };
        self.service.add_concern(&by, new, &Asked::default()).await.unwrap().entry.id.to_string()
    }

    /// Asks as whom the token `everybody` lets in.
    pub async fn get(&self, path: &str) -> Got {
        self.get_as("everybody", path).await
    }

    pub async fn get_as(&self, token: &str, path: &str) -> Got {
        self.send("GET", path, token, &[], "").await
    }

    /// Sends a request; the path is below the base, or a whole address under it.
    pub async fn send(&self, method: &str, path: &str, token: &str, headers: &[(&str, &str)], body: &str) -> Got {
        let path = path.strip_prefix(BASE).unwrap_or(path);
        let mut request = Request::builder().method(method).uri(format!("/fhir/r4{path}"));
        if !token.is_empty() {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_owned())).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let text = String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap();
        let body = if text.is_empty() { Value::Null } else { serde_json::from_str(&text).unwrap() };
        Got { status: parts.status.as_u16(), headers: parts.headers, body, text }
    }

    /// All entries of a search, from page to page, with the number of pages.
    pub async fn all(&self, token: &str, path: &str) -> (Vec<Value>, usize) {
        let (mut entries, mut pages, mut next) = (Vec::new(), 0, Some(path.to_owned()));
        while let Some(path) = next {
            let got = self.get_as(token, &path).await;
            assert_eq!(got.status, 200, "{}", got.text);
            pages += 1;
            assert!(pages < 100, "pages without end");
            entries.extend(got.body["entry"].as_array().cloned().unwrap_or_default());
            next = got.link("next");
        }
        (entries, pages)
    }
}

impl Got {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn link(&self, relation: &str) -> Option<String> {
        let links = self.body["link"].as_array()?;
        links.iter().find(|link| link["relation"] == relation).map(|link| link["url"].as_str().unwrap().to_owned())
    }

    /// `Type/id` of the entries with a search mode.
    pub fn named(&self, mode: &str) -> Vec<String> {
        let entries = self.body["entry"].as_array().cloned().unwrap_or_default();
        let entries = entries.iter().filter(|entry| entry["search"]["mode"] == mode);
        entries.map(|entry| name(&entry["resource"])).collect()
    }

    /// The refusal: an OperationOutcome under this status.
    pub fn refused(&self, status: u16) -> &Value {
        assert_eq!(self.status, status, "{}", self.text);
        assert_eq!(self.body["resourceType"], "OperationOutcome", "{}", self.text);
        &self.body["issue"][0]
    }
}

pub fn name(resource: &Value) -> String {
    format!("{}/{}", resource["resourceType"].as_str().unwrap(), resource["id"].as_str().unwrap_or_default())
}

/// The ids of all entries of a search, matches only.
pub fn matches(entries: &[Value]) -> Vec<String> {
    let matches = entries.iter().filter(|entry| entry["search"]["mode"] == "match");
    matches.map(|entry| name(&entry["resource"])).collect()
}

/// An id that nothing has.
pub fn nobody() -> String {
    Id::<()>::from_random([0xee; 16]).to_string()
}
