//! The audit log: appended, never changed, purged from the front.
//!
//! Each row carries a keyed mark over itself and the mark before it. Who can write to the database but does not have the
//! sealing key can not make a mark, so a changed, missing or added row shows. That rows are missing at the end shows by
//! the head, where somebody has kept it elsewhere.
//!
//! Of writers in many processes one appends to a tenant's log at a time: whoever does holds the row that says where the
//! log begins (`start.rs`).

mod chain;
mod purge;
mod start;

use std::collections::BTreeMap;

use access::audit::Verified;
use access::{Audit, AuditEvent, AuditTrail, PatientAt, StoreError, TenantId};
use async_trait::async_trait;

use crate::step::{Aim, Door, Step, Value, limit, put, rows};
use chain::{Row, mark, sized};

pub(crate) use purge::purge;

/// How many rows are looked at in one go.
const PAGE: usize = 1000;
const COLUMNS: &str = "number, recorded, operation, outcome, patient, sealed, chain";

/// The `audit_event` and `audit_start` tables.
#[derive(Clone)]
pub(crate) struct StoredAudit<D>(pub(crate) D);

#[async_trait]
impl<D: Door> Audit for StoredAudit<D> {
    async fn write_all(&self, events: &[AuditEvent]) -> Result<(), StoreError> {
        // Tenant by tenant in the order of their names: no two steps that hold several logs wait for each other.
        let mut logs: BTreeMap<&TenantId, Vec<&AuditEvent>> = BTreeMap::new();
        for event in events {
            logs.entry(&event.tenant).or_default().push(event);
        }
        let mut logs = logs.into_iter();
        let Some((tenant, events)) = logs.next() else { return Ok(()) };
        let mut step = self.0.begin(tenant, Aim::Write).await?;
        self.append(&mut step, tenant, &events).await?;
        for (tenant, events) in logs {
            step.go_to(tenant).await?;
            self.append(&mut step, tenant, &events).await?;
        }
        step.commit().await
    }
}

#[async_trait]
impl<D: Door> AuditTrail for StoredAudit<D> {
    async fn of_patient(&self, tenant: &TenantId, at: &PatientAt) -> Result<Vec<AuditEvent>, StoreError> {
        let keeper = self.0.keeper(tenant)?;
        let query = format!("SELECT {COLUMNS} FROM audit_event WHERE tenant_id = $1 AND patient = $2 ORDER BY number");
        let values = [Value::Text(&tenant.0), Value::Bytes(&mark(keeper, tenant, at))];
        let found: Vec<Row> = rows(&self.0, tenant, D::named(query), &values).await?;
        found.into_iter().map(|row| row.open(keeper, tenant)).collect()
    }

    async fn verify(&self, tenant: &TenantId) -> Result<Verified, StoreError> {
        let keeper = self.0.keeper(tenant)?;
        // One moment for all of it: a purge meanwhile is not seen.
        let mut step = self.0.begin(tenant, Aim::Read).await?;
        let Some((mut number, mut chain)) = start::read::<D>(&mut step, keeper, tenant).await? else {
            return Ok(Verified::Broken { at: 0 });
        };
        let mut events = 0;
        loop {
            let query = format!(
                "SELECT {COLUMNS} FROM audit_event WHERE tenant_id = $1 AND number > $2 ORDER BY number LIMIT $3"
            );
            let values = [Value::Text(&tenant.0), Value::Number(number), limit(PAGE)];
            let found: Vec<Row> = step.rows(D::named(query), &values).await?;
            if found.is_empty() {
                return Ok(Verified::Whole { events, head: chain });
            }
            for row in found {
                number += 1;
                let next = row.link(keeper, tenant, &chain);
                if row.number != number || row.chain != next {
                    return Ok(Verified::Broken { at: number.unsigned_abs() });
                }
                (chain, events) = (next, events + 1);
            }
        }
    }
}

impl<D: Door> StoredAudit<D> {
    /// Puts events at the end of their tenant's log, in the caller's step.
    async fn append(&self, step: &mut D::Step, tenant: &TenantId, events: &[&AuditEvent]) -> Result<(), StoreError> {
        let keeper = self.0.keeper(tenant)?;
        let start = start::hold::<D>(step, keeper, tenant).await?;
        let (mut number, mut chain) = match last::<D>(step, tenant).await? {
            Some(last) => last,
            // Where the beginning was tampered with, that shows when the log is looked over; it keeps nobody from writing.
            None => start.unwrap_or_else(|| (0, start::first(keeper, tenant))),
        };
        let mut made = Vec::with_capacity(events.len());
        for event in events {
            number += 1;
            let row = Row::of(keeper, number, &chain, event)?;
            chain = sized(&row.chain)?;
            made.push(row);
        }
        let values: Vec<_> = made.iter().map(|row| row.values(tenant)).collect();
        put(step, &D::named(format!("audit_event (tenant_id, {COLUMNS})")).0, &values).await
    }
}

/// Number and chain of the last event.
async fn last<D: Door>(step: &mut D::Step, tenant: &TenantId) -> Result<Option<(i64, [u8; 32])>, StoreError> {
    let query = "SELECT number, chain FROM audit_event WHERE tenant_id = $1 ORDER BY number DESC LIMIT 1";
    let found: Option<(i64, Vec<u8>)> = step.row(D::named(query), &[Value::Text(&tenant.0)]).await?;
    found.map(|(number, chain)| Ok((number, sized(&chain)?))).transpose()
}
