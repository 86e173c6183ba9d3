//! The end of a launch, and of what it has at its tenant.
//!
//! A launch lies with the installation. Its grants, and which standing grants were lent to it, lie with its tenant, where in
//! PostgreSQL no foreign key reaches: one across tenants would tell of other tenants' rows. So whoever puts something there
//! lets the launch stay until it is put ([`stay`]), and whoever ends a launch holds it first and deletes in the same step
//! what it has there.

use access::{LaunchId, StoreError, TenantId};
use sqlx::AssertSqlSafe;

use crate::step::{Door, Step, Value, installation};

const GRANTS: &str = "DELETE FROM source_grant WHERE tenant_id = $1 AND launch = $2";
const USES: &str = "DELETE FROM standing_use WHERE tenant_id = $1 AND launch = $2";

/// True where the tenant has this launch; it is then still there when the step, which goes on for the tenant, ends.
pub(crate) async fn stay<D: Door>(
    step: &mut D::Step,
    tenant: &TenantId,
    launch: &LaunchId,
) -> Result<bool, StoreError> {
    let query = format!("SELECT id FROM launch WHERE id = $1 AND tenant = $2{}", D::staying("launch"));
    step.go_to(installation()).await?;
    let values = [Value::Text(launch.as_str()), Value::Text(&tenant.0)];
    let found: Option<(String,)> = step.row(AssertSqlSafe(query), &values).await?;
    step.go_to(tenant).await?;
    Ok(found.is_some())
}

/// Ends the launches of a session that the caller holds, in a step of the installation.
pub(crate) async fn end_of_session<D: Door>(step: &mut D::Step, session: &[u8]) -> Result<(), StoreError> {
    let query = "SELECT id FROM launch WHERE session_hash = $1 ORDER BY created, id";
    let launches: Vec<(String,)> = step.rows(query, &[Value::Bytes(session)]).await?;
    for (id,) in launches {
        end::<D>(step, &id).await?;
    }
    Ok(())
}

/// Ends a launch with all it has, in a step of the installation.
pub(super) async fn end<D: Door>(step: &mut D::Step, id: &str) -> Result<(), StoreError> {
    // What was put for it by now is seen from here on, and nothing is put any more.
    let query = format!("SELECT tenant FROM launch WHERE id = $1{}", D::HELD);
    let Some((tenant,)) = step.row::<(String,)>(AssertSqlSafe(query), &[Value::Text(id)]).await? else {
        return Ok(());
    };
    step.go_to(&TenantId::new(&*tenant)).await?;
    let values = [Value::Text(&tenant), Value::Text(id)];
    step.execute(GRANTS, &values).await?;
    step.execute(D::named(USES), &values).await?;
    step.go_to(installation()).await?;
    step.execute("DELETE FROM launch WHERE id = $1", &[Value::Text(id)]).await.map(drop)
}
