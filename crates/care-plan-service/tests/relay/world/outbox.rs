//! An outbox in memory, as nasty as a real one: leases run out, and a call may fail before it did something, or after.

use std::sync::{Arc, Mutex};

use access::{StoreError, TenantId};
use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use shared_plan::ports::{Backlog, DeadLetter, Outbox, Outgoing};
use shared_plan::{Event, EventId};
use tokio::sync::Notify;

use super::START;

/// What goes wrong with a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// Nothing was done.
    Before,
    /// It was done, and the answer is lost.
    After,
}

/// A call of the port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    Claim,
    LookAgain,
    HandedOn,
    Failed,
}

#[derive(Debug, Clone, PartialEq)]
enum State {
    Waiting { free_from: Timestamp },
    HandedOn { at: Timestamp },
    Dead { since: Timestamp, why: String },
}

#[derive(Debug, Clone)]
struct Row {
    event: Event,
    kept: Timestamp,
    failures: u32,
    state: State,
}

type Troubles = Mutex<Box<dyn FnMut(Call) -> Option<Trouble> + Send>>;

pub struct FakeOutbox {
    rows: Mutex<Vec<Row>>,
    trouble: Troubles,
    nothing_waits: Notify,
    claims: Mutex<u32>,
    doubted: Mutex<Vec<String>>,
}

impl FakeOutbox {
    pub fn with(events: Vec<Event>) -> Arc<Self> {
        let waiting = State::Waiting { free_from: START };
        let row = |event: Event| Row { kept: event.at, event, failures: 0, state: waiting.clone() };
        Arc::new(Self {
            rows: Mutex::new(events.into_iter().map(row).collect()),
            trouble: Mutex::new(Box::new(|_| None)),
            nothing_waits: Notify::new(),
            claims: Mutex::default(),
            doubted: Mutex::default(),
        })
    }

    /// From now on calls fail so.
    pub fn fails(&self, trouble: impl FnMut(Call) -> Option<Trouble> + Send + 'static) {
        *self.trouble.lock().expect("nobody panicked") = Box::new(trouble);
    }

    /// From now on it is in doubt whose these documents are, and of no others.
    pub fn doubts(&self, documents: &[&str]) {
        *self.doubted.lock().expect("nobody panicked") =
            documents.iter().map(|&document| document.to_owned()).collect();
    }

    fn is_in_doubt(&self, row: &Row) -> bool {
        self.doubted.lock().expect("nobody panicked").contains(&row.event.document)
    }

    /// How often events were claimed.
    pub fn claims(&self) -> u32 {
        *self.claims.lock().expect("nobody panicked")
    }

    /// Until nothing waits; what is dead does not wait, nor what a dead letter holds back.
    pub async fn settled(&self) {
        while self.waits() {
            self.nothing_waits.notified().await;
        }
    }

    fn waits(&self) -> bool {
        let rows = self.rows.lock().expect("nobody panicked");
        let dead: Vec<&str> = rows
            .iter()
            .filter(|row| matches!(row.state, State::Dead { .. }))
            .map(|row| row.event.document.as_str())
            .collect();
        rows.iter()
            .any(|row| matches!(row.state, State::Waiting { .. }) && !dead.contains(&row.event.document.as_str()))
    }

    fn call<T>(&self, call: Call, work: impl FnOnce(&mut Vec<Row>) -> T) -> Result<T, StoreError> {
        let trouble = (self.trouble.lock().expect("nobody panicked"))(call);
        let lost = || StoreError("the connection was lost".into());
        if trouble == Some(Trouble::Before) {
            return Err(lost());
        }
        let answer = work(&mut self.rows.lock().expect("nobody panicked"));
        if !self.waits() {
            self.nothing_waits.notify_one();
        }
        if trouble == Some(Trouble::After) { Err(lost()) } else { Ok(answer) }
    }
}

