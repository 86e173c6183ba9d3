//! Grants, each with its launch. Whoever refreshes one has the turn, in whatever process.

use access::{LaunchId, SessionHash, StoreError};
use async_trait::async_trait;
use jiff::Timestamp;
use smart::{Grant, Grants, Turn};
use sqlx::AssertSqlSafe;

use crate::database::unasked;
use crate::seal::{Place, Sealer};
use crate::step::{Door, Value, installation, row, rows, write};
use crate::time::to_column;

const OF_SESSION: &str = "SELECT source_grant.launch, source_grant.source, source_grant.sealed FROM source_grant \
                          JOIN launch ON launch.id = source_grant.launch WHERE launch.session_hash = $1 \
                          ORDER BY source_grant.launch, source_grant.source";
/// One statement, so that of two who ask at once, in whatever processes, one gets it.
const TAKE_TURN: &str = "UPDATE source_grant SET refresh_until = $3 \
                         WHERE launch = $1 AND source = $2 AND (refresh_until IS NULL OR refresh_until <= $4)";

/// The `source_grant` table.
#[derive(Clone)]
pub(crate) struct StoredGrants<D> {
    pub(crate) door: D,
    pub(crate) sealer: Sealer,
}

#[async_trait]
impl<D: Door> Grants for StoredGrants<D> {
    async fn put(&self, launch: &LaunchId, source: &str, grant: &Grant) -> Result<(), StoreError> {
        let query = format!(
            "INSERT INTO source_grant (launch, source, sealed) VALUES ($1, $2, $3) \
             ON CONFLICT ({}launch, source) DO UPDATE SET sealed = excluded.sealed, refresh_until = NULL",
            D::KEY
        );
        let sealed = self.seal(launch, source, grant);
        let values = [Value::Text(launch.as_str()), Value::Text(source), Value::Bytes(&sealed)];
        write(&self.door, installation(), AssertSqlSafe(query), &values).await.map(drop)
    }

    async fn lookup(&self, launch: &LaunchId, source: &str) -> Result<Option<Grant>, StoreError> {
        let query = "SELECT sealed FROM source_grant WHERE launch = $1 AND source = $2";
        let values = [Value::Text(launch.as_str()), Value::Text(source)];
        let found: Option<(Vec<u8>,)> = row(&self.door, installation(), query, &values).await?;
        found.map(|(sealed,)| self.open(launch, source, &sealed)).transpose()
    }

    async fn of_launch(&self, launch: &LaunchId) -> Result<Vec<(String, Grant)>, StoreError> {
        let query = "SELECT source, sealed FROM source_grant WHERE launch = $1 ORDER BY source";
        let found: Vec<(String, Vec<u8>)> =
            rows(&self.door, installation(), query, &[Value::Text(launch.as_str())]).await?;
        let open = |(source, sealed): (String, Vec<u8>)| {
            let grant = self.open(launch, &source, &sealed)?;
            Ok((source, grant))
        };
        found.into_iter().map(open).collect()
    }

    async fn of_session(&self, session: SessionHash) -> Result<Vec<(String, Grant)>, StoreError> {
        let found: Vec<(String, String, Vec<u8>)> =
            rows(&self.door, installation(), OF_SESSION, &[Value::Bytes(&session.0)]).await?;
        let open = |(launch, source, sealed): (String, String, Vec<u8>)| {
            let launch = LaunchId::parse(&launch).ok_or_else(|| unasked("a row without a launch id"))?;
            let grant = self.open(&launch, &source, &sealed)?;
            Ok((source, grant))
        };
        found.into_iter().map(open).collect()
    }

    async fn replace(&self, launch: &LaunchId, source: &str, turn: Turn, grant: &Grant) -> Result<bool, StoreError> {
        // A new grant has no turn, and a later turn ends at another time.
        let query = "UPDATE source_grant SET sealed = $4 WHERE launch = $1 AND source = $2 AND refresh_until = $3";
        let sealed = self.seal(launch, source, grant);
        let [launch, source, turn] = of_turn(launch, source, turn);
        let values = [launch, source, turn, Value::Bytes(&sealed)];
        write(&self.door, installation(), query, &values).await.map(|rows| rows == 1)
    }

    async fn forget(&self, launch: &LaunchId, source: &str, turn: Turn) -> Result<bool, StoreError> {
        let query = "DELETE FROM source_grant WHERE launch = $1 AND source = $2 AND refresh_until = $3";
        write(&self.door, installation(), query, &of_turn(launch, source, turn)).await.map(|rows| rows == 1)
    }

    async fn remove(&self, launch: &LaunchId, source: &str) -> Result<(), StoreError> {
        let query = "DELETE FROM source_grant WHERE launch = $1 AND source = $2";
        let values = [Value::Text(launch.as_str()), Value::Text(source)];
        write(&self.door, installation(), query, &values).await.map(drop)
    }

    async fn begin_refresh(&self, launch: &LaunchId, source: &str, now: Timestamp) -> Result<Option<Turn>, StoreError> {
        let turn = Turn::beginning(now);
        let [launch, source, until] = of_turn(launch, source, turn);
        let values = [launch, source, until, Value::Number(to_column(now))];
        let taken = write(&self.door, installation(), TAKE_TURN, &values).await?;
        Ok((taken == 1).then_some(turn))
    }

    async fn end_refresh(&self, launch: &LaunchId, source: &str, turn: Turn) -> Result<(), StoreError> {
        let query = "UPDATE source_grant SET refresh_until = NULL \
                     WHERE launch = $1 AND source = $2 AND refresh_until = $3";
        write(&self.door, installation(), query, &of_turn(launch, source, turn)).await.map(drop)
    }
}

impl<D> StoredGrants<D> {
    fn seal(&self, launch: &LaunchId, source: &str, grant: &Grant) -> Vec<u8> {
        self.sealer.seal(place(&binding(launch, source)), &grant.to_bytes())
    }

    fn open(&self, launch: &LaunchId, source: &str, sealed: &[u8]) -> Result<Grant, StoreError> {
        let plain = self.sealer.open(place(&binding(launch, source)), sealed).map_err(unasked)?;
        Grant::from_bytes(&plain).map_err(unasked)
    }
}

fn of_turn<'a>(launch: &'a LaunchId, source: &'a str, turn: Turn) -> [Value<'a>; 3] {
    [Value::Text(launch.as_str()), Value::Text(source), Value::Number(to_column(turn.until))]
}

fn binding<'a>(launch: &'a LaunchId, source: &'a str) -> [&'a [u8]; 2] {
    [launch.as_str().as_bytes(), source.as_bytes()]
}

fn place<'a>(row: &'a [&'a [u8]]) -> Place<'a> {
    Place { table: "source_grant", row }
}
