//! Launches that wait for their source's answer, the installation's: they are found by `state` alone, whichever source's
//! address the answer comes to. One that comes to another's, which may be another tenant's, is used up by that, and told
//! apart from one that nobody waits for (S7). None holds a token, or anything of a record.

use access::StoreError;
use async_trait::async_trait;
use jiff::Timestamp;
use smart::{PendingLaunch, PendingLaunches};

use crate::database::unasked;
use crate::seal::{Place, Sealer};
use crate::step::{Aim, Door, Step, Value, installation, write};
use crate::time::to_column;

/// The `pending_launch` table.
#[derive(Clone)]
pub(crate) struct StoredPendingLaunches<D> {
    pub(crate) door: D,
    pub(crate) sealer: Sealer,
}

#[async_trait]
impl<D: Door> PendingLaunches for StoredPendingLaunches<D> {
    async fn put(&self, state_hash: [u8; 32], pending: &PendingLaunch, expires: Timestamp) -> Result<(), StoreError> {
        let query = "INSERT INTO pending_launch (state_hash, expires, sealed) VALUES ($1, $2, $3)";
        let sealed = self.sealer.seal(place(&[&state_hash]), &pending.to_bytes());
        let values = [Value::Bytes(&state_hash), Value::Number(to_column(expires)), Value::Bytes(&sealed)];
        write(&self.door, installation(), query, &values).await.map(drop)
    }

    async fn take(&self, state_hash: [u8; 32], now: Timestamp) -> Result<Option<PendingLaunch>, StoreError> {
        // One statement, so that of two who ask at once, in whatever processes, one gets it. An ended one goes too.
        let query = "DELETE FROM pending_launch WHERE state_hash = $1 RETURNING expires, sealed";
        let mut step = self.door.begin(installation(), Aim::Write).await?;
        let taken: Option<(i64, Vec<u8>)> = step.row(query, &[Value::Bytes(&state_hash)]).await?;
        step.commit().await?;
        let Some((expires, sealed)) = taken else { return Ok(None) };
        if expires <= to_column(now) {
            return Ok(None);
        }
        let plain = self.sealer.open(place(&[&state_hash]), &sealed).map_err(unasked)?;
        PendingLaunch::from_bytes(&plain).map(Some).map_err(unasked)
    }
}

/// Removes those that were never answered. Returns how many.
pub(crate) async fn purge(door: &impl Door, now: Timestamp) -> Result<u64, StoreError> {
    let query = "DELETE FROM pending_launch WHERE expires <= $1";
    write(door, installation(), query, &[Value::Number(to_column(now))]).await
}

fn place<'a>(row: &'a [&'a [u8]]) -> Place<'a> {
    Place { table: "pending_launch", row }
}