#[async_trait]
impl Outbox for FakeOutbox {
    async fn claim(&self, now: Timestamp, lease: SignedDuration, limit: usize) -> Result<Vec<Outgoing>, StoreError> {
        *self.claims.lock().expect("nobody panicked") += 1;
        self.call(Call::Claim, |rows| {
            let mut held: Vec<String> = Vec::new();
            let mut claimed = Vec::new();
            for row in rows.iter_mut().filter(|row| !matches!(row.state, State::HandedOn { .. })) {
                if held.contains(&row.event.document) {
                    continue;
                }
                held.push(row.event.document.clone());
                if self.is_in_doubt(row) {
                    continue;
                }
                if claimed.len() < limit && matches!(row.state, State::Waiting { free_from } if free_from <= now) {
                    row.state = State::Waiting { free_from: now + lease };
                    let (tenant, event) = (row.event.tenant.clone(), row.event.clone());
                    claimed.push(Outgoing { tenant, event, failures: row.failures });
                }
            }
            claimed
        })
    }

    async fn look_again(&self, claimed: &Outgoing) -> Result<Option<Outgoing>, StoreError> {
        self.call(Call::LookAgain, |rows| {
            let row = rows.iter().find(|row| row.event.id == claimed.event.id).expect("an event of this outbox");
            let may = matches!(row.state, State::Waiting { .. }) && !self.is_in_doubt(row);
            may.then(|| claimed.clone())
        })
    }

    async fn handed_on(&self, _: &TenantId, event: EventId, now: Timestamp) -> Result<(), StoreError> {
        self.call(Call::HandedOn, |rows| {
            let row = rows.iter_mut().find(|row| row.event.id == event).expect("an event of this outbox");
            row.state = State::HandedOn { at: now };
        })
    }

    async fn failed(
        &self,
        _: &TenantId,
        event: EventId,
        why: &str,
        now: Timestamp,
        again: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        self.call(Call::Failed, |rows| {
            let row = rows.iter_mut().find(|row| row.event.id == event).expect("an event of this outbox");
            // Another relay may have handed it on meanwhile.
            if matches!(row.state, State::Waiting { .. }) {
                row.failures += 1;
                row.state =
                    again.map_or(State::Dead { since: now, why: why.into() }, |free_from| State::Waiting { free_from });
            }
        })
    }

    async fn dead(&self, limit: usize) -> Result<Vec<DeadLetter>, StoreError> {
        let rows = self.rows.lock().expect("nobody panicked");
        let letter = |row: &Row| match &row.state {
            State::Dead { since, why } => Some(DeadLetter {
                outgoing: Outgoing {
                    tenant: row.event.tenant.clone(),
                    event: row.event.clone(),
                    failures: row.failures,
                },
                why: why.clone(),
                since: *since,
            }),
            _ => None,
        };
        Ok(rows.iter().filter_map(letter).take(limit).collect())
    }

    async fn replay(&self, since: Timestamp) -> Result<u64, StoreError> {
        let mut rows = self.rows.lock().expect("nobody panicked");
        let mut told = 0;
        for row in rows.iter_mut().filter(|row| row.kept >= since && !matches!(row.state, State::Waiting { .. })) {
            (row.state, row.failures) = (State::Waiting { free_from: since }, 0);
            told += 1;
        }
        Ok(told)
    }

    async fn backlog(&self) -> Result<Backlog, StoreError> {
        let rows = self.rows.lock().expect("nobody panicked");
        let mut backlog = Backlog::default();
        let mut poisoned: Vec<&str> = Vec::new();
        for row in rows.iter() {
            match row.state {
                State::HandedOn { .. } => {}
                State::Dead { .. } => {
                    poisoned.push(&row.event.document);
                    backlog.dead += 1;
                }
                State::Waiting { .. } if self.is_in_doubt(row) => backlog.in_doubt += 1,
                State::Waiting { .. } if poisoned.contains(&row.event.document.as_str()) => backlog.held_back += 1,
                State::Waiting { .. } => {
                    backlog.waiting += 1;
                    backlog.oldest = Some(backlog.oldest.map_or(row.kept, |oldest| oldest.min(row.kept)));
                }
            }
        }
        Ok(backlog)
    }

    async fn forget(&self, handed_on_before: Timestamp) -> Result<u64, StoreError> {
        let mut rows = self.rows.lock().expect("nobody panicked");
        let before = rows.len();
        rows.retain(|row| !matches!(row.state, State::HandedOn { at } if at < handed_on_before));
        Ok((before - rows.len()) as u64)
    }
}
