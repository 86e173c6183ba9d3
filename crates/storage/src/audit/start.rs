//! Where a tenant's log begins, and by whom it is held.

use access::{StoreError, TenantId};

use super::chain::sized;
use crate::database::unasked;
use crate::keeper::Keeper;
use crate::step::{Door, Step, Value};

const READ: &str = "SELECT number, chain, mark FROM audit_start WHERE tenant_id = $1";

/// The number of the last event that is gone, and its chain. `None` where that was tampered with.
pub(super) type Start = Option<(i64, [u8; 32])>;

/// Reads where the log begins.
pub(super) async fn read<D: Door>(step: &mut D::Step, keeper: &Keeper, tenant: &TenantId) -> Result<Start, StoreError> {
    let found: Option<(i64, Vec<u8>, Vec<u8>)> = step.row(D::named(READ), &[Value::Text(&tenant.0)]).await?;
    found.map_or_else(|| Ok(Some((0, first(keeper, tenant)))), |row| checked(keeper, tenant, row))
}

/// The same, and nobody else appends to the log or purges it before the step ends.
pub(super) async fn hold<D: Door>(step: &mut D::Step, keeper: &Keeper, tenant: &TenantId) -> Result<Start, StoreError> {
    let held = || D::named(format!("{READ}{}", D::HELD));
    let values = [Value::Text(&tenant.0)];
    let mut found: Option<(i64, Vec<u8>, Vec<u8>)> = step.row(held(), &values).await?;
    if found.is_none() {
        // There is nothing to hold before the first event. Of two who put it at once, one waits here for the other.
        let query = "INSERT INTO audit_start (tenant_id, number, chain, mark) VALUES ($1, $2, $3, $4) \
                     ON CONFLICT (tenant_id) DO NOTHING";
        let chain = first(keeper, tenant);
        let mark = mark(keeper, tenant, 0, &chain);
        let row = [values[0], Value::Number(0), Value::Bytes(&chain), Value::Bytes(&mark)];
        step.execute(D::named(query), &row).await?;
        found = step.row(held(), &values).await?;
    }
    checked(keeper, tenant, found.ok_or_else(|| unasked("where the log begins was put and is not there"))?)
}

/// Lets the log begin after an event, in the step that deletes it.
pub(super) async fn move_to<D: Door>(
    step: &mut D::Step,
    keeper: &Keeper,
    tenant: &TenantId,
    (number, chain): (i64, &[u8]),
) -> Result<(), StoreError> {
    let query = "UPDATE audit_start SET number = $2, chain = $3, mark = $4 WHERE tenant_id = $1";
    let mark = mark(keeper, tenant, number, chain);
    let values = [Value::Text(&tenant.0), Value::Number(number), Value::Bytes(chain), Value::Bytes(&mark)];
    step.execute(D::named(query), &values).await.map(drop)
}

/// What the first event follows from.
pub(super) fn first(keeper: &Keeper, tenant: &TenantId) -> [u8; 32] {
    keeper.mark("audit_event begins", &[tenant.0.as_bytes()])
}

fn checked(
    keeper: &Keeper,
    tenant: &TenantId,
    (number, chain, found): (i64, Vec<u8>, Vec<u8>),
) -> Result<Start, StoreError> {
    let fine = found == mark(keeper, tenant, number, &chain);
    if fine { Ok(Some((number, sized(&chain)?))) } else { Ok(None) }
}

fn mark(keeper: &Keeper, tenant: &TenantId, number: i64, chain: &[u8]) -> [u8; 32] {
    keeper.mark("audit_start", &[tenant.0.as_bytes(), &number.to_be_bytes(), chain])
}
