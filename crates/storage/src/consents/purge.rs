//! Consents past their retention.

use access::{PersonId, StoreError, TenantId};
use jiff::{SignedDuration, Timestamp};

use super::ending;
use crate::persons;
use crate::step::{Aim, Door, Step, Value};
use crate::time::to_column;

/// How long an ended consent is kept.
const ENDED_KEPT: SignedDuration = SignedDuration::from_hours(24 * (6 * 365 + 2));

/// Ends a tenant's consents whose time is over, with what rests on them, and removes those that ended long ago, with
/// persons of whom nothing else is left. Returns how many consents.
pub(crate) async fn purge<D: Door>(door: &D, tenant: &TenantId, now: Timestamp) -> Result<u64, StoreError> {
    let ended = ending::end_due(door, tenant, now).await?.len() as u64;
    let query = "DELETE FROM consent WHERE tenant_id = $1 \
                 AND CASE WHEN revoked IS NULL THEN valid_until ELSE revoked END <= $2 RETURNING person";
    let mut step = door.begin(tenant, Aim::Write).await?;
    let values = [Value::Text(&tenant.0), Value::Number(to_column(now - ENDED_KEPT))];
    let removed: Vec<(String,)> = step.rows(D::named(query), &values).await?;
    let count = removed.len() as u64;
    let whose = removed.iter().filter_map(|(person,)| PersonId::parse(person)).collect();
    persons::forget::<D>(&mut step, tenant, &whose).await?;
    step.commit().await?;
    Ok(ended + count)
}
