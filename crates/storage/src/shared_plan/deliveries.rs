//! Queues of receivers: each event of the outbox once more for each of them, with a state of its own.

use std::sync::Arc;

use access::{StoreError, TenantId};
use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use shared_plan::EventId;
use shared_plan::ports::{Backlog, DeadLetter, Deliveries, Key, Outbox, Outgoing};
use sqlx::AssertSqlSafe;

use super::outbox::{DeadRow, UNREADABLE, WaitingRow, kept};
use super::taking::{backlog, count, in_doubt, waiting_columns};
use crate::step::{Aim, Door, Step, Value, limit, numbered, rows, write};
use crate::time::to_column;

/// From the outbox to each receiver. One that is being taken out at this moment is not waited for in vain: it stays until
/// this step ends ([`Door::staying`]), or is not found.
const PUT_ASIDE: &str = "INSERT INTO delivery (tenant_id, receiver, event, kind, document, seat, state, kept, free_from, \
                         failures, sealed) \
                         SELECT outbox.tenant_id, event_receiver.receiver, outbox.event, outbox.kind, outbox.document, \
                         outbox.seat, 'waiting', outbox.kept, 0, 0, outbox.sealed \
                         FROM outbox JOIN event_receiver ON event_receiver.tenant_id = outbox.tenant_id \
                         WHERE outbox.tenant_id = $1";
/// Walks along the index `delivery_waiting`, as the outbox does along its own.
const TO_TAKE: &str = concat!(
    "SELECT ",
    waiting_columns!("delivery"),
    " FROM delivery WHERE tenant_id = $1 AND receiver = $2 AND state = 'waiting' AND free_from <= $3 \
     AND NOT EXISTS (SELECT 1 FROM delivery AS earlier WHERE earlier.tenant_id = delivery.tenant_id \
     AND earlier.receiver = delivery.receiver AND earlier.kind = delivery.kind \
     AND earlier.document = delivery.document AND earlier.seat < delivery.seat \
     AND earlier.state <> 'handed-on') AND NOT ",
    in_doubt!("delivery"),
    " ORDER BY kept, kind, document LIMIT $4"
);
const TO_TELL: &str = concat!(
    "SELECT ",
    waiting_columns!("delivery"),
    " FROM delivery WHERE tenant_id = $1 AND receiver = $2 AND event = $3 AND state = 'waiting' AND NOT ",
    in_doubt!("delivery")
);
const BACKLOG: &str = concat!(
    backlog!("delivery", " AND earlier.receiver = delivery.receiver"),
    " AND delivery.receiver = $2 AND delivery.state <> 'handed-on' GROUP BY 1"
);

/// Puts the events of a document, from this seat on, into the queue of each receiver.
pub(super) async fn put_aside<D: Door>(step: &mut D::Step, key: &Key, first_seat: i64) -> Result<(), StoreError> {
    let staying = D::staying("event_receiver");
    let query = format!("{PUT_ASIDE} AND outbox.kind = $2 AND outbox.document = $3 AND outbox.seat >= $4{staying}");
    let document = [Value::Text(&key.tenant.0), Value::Text(key.kind.code()), Value::Text(&key.id)];
    step.execute(AssertSqlSafe(query), &[&document[..], &[Value::Number(first_seat)]].concat()).await.map(drop)
}

/// The `event_receiver` and `delivery` tables.
#[derive(Clone)]
pub(crate) struct StoredDeliveries<D>(pub(crate) D);

#[async_trait]
impl<D: Door> Deliveries for StoredDeliveries<D> {
    async fn appoint(&self, tenant: &TenantId, receivers: &[String]) -> Result<(), StoreError> {
        let mut step = self.0.begin(tenant, Aim::Write).await?;
        let mut values = vec![Value::Text(&tenant.0)];
        values.extend(receivers.iter().map(|receiver| Value::Text(receiver)));
        let others = match receivers.len() {
            0 => String::new(),
            some => format!(" AND receiver NOT IN ({})", numbered(2, some)),
        };
        // What waits for them goes with them, by the foreign key.
        step.execute(AssertSqlSafe(format!("DELETE FROM event_receiver WHERE tenant_id = $1{others}")), &values)
            .await?;
        for receiver in receivers {
            let query = "INSERT INTO event_receiver (tenant_id, receiver) VALUES ($1, $2) \
                         ON CONFLICT (tenant_id, receiver) DO NOTHING";
            step.execute(query, &[Value::Text(&tenant.0), Value::Text(receiver)]).await?;
        }
        step.commit().await
    }

