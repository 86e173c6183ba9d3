//! Turns to refresh a grant. Each compares in the statement that writes, so that of two who ask at once, in whatever
//! processes, one gets it.

use access::{StandingKey, StoreError};
use jiff::Timestamp;

use super::{bound, place, values};
use crate::persons;
use crate::step::{Aim, Door, Step, Value, write};
use crate::time::to_column;

/// Takes the turn, where nobody has it.
pub(super) async fn begin<D: Door>(
    door: &D,
    key: &StandingKey,
    now: Timestamp,
    until: Timestamp,
) -> Result<bool, StoreError> {
    let query = "UPDATE standing_grant SET refresh_until = $4 WHERE tenant_id = $1 AND person = $2 AND source = $3 \
                 AND (refresh_until IS NULL OR refresh_until <= $5)";
    run(door, key, query, &[Value::Number(to_column(until)), Value::Number(to_column(now))]).await
}

/// Gives the turn back.
pub(super) async fn end<D: Door>(door: &D, key: &StandingKey, until: Timestamp) -> Result<(), StoreError> {
    let query = "UPDATE standing_grant SET refresh_until = NULL \
                 WHERE tenant_id = $1 AND person = $2 AND source = $3 AND refresh_until = $4";
    run(door, key, query, &[Value::Number(to_column(until))]).await.map(drop)
}

/// Stores what the turn has brought. A new grant has no turn, and a later turn ends at another time.
pub(super) async fn replace<D: Door>(
    door: &D,
    key: &StandingKey,
    until: Timestamp,
    content: &[u8],
) -> Result<bool, StoreError> {
    let query = "UPDATE standing_grant SET sealed = $4 \
                 WHERE tenant_id = $1 AND person = $2 AND source = $3 AND refresh_until = $5";
    let sealed = door.keeper(&key.tenant)?.sealer.seal(place(&bound(key)), content);
    run(door, key, query, &[Value::Bytes(&sealed), Value::Number(to_column(until))]).await
}

/// Forgets the grant that the turn was taken for; by the foreign key its uses go too.
pub(super) async fn forget<D: Door>(door: &D, key: &StandingKey, until: Timestamp) -> Result<bool, StoreError> {
    let query = "DELETE FROM standing_grant \
                 WHERE tenant_id = $1 AND person = $2 AND source = $3 AND refresh_until = $4";
    let mut step = door.begin(&key.tenant, Aim::Write).await?;
    persons::hold::<D>(&mut step, &key.tenant, &key.person).await?;
    let values = [&values(key)[..], &[Value::Number(to_column(until))]].concat();
    if step.execute(D::named(query), &values).await? == 0 {
        return Ok(false);
    }
    step.commit().await?;
    Ok(true)
}

async fn run<D: Door>(
    door: &D,
    key: &StandingKey,
    query: &'static str,
    then: &[Value<'_>],
) -> Result<bool, StoreError> {
    let values = [&values(key)[..], then].concat();
    Ok(write(door, &key.tenant, D::named(query), &values).await? == 1)
}
