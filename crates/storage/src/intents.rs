//! Intents to write, each at its tenant. None hangs on a launch or a session: an accepted edit outlives both.

use access::{StoreError, TenantId};
use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use write_back::{Closed, Intent, IntentId, Intents};

use crate::database::unasked;
use crate::keeper::Keeper;
use crate::seal::Place;
use crate::step::{Aim, Door, Step, Value, rows, write};
use crate::time::to_column;

/// How long the content of an edit that was not saved can be found again.
const CONTENT_KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How long the bare row of a closed intent is kept.
const ROW_KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// The `write_intent` table.
#[derive(Clone)]
pub(crate) struct StoredIntents<D>(pub(crate) D);

#[async_trait]
impl<D: Door> Intents for StoredIntents<D> {
    async fn open(&self, tenant: &TenantId, intent: &Intent) -> Result<IntentId, StoreError> {
        let query = "INSERT INTO write_intent (tenant_id, id, launch, source, opened, sealed) \
                     VALUES ($1, $2, $3, $4, $5, $6)";
        let keeper = self.0.keeper(tenant)?;
        let id: String = keeper.new_id().iter().map(|byte| format!("{byte:02x}")).collect();
        let sealed = seal(keeper, tenant, &id, &intent.to_bytes());
        let values = [
            Value::Text(&tenant.0),
            Value::Text(&id),
            Value::Text(intent.launch.as_str()),
            Value::Text(intent.edit.goal.source.as_str()),
            Value::Number(to_column(intent.opened)),
            Value::Bytes(&sealed),
        ];
        write(&self.0, tenant, query, &values).await?;
        Ok(IntentId(id))
    }

    async fn close(&self, tenant: &TenantId, id: &IntentId, closed: Closed, now: Timestamp) -> Result<(), StoreError> {
        let query = match closed {
            // The text of a saved edit is at its owner now; here it would only be one more copy.
            Closed::Saved => {
                "UPDATE write_intent SET closed = $3, outcome = $4, sealed = NULL \
                 WHERE tenant_id = $1 AND id = $2 AND closed IS NULL"
            }
            Closed::Conflict | Closed::Refused | Closed::NotWritten | Closed::Unknown => {
                "UPDATE write_intent SET closed = $3, outcome = $4 \
                 WHERE tenant_id = $1 AND id = $2 AND closed IS NULL"
            }
        };
        let (now, code) = (Value::Number(to_column(now)), Value::Text(closed.code()));
        write(&self.0, tenant, query, &[Value::Text(&tenant.0), Value::Text(&id.0), now, code]).await.map(drop)
    }

    async fn unfinished(&self, tenant: &TenantId) -> Result<Vec<(IntentId, Intent)>, StoreError> {
        let query = "SELECT id, sealed FROM write_intent WHERE tenant_id = $1 AND closed IS NULL ORDER BY opened, id";
        let keeper = self.0.keeper(tenant)?;
        let found: Vec<(String, Vec<u8>)> = rows(&self.0, tenant, query, &[Value::Text(&tenant.0)]).await?;
        // One row that does not open must not hide the others; it stays where it is until it opens again.
        Ok(found.into_iter().filter_map(|(id, sealed)| read(keeper, tenant, id, &sealed)).collect())
    }
}

/// Seals the content of an intent for its place.
pub(crate) fn seal(keeper: &Keeper, tenant: &TenantId, id: &str, content: &[u8]) -> Vec<u8> {
    keeper.sealer.seal(place(&[tenant.0.as_bytes(), id.as_bytes()]), content)
}

fn read(keeper: &Keeper, tenant: &TenantId, id: String, sealed: &[u8]) -> Option<(IntentId, Intent)> {
    let plain = keeper.sealer.open(place(&[tenant.0.as_bytes(), id.as_bytes()]), sealed).map_err(unasked);
    match plain.and_then(|plain| Intent::from_bytes(&plain).map_err(unasked)) {
        Ok(intent) => Some((IntentId(id), intent)),
        Err(error) => {
            tracing::error!(%tenant, intent = %id, %error, "an open intent could not be read");
            None
        }
    }
}

/// Empties and removes a tenant's closed intents that are past their retention. Returns how many rows it changed.
pub(crate) async fn purge(door: &impl Door, tenant: &TenantId, now: Timestamp) -> Result<u64, StoreError> {
    let empty = "UPDATE write_intent SET sealed = NULL WHERE tenant_id = $1 AND closed <= $2 AND sealed IS NOT NULL";
    let remove = "DELETE FROM write_intent WHERE tenant_id = $1 AND closed <= $2";
    let mut step = door.begin(tenant, Aim::Write).await?;
    let mut changed = 0;
    for (query, kept) in [(empty, CONTENT_KEPT), (remove, ROW_KEPT)] {
        changed += step.execute(query, &[Value::Text(&tenant.0), Value::Number(to_column(now - kept))]).await?;
    }
    step.commit().await?;
    Ok(changed)
}

fn place<'a>(row: &'a [&'a [u8]]) -> Place<'a> {
    Place { table: "write_intent", row }
}
