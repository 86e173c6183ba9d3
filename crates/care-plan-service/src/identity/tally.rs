//! Refused tokens, counted: one event a minute in the log of each tenant.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use access::TenantId;
use jiff::{SignedDuration, Timestamp};

/// Between two events of a tenant.
const APART: SignedDuration = SignedDuration::from_mins(1);

/// Refused tokens that are not written yet, by tenant.
#[derive(Debug, Default)]
pub(super) struct Tally(Mutex<BTreeMap<TenantId, Counted>>);

#[derive(Debug)]
struct Counted {
    /// When the last event was; `None` where it could not be written.
    written: Option<Timestamp>,
    more: u64,
}

/// An event that is to be written now.
#[derive(Debug)]
pub(super) struct Due {
    /// In whose log.
    pub(super) tenant: TenantId,
    /// How many were refused since the event before, beside the one that is at hand.
    pub(super) more: u64,
}

impl Counted {
    fn is_due(&self, now: Timestamp) -> bool {
        self.written.is_none_or(|written| now.duration_since(written) >= APART)
    }

    fn write(&mut self, tenant: &TenantId, now: Timestamp) -> Due {
        self.written = Some(now);
        Due { tenant: tenant.clone(), more: std::mem::take(&mut self.more) }
    }
}

impl Tally {
    /// One more was refused: the events that are due with it.
    pub(super) fn add(&self, tenants: &[TenantId], now: Timestamp) -> Vec<Due> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut due = Vec::new();
        for tenant in tenants {
            let counted = all.entry(tenant.clone()).or_insert(Counted { written: None, more: 0 });
            if counted.is_due(now) {
                due.push(counted.write(tenant, now));
            } else {
                counted.more += 1;
            }
        }
        due
    }

    /// The events of what was refused before, and not written.
    pub(super) fn left(&self, now: Timestamp) -> Vec<Due> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let left = all.iter_mut().filter(|(_, counted)| counted.more > 0 && counted.is_due(now));
        left.map(|(tenant, counted)| counted.write(tenant, now)).collect()
    }

    /// They could not be written: the next ones tell of them.
    pub(super) fn give_back(&self, due: Vec<Due>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for Due { tenant, more } in due {
            let counted = all.entry(tenant).or_insert(Counted { written: None, more: 0 });
            counted.written = None;
            counted.more += more;
        }
    }
}
