//! What others are told: taken, handed on, or laid aside.
//!
//! An event may be taken when it waits, nobody has it, and no event of its document at an earlier seat is still on its
//! way. So there is at most one of each document, and a dead letter holds back its own document only.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use access::{StoreError, TenantId};
use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use shared_plan::EventId;
use shared_plan::ports::{Backlog, DeadLetter, Outbox, Outgoing};
use sqlx::AssertSqlSafe;

use super::event_row::EventRow;
use super::hanging;
use super::taking::{Standing, backlog, count, in_doubt, waiting_columns};
use crate::keeper::Keeper;
use crate::step::{Aim, Door, Step, Value, limit, numbered};
use crate::time::{from_column, to_column};

/// Walks along the index `outbox_waiting` and stops when it has enough, however much waits.
/// What a document in doubt has to tell waits with it, and whose it is when it is told is said by how it hangs then.
const TO_TAKE: &str = concat!(
    "SELECT ",
    waiting_columns!("outbox"),
    " FROM outbox WHERE tenant_id = $1 AND state = 'waiting' AND free_from <= $2 \
     AND NOT EXISTS (SELECT 1 FROM outbox AS earlier WHERE earlier.tenant_id = outbox.tenant_id \
     AND earlier.kind = outbox.kind AND earlier.document = outbox.document \
     AND earlier.seat < outbox.seat AND earlier.state <> 'handed-on') AND NOT ",
    in_doubt!("outbox"),
    " ORDER BY kept, kind, document LIMIT $3"
);
const TO_TELL: &str = concat!(
    "SELECT ",
    waiting_columns!("outbox"),
    " FROM outbox WHERE tenant_id = $1 AND event = $2 AND state = 'waiting' AND NOT ",
    in_doubt!("outbox")
);
const BACKLOG: &str = concat!(backlog!("outbox", ""), " AND outbox.state <> 'handed-on' GROUP BY 1");
const DEAD: &str = "SELECT event, kind, document, seat, failures, sealed, why, dead_since FROM outbox \
                    WHERE tenant_id = $1 AND state = 'dead' ORDER BY dead_since, kind, document LIMIT $2";
/// What is said of an event that does not open.
pub(super) const UNREADABLE: &str = "the event could not be read from the outbox";
/// How much of a reason is kept.
const LETTERS_KEPT: usize = 500;

/// The `outbox` table.
#[derive(Clone)]
pub(crate) struct StoredOutbox<D> {
    pub(crate) door: D,
    /// Each claim begins with another tenant, so that one with much to tell leaves the others their turn.
    pub(crate) turn: Arc<AtomicUsize>,
}

/// An event that waits, as it is read.
#[derive(sqlx::FromRow)]
pub(super) struct WaitingRow {
    #[sqlx(flatten)]
    pub(super) row: EventRow,
    moves: i64,
}

impl WaitingRow {
    /// The event, as one of the person on whom its document hangs now.
    pub(super) async fn open(
        &self,
        step: &mut impl Step,
        keeper: &Keeper,
        tenant: &TenantId,
    ) -> Result<Outgoing, StoreError> {
        let outgoing = self.row.open(keeper, tenant)?;
        if self.moves == 0 { Ok(outgoing) } else { hanging::told_of(step, keeper, outgoing).await }
    }
}

/// A dead letter as it is read.
#[derive(sqlx::FromRow)]
pub(super) struct DeadRow {
    #[sqlx(flatten)]
    row: EventRow,
    why: Option<String>,
    dead_since: i64,
}

impl DeadRow {
    /// The letter; `None`, with a line in the log, where it does not open.
    pub(super) fn open(self, keeper: &Keeper, tenant: &TenantId) -> Result<Option<DeadLetter>, StoreError> {
        match self.row.open(keeper, tenant) {
            Ok(outgoing) => {
                let since = from_column(self.dead_since)?;
                Ok(Some(DeadLetter { outgoing, why: self.why.unwrap_or_default(), since }))
            }
            Err(error) => {
                tracing::error!(event = %self.row.event, %error, "{UNREADABLE}");
                Ok(None)
            }
        }
    }
}

