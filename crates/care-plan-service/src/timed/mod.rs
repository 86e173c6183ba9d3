//! What becomes late by the passing of time alone: told once for each part and day, by whichever process comes first.
//!
//! Nothing is kept in memory between two looks: the days to watch follow from the documents, what was told lies in the
//! store. A process that is killed in between loses nothing, and two that look at once tell nothing twice: the turn
//! spares work, the store's own step decides.

use std::sync::Arc;

use access::{Clock, Randomness, StoreError, TenantId};
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use shared_plan::commands::Happened;
use shared_plan::plan::Plan;
use shared_plan::ports::{Documents, DueKind, Kind, Passed, Timed};
use shared_plan::{Event, EventKind, Id};

/// For how long one process looks for a tenant.
const TURN: SignedDuration = SignedDuration::from_mins(1);
/// How many late things are taken at a time.
const AT_A_TIME: usize = 100;

/// Looks for what is late.
#[derive(Clone)]
pub struct Watch {
    timed: Arc<dyn Timed>,
    documents: Arc<dyn Documents>,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Randomness>,
    /// This process, among those that share the store.
    holder: String,
}

/// What a look found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Looked {
    /// Late things that were told now.
    pub told: usize,
    /// Those that another process told first, or that changed meanwhile.
    pub passed_over: usize,
}

impl Watch {
    /// Looks by these stores, under a name of its own.
    pub fn new(
        timed: Arc<dyn Timed>,
        documents: Arc<dyn Documents>,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Randomness>,
    ) -> Self {
        let holder = format!("{}", Id::<Self>::from_random(bits(random.as_ref())));
        Self { timed, documents, clock, random, holder }
    }

    /// Tells what is late at a tenant, where it is this process's turn. Called again before long, it finds the rest.
    ///
    /// # Errors
    /// The store could not be asked; what was told before stays told.
    pub async fn look(&self, tenant: &TenantId, zone: &TimeZone) -> Result<Looked, StoreError> {
        let now = self.clock.now();
        let mut looked = Looked::default();
        if !self.timed.take_turn(tenant, &self.holder, now, TURN).await? {
            return Ok(looked);
        }
        let today = now.to_zoned(zone.clone()).date();
        loop {
            let late = self.timed.passed(tenant, today, AT_A_TIME).await?;
            let mut told = 0;
            for passed in &late {
                let event = self.event(passed).await;
                if self.timed.tell(passed, &event).await? {
                    told += 1;
                } else {
                    looked.passed_over += 1;
                }
            }
            looked.told += told;
            // A page of which nothing could be told would come again and again.
            if late.len() < AT_A_TIME || told == 0 {
                return Ok(looked);
            }
        }
    }

    async fn event(&self, passed: &Passed) -> Event {
        let plan = self.plan(passed).await;
        let late = plan.as_ref().map(|plan| Happened::late(plan, &passed.due));
        Event {
            id: Id::from_random(bits(self.random.as_ref())),
            what: match passed.due.what {
                DueKind::GoalOverdue => EventKind::GoalOverdue,
                DueKind::ActivityOverdue => EventKind::ActivityOverdue,
                DueKind::ReviewDue => EventKind::ReviewDue,
            },
            tenant: passed.key.tenant.clone(),
            person: passed.person.clone(),
            kind: passed.key.kind,
            document: passed.key.id.clone(),
            version: passed.version,
            // It belongs to no change: the store seats it after whatever the document told before.
            index: 0,
            part: Some(passed.due.part.clone()),
            programme: plan.as_ref().and_then(Plan::programme).map(|programme| programme.canonical),
            state: late.as_ref().and_then(|late| late.state).map(str::to_owned),
            facts: Some(late.map(|late| late.facts).unwrap_or_default()),
            at: self.clock.now(),
        }
    }
}

impl Watch {
    /// The plan, for figures of a population. Of a document that cannot be read nothing more is told: that something is
    /// late is told all the same, or one such document would hold back everything that is late after it.
    async fn plan(&self, passed: &Passed) -> Option<Plan> {
        if passed.key.kind != Kind::Plan {
            return None;
        }
        let document = match self.documents.lookup(&passed.key).await {
            Ok(document) => document?,
            Err(error) => {
                tracing::error!(document = passed.key.id, %error, "a document with something late could not be read");
                return None;
            }
        };
        Plan::from_document(&document).ok()
    }
}

fn bits(random: &dyn Randomness) -> [u8; 16] {
    let mut bits = [0; 16];
    random.fill(&mut bits);
    bits
}
