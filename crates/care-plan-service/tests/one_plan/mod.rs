//! One plan in a store of its own, with goals that writers judge: what the laws about many writers, and about writers that
//! are killed, begin with.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use access::{Audit, AuditEvent, Clock, Operation, PersonId, Randomness, Role, StoreError, TenantId, UserKey};
use care_plan_service::service::{Asked, Saved};
use care_plan_service::{Caller, Failure, People, Service, Tenant};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use rand::TryRngCore;
use shared_plan::commands::{Act, NewPlan, add_goal, judge_goal};
use shared_plan::plan::{Achievement, Coded, Goal, GoalContent, GoalStatus, Plan, PlanContent};
use shared_plan::ports::{Documents, Outbox};
use shared_plan::{Event, Id, Who};
use storage::{Database, PostgresDatabase, Sealer, SealingKey};

struct SystemRandom;

impl Randomness for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) {
        rand::rngs::OsRng.try_fill_bytes(bytes).unwrap();
    }
}

struct Noon;

impl Clock for Noon {
    fn now(&self) -> Timestamp {
        "2026-11-21T12:00:00Z".parse().unwrap()
    }
}

/// The log is not what is shown here.
struct Written;

#[async_trait::async_trait]
impl Audit for Written {
    async fn write_all(&self, _: &[AuditEvent]) -> Result<(), StoreError> {
        Ok(())
    }
}

/// A service, and what lies below it.
pub struct World {
    pub service: Service,
    pub documents: Arc<dyn Documents>,
    pub outbox: Arc<dyn Outbox>,
}

/// The address of a new SQLite database in a folder.
pub fn sqlite(folder: &Path) -> String {
    format!("sqlite://{}", folder.join("accord.db").display())
}

/// The address of a new PostgreSQL database, where that is installed; it is there as long as the server is held.
pub async fn postgresql() -> Option<(test_services::Postgres, String)> {
    let postgres = test_services::or_skip(test_services::Postgres::shared())?;
    let urls = postgres.database().unwrap();
    storage::postgres::migrate(&urls.owner_url, &urls.application_role).await.unwrap();
    Some((postgres, urls.application_url))
}

impl World {
    pub async fn open(url: &str) -> Self {
        let sealer = Sealer::new(SealingKey::from_bytes([7; 32]), Arc::new(SystemRandom));
        let (documents, outbox): (Arc<dyn Documents>, Arc<dyn Outbox>) = if url.starts_with("sqlite:") {
            let database = Database::open(url, sealer).await.unwrap();
            (Arc::new(database.documents()), Arc::new(database.outbox()))
        } else {
            let database = PostgresDatabase::open(url, sealer, vec![tenant()]).await.unwrap();
            (Arc::new(database.documents()), Arc::new(database.outbox()))
        };
        let tenants = BTreeMap::from([(tenant(), Tenant { licensed: true, time_zone: TimeZone::UTC })]);
        let (log, clock, random) = (Arc::new(Written), Arc::new(Noon), Arc::new(SystemRandom));
        let service = Service::new(documents.clone(), log, clock, random, tenants);
        Self { service, documents, outbox }
    }

    /// Begins the plan, with so many goals.
    pub async fn begin(&self, goals: usize) -> Plan {
        let content = PlanContent { title: "One plan".to_owned(), ..PlanContent::default() };
        let new = NewPlan { tenant: tenant(), person: PersonId::from_random([1; 16]), content, members: Vec::new() };
        let mut plan = self.service.start(&writer(0), new, &Asked::default()).await.unwrap().plan;
        for at in 0..goals {
            let goal = GoalContent { description: Coded::text(format!("Goal {at}")), ..GoalContent::default() };
            let asked = Asked { seen: Some(plan.version), ..Asked::default() };
            let add = |plan: &Plan, act: &Act<'_>| add_goal(plan, goal, Vec::new(), GoalStatus::Active, act);
            let added = self.service.change(&writer(0), Operation::WriteSharedPlan, plan.id, &asked, add).await;
            plan = added.unwrap().plan;
        }
        plan
    }

    /// Judges a goal otherwise than it was in the plan as the writer has seen it.
    pub async fn judge(&self, by: &Caller, seen: &Plan, goal: Id<Goal>) -> Result<Saved, Failure> {
        let now = seen.goal(goal).and_then(|goal| goal.achievement.as_ref()).map(|achieved| achieved.status);
        let next = if now == Some(Achievement::Improving) { Achievement::Worsening } else { Achievement::Improving };
        let asked = Asked { seen: Some(seen.version), ..Asked::default() };
        let judge = |plan: &Plan, act: &Act<'_>| judge_goal(plan, goal, next, act);
        self.service.change(by, Operation::ReportProgress, seen.id, &asked, judge).await
    }

    /// Hands on everything that others are to be told, in this order.
    pub async fn told(&self) -> Vec<Event> {
        let mut told = Vec::new();
        loop {
            let claimed = self.outbox.claim(Noon.now(), SignedDuration::from_mins(1), 100).await.unwrap();
            if claimed.is_empty() {
                return told;
            }
            for outgoing in claimed {
                self.outbox.handed_on(&outgoing.tenant, outgoing.event.id, Noon.now()).await.unwrap();
                told.push(outgoing.event);
            }
        }
    }
}

fn tenant() -> TenantId {
    TenantId::new("valley")
}

/// One of the writers.
pub fn writer(at: usize) -> Caller {
    let user = UserKey { issuer: "https://id.example".to_owned(), subject: format!("writer-{at}") };
    Caller {
        tenant: tenant(),
        who: Who { user: Some(user), role: Some(Role::Clinician), name: format!("Writer {at}"), resource: None },
        role: Role::Clinician,
        people: People::All,
        launch: None,
        record: None,
        request: None,
    }
}
