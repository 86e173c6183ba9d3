//! Many writers on one plan: nothing is written over, and nothing that was accepted is lost.
//!
//! 64 writers of 20 rounds each; `cargo xtask torture --part writers` makes it 1,000.

#![expect(clippy::unwrap_used, reason = "a law fails by panicking")]

use std::collections::BTreeMap;
use std::sync::Arc;

use access::{Audit, AuditEvent, Clock, Operation, PersonId, Randomness, Role, StoreError, TenantId, UserKey};
use care_plan_service::service::Asked;
use care_plan_service::{Caller, Failure, People, Service, Tenant};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use rand::TryRngCore;
use shared_plan::commands::{Act, NewPlan, add_goal, judge_goal};
use shared_plan::plan::{Achievement, Coded, GoalContent, GoalStatus, Plan, PlanContent};
use shared_plan::ports::{Documents, Outbox};
use shared_plan::{EventKind, Who};
use storage::{Database, Sealer, SealingKey};

const WRITERS: usize = 64;

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

fn rounds() -> usize {
    let all = std::env::var("ACCORD_TORTURE_OPERATIONS").ok().and_then(|text| text.parse::<usize>().ok());
    all.map_or(20, |all| all.div_ceil(WRITERS))
}

fn sealer() -> Sealer {
    Sealer::new(SealingKey::from_bytes([7; 32]), Arc::new(SystemRandom))
}

fn caller(at: usize) -> Caller {
    let user = UserKey { issuer: "https://id.example".to_owned(), subject: format!("writer-{at}") };
    Caller {
        tenant: TenantId::new("valley"),
        who: Who { user: Some(user), role: Some(Role::Clinician), name: format!("Writer {at}"), resource: None },
        role: Role::Clinician,
        people: People::All,
        launch: None,
        record: None,
        request: None,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_64_writers_on_sqlite_each_is_accepted_or_told_that_another_was_first() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("accord.db").display());
    let database = Database::open(&url, sealer()).await.unwrap();
    run(Arc::new(database.documents()), &database.outbox()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_64_writers_on_postgresql_each_is_accepted_or_told_that_another_was_first() {
    let Some(postgres) = test_services::or_skip(test_services::Postgres::shared()) else { return };
    let urls = postgres.database().unwrap();
    storage::postgres::migrate(&urls.owner_url, &urls.application_role).await.unwrap();
    let tenants = vec![TenantId::new("valley")];
    let database = storage::PostgresDatabase::open(&urls.application_url, sealer(), tenants).await.unwrap();
    run(Arc::new(database.documents()), &database.outbox()).await;
}

async fn run(documents: Arc<dyn Documents>, outbox: &dyn Outbox) {
    let tenants = BTreeMap::from([(TenantId::new("valley"), Tenant { licensed: true, time_zone: TimeZone::UTC })]);
    let service = Service::new(documents.clone(), Arc::new(Written), Arc::new(Noon), Arc::new(SystemRandom), tenants);
    let content = PlanContent { title: "One plan".to_owned(), ..PlanContent::default() };
    let new = NewPlan {
        tenant: TenantId::new("valley"),
        person: PersonId::from_random([1; 16]),
        content,
        members: Vec::new(),
    };
    let plan = service.start(&caller(0), new, &Asked::default()).await.unwrap().plan;
    let mut plan = plan;
    for at in 0..WRITERS {
        let goal = GoalContent { description: Coded::text(format!("Goal of writer {at}")), ..GoalContent::default() };
        let asked = Asked { seen: Some(plan.version), ..Asked::default() };
        let add = |plan: &Plan, act: &Act<'_>| add_goal(plan, goal, Vec::new(), GoalStatus::Active, act);
        plan = service.change(&caller(0), Operation::WriteSharedPlan, plan.id, &asked, add).await.unwrap().plan;
    }
    let (id, first) = (plan.id, plan.version);

    let writers = plan.goals.iter().map(|goal| goal.id).enumerate().map(|(at, goal)| {
        let service = service.clone();
        tokio::spawn(async move {
            let (caller, mut accepted) = (caller(at), 0);
            for round in 0..rounds() {
                if at == 0 && round % 50 == 49 {
                    eprintln!("round {} of {}", round + 1, rounds());
                }
                let plan = service.plan(&caller, id).await.unwrap();
                let asked = Asked { seen: Some(plan.version), ..Asked::default() };
                let next = if accepted % 2 == 0 { Achievement::Improving } else { Achievement::Worsening };
                let judge = |plan: &Plan, act: &Act<'_>| judge_goal(plan, goal, next, act);
                match service.change(&caller, Operation::ReportProgress, id, &asked, judge).await {
                    Ok(saved) => {
                        assert_eq!(saved.plan.version, plan.version.next());
                        accepted += 1;
                    }
                    Err(Failure::Stale { now }) => assert!(now > plan.version, "somebody else was first"),
                    Err(other) => panic!("neither accepted nor stale: {other}"),
                }
            }
            (goal, accepted)
        })
    });
    let mut accepted = BTreeMap::new();
    for writer in writers.collect::<Vec<_>>() {
        let (goal, count) = writer.await.unwrap();
        accepted.insert(goal, count);
    }
    let all: u64 = accepted.values().sum();
    assert!(all > 0);

    let after = service.plan(&caller(0), id).await.unwrap();
    assert_eq!(after.version.0 - first.0, all, "the version counts what was accepted");
    for goal in &after.goals {
        assert_eq!(
            goal.version.0 - 1,
            accepted[&goal.id],
            "what was accepted of each writer is there, and nothing else"
        );
    }
    let versions = documents.versions(&after.key(), None, usize::MAX).await.unwrap();
    assert_eq!(versions.len() as u64, after.version.0, "every version can be read");

    let mut told = 0;
    loop {
        let claimed = outbox.claim(Noon.now(), SignedDuration::from_mins(1), 100).await.unwrap();
        if claimed.is_empty() {
            break;
        }
        for outgoing in claimed {
            told += u64::from(outgoing.event.what == EventKind::GoalChanged);
            outbox.handed_on(&outgoing.tenant, outgoing.event.id, Noon.now()).await.unwrap();
        }
    }
    assert_eq!(told, all + WRITERS as u64, "each is told, and each goal that was added");
}
