//! Items that outlast the launch that read them.

use access::{ConsentId, KeptItem, KeptItems, StandingKey, StoreError, TenantId};
use async_trait::async_trait;
use jiff::Timestamp;

use crate::consents::IN_FORCE;
use crate::database::unasked;
use crate::keeper::Keeper;
use crate::persons;
use crate::seal::Place;
use crate::step::{Aim, Door, Step, Value, row, write};
use crate::time::{from_column, to_column};

const LOOKUP: &str = "SELECT kept_item.consent, kept_item.valid_until, kept_item.sealed FROM kept_item \
                      JOIN consent ON consent.tenant_id = kept_item.tenant_id AND consent.id = kept_item.consent \
                      WHERE kept_item.tenant_id = $1 AND kept_item.person = $2 AND kept_item.source = $3 \
                      AND kept_item.name = $4 AND kept_item.valid_until > $5 \
                      AND (consent.valid_until IS NULL OR consent.valid_until > $6)";

/// The `kept_item` table.
#[derive(Clone)]
pub(crate) struct StoredKeptItems<D>(pub(crate) D);

#[async_trait]
impl<D: Door> KeptItems for StoredKeptItems<D> {
    async fn put(&self, key: &StandingKey, name: &str, item: &KeptItem, now: Timestamp) -> Result<bool, StoreError> {
        let keeper = self.0.keeper(&key.tenant)?;
        let mark = mark(keeper, key, name);
        let query = format!(
            "INSERT INTO kept_item (tenant_id, person, source, name, consent, valid_until, sealed) \
             SELECT tenant_id, person, source, $5, id, $6, $7 FROM consent \
             WHERE tenant_id = $1 AND person = $2 AND source = $3 AND id = $4 AND {IN_FORCE} \
             AND (valid_until IS NULL OR valid_until > $8) \
             ON CONFLICT (tenant_id, person, source, name) DO UPDATE \
             SET consent = excluded.consent, valid_until = excluded.valid_until, sealed = excluded.sealed"
        );
        let sealed = keeper.sealer.seal(place(&bound(key, &mark)), &item.content);
        let [tenant, person, source] = values(key);
        let values = [
            tenant,
            person,
            source,
            Value::Text(item.consent.as_str()),
            Value::Bytes(&mark),
            Value::Number(to_column(item.until)),
            Value::Bytes(&sealed),
            Value::Number(to_column(now)),
        ];
        let mut step = self.0.begin(&key.tenant, Aim::Write).await?;
        // Whoever takes the consent back waits, or was first.
        persons::hold::<D>(&mut step, &key.tenant, &key.person).await?;
        let kept = step.execute(D::named(query), &values).await?;
        step.commit().await?;
        Ok(kept == 1)
    }

    async fn lookup(&self, key: &StandingKey, name: &str, now: Timestamp) -> Result<Option<KeptItem>, StoreError> {
        let keeper = self.0.keeper(&key.tenant)?;
        let mark = mark(keeper, key, name);
        let [tenant, person, source] = values(key);
        let now = Value::Number(to_column(now));
        let values = [tenant, person, source, Value::Bytes(&mark), now, now];
        let found: Option<(String, i64, Vec<u8>)> = row(&self.0, &key.tenant, D::named(LOOKUP), &values).await?;
        let Some((consent, until, sealed)) = found else { return Ok(None) };
        let consent = ConsentId::parse(&consent).ok_or_else(|| unasked("a row without a consent id"))?;
        let content = keeper.sealer.open(place(&bound(key, &mark)), &sealed).map_err(unasked)?;
        Ok(Some(KeptItem { consent, until: from_column(until)?, content }))
    }
}

/// Removes a tenant's items past their time. Returns how many.
pub(crate) async fn purge<D: Door>(door: &D, tenant: &TenantId, now: Timestamp) -> Result<u64, StoreError> {
    let query = "DELETE FROM kept_item WHERE tenant_id = $1 AND valid_until <= $2";
    write(door, tenant, D::named(query), &[Value::Text(&tenant.0), Value::Number(to_column(now))]).await
}

fn mark(keeper: &Keeper, key: &StandingKey, name: &str) -> [u8; 32] {
    let parts = [key.tenant.0.as_bytes(), key.person.as_str().as_bytes(), key.source.as_bytes(), name.as_bytes()];
    keeper.mark("kept_item", &parts)
}

fn values(key: &StandingKey) -> [Value<'_>; 3] {
    [Value::Text(&key.tenant.0), Value::Text(key.person.as_str()), Value::Text(&key.source)]
}

fn bound<'a>(key: &'a StandingKey, mark: &'a [u8; 32]) -> [&'a [u8]; 4] {
    [key.tenant.0.as_bytes(), key.person.as_str().as_bytes(), key.source.as_bytes(), mark]
}

fn place<'a>(row: &'a [&'a [u8]]) -> Place<'a> {
    Place { table: "kept_item", row }
}
