//! A process that is killed at any point has kept what it has answered for, and has told it once.
//!
//! The test starts itself as a child that changes one plan, over and over, and says each version that it was told is
//! kept. The child is killed with `SIGKILL` in the middle of its work, again and again, and then its store is asked: every
//! version that was said is there, with its event, and a consumer that counts each id once has the effect of each change
//! exactly once. 10 kills; `cargo xtask torture --part process-kills` makes it 200.

#![expect(clippy::unwrap_used, reason = "a law fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::sync::Arc;

use access::{Audit, AuditEvent, Clock, Operation, PersonId, Randomness, Role, StoreError, TenantId, UserKey};
use care_plan_service::service::Asked;
use care_plan_service::{Caller, People, Service, Tenant};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use rand::{Rng, SeedableRng, TryRngCore};
use shared_plan::commands::{Act, NewPlan, add_goal, judge_goal};
use shared_plan::plan::{Achievement, Coded, GoalContent, GoalStatus, Plan, PlanContent};
use shared_plan::ports::{Documents, Outbox};
use shared_plan::{EventKind, Id, Who};
use storage::{Database, PostgresDatabase, Sealer, SealingKey};

/// What tells a child that it is one: the address of its database.
const DATABASE: &str = "ACCORD_TEST_CHILD_DATABASE";
/// The plan that the child changes.
const PLAN: &str = "ACCORD_TEST_CHILD_PLAN";

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

fn tenant() -> TenantId {
    TenantId::new("valley")
}

fn caller() -> Caller {
    let user = UserKey { issuer: "https://id.example".to_owned(), subject: "writer".to_owned() };
    Caller {
        tenant: tenant(),
        who: Who { user: Some(user), role: Some(Role::Clinician), name: "Writer".to_owned(), resource: None },
        role: Role::Clinician,
        people: People::All,
        launch: None,
        record: None,
        request: None,
    }
}

async fn open(url: &str) -> (Arc<dyn Documents>, Arc<dyn Outbox>) {
    let sealer = Sealer::new(SealingKey::from_bytes([7; 32]), Arc::new(SystemRandom));
    if url.starts_with("sqlite:") {
        let database = Database::open(url, sealer).await.unwrap();
        (Arc::new(database.documents()), Arc::new(database.outbox()))
    } else {
        let database = PostgresDatabase::open(url, sealer, vec![tenant()]).await.unwrap();
        (Arc::new(database.documents()), Arc::new(database.outbox()))
    }
}

fn service(documents: Arc<dyn Documents>) -> Service {
    let tenants = BTreeMap::from([(tenant(), Tenant { licensed: true, time_zone: TimeZone::UTC })]);
    Service::new(documents, Arc::new(Written), Arc::new(Noon), Arc::new(SystemRandom), tenants)
}

/// What the child does; in the parent's own run there is nothing to do.
#[tokio::test]
async fn child() {
    let (Ok(url), Ok(plan)) = (std::env::var(DATABASE), std::env::var(PLAN)) else { return };
    let (documents, _) = open(&url).await;
    let (service, caller, id) = (service(documents), caller(), Id::<Plan>::parse(&plan).unwrap());
    let mut out = std::io::stdout();
    loop {
        let plan = service.plan(&caller, id).await.unwrap();
        let goal = &plan.goals[0];
        let now = goal.achievement.as_ref().map(|achieved| achieved.status);
        let next = if now == Some(Achievement::Improving) { Achievement::Worsening } else { Achievement::Improving };
        let asked = Asked { seen: Some(plan.version), ..Asked::default() };
        let judge = |plan: &Plan, act: &Act<'_>| judge_goal(plan, goal.id, next, act);
        let saved = service.change(&caller, Operation::ReportProgress, id, &asked, judge).await.unwrap();
        // The line that says "kept" is the answer that a user would have had.
        writeln!(out, "kept {}", saved.plan.version).unwrap();
        out.flush().unwrap();
    }
}

