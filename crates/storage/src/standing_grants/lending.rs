//! Which launches read by a grant.
//!
//! A use lies where its launch lies, so that it ends with the launch, however that ends; its grant lies at the tenant. So
//! a step goes from one to the other: a use is put while the person is held, read only together with its grant, and
//! deleted in the step that deletes the grant.

use std::collections::{BTreeMap, BTreeSet};

use access::{LaunchId, PersonId, StandingKey, StoreError, TenantId};
use jiff::Timestamp;

use super::{in_force, values};
use crate::database::unasked;
use crate::persons;
use crate::step::{Aim, Door, Step, Value, installation};
use crate::time::to_column;

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
    let values = [&values(key)[..], &[now, now]].concat();
    let found: Option<(String,)> = step.row(D::named(query), &values).await?;
    if found.is_none() {
        return Ok(false);
    }
    step.go_to(installation()).await?;
    let put =
        "INSERT INTO standing_use (launch, tenant, person, source) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    step.execute(put, &[&[Value::Text(launch.as_str())], &values[..3]].concat()).await?;
    step.commit().await?;
    Ok(true)
}

/// What a launch may read by now.
pub(super) async fn lent_to<D: Door>(
    door: &D,
    launch: &LaunchId,
    now: Timestamp,
) -> Result<Vec<StandingKey>, StoreError> {
    let uses = "SELECT tenant, person, source FROM standing_use WHERE launch = $1 ORDER BY tenant, person, source";
    let mut step = door.begin(installation(), Aim::Read).await?;
    let uses: Vec<(String, String, String)> = step.rows(uses, &[Value::Text(launch.as_str())]).await?;
    let mut lent: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for (tenant, person, source) in uses {
        lent.entry((tenant, person)).or_default().insert(source);
    }
    let grants = format!(
        "SELECT source FROM standing_grant WHERE tenant_id = $1 AND person = $2 AND {} AND {} ORDER BY source",
        in_force("$3"),
        shared("$4")
    );
    let now = Value::Number(to_column(now));
    let mut keys = Vec::new();
    for ((tenant, person), sources) in lent {
        let values = [Value::Text(&tenant), Value::Text(&person), now, now];
        let tenant = TenantId::new(&*tenant);
        step.go_to(&tenant).await?;
        let found: Vec<(String,)> = step.rows(D::named(grants.clone()), &values).await?;
        let person = PersonId::parse(&person).ok_or_else(|| unasked("a row without a person id"))?;
        let found = found.into_iter().filter(|(source,)| sources.contains(source));
        keys.extend(found.map(|(source,)| StandingKey { tenant: tenant.clone(), person: person.clone(), source }));
    }
    Ok(keys)
}

/// Notes that no launch reads by a grant any more, and tells which did, in the caller's step.
pub(crate) async fn take_from_launches<D: Door>(
    step: &mut D::Step,
    tenant: &TenantId,
    person: &PersonId,
    source: &str,
) -> Result<Vec<LaunchId>, StoreError> {
    let query = "DELETE FROM standing_use WHERE tenant = $1 AND person = $2 AND source = $3 RETURNING launch";
    step.go_to(installation()).await?;
    let values = [Value::Text(&tenant.0), Value::Text(person.as_str()), Value::Text(source)];
    let taken: Vec<(String,)> = step.rows(query, &values).await?;
    step.go_to(tenant).await?;
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