    async fn receivers(&self, tenant: &TenantId) -> Result<Vec<String>, StoreError> {
        let query = "SELECT receiver FROM event_receiver WHERE tenant_id = $1 ORDER BY receiver";
        let found: Vec<(String,)> = rows(&self.0, tenant, query, &[Value::Text(&tenant.0)]).await?;
        Ok(found.into_iter().map(|(receiver,)| receiver).collect())
    }

    fn queue(&self, tenant: &TenantId, receiver: &str) -> Arc<dyn Outbox> {
        Arc::new(Queue { door: self.0.clone(), tenant: tenant.clone(), receiver: receiver.to_owned() })
    }
}

/// The queue of one receiver.
struct Queue<D> {
    door: D,
    tenant: TenantId,
    receiver: String,
}

impl<D: Door> Queue<D> {
    /// The values that each statement begins with, and these.
    fn values<'a>(&'a self, more: &[Value<'a>]) -> Vec<Value<'a>> {
        [&[Value::Text(&self.tenant.0), Value::Text(&self.receiver)], more].concat()
    }

    async fn write(&self, query: &'static str, more: &[Value<'_>]) -> Result<u64, StoreError> {
        write(&self.door, &self.tenant, query, &self.values(more)).await
    }

    /// Makes a dead letter of an event that does not open, so that it holds back no other document.
    async fn lay_aside(&self, step: &mut D::Step, event: &str, now: Timestamp) -> Result<(), StoreError> {
        let query = "UPDATE delivery SET state = 'dead', dead_since = $4, why = $5 \
                     WHERE tenant_id = $1 AND receiver = $2 AND event = $3";
        let more = [Value::Text(event), Value::Number(to_column(now)), Value::Text(UNREADABLE)];
        step.execute(query, &self.values(&more)).await.map(drop)
    }
}

#[async_trait]
impl<D: Door> Outbox for Queue<D> {
    async fn claim(&self, now: Timestamp, lease: SignedDuration, most: usize) -> Result<Vec<Outgoing>, StoreError> {
        let keeper = self.door.keeper(&self.tenant)?;
        let mut step = self.door.begin(&self.tenant, Aim::Write).await?;
        let query = AssertSqlSafe(format!("{TO_TAKE}{}", D::PASS_BY_HELD));
        let found: Vec<WaitingRow> =
            step.rows(query, &self.values(&[Value::Number(to_column(now)), limit(most)])).await?;
        let mut claimed = Vec::new();
        for waiting in found {
            match waiting.open(&mut step, keeper, &self.tenant).await {
                Ok(outgoing) => claimed.push((waiting.row.event, outgoing)),
                Err(error) => {
                    let event = &waiting.row.event;
                    tracing::error!(receiver = self.receiver, %event, %error, "{UNREADABLE}");
                    self.lay_aside(&mut step, event, now).await?;
                }
            }
        }
        if !claimed.is_empty() {
            let query = format!(
                "UPDATE delivery SET free_from = $3 WHERE tenant_id = $1 AND receiver = $2 AND event IN ({})",
                numbered(4, claimed.len())
            );
            let mut more = vec![Value::Number(to_column(now + lease))];
            more.extend(claimed.iter().map(|(event, _)| Value::Text(event)));
            step.execute(AssertSqlSafe(query), &self.values(&more)).await?;
        }
        step.commit().await?;
        Ok(claimed.into_iter().map(|(_, outgoing)| outgoing).collect())
    }

