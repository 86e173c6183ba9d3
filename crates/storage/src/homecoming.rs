//! What lay with the installation, and belongs to a tenant.
//!
//! Grants and intents were stored there when their ports knew no tenant, sealed by the key file. A migration can seal
//! nothing anew, and nothing of it may be lost: an edit whose outcome is open is still to be looked up, by the grant of its
//! launch. So the server brings them home when it has opened the database, sealed by the tenant's own key with the tenant
//! named. Doing it again changes nothing.

use std::collections::BTreeMap;
use std::pin::Pin;

use access::{StoreError, TenantId};
use sqlx::AssertSqlSafe;
use zeroize::Zeroizing;

use crate::seal::{Place, Sealer};
use crate::step::{Aim, Door, Step, Value, installation};
use crate::store::Store;
use crate::{grants, intents};

/// How much was brought home.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BroughtHome {
    /// Grants that lie with the tenants of their launches now.
    pub grants: u64,
    /// Grants that nobody could use: they do not open, or their tenant is none any more. They are deleted.
    pub grants_deleted: u64,
    /// Intents that lie with the tenants of their launches or sources now.
    pub intents: u64,
    /// Intents that stay where they are until they open and their source is configured, at most until their retention ends.
    pub intents_left: u64,
}

impl Store {
    /// Brings home what lay with the installation. `homes` names the tenant of each source: an intent may have outlived its
    /// launch.
    ///
    /// # Errors
    /// Where the database could not be asked; nothing is moved then.
    pub async fn bring_home(&self, homes: &BTreeMap<String, TenantId>) -> Result<BroughtHome, StoreError> {
        match self {
            Self::Sqlite(database) => on_both(&database.door(), &database.sealer, homes).await,
            Self::Postgres(database) => on_both(&database.door(), &database.sealer, homes).await,
        }
    }
}

/// What both databases do.
///
/// Boxed: seen through from another crate, the compiler does not find that the work may go from thread to thread.
fn on_both<'a, D: Door>(
    door: &'a D,
    sealer: &'a Sealer,
    homes: &'a BTreeMap<String, TenantId>,
) -> Pin<Box<dyn Future<Output = Result<BroughtHome, StoreError>> + Send + 'a>> {
    Box::pin(async move {
        let mut step = door.begin(installation(), Aim::Write).await?;
        let mut brought = BroughtHome::default();
        bring_grants(door, &mut step, sealer, &mut brought).await?;
        bring_intents(door, &mut step, sealer, homes, &mut brought).await?;
        step.commit().await?;
        Ok(brought)
    })
}

/// Launch, its tenant, source and sealed content.
type GrantRow = (String, String, String, Vec<u8>);

async fn bring_grants<D: Door>(
    door: &D,
    step: &mut D::Step,
    sealer: &Sealer,
    brought: &mut BroughtHome,
) -> Result<(), StoreError> {
    let query = format!(
        "SELECT source_grant.launch, launch.tenant, source_grant.source, source_grant.sealed FROM source_grant \
         JOIN launch ON launch.id = source_grant.launch WHERE source_grant.tenant_id = $1{}",
        D::HELD
    );
    let from = Value::Text(&installation().0);
    let rows: Vec<GrantRow> = step.rows(AssertSqlSafe(query), &[from]).await?;
    for (launch, tenant, source, sealed) in &rows {
        let remove = "DELETE FROM source_grant WHERE tenant_id = $1 AND launch = $2 AND source = $3";
        step.execute(remove, &[from, Value::Text(launch), Value::Text(source)]).await?;
        let tenant = TenantId::new(tenant.as_str());
        let former = Place { table: "source_grant", row: &[launch.as_bytes(), source.as_bytes()] };
        let (Ok(keeper), Ok(content)) = (door.keeper(&tenant), sealer.open(former, sealed)) else {
            tracing::warn!(%tenant, source, "a grant that could not be read was deleted; its user connects again");
            brought.grants_deleted += 1;
            continue;
        };
        let row = [tenant.0.as_bytes(), launch.as_bytes(), source.as_bytes()];
        let sealed = grants::seal(keeper, row, &content);
        let put = "INSERT INTO source_grant (tenant_id, launch, source, sealed) VALUES ($1, $2, $3, $4)";
        let values = [Value::Text(&tenant.0), Value::Text(launch), Value::Text(source), Value::Bytes(&sealed)];
        step.go_to(&tenant).await?;
        step.execute(put, &values).await?;
        step.go_to(installation()).await?;
        brought.grants += 1;
    }
    Ok(())
}

#[derive(sqlx::FromRow)]
struct IntentRow {
    id: String,
    launch: String,
    source: String,
    opened: i64,
    closed: Option<i64>,
    outcome: Option<String>,
    sealed: Option<Vec<u8>>,
    /// Where its launch has not ended.
    tenant: Option<String>,
}

async fn bring_intents<D: Door>(
    door: &D,
    step: &mut D::Step,
    sealer: &Sealer,
    homes: &BTreeMap<String, TenantId>,
    brought: &mut BroughtHome,
) -> Result<(), StoreError> {
    let query = format!(
        "SELECT id, launch, source, opened, closed, outcome, sealed, \
         (SELECT tenant FROM launch WHERE launch.id = write_intent.launch) AS tenant \
         FROM write_intent WHERE tenant_id = $1{}",
        D::HELD
    );
    let from = Value::Text(&installation().0);
    let rows: Vec<IntentRow> = step.rows(AssertSqlSafe(query), &[from]).await?;
    for row in &rows {
        let home = row.tenant.as_deref().map(TenantId::new).or_else(|| homes.get(&row.source).cloned());
        let Some((tenant, sealed)) = home.and_then(|tenant| row.sealed_for(door, sealer, tenant)) else {
            tracing::error!(intent = %row.id, source = %row.source, "nobody knows whose an edit is, or it does not open");
            brought.intents_left += 1;
            continue;
        };
        let remove = "DELETE FROM write_intent WHERE tenant_id = $1 AND id = $2";
        step.execute(remove, &[from, Value::Text(&row.id)]).await?;
        let put = "INSERT INTO write_intent (tenant_id, id, launch, source, opened, closed, outcome, sealed) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let values = [
            Value::Text(&tenant.0),
            Value::Text(&row.id),
            Value::Text(&row.launch),
            Value::Text(&row.source),
            Value::Number(row.opened),
            Value::from(row.closed),
            Value::from(row.outcome.as_deref()),
            Value::from(sealed.as_deref()),
        ];
        step.go_to(&tenant).await?;
        step.execute(put, &values).await?;
        step.go_to(installation()).await?;
        brought.intents += 1;
    }
    Ok(())
}

impl IntentRow {
    /// The tenant with the content as it is sealed there, where it has any; `None` where that cannot be done.
    fn sealed_for<D: Door>(&self, door: &D, sealer: &Sealer, tenant: TenantId) -> Option<(TenantId, Option<Vec<u8>>)> {
        let keeper = door.keeper(&tenant).ok()?;
        let former = Place { table: "write_intent", row: &[self.id.as_bytes()] };
        let content: Option<Zeroizing<Vec<u8>>> =
            self.sealed.as_deref().map(|sealed| sealer.open(former, sealed)).transpose().ok()?;
        let sealed = content.map(|content| intents::seal(keeper, &tenant, &self.id, &content));
        Some((tenant, sealed))
    }
}
