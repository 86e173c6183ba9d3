//! Retention of the shared plan, carried out.

use std::pin::Pin;

use access::StoreError;
use jiff::{SignedDuration, Timestamp};

use super::once;
use crate::step::{Aim, Door, Step, Value};
use crate::time::to_column;

/// How long an event is kept after it was handed on: longer than anybody takes to see that a broker has lost some.
const HANDED_ON_KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Removes idempotency keys and events that were handed on, past their retention. Returns how many.
///
/// Boxed: seen through from another crate, the compiler does not find that the work may go from thread to thread.
pub(crate) fn purge(door: &impl Door, now: Timestamp) -> Purging<'_> {
    Box::pin(carried_out(door, now))
}

type Purging<'a> = Pin<Box<dyn Future<Output = Result<u64, StoreError>> + Send + 'a>>;

async fn carried_out(door: &impl Door, now: Timestamp) -> Result<u64, StoreError> {
    let keys = "DELETE FROM idempotency_key WHERE tenant_id = $1 AND made <= $2";
    let events = "DELETE FROM outbox WHERE tenant_id = $1 AND state = 'handed-on' AND handed_on <= $2";
    let deliveries = "DELETE FROM delivery WHERE tenant_id = $1 AND state = 'handed-on' AND handed_on <= $2";
    let mut rows = 0;
    for tenant in door.tenants().await? {
        let mut step = door.begin(&tenant, Aim::Write).await?;
        for (query, kept) in [(keys, once::KEPT), (events, HANDED_ON_KEPT), (deliveries, HANDED_ON_KEPT)] {
            rows += step.execute(query, &[Value::Text(&tenant.0), Value::Number(to_column(now - kept))]).await?;
        }
        step.commit().await?;
    }
    Ok(rows)
}