    async fn look_again(&self, claimed: &Outgoing) -> Result<Option<Outgoing>, StoreError> {
        let keeper = self.door.keeper(&self.tenant)?;
        let mut step = self.door.begin(&self.tenant, Aim::Read).await?;
        let event = claimed.event.id.to_string();
        let found: Option<WaitingRow> = step.row(TO_TELL, &self.values(&[Value::Text(&event)])).await?;
        match found {
            Some(waiting) => waiting.open(&mut step, keeper, &self.tenant).await.map(Some),
            None => Ok(None),
        }
    }

    async fn handed_on(&self, _: &TenantId, event: EventId, now: Timestamp) -> Result<(), StoreError> {
        let query = "UPDATE delivery SET state = 'handed-on', handed_on = $4, dead_since = NULL \
                     WHERE tenant_id = $1 AND receiver = $2 AND event = $3 AND state <> 'handed-on'";
        self.write(query, &[Value::Text(&event.to_string()), Value::Number(to_column(now))]).await.map(drop)
    }

    async fn failed(
        &self,
        _: &TenantId,
        event: EventId,
        why: &str,
        now: Timestamp,
        again: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        let later = "UPDATE delivery SET failures = failures + 1, why = $4, free_from = $5 \
                     WHERE tenant_id = $1 AND receiver = $2 AND event = $3 AND state = 'waiting'";
        let never = "UPDATE delivery SET failures = failures + 1, why = $4, state = 'dead', dead_since = $5 \
                     WHERE tenant_id = $1 AND receiver = $2 AND event = $3 AND state = 'waiting'";
        let (query, time) = again.map_or((never, now), |again| (later, again));
        let (event, why) = (event.to_string(), kept(why));
        self.write(query, &[Value::Text(&event), Value::Text(&why), Value::Number(to_column(time))]).await.map(drop)
    }

    async fn dead(&self, most: usize) -> Result<Vec<DeadLetter>, StoreError> {
        let query = "SELECT event, kind, document, seat, failures, sealed, why, dead_since FROM delivery \
                     WHERE tenant_id = $1 AND receiver = $2 AND state = 'dead' \
                     ORDER BY dead_since, kind, document LIMIT $3";
        let keeper = self.door.keeper(&self.tenant)?;
        let found: Vec<DeadRow> = rows(&self.door, &self.tenant, query, &self.values(&[limit(most)])).await?;
        let letters: Vec<_> = found.into_iter().map(|row| row.open(keeper, &self.tenant)).collect::<Result<_, _>>()?;
        Ok(letters.into_iter().flatten().collect())
    }

    async fn replay(&self, since: Timestamp) -> Result<u64, StoreError> {
        let again = "UPDATE delivery SET state = 'waiting', free_from = 0, failures = 0, why = NULL, dead_since = NULL, \
                     handed_on = NULL WHERE tenant_id = $1 AND receiver = $2 AND kept >= $3 AND state <> 'waiting'";
        let more = format!(
            "{PUT_ASIDE} AND event_receiver.receiver = $2 AND outbox.kept >= $3{} \
             ON CONFLICT (tenant_id, receiver, event) DO NOTHING",
            D::staying("event_receiver")
        );
        let values = self.values(&[Value::Number(to_column(since))]);
        let mut step = self.door.begin(&self.tenant, Aim::Write).await?;
        let told = step.execute(again, &values).await? + step.execute(AssertSqlSafe(more), &values).await?;
        step.commit().await?;
        Ok(told)
    }

    async fn backlog(&self) -> Result<Backlog, StoreError> {
        let mut backlog = Backlog::default();
        count(&mut backlog, rows(&self.door, &self.tenant, BACKLOG, &self.values(&[])).await?)?;
        Ok(backlog)
    }

    async fn forget(&self, handed_on_before: Timestamp) -> Result<u64, StoreError> {
        let query = "DELETE FROM delivery WHERE tenant_id = $1 AND receiver = $2 AND state = 'handed-on' \
                     AND handed_on < $3";
        self.write(query, &[Value::Number(to_column(handed_on_before))]).await
    }
}
