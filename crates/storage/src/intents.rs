//! Intents to write, the installation's: whoever keeps house looks for all that are open.

use access::StoreError;
use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use write_back::{Closed, Intent, IntentId, Intents};

use crate::database::unasked;
use crate::seal::{Place, Sealer};
use crate::step::{Aim, Door, Step, Value, installation, rows, write};
use crate::time::to_column;

/// How long the content of an edit that was not saved can be found again.
const CONTENT_KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How long the bare row of a closed intent is kept.
const ROW_KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// The `write_intent` table.
#[derive(Clone)]
pub(crate) struct StoredIntents<D> {
    pub(crate) door: D,
    pub(crate) sealer: Sealer,
}

#[async_trait]
impl<D: Door> Intents for StoredIntents<D> {
    async fn open(&self, intent: &Intent) -> Result<IntentId, StoreError> {
        let query = "INSERT INTO write_intent (id, launch, source, opened, sealed) VALUES ($1, $2, $3, $4, $5)";
        let id = self.new_id();
        let sealed = self.sealer.seal(place(&[id.as_bytes()]), &intent.to_bytes());
        let values = [
            Value::Text(&id),
            Value::Text(intent.launch.as_str()),
            Value::Text(intent.edit.goal.source.as_str()),
            Value::Number(to_column(intent.opened)),
            Value::Bytes(&sealed),
        ];
        write(&self.door, installation(), query, &values).await?;
        Ok(IntentId(id))
    }

    async fn close(&self, id: &IntentId, closed: Closed, now: Timestamp) -> Result<(), StoreError> {
        let query = match closed {
            // The text of a saved edit is at its owner now; here it would only be one more copy.
            Closed::Saved => {
                "UPDATE write_intent SET closed = $2, outcome = $3, sealed = NULL WHERE id = $1 AND closed IS NULL"
            }
            Closed::Conflict | Closed::Refused | Closed::NotWritten | Closed::Unknown => {
                "UPDATE write_intent SET closed = $2, outcome = $3 WHERE id = $1 AND closed IS NULL"
            }
        };
        let values = [Value::Text(&id.0), Value::Number(to_column(now)), Value::Text(closed.code())];
        write(&self.door, installation(), query, &values).await.map(drop)
    }

    async fn unfinished(&self) -> Result<Vec<(IntentId, Intent)>, StoreError> {
        let query = "SELECT id, sealed FROM write_intent WHERE closed IS NULL ORDER BY opened, id";
        let found: Vec<(String, Vec<u8>)> = rows(&self.door, installation(), query, &[]).await?;
        // One row that does not open must not hide the others; it stays where it is until it opens again.
        Ok(found.into_iter().filter_map(|(id, sealed)| self.read(id, &sealed)).collect())
    }
}

impl<D> StoredIntents<D> {
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
pub(crate) async fn purge(door: &impl Door, now: Timestamp) -> Result<u64, StoreError> {
    let empty = "UPDATE write_intent SET sealed = NULL WHERE closed <= $1 AND sealed IS NOT NULL";
    let remove = "DELETE FROM write_intent WHERE closed <= $1";
    let mut step = door.begin(installation(), Aim::Write).await?;
    let mut changed = 0;
    for (query, kept) in [(empty, CONTENT_KEPT), (remove, ROW_KEPT)] {
        changed += step.execute(query, &[Value::Number(to_column(now - kept))]).await?;
    }
    step.commit().await?;
    Ok(changed)
}

fn place<'a>(row: &'a [&'a [u8]]) -> Place<'a> {
    Place { table: "write_intent", row }
}
