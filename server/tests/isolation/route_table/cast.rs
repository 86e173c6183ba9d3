//! Who asks, and what was written down about it.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use access::{Audit, AuditEvent, Outcome, PatientAt, Role, StoreError, TenantId, Viewer};
use async_trait::async_trait;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::header::{ACCEPT, CONTENT_TYPE, COOKIE, HOST, ORIGIN};
use axum::http::{Method, Request, StatusCode};
use care_plan_service::service::{Asked, Caller, People, Service, Tenant};
use server::Server;
use server::config::TenantConfig;
use shared_plan::Who;
use shared_plan::commands::NewPlan;
use shared_plan::plan::PlanContent;
use tower::ServiceExt;

use crate::support::browser::{Page, SESSION, read};
use crate::support::people::{Human, Place, TENANTS};
use crate::support::world::{USERS, World};

/// The audit log, looked at while it is written.
pub struct Watched {
    log: Arc<dyn Audit>,
    done: Arc<Mutex<Vec<AuditEvent>>>,
}

#[async_trait]
impl Audit for Watched {
    async fn write_all(&self, events: &[AuditEvent]) -> Result<(), StoreError> {
        let done = events.iter().filter(|event| event.outcome == Outcome::Done);
        self.done.lock().unwrap_or_else(PoisonError::into_inner).extend(done.cloned());
        self.log.write_all(events).await
    }
}

/// An open launch with the cookie that opens it.
#[derive(Debug, Clone)]
pub struct Open {
    pub cookie: String,
    pub launch: String,
    pub human: Human,
    place: Place,
    user: &'static str,
    /// An item of its plan.
    pub goal: String,
    /// A shared plan of its person.
    pub plan: String,
    pub viewer: Viewer,
}

/// The world with those who ask in it.
pub struct Cast {
    pub world: World,
    /// Whose launch all of them ask for.
    pub victim: Open,
    /// Another user of the same tenant, with another person open.
    pub colleague: Open,
    /// A patient with the own record open.
    pub patient: Open,
    /// A user of another tenant, whose person has the same Patient id.
    pub foreigner: Open,
    /// A cookie that was good until its user signed out.
    pub ended: String,
    done: Arc<Mutex<Vec<AuditEvent>>>,
    asked: AtomicU32,
}

/// One request.
#[derive(Debug, Clone)]
pub struct Ask {
    pub method: Method,
    /// Path and query as they are sent.
    pub target: String,
    pub cookie: Option<String>,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

impl Ask {
    /// A request as a page of ours would send it.
    pub fn ours(method: &Method, target: &str, cookie: Option<&str>) -> Self {
        let form = CONTENT_TYPE.as_str();
        let headers = vec![
            (ORIGIN.as_str(), "http://127.0.0.1:9".to_owned()),
            ("sec-fetch-site", "same-origin".to_owned()),
            (form, "application/x-www-form-urlencoded".to_owned()),
        ];
        let cookie = cookie.map(ToOwned::to_owned);
        Self { method: method.clone(), target: target.to_owned(), cookie, headers, body: Vec::new() }
    }

    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.retain(|(other, _)| *other != name);
        self.headers.push((name, value.to_owned()));
        self
    }

    pub fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(other, _)| *other != name);
        self
    }
}

impl Cast {
    pub async fn assemble() -> Self {
        let done = Arc::new(Mutex::default());
        let watching = done.clone();
        let world = World::altered(|server| {
            server.audit = Arc::new(Watched { log: server.audit.clone(), done: watching });
            server.care_plans = shared_plans(server);
        })
        .await;
        let same_id = Human::of(Place(2), &VICTIM.patient_at(Place(0))).expect("known there");
        let victim = open(&world, Place(0), USERS[0], VICTIM).await;
        let colleague = open(&world, Place(0), USERS[1], Human { number: 1, ..VICTIM }).await;
        let patient = open(&world, Place(0), USERS[2], VICTIM).await;
        let foreigner = open(&world, Place(2), USERS[0], same_id).await;
        let ended = open(&world, Place(0), USERS[0], VICTIM).await.cookie;
        let cast = Self { world, victim, colleague, patient, foreigner, ended, done, asked: AtomicU32::default() };
        let page = cast.ask(&Ask::ours(&Method::POST, "/sign-out", Some(&cast.ended))).await.expect("a good request");
        assert_eq!(page.status, StatusCode::OK);
        cast
    }

