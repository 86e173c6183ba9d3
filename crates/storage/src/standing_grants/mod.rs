//! Standing grants, and which launches read by them.
//!
//! What is put or lent holds the person first, and so does whatever ends a consent: neither rests anything on a consent
//! that is being taken back.

mod lending;
mod resting;
mod turns;

use access::{ConsentId, LaunchId, PersonId, StandingGrant, StandingGrants, StandingKey, StoreError, TenantId};
use async_trait::async_trait;
use jiff::Timestamp;

use crate::consents::IN_FORCE;
use crate::database::unasked;
use crate::persons;
use crate::seal::Place;
use crate::step::{Aim, Door, Step, Value, row, rows};
use crate::time::to_column;

pub(crate) use lending::take_from_launches;
pub(crate) use resting::{Taken, let_go, rest_on, take};

/// The `standing_grant` and `standing_use` tables.
#[derive(Clone)]
pub(crate) struct StoredStandingGrants<D>(pub(crate) D);

#[async_trait]
impl<D: Door> StandingGrants for StoredStandingGrants<D> {
    async fn put(&self, key: &StandingKey, grant: &StandingGrant, now: Timestamp) -> Result<bool, StoreError> {
        // Only for a consent of this person and source.
        let query = format!(
            "INSERT INTO standing_grant (tenant_id, person, source, consent, sealed) \
             SELECT tenant_id, person, source, id, $5 FROM consent \
             WHERE tenant_id = $1 AND person = $2 AND source = $3 AND id = $4 AND {IN_FORCE} \
             AND purpose IN ('care-team', 'offline-reading') AND (valid_until IS NULL OR valid_until > $6) \
             ON CONFLICT (tenant_id, person, source) DO UPDATE \
             SET consent = excluded.consent, sealed = excluded.sealed, refresh_until = NULL"
        );
        let sealed = self.0.keeper(&key.tenant)?.sealer.seal(place(&bound(key)), &grant.content);
        let [tenant, person, source] = values(key);
        let consent = Value::Text(grant.consent.as_str());
        let values = [tenant, person, source, consent, Value::Bytes(&sealed), Value::Number(to_column(now))];
        let mut step = self.0.begin(&key.tenant, Aim::Write).await?;
        persons::hold::<D>(&mut step, &key.tenant, &key.person).await?;
        let kept = step.execute(D::named(query), &values).await?;
        step.commit().await?;
        Ok(kept == 1)
    }

    async fn lookup(&self, key: &StandingKey, now: Timestamp) -> Result<Option<StandingGrant>, StoreError> {
        let query = format!(
            "SELECT consent, sealed FROM standing_grant WHERE tenant_id = $1 AND person = $2 AND source = $3 AND {}",
            in_force("$4")
        );
        let keeper = self.0.keeper(&key.tenant)?;
        let [tenant, person, source] = values(key);
        let values = [tenant, person, source, Value::Number(to_column(now))];
        let found: Option<(String, Vec<u8>)> = row(&self.0, &key.tenant, D::named(query), &values).await?;
        let Some((consent, sealed)) = found else { return Ok(None) };
        let consent = ConsentId::parse(&consent).ok_or_else(|| unasked("a row without a consent id"))?;
        let content = keeper.sealer.open(place(&bound(key)), &sealed).map_err(unasked)?;
        Ok(Some(StandingGrant { consent, content }))
    }

    async fn sources_of(
        &self,
        tenant: &TenantId,
        person: &PersonId,
        now: Timestamp,
    ) -> Result<Vec<String>, StoreError> {
        let query = format!(
            "SELECT source FROM standing_grant WHERE tenant_id = $1 AND person = $2 AND {} ORDER BY source",
            in_force("$3")
        );
        let values = [Value::Text(&tenant.0), Value::Text(person.as_str()), Value::Number(to_column(now))];
        let found: Vec<(String,)> = rows(&self.0, tenant, D::named(query), &values).await?;
        Ok(found.into_iter().map(|(source,)| source).collect())
    }

    async fn replace(&self, key: &StandingKey, until: Timestamp, content: &[u8]) -> Result<bool, StoreError> {
        turns::replace(&self.0, key, until, content).await
    }

    async fn forget(&self, key: &StandingKey, until: Timestamp) -> Result<bool, StoreError> {
        turns::forget(&self.0, key, until).await
    }

    async fn lend(&self, key: &StandingKey, launch: &LaunchId, now: Timestamp) -> Result<bool, StoreError> {
        lending::lend(&self.0, key, launch, now).await
    }

    async fn lent_to(
        &self,
        tenant: &TenantId,
        launch: &LaunchId,
        now: Timestamp,
    ) -> Result<Vec<StandingKey>, StoreError> {
        lending::lent_to(&self.0, tenant, launch, now).await
    }

    async fn begin_refresh(&self, key: &StandingKey, now: Timestamp, until: Timestamp) -> Result<bool, StoreError> {
        turns::begin(&self.0, key, now, until).await
    }

    async fn end_refresh(&self, key: &StandingKey, until: Timestamp) -> Result<(), StoreError> {
        turns::end(&self.0, key, until).await
    }
}

/// A grant is there as long as its consent is in force, and not a moment longer: the purge may be late. `now` names the
/// parameter that holds the time.
fn in_force(now: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM consent WHERE consent.tenant_id = standing_grant.tenant_id \
         AND consent.id = standing_grant.consent AND consent.revoked IS NULL \
         AND (consent.valid_until IS NULL OR consent.valid_until > {now}))"
    )
}

/// Tenant, person and source, the beginning of every condition.
fn values(key: &StandingKey) -> [Value<'_>; 3] {
    [Value::Text(&key.tenant.0), Value::Text(key.person.as_str()), Value::Text(&key.source)]
}

fn bound(key: &StandingKey) -> [&[u8]; 3] {
    [key.tenant.0.as_bytes(), key.person.as_str().as_bytes(), key.source.as_bytes()]
}

fn place<'a>(row: &'a [&'a [u8]]) -> Place<'a> {
    Place { table: "standing_grant", row }
}
