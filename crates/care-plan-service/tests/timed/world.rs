//! Plans with days, a database of their own, and a clock that is moved.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use access::{Clock, PersonId, Randomness, Role, TenantId};
use care_plan_service::timed::{Looked, Watch};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use shared_plan::commands::{
    Act, NewPlan, NewTarget, activate, add_activity, add_goal, send_to_review, set_next_review, sign_off, start,
};
use shared_plan::plan::{ActivityContent, Coded, GoalContent, GoalStatus, Plan, PlanContent, Schedule};
use shared_plan::ports::{Commit, Committed, Documents, Outbox, Timed};
use shared_plan::{Event, Version, Who};
use storage::{Database, Sealer, SealingKey};

/// The day of everything that becomes late here.
pub const DAY: Date = date(2026, 11, 21);

/// Counted randomness.
#[derive(Default)]
pub struct Counted(AtomicU64);

impl Randomness for Counted {
    fn fill(&self, bytes: &mut [u8]) {
        let next = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        let start = bytes.len() - 8;
        bytes[start..].copy_from_slice(&next.to_be_bytes());
    }
}

/// A clock that stands until it is moved.
#[derive(Default)]
pub struct Hand(AtomicI64);

impl Hand {
    pub fn put(&self, time: &str) {
        self.0.store(time.parse::<Timestamp>().unwrap().as_second(), Ordering::Relaxed);
    }

    pub fn forward(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::Relaxed);
    }
}

impl Clock for Hand {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::Relaxed)).unwrap()
    }
}

pub struct World {
    pub clock: Arc<Hand>,
    pub random: Arc<Counted>,
    pub documents: Arc<dyn Documents>,
    pub timed: Arc<dyn Timed>,
    outbox: Arc<dyn Outbox>,
    told: Mutex<Vec<Event>>,
    _folder: tempfile::TempDir,
}

impl World {
    /// At noon of the day before anything is late.
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("accord.db").display());
        let random = Arc::new(Counted::default());
        let database =
            Database::open(&url, Sealer::new(SealingKey::from_bytes([7; 32]), random.clone())).await.unwrap();
        let clock = Arc::new(Hand::default());
        clock.put("2026-11-21T12:00:00Z");
        Self {
            clock,
            random,
            documents: Arc::new(database.documents()),
            timed: Arc::new(database.timed()),
            outbox: Arc::new(database.outbox()),
            told: Mutex::default(),
            _folder: folder,
        }
    }

    /// A process that looks.
    pub fn watch(&self) -> Watch {
        self.watch_by(self.timed.clone())
    }

    /// A process that looks by this store.
    pub fn watch_by(&self, timed: Arc<dyn Timed>) -> Watch {
        Watch::new(timed, self.documents.clone(), self.clock.clone(), self.random.clone())
    }

    /// What a process finds for the tenant, whose days are those of UTC.
    pub async fn look(&self, watch: &Watch) -> Looked {
        watch.look(&tenant(), &TimeZone::UTC).await.unwrap()
    }

    /// Keeps a version of a plan without telling anybody of it.
    pub async fn keep(&self, plan: &Plan) {
        let seen = (plan.version > Version::FIRST).then(|| Version(plan.version.0 - 1));
        let commit = Commit {
            document: plan.to_document(somebody(), None),
            seen,
            parts: plan.parts(),
            dues: plan.dues(),
            events: Vec::new(),
            once: None,
        };
        assert_eq!(self.documents.commit(&commit).await.unwrap(), Committed::Kept);
    }

    /// All that others have been told so far, in its order.
    pub async fn told(&self) -> Vec<Event> {
        loop {
            let claimed = self.outbox.claim(self.clock.now(), SignedDuration::from_mins(1), 1_000).await.unwrap();
            if claimed.is_empty() {
                return self.told.lock().unwrap().clone();
            }
            for outgoing in claimed {
                self.outbox.handed_on(&outgoing.tenant, outgoing.event.id, self.clock.now()).await.unwrap();
                self.told.lock().unwrap().push(outgoing.event);
            }
        }
    }

    /// The words for what was told.
    pub async fn words(&self) -> Vec<&'static str> {
        let mut words: Vec<_> = self.told().await.iter().map(|event| event.what.code()).collect();
        words.sort_unstable();
        words
    }

    /// A plan in force whose goal, activity and review are due on one day, as its first version.
    pub fn plan(&self, due: Date) -> Plan {
        let by = somebody();
        let act = |reason| Act { by: &by, at: self.clock.now(), today: DAY, reason, random: self.random.as_ref() };
        let content = PlanContent {
            title: "Diabetes".to_owned(),
            instantiates: vec!["https://valley.example/PlanDefinition/sugar|1.0".to_owned()],
            ..PlanContent::default()
        };
        let person = PersonId::from_random([3; 16]);
        let plan = start(NewPlan { tenant: tenant(), person, content, members: Vec::new() }, &act(None)).unwrap().plan;
        let goal = GoalContent { description: Coded::text("Better sugar"), ..GoalContent::default() };
        let target = NewTarget { due: Some(due), ..NewTarget::default() };
        let plan = add_goal(&plan, goal, vec![target], GoalStatus::Active, &act(None)).unwrap().plan;
        let schedule = Schedule { due: Some(due), ..Schedule::default() };
        let walk = ActivityContent { description: Coded::text("Walking"), schedule, ..ActivityContent::default() };
        let plan = add_activity(&plan, walk, &act(None)).unwrap().plan;
        let plan = send_to_review(&plan, vec![Role::Clinician], &act(None)).unwrap().plan;
        let plan = sign_off(&plan, Role::Clinician, &act(None)).unwrap().plan;
        let plan = activate(&plan, &act(None)).unwrap().plan;
        let plan = set_next_review(&plan, Some(due), &act(None)).unwrap().plan;
        Plan { version: Version::FIRST, ..plan }
    }

    /// The plan after a command.
    pub async fn then(
        &self,
        plan: &Plan,
        command: impl FnOnce(&Plan, &Act<'_>) -> Result<shared_plan::commands::Changed, shared_plan::commands::Refusal>,
    ) -> Plan {
        let by = somebody();
        let act =
            Act { by: &by, at: self.clock.now(), today: DAY, reason: Some("because"), random: self.random.as_ref() };
        let plan = command(plan, &act).unwrap().plan;
        self.keep(&plan).await;
        plan
    }
}

pub fn tenant() -> TenantId {
    TenantId::new("valley")
}

pub fn somebody() -> Who {
    Who { user: None, role: Some(Role::Clinician), name: "Dr. Stone".to_owned(), resource: None }
}
