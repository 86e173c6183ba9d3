//! Intents to write, in SQLite.

use access::StoreError;
use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use sqlx::SqlitePool;
use write_back::{Closed, Intent, IntentId, Intents};

use crate::database::unasked;
use crate::seal::{Place, Sealer};
use crate::time::to_column;

/// How long the content of an edit that was not saved can be found again.
const CONTENT_KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How long the bare row of a closed intent is kept.
const ROW_KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// The `write_intent` table.
#[derive(Clone)]
pub struct SqliteIntents {
    pub(crate) pool: SqlitePool,
    pub(crate) sealer: Sealer,
}

#[async_trait]
impl Intents for SqliteIntents {
    async fn open(&self, intent: &Intent) -> Result<IntentId, StoreError> {
        let id = self.new_id();
        sqlx::query("INSERT INTO write_intent (id, launch, source, opened, sealed) VALUES ($1, $2, $3, $4, $5)")
            .bind(&id)
            .bind(intent.launch.as_str())
            .bind(intent.edit.goal.source.as_str())
            .bind(to_column(intent.opened))
            .bind(self.sealer.seal(place(&[id.as_bytes()]), &intent.to_bytes()))
            .execute(&self.pool)
            .await
            .map_err(unasked)?;
        Ok(IntentId(id))
    }

    async fn close(&self, id: &IntentId, closed: Closed, now: Timestamp) -> Result<(), StoreError> {
        // The text of a saved edit is at its owner now; here it would only be one more copy.
        let query = "UPDATE write_intent SET closed = $2, outcome = $3, sealed = CASE WHEN $4 THEN NULL ELSE sealed END \
                     WHERE id = $1 AND closed IS NULL";
        sqlx::query(query)
            .bind(&id.0)
            .bind(to_column(now))
            .bind(closed.code())
            .bind(closed == Closed::Saved)
            .execute(&self.pool)
            .await
            .map(drop)
            .map_err(unasked)
    }

    async fn unfinished(&self) -> Result<Vec<(IntentId, Intent)>, StoreError> {
        let query = "SELECT id, sealed FROM write_intent WHERE closed IS NULL ORDER BY opened, id";
        let rows: Vec<(String, Vec<u8>)> = sqlx::query_as(query).fetch_all(&self.pool).await.map_err(unasked)?;
        // One row that does not open must not hide the others; it stays where it is until it opens again.
        Ok(rows.into_iter().filter_map(|(id, sealed)| self.read(id, &sealed)).collect())
    }
}

impl SqliteIntents {
    fn new_id(&self) -> String {
        let mut bytes = [0; 16];
        self.sealer.randomness().fill(&mut bytes);
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn read(&self, id: String, sealed: &[u8]) -> Option<(IntentId, Intent)> {
        let plain = self.sealer.open(place(&[id.as_bytes()]), sealed).map_err(unasked);
        match plain.and_then(|plain| Intent::from_bytes(&plain).map_err(unasked)) {
            Ok(intent) => Some((IntentId(id), intent)),
            Err(error) => {
                tracing::error!(intent = %id, %error, "an open intent could not be read");
                None
            }
        }
    }
}

/// Empties and removes closed intents that are past their retention. Returns how many rows it changed.
pub(crate) async fn purge(pool: &SqlitePool, now: Timestamp) -> Result<u64, StoreError> {
    let empty = sqlx::query("UPDATE write_intent SET sealed = NULL WHERE closed <= $1 AND sealed IS NOT NULL");
    let emptied = empty.bind(to_column(now - CONTENT_KEPT)).execute(pool).await.map_err(unasked)?;
    let delete = sqlx::query("DELETE FROM write_intent WHERE closed <= $1");
    let deleted = delete.bind(to_column(now - ROW_KEPT)).execute(pool).await.map_err(unasked)?;
    Ok(emptied.rows_affected() + deleted.rows_affected())
}

fn place<'a>(row: &'a [&'a [u8]]) -> Place<'a> {
    Place { table: "write_intent", row }
}
