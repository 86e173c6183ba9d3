//! Links past their retention, and persons of whom nothing is left.

use std::collections::BTreeSet;

use access::{PersonId, StoreError, TenantId};
use jiff::{SignedDuration, Timestamp};

use super::hold;
use crate::step::{Aim, Door, Step, Value};
use crate::time::to_column;

/// How long an ended link is kept.
const ENDED_KEPT: SignedDuration = SignedDuration::from_hours(24 * (6 * 365 + 2));

/// Where something of a person may be, beside their links: a row found keeps the person.
const LEFT: [&str; 2] = [
    "SELECT id FROM document WHERE tenant_id = $1 AND person = $2 LIMIT 1",
    "SELECT id FROM document WHERE tenant_id = $1 \
     AND CASE WHEN hangs_on IS NULL THEN person ELSE hangs_on END = $2 LIMIT 1",
];

/// Removes a tenant's links that ended long ago, and persons that are left without any and have nothing else. Returns how
/// many rows.
pub(crate) async fn purge<D: Door>(door: &D, tenant: &TenantId, now: Timestamp) -> Result<u64, StoreError> {
    let query = "DELETE FROM person_link WHERE tenant_id = $1 AND ended <= $2 RETURNING person";
    let mut step = door.begin(tenant, Aim::Write).await?;
    let values = [Value::Text(&tenant.0), Value::Number(to_column(now - ENDED_KEPT))];
    let removed: Vec<(String,)> = step.rows(D::named(query), &values).await?;
    let links = removed.len() as u64;
    let whose = removed.iter().filter_map(|(person,)| PersonId::parse(person)).collect();
    let persons = forget::<D>(&mut step, tenant, &whose).await?;
    step.commit().await?;
    Ok(links + persons)
}

/// Forgets those of these persons of whom nothing is left, in the caller's step; in the order of their ids, as whoever
/// joins two. Returns how many.
pub(crate) async fn forget<D: Door>(
    step: &mut D::Step,
    tenant: &TenantId,
    persons: &BTreeSet<PersonId>,
) -> Result<u64, StoreError> {
    let delete = "DELETE FROM person WHERE tenant_id = $1 AND id = $2 AND NOT EXISTS (SELECT 1 FROM person_link \
                  WHERE person_link.tenant_id = person.tenant_id AND person_link.person = person.id) \
                  AND NOT EXISTS (SELECT 1 FROM consent \
                  WHERE consent.tenant_id = person.tenant_id AND consent.person = person.id)";
    let mut forgotten = 0;
    for person in persons {
        // Whoever is linked to them right now is seen after that.
        hold::<D>(step, tenant, person).await?;
        let values = [Value::Text(&tenant.0), Value::Text(person.as_str())];
        let mut left = false;
        for query in LEFT {
            let found: Option<(String,)> = step.row(query, &values).await?;
            left |= found.is_some();
        }
        if !left {
            forgotten += step.execute(D::named(delete), &values).await?;
        }
    }
    Ok(forgotten)
}