    /// Asks, from an address that nobody asked from before: how often one may ask is not what is looked at here.
    ///
    /// `None` where the request cannot be sent by HTTP at all.
    pub async fn ask(&self, ask: &Ask) -> Option<Page> {
        let mut request = Request::builder().method(ask.method.clone()).uri(&ask.target);
        request = request.header(HOST, "127.0.0.1:9").header(ACCEPT, "text/html");
        for (name, value) in &ask.headers {
            request = request.header(*name, value.as_bytes());
        }
        if let Some(cookie) = &ask.cookie {
            request = request.header(COOKIE, format!("{SESSION}={cookie}"));
        }
        let mut request = request.body(Body::from(ask.body.clone())).ok()?;
        let [a, b, c, d] = self.asked.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([10 + a, b, c, d], 9))));
        let response = self.world.router.clone().oneshot(request).await.expect("a router always answers");
        Some(read(&self.world.accord, response).await)
    }

    /// What was written down as done since this was asked last.
    pub fn done(&self) -> Vec<AuditEvent> {
        std::mem::take(&mut *self.done.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Opens the launches again that a request of their own user has ended.
    pub async fn mend(&mut self) {
        self.victim = self.mended(self.victim.clone()).await;
        self.colleague = self.mended(self.colleague.clone()).await;
        self.patient = self.mended(self.patient.clone()).await;
        self.done();
    }

    async fn mended(&self, it: Open) -> Open {
        let plan = format!("/l/{}/plan.json", it.launch);
        let page = self.ask(&Ask::ours(&Method::GET, &plan, Some(&it.cookie))).await.expect("a good request");
        if page.status == StatusCode::OK { it } else { open(&self.world, it.place, it.user, it.human).await }
    }
}

const VICTIM: Human = Human { tenant: 0, number: 0 };

async fn open(world: &World, place: Place, user: &'static str, human: Human) -> Open {
    let browser = world.browser();
    let way = world.launch(place, user, human).expect("client, user and person are known");
    let callback = browser.sign_in(way, user, &human.patient_at(place)).await.expect("the EHR sends the browser back");
    let to = browser.get(&callback).await.location().expect("a launch opens");
    let launch = to.path().split('/').nth(2).expect("/l/{launch}/plan").to_owned();
    world.server.settled(&launch).await;
    let plan = browser.get(&world.at(&format!("/l/{launch}/plan?show=all"))).await;
    assert!(plan.text.contains(&human.record_mark(place)), "the plan shows its person: {}", plan.text);
    let goal = plan.text.split("/goals/").nth(1).and_then(|rest| rest.split('"').next()).expect("a goal").to_owned();
    let viewer = world.server.viewer(&launch).expect("it is open");
    let plan = shared_plan(world, place, human, &viewer).await;
    Open { cookie: browser.session().expect("a session"), launch, human, place, user, goal, plan, viewer }
}

/// The care plan service over the log that is looked at.
fn shared_plans(server: &Server) -> Service {
    let known = |tenant: &TenantConfig| Tenant {
        licensed: true,
        time_zone: jiff::tz::TimeZone::get(&tenant.time_zone).expect("a zone"),
    };
    let tenants = server.config.tenants.iter().map(|tenant| (TenantId::new(tenant.id.as_str()), known(tenant)));
    let documents = server.plan_store.documents.clone();
    let random = server.opaque.0.clone();
    Service::new(documents, server.audit.clone(), server.clock.clone(), random, tenants.collect())
}

/// A shared plan that says whose it is.
async fn shared_plan(world: &World, place: Place, human: Human, viewer: &Viewer) -> String {
    let tenant = TenantId::new(TENANTS[place.tenant()]);
    let at = PatientAt::new(place.id(), human.patient_at(place));
    let person = world.server.persons.lookup(&tenant, &at).await.expect("the store answers").expect("linked");
    let who =
        Who { user: viewer.user.clone(), role: Some(Role::Clinician), name: "Somebody".to_owned(), resource: None };
    let people = People::Only(person.clone());
    let caller = Caller {
        tenant: tenant.clone(),
        who,
        role: Role::Clinician,
        people,
        launch: None,
        record: None,
        request: None,
    };
    let content = PlanContent { title: format!("Plan of {}", human.record_mark(place)), ..PlanContent::default() };
    let new = NewPlan { tenant, person, content, members: Vec::new() };
    let started = world.server.care_plans.start(&caller, new, &Asked::default()).await;
    started.expect("a plan is started").plan.id.to_string()
}
