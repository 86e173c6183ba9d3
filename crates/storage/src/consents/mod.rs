//! Consents.
//!
//! What rests on a consent refers to `consent_in_force`. Ending a consent takes its row there away, and the foreign keys
//! do the rest, in the same step. Every such step holds the person first, so that nobody rests something on a consent
//! while it ends.

mod ending;
mod purge;
mod row;

use access::{Consent, ConsentId, Consents, Erasure, PersonId, Purpose, Revoked, StoreError, TenantId};
use async_trait::async_trait;
use jiff::Timestamp;

use crate::database::unasked;
use crate::persons::{self, StoredPersons};
use crate::step::{Aim, Door, Step, Value, rows};
use crate::time::to_column;
use row::{COLUMNS, Row};

pub(crate) use ending::end_all;
pub(crate) use purge::purge;

/// Of a row of `consent`: neither revoked nor ended.
pub(crate) const IN_FORCE: &str = "EXISTS (SELECT 1 FROM consent_in_force \
                                   WHERE consent_in_force.tenant_id = consent.tenant_id \
                                   AND consent_in_force.consent = consent.id)";

/// The `consent` and `consent_in_force` tables.
#[derive(Clone)]
pub(crate) struct StoredConsents<D>(pub(crate) D);

#[async_trait]
impl<D: Door> Consents for StoredConsents<D> {
    async fn give(&self, tenant: &TenantId, consent: &Consent) -> Result<(), StoreError> {
        let keeper = self.0.keeper(tenant)?;
        let mut step = self.0.begin(tenant, Aim::Write).await?;
        if !persons::hold::<D>(&mut step, tenant, &consent.person).await? {
            return Err(unasked("a consent of a person who is not there, or not any more"));
        }
        let persons = StoredPersons(self.0.clone());
        if !persons.has_record_at(&mut step, tenant, &consent.person, &consent.source).await? {
            return Err(unasked("a consent for a source at which the person has no record, or not any more"));
        }
        let former = row::in_force::<D>(&mut step, keeper, tenant, &consent.person, Some(&consent.source)).await?;
        row::insert::<D>(&mut step, keeper, tenant, consent).await?;
        for former in former.iter().filter(|former| former.purpose == consent.purpose) {
            ending::take_the_place::<D>(&mut step, keeper, tenant, former, consent).await?;
        }
        step.commit().await
    }

    async fn lookup(&self, tenant: &TenantId, id: &ConsentId) -> Result<Option<Consent>, StoreError> {
        let values = [Value::Text(&tenant.0), Value::Text(id.as_str())];
        Ok(self.list(tenant, "id = $2", &values).await?.pop())
    }

    async fn of_person(&self, tenant: &TenantId, person: &PersonId) -> Result<Vec<Consent>, StoreError> {
        let values = [Value::Text(&tenant.0), Value::Text(person.as_str())];
        self.list(tenant, "person = $2 ORDER BY given, id", &values).await
    }

    async fn all_in_force(
        &self,
        tenant: &TenantId,
        purpose: Purpose,
        now: Timestamp,
    ) -> Result<Vec<Consent>, StoreError> {
        let which = format!("purpose = $2 AND revoked IS NULL AND {IN_FORCE} ORDER BY given, id");
        let values = [Value::Text(&tenant.0), Value::Text(purpose.code())];
        let found = self.list(tenant, &which, &values).await?;
        Ok(found.into_iter().filter(|consent| consent.is_in_force(now)).collect())
    }

    async fn in_force(
        &self,
        tenant: &TenantId,
        person: &PersonId,
        source: &str,
        purpose: Purpose,
        now: Timestamp,
    ) -> Result<Option<Consent>, StoreError> {
        let keeper = self.0.keeper(tenant)?;
        let mut step = self.0.begin(tenant, Aim::Read).await?;
        let found = row::in_force::<D>(&mut step, keeper, tenant, person, Some(source)).await?;
        Ok(found.into_iter().find(|consent| consent.purpose == purpose && consent.is_in_force(now)))
    }

    async fn revoke(
        &self,
        tenant: &TenantId,
        id: &ConsentId,
        revoked: &Revoked,
    ) -> Result<Option<Erasure>, StoreError> {
        ending::revoke(&self.0, tenant, id, revoked).await
    }

    async fn end_due(&self, now: Timestamp) -> Result<Vec<Erasure>, StoreError> {
        let mut erasures = Vec::new();
        for tenant in self.0.tenants().await? {
            erasures.extend(ending::end_due(&self.0, &tenant, now).await?);
        }
        Ok(erasures)
    }
}

impl<D: Door> StoredConsents<D> {
    /// The consents of a tenant that meet a condition.
    async fn list(&self, tenant: &TenantId, which: &str, values: &[Value<'_>]) -> Result<Vec<Consent>, StoreError> {
        let keeper = self.0.keeper(tenant)?;
        let query = format!("SELECT {COLUMNS} FROM consent WHERE tenant_id = $1 AND {which}");
        let found: Vec<Row> = rows(&self.0, tenant, D::named(query), values).await?;
        found.into_iter().map(|row| row.open(keeper, tenant)).collect()
    }
}

/// The consents of a tenant that are in force though their day has come.
async fn due<D: Door>(door: &D, tenant: &TenantId, now: Timestamp) -> Result<Vec<ConsentId>, StoreError> {
    let query = format!(
        "SELECT id FROM consent WHERE tenant_id = $1 AND valid_until <= $2 AND revoked IS NULL AND {IN_FORCE} ORDER BY id"
    );
    let values = [Value::Text(&tenant.0), Value::Number(to_column(now))];
    let found: Vec<(String,)> = rows(door, tenant, D::named(query), &values).await?;
    found.iter().map(|(id,)| row::id(id)).collect()
}