#[tokio::test]
async fn a_process_that_is_killed_loses_and_doubles_nothing_in_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    run(&format!("sqlite://{}", folder.path().join("accord.db").display())).await;
}

#[tokio::test]
async fn a_process_that_is_killed_loses_and_doubles_nothing_in_postgresql() {
    let Some(postgres) = test_services::or_skip(test_services::Postgres::shared()) else { return };
    let urls = postgres.database().unwrap();
    storage::postgres::migrate(&urls.owner_url, &urls.application_role).await.unwrap();
    run(&urls.application_url).await;
}

async fn run(url: &str) {
    let (documents, outbox) = open(url).await;
    let service = service(documents.clone());
    let content = PlanContent { title: "One plan".to_owned(), ..PlanContent::default() };
    let person = PersonId::from_random([1; 16]);
    let new = NewPlan { tenant: tenant(), person, content, members: Vec::new() };
    let plan = service.start(&caller(), new, &Asked::default()).await.unwrap().plan;
    let goal = GoalContent { description: Coded::text("Walk"), ..GoalContent::default() };
    let asked = Asked { seen: Some(plan.version), ..Asked::default() };
    let add = |plan: &Plan, act: &Act<'_>| add_goal(plan, goal, Vec::new(), GoalStatus::Active, act);
    let plan = service.change(&caller(), Operation::WriteSharedPlan, plan.id, &asked, add).await.unwrap().plan;

    let read = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let (kills, seed) = (read("ACCORD_TORTURE_OPERATIONS").unwrap_or(10), read("ACCORD_TORTURE_SEED").unwrap_or(1));
    let mut dice = rand::rngs::StdRng::seed_from_u64(seed);
    let mut said = BTreeSet::new();
    for kill in 0..kills {
        said.extend(killed(url, plan.id, dice.random_range(1..30)));
        let last = said.last().copied().unwrap_or_default();
        let now = service.plan(&caller(), plan.id).await.unwrap();
        assert!(now.version.0 >= last, "kill {kill}: version {last} was said to be kept and is not there");
        if kill % 20 == 19 {
            eprintln!("{} kills of {kills}, {} versions", kill + 1, now.version.0);
        }
    }

    let kept: BTreeSet<u64> =
        documents.versions(&plan.key(), None, usize::MAX).await.unwrap().iter().map(|head| head.version.0).collect();
    assert!(said.is_subset(&kept), "what was said to be kept is kept");
    let told = consumed(outbox.as_ref()).await;
    let changed: Vec<u64> = kept.into_iter().filter(|version| *version > plan.version.0).collect();
    assert_eq!(told, changed, "each version was told once, in order");
}

/// Starts a child, hears so many answers, and kills it in the middle of what it does next.
fn killed(url: &str, plan: Id<Plan>, answers: usize) -> Vec<u64> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child", "--nocapture", "--test-threads=1"])
        .env(DATABASE, url)
        .env(PLAN, plan.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let heard = lines.filter_map(|line| line.split_once("kept ")?.1.parse().ok()).take(answers).collect();
    child.kill().unwrap();
    child.wait().unwrap();
    heard
}

/// What a consumer that counts each id once makes of the outbox: the versions of the judged goal, in the order told. Every
/// event is handed to it twice.
async fn consumed(outbox: &dyn Outbox) -> Vec<u64> {
    let (mut seen, mut versions) = (BTreeSet::new(), Vec::new());
    loop {
        let claimed = outbox.claim(Noon.now(), SignedDuration::from_mins(1), 100).await.unwrap();
        if claimed.is_empty() {
            return versions;
        }
        for outgoing in claimed {
            for _ in 0..2 {
                let new = seen.insert(outgoing.event.id);
                let judged = outgoing.event.what == EventKind::GoalChanged && outgoing.event.state.is_some();
                if new && judged && outgoing.event.version.0 > 2 {
                    versions.push(outgoing.event.version.0);
                }
            }
            outbox.handed_on(&outgoing.tenant, outgoing.event.id, Noon.now()).await.unwrap();
        }
    }
}