#[async_trait]
impl<D: Door> Outbox for StoredOutbox<D> {
    async fn claim(&self, now: Timestamp, lease: SignedDuration, limit: usize) -> Result<Vec<Outgoing>, StoreError> {
        let mut tenants = self.door.tenants().await?;
        let first = self.turn.fetch_add(1, Ordering::Relaxed).checked_rem(tenants.len()).unwrap_or(0);
        tenants.rotate_left(first);
        let mut claimed = Vec::new();
        for tenant in tenants {
            if claimed.len() < limit {
                claimed.extend(self.claim_of(&tenant, now, lease, limit - claimed.len()).await?);
            }
        }
        Ok(claimed)
    }

    async fn look_again(&self, claimed: &Outgoing) -> Result<Option<Outgoing>, StoreError> {
        let tenant = &claimed.tenant;
        let keeper = self.door.keeper(tenant)?;
        let mut step = self.door.begin(tenant, Aim::Read).await?;
        let event = claimed.event.id.to_string();
        let found: Option<WaitingRow> = step.row(TO_TELL, &[Value::Text(&tenant.0), Value::Text(&event)]).await?;
        match found {
            Some(waiting) => waiting.open(&mut step, keeper, tenant).await.map(Some),
            None => Ok(None),
        }
    }

    async fn handed_on(&self, tenant: &TenantId, event: EventId, now: Timestamp) -> Result<(), StoreError> {
        let query = "UPDATE outbox SET state = 'handed-on', handed_on = $3, dead_since = NULL \
                     WHERE tenant_id = $1 AND event = $2 AND state <> 'handed-on'";
        self.write(tenant, query, &[Value::Text(&event.to_string()), Value::Number(to_column(now))]).await.map(drop)
    }

    async fn failed(
        &self,
        tenant: &TenantId,
        event: EventId,
        why: &str,
        now: Timestamp,
        again: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        let later = "UPDATE outbox SET failures = failures + 1, why = $3, free_from = $4 \
                     WHERE tenant_id = $1 AND event = $2 AND state = 'waiting'";
        let never = "UPDATE outbox SET failures = failures + 1, why = $3, state = 'dead', dead_since = $4 \
                     WHERE tenant_id = $1 AND event = $2 AND state = 'waiting'";
        let event = event.to_string();
        let why = kept(why);
        let (query, time) = again.map_or((never, now), |again| (later, again));
        let values = [Value::Text(&event), Value::Text(&why), Value::Number(to_column(time))];
        self.write(tenant, query, &values).await.map(drop)
    }

    async fn dead(&self, limit: usize) -> Result<Vec<DeadLetter>, StoreError> {
        let mut letters = Vec::new();
        for tenant in self.door.tenants().await? {
            letters.extend(self.dead_of(&tenant, limit).await?);
        }
        letters.sort_by_key(|letter| letter.since);
        letters.truncate(limit);
        Ok(letters)
    }

    async fn replay(&self, since: Timestamp) -> Result<u64, StoreError> {
        let query = "UPDATE outbox SET state = 'waiting', free_from = 0, failures = 0, why = NULL, dead_since = NULL, \
                     handed_on = NULL WHERE tenant_id = $1 AND kept >= $2 AND state <> 'waiting'";
        self.write_everywhere(query, since).await
    }

    async fn backlog(&self) -> Result<Backlog, StoreError> {
        let mut backlog = Backlog::default();
        for tenant in self.door.tenants().await? {
            let mut step = self.door.begin(&tenant, Aim::Read).await?;
            let rows: Vec<Standing> = step.rows(BACKLOG, &[Value::Text(&tenant.0)]).await?;
            count(&mut backlog, rows)?;
        }
        Ok(backlog)
    }

    async fn forget(&self, handed_on_before: Timestamp) -> Result<u64, StoreError> {
        let query = "DELETE FROM outbox WHERE tenant_id = $1 AND state = 'handed-on' AND handed_on < $2";
        self.write_everywhere(query, handed_on_before).await
    }
}

