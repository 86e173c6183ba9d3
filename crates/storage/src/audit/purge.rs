//! Events past their retention.

use access::{StoreError, TenantId};
use jiff::{SignedDuration, Timestamp};

use super::start;
use crate::step::{Aim, Door, Step, Value, row};
use crate::time::to_column;

/// How long an event is kept: six years, two of which may have a day more.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * (6 * 365 + 2));

/// The last event before the first that is to stay: a clock that once stood wrong leaves no gap. The plus keeps
/// the planner to the order of the numbers: what is old is at the front, and it stops there.
const LAST_OLD: &str = "SELECT number, chain FROM audit_event WHERE tenant_id = $1 AND number < coalesce( \
                        (SELECT number FROM audit_event WHERE tenant_id = $2 AND +recorded >= $3 \
                        ORDER BY number LIMIT 1), $4) ORDER BY number DESC LIMIT 1";

/// Removes a tenant's events that are past their retention, from the front. Returns how many.
pub(crate) async fn purge<D: Door>(door: &D, tenant: &TenantId, now: Timestamp) -> Result<u64, StoreError> {
    let before = Value::Number(to_column(now - KEPT));
    let name = Value::Text(&tenant.0);
    let any = "SELECT number FROM audit_event WHERE tenant_id = $1 AND recorded < $2 LIMIT 1";
    let any: Option<(i64,)> = row(door, tenant, D::named(any), &[name, before]).await?;
    if any.is_none() {
        return Ok(0);
    }
    let keeper = door.keeper(tenant)?;
    let mut step = door.begin(tenant, Aim::Write).await?;
    start::hold::<D>(&mut step, keeper, tenant).await?;
    let values = [name, name, before, Value::Number(i64::MAX)];
    let last: Option<(i64, Vec<u8>)> = step.row(D::named(LAST_OLD), &values).await?;
    let Some((number, chain)) = last else { return Ok(0) };
    // The tables' own triggers let nothing else be deleted.
    step.execute("INSERT INTO audit_retention (only_row, kept_from) VALUES (1, 0) ON CONFLICT DO NOTHING", &[]).await?;
    let open = "UPDATE audit_retention SET kept_from = $1 WHERE kept_from < $2";
    step.execute(open, &[before, before]).await?;
    start::move_to::<D>(&mut step, keeper, tenant, (number, &chain)).await?;
    let delete = "DELETE FROM audit_event WHERE tenant_id = $1 AND number <= $2";
    let removed = step.execute(D::named(delete), &[name, Value::Number(number)]).await?;
    step.commit().await?;
    Ok(removed)
}
