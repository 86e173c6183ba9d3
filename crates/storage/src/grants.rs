//! Grants, each with its launch, at the tenant of that. Whoever refreshes one has the turn, in whatever process.

use access::{LaunchId, StoreError, TenantId};
use async_trait::async_trait;
use jiff::Timestamp;
use smart::{Grant, Grants, Turn};
use sqlx::AssertSqlSafe;

use crate::database::unasked;
use crate::keeper::Keeper;
use crate::launches;
use crate::seal::Place;
use crate::step::{Aim, Door, Step, Value, row, rows, write};
use crate::time::to_column;

const PUT: &str = "INSERT INTO source_grant (tenant_id, launch, source, sealed) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (tenant_id, launch, source) DO UPDATE \
                   SET sealed = excluded.sealed, refresh_until = NULL";
const FIND: &str = "SELECT sealed FROM source_grant WHERE tenant_id = $1 AND launch = $2 AND source = $3";
const ALL: &str = "SELECT source, sealed FROM source_grant WHERE tenant_id = $1 AND launch = $2 ORDER BY source";
/// One statement, so that of two who ask at once, in whatever processes, one gets it.
const TAKE_TURN: &str = "UPDATE source_grant SET refresh_until = $4 \
                         WHERE tenant_id = $1 AND launch = $2 AND source = $3 \
                         AND (refresh_until IS NULL OR refresh_until <= $5)";
/// A new grant has no turn, and a later turn ends at another time.
const OF_TURN: &str = "WHERE tenant_id = $1 AND launch = $2 AND source = $3 AND refresh_until = $4";

/// The `source_grant` table.
#[derive(Clone)]
pub(crate) struct StoredGrants<D>(pub(crate) D);

/// Where a grant lies.
#[derive(Clone, Copy)]
struct Key<'a> {
    tenant: &'a TenantId,
    launch: &'a LaunchId,
    source: &'a str,
}

#[async_trait]
impl<D: Door> Grants for StoredGrants<D> {
    async fn put(&self, tenant: &TenantId, launch: &LaunchId, source: &str, grant: &Grant) -> Result<(), StoreError> {
        let key = Key { tenant, launch, source };
        let sealed = self.seal(key, grant)?;
        let [whose, of, at] = key.values();
        let mut step = self.0.begin(tenant, Aim::Write).await?;
        if !launches::stay::<D>(&mut step, tenant, launch).await? {
            return Err(unasked("a grant for a launch that is not there"));
        }
        step.execute(PUT, &[whose, of, at, Value::Bytes(&sealed)]).await?;
        step.commit().await
    }

    async fn lookup(&self, tenant: &TenantId, launch: &LaunchId, source: &str) -> Result<Option<Grant>, StoreError> {
        let key = Key { tenant, launch, source };
        let found: Option<(Vec<u8>,)> = row(&self.0, tenant, FIND, &key.values()).await?;
        found.map(|(sealed,)| self.open(key, &sealed)).transpose()
    }

    async fn of_launch(&self, tenant: &TenantId, launch: &LaunchId) -> Result<Vec<(String, Grant)>, StoreError> {
        let values = [Value::Text(&tenant.0), Value::Text(launch.as_str())];
        let found: Vec<(String, Vec<u8>)> = rows(&self.0, tenant, ALL, &values).await?;
        let open = |(source, sealed): (String, Vec<u8>)| {
            let grant = self.open(Key { tenant, launch, source: &source }, &sealed)?;
            Ok((source, grant))
        };
        found.into_iter().map(open).collect()
    }

    async fn replace(
        &self,
        tenant: &TenantId,
        launch: &LaunchId,
        source: &str,
        turn: Turn,
        grant: &Grant,
    ) -> Result<bool, StoreError> {
        let key = Key { tenant, launch, source };
        let sealed = self.seal(key, grant)?;
        self.in_turn(key, turn, "UPDATE source_grant SET sealed = $5", &[Value::Bytes(&sealed)]).await
    }

    async fn forget(&self, tenant: &TenantId, launch: &LaunchId, source: &str, turn: Turn) -> Result<bool, StoreError> {
        self.in_turn(Key { tenant, launch, source }, turn, "DELETE FROM source_grant", &[]).await
    }

    async fn remove(&self, tenant: &TenantId, launch: &LaunchId, source: &str) -> Result<(), StoreError> {
        let query = "DELETE FROM source_grant WHERE tenant_id = $1 AND launch = $2 AND source = $3";
        let key = Key { tenant, launch, source };
        write(&self.0, tenant, query, &key.values()).await.map(drop)
    }

    async fn begin_refresh(
        &self,
        tenant: &TenantId,
        launch: &LaunchId,
        source: &str,
        now: Timestamp,
    ) -> Result<Option<Turn>, StoreError> {
        let turn = Turn::beginning(now);
        let [whose, of, at] = Key { tenant, launch, source }.values();
        let values = [whose, of, at, Value::Number(to_column(turn.until)), Value::Number(to_column(now))];
        let taken = write(&self.0, tenant, TAKE_TURN, &values).await?;
        Ok((taken == 1).then_some(turn))
    }

    async fn end_refresh(
        &self,
        tenant: &TenantId,
        launch: &LaunchId,
        source: &str,
        turn: Turn,
    ) -> Result<(), StoreError> {
        let key = Key { tenant, launch, source };
        self.in_turn(key, turn, "UPDATE source_grant SET refresh_until = NULL", &[]).await.map(drop)
    }
}

impl<D: Door> StoredGrants<D> {
    /// Does something with the grant that a turn was taken for; false where that one is not there any more.
    async fn in_turn(&self, key: Key<'_>, turn: Turn, what: &str, then: &[Value<'_>]) -> Result<bool, StoreError> {
        let until = [Value::Number(to_column(turn.until))];
        let values = [&key.values()[..], &until, then].concat();
        let query = AssertSqlSafe(format!("{what} {OF_TURN}"));
        write(&self.0, key.tenant, query, &values).await.map(|rows| rows == 1)
    }

    fn seal(&self, key: Key<'_>, grant: &Grant) -> Result<Vec<u8>, StoreError> {
        Ok(seal(self.0.keeper(key.tenant)?, key.binding(), &grant.to_bytes()))
    }

    fn open(&self, key: Key<'_>, sealed: &[u8]) -> Result<Grant, StoreError> {
        let sealer = &self.0.keeper(key.tenant)?.sealer;
        let plain = sealer.open(place(&key.binding()), sealed).map_err(unasked)?;
        Grant::from_bytes(&plain).map_err(unasked)
    }
}

impl<'a> Key<'a> {
    fn values(self) -> [Value<'a>; 3] {
        [Value::Text(&self.tenant.0), Value::Text(self.launch.as_str()), Value::Text(self.source)]
    }

    fn binding(self) -> [&'a [u8]; 3] {
        [self.tenant.0.as_bytes(), self.launch.as_str().as_bytes(), self.source.as_bytes()]
    }
}

/// Seals the content of a grant for its place: tenant, launch and source.
pub(crate) fn seal(keeper: &Keeper, row: [&[u8]; 3], content: &[u8]) -> Vec<u8> {
    keeper.sealer.seal(place(&row), content)
}

fn place<'a>(row: &'a [&'a [u8]]) -> Place<'a> {
    Place { table: "source_grant", row }
}