impl<D: Door> StoredOutbox<D> {
    async fn claim_of(
        &self,
        tenant: &TenantId,
        now: Timestamp,
        lease: SignedDuration,
        rows: usize,
    ) -> Result<Vec<Outgoing>, StoreError> {
        let keeper = self.door.keeper(tenant)?;
        let mut step = self.door.begin(tenant, Aim::Write).await?;
        let query = format!("{TO_TAKE}{}", D::PASS_BY_HELD);
        let free_at = Value::Number(to_column(now));
        let found: Vec<WaitingRow> =
            step.rows(AssertSqlSafe(query), &[Value::Text(&tenant.0), free_at, limit(rows)]).await?;
        let mut claimed = Vec::new();
        for waiting in found {
            match waiting.open(&mut step, keeper, tenant).await {
                Ok(outgoing) => claimed.push((waiting.row.event, outgoing)),
                Err(error) => lay_aside(&mut step, tenant, &waiting.row, now, &error).await?,
            }
        }
        if !claimed.is_empty() {
            let query = format!(
                "UPDATE outbox SET free_from = $2 WHERE tenant_id = $1 AND event IN ({})",
                numbered(3, claimed.len())
            );
            let mut values = vec![Value::Text(&tenant.0), Value::Number(to_column(now + lease))];
            values.extend(claimed.iter().map(|(event, _)| Value::Text(event)));
            step.execute(AssertSqlSafe(query), &values).await?;
        }
        step.commit().await?;
        Ok(claimed.into_iter().map(|(_, outgoing)| outgoing).collect())
    }

    async fn dead_of(&self, tenant: &TenantId, rows: usize) -> Result<Vec<DeadLetter>, StoreError> {
        let keeper = self.door.keeper(tenant)?;
        let mut step = self.door.begin(tenant, Aim::Read).await?;
        let found: Vec<DeadRow> = step.rows(DEAD, &[Value::Text(&tenant.0), limit(rows)]).await?;
        let letters: Vec<_> = found.into_iter().map(|row| row.open(keeper, tenant)).collect::<Result<_, _>>()?;
        Ok(letters.into_iter().flatten().collect())
    }

    /// Runs one statement; `$1` is the tenant.
    async fn write(&self, tenant: &TenantId, query: &'static str, values: &[Value<'_>]) -> Result<u64, StoreError> {
        let mut step = self.door.begin(tenant, Aim::Write).await?;
        let values = [&[Value::Text(&tenant.0)], values].concat();
        let rows = step.execute(query, &values).await?;
        step.commit().await?;
        Ok(rows)
    }

    async fn write_everywhere(&self, query: &'static str, time: Timestamp) -> Result<u64, StoreError> {
        let mut rows = 0;
        for tenant in self.door.tenants().await? {
            rows += self.write(&tenant, query, &[Value::Number(to_column(time))]).await?;
        }
        Ok(rows)
    }
}

/// A reason as it is kept: PostgreSQL takes no letter 0, and a reason that cannot be kept must not keep the event.
pub(super) fn kept(why: &str) -> String {
    why.chars().filter(|letter| *letter != '\0').take(LETTERS_KEPT).collect()
}

/// Makes a dead letter of an event that does not open, so that it holds back no other document.
async fn lay_aside(
    step: &mut impl Step,
    tenant: &TenantId,
    row: &EventRow,
    now: Timestamp,
    error: &StoreError,
) -> Result<(), StoreError> {
    tracing::error!(%tenant, event = %row.event, %error, "{UNREADABLE}");
    let query = "UPDATE outbox SET state = 'dead', dead_since = $3, why = $4 WHERE tenant_id = $1 AND event = $2";
    let since = Value::Number(to_column(now));
    step.execute(query, &[Value::Text(&tenant.0), Value::Text(&row.event), since, Value::Text(UNREADABLE)]).await?;
    Ok(())
}
