//! Which launches read by a grant.
//!
//! A use lies with its tenant, as the grant does, and goes with it. It ends with the launch, however that ends
//! (`launches/ending.rs`): so it is put while the person is held and the launch stays.

use access::{LaunchId, PersonId, StandingKey, StoreError, TenantId};
use jiff::Timestamp;

use super::{in_force, values};
use crate::database::unasked;
use crate::step::{Aim, Door, Step, Value, rows};
use crate::time::to_column;
use crate::{launches, persons};

/// Notes that a launch reads by a grant, where the care team may.
pub(super) async fn lend<D: Door>(
    door: &D,
    key: &StandingKey,
    launch: &LaunchId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let query = format!(
        "SELECT source FROM standing_grant WHERE tenant_id = $1 AND person = $2 AND source = $3 AND {} AND {}",
        in_force("$4"),
        shared("$5")
    );
    let now = Value::Number(to_column(now));
    let mut step = door.begin(&key.tenant, Aim::Write).await?;
    persons::hold::<D>(&mut step, &key.tenant, &key.person).await?;
    let of_grant = [&values(key)[..], &[now, now]].concat();
    let found: Option<(String,)> = step.row(D::named(query), &of_grant).await?;
    if found.is_none() {
        return Ok(false);
    }
    if !launches::stay::<D>(&mut step, &key.tenant, launch).await? {
        return Err(unasked("a grant lent to a launch that is not there"));
    }
    let put =
        "INSERT INTO standing_use (tenant_id, person, source, launch) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    step.execute(D::named(put), &[&values(key)[..], &[Value::Text(launch.as_str())]].concat()).await?;
    step.commit().await?;
    Ok(true)
}

/// What a launch may read by now.
pub(super) async fn lent_to<D: Door>(
    door: &D,
    tenant: &TenantId,
    launch: &LaunchId,
    now: Timestamp,
) -> Result<Vec<StandingKey>, StoreError> {
    let query = format!(
        "SELECT standing_grant.person, standing_grant.source FROM standing_use \
         JOIN standing_grant ON standing_grant.tenant_id = standing_use.tenant_id \
         AND standing_grant.person = standing_use.person AND standing_grant.source = standing_use.source \
         WHERE standing_use.tenant_id = $1 AND standing_use.launch = $2 AND {} AND {} \
         ORDER BY standing_grant.person, standing_grant.source",
        in_force("$3"),
        shared("$4")
    );
    let now = Value::Number(to_column(now));
    let values = [Value::Text(&tenant.0), Value::Text(launch.as_str()), now, now];
    let lent: Vec<(String, String)> = rows(door, tenant, D::named(query), &values).await?;
    let key = |(person, source): (String, String)| {
        let person = PersonId::parse(&person).ok_or_else(|| unasked("a row without a person id"))?;
        Ok(StandingKey { tenant: tenant.clone(), person, source })
    };
    lent.into_iter().map(key).collect()
}

/// Notes that no launch reads by a grant any more, and tells which did, in the caller's step.
pub(crate) async fn take_from_launches<D: Door>(
    step: &mut D::Step,
    tenant: &TenantId,
    person: &PersonId,
    source: &str,
) -> Result<Vec<LaunchId>, StoreError> {
    let query = "DELETE FROM standing_use WHERE tenant_id = $1 AND person = $2 AND source = $3 RETURNING launch";
    let values = [Value::Text(&tenant.0), Value::Text(person.as_str()), Value::Text(source)];
    let taken: Vec<(String,)> = step.rows(D::named(query), &values).await?;
    let id = |(text,): &(String,)| LaunchId::parse(text).ok_or_else(|| unasked("a row without a launch id"));
    let mut launches: Vec<LaunchId> = taken.iter().map(id).collect::<Result<_, _>>()?;
    launches.sort();
    Ok(launches)
}

/// The care team may read by a grant as long as the consent for the care team is in force, whatever else carries it.
fn shared(now: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM consent AS shared WHERE shared.tenant_id = standing_grant.tenant_id \
         AND shared.person = standing_grant.person AND shared.source = standing_grant.source \
         AND shared.purpose = 'care-team' AND shared.revoked IS NULL \
         AND (shared.valid_until IS NULL OR shared.valid_until > {now}))"
    )
}
