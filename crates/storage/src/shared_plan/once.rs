//! Idempotency keys: what was asked once is not done twice.
//!
//! The key is found by a mark, because it holds who asked. The question is kept as a mark too: the digest of clinical text
//! would tell whoever can guess the text.

use access::{StoreError, TenantId};
use jiff::SignedDuration;
use shared_plan::ports::{Commit, Committed, Key, Once};

use super::documents::read_kind;
use super::sealing::count;
use crate::keeper::Keeper;
use crate::step::{Step, Value, number};
use crate::time::to_column;

/// How long a key is known.
pub(super) const KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Keeps a key with what it was used for. False where it was used before; where the same key is being used in another
/// step, this waits for its end.
pub(super) async fn keep(
    step: &mut impl Step,
    keeper: &Keeper,
    once: &Once,
    commit: &Commit,
) -> Result<bool, StoreError> {
    let query = "INSERT INTO idempotency_key (tenant_id, mark, asked, kind, document, version, made) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (tenant_id, mark) DO NOTHING";
    let document = &commit.document;
    let (mark, asked) = marks(keeper, &document.key.tenant, once);
    let values = [
        Value::Text(&document.key.tenant.0),
        Value::Bytes(&mark),
        Value::Bytes(&asked),
        Value::Text(document.key.kind.code()),
        Value::Text(&document.key.id),
        Value::Number(number(document.version.0)?),
        Value::Number(to_column(document.at)),
    ];
    Ok(step.execute(query, &values).await? == 1)
}

/// What a key was used for.
pub(super) async fn used(
    step: &mut impl Step,
    keeper: &Keeper,
    tenant: &TenantId,
    once: &Once,
) -> Result<Option<Committed>, StoreError> {
    let query = "SELECT asked, kind, document, version FROM idempotency_key WHERE tenant_id = $1 AND mark = $2";
    let (mark, asked) = marks(keeper, tenant, once);
    let found: Option<(Vec<u8>, String, String, i64)> =
        step.rows(query, &[Value::Text(&tenant.0), Value::Bytes(&mark)]).await?.pop();
    let Some((former, kind, id, version)) = found else { return Ok(None) };
    if former != asked {
        return Ok(Some(Committed::KeyReused));
    }
    let key = Key { tenant: tenant.clone(), kind: read_kind(&kind)?, id };
    Ok(Some(Committed::Repeated { key, version: count(version)? }))
}

/// The marks of the key and of what was asked by it.
fn marks(keeper: &Keeper, tenant: &TenantId, once: &Once) -> ([u8; 32], [u8; 32]) {
    let key = [tenant.0.as_bytes(), once.key.as_bytes()];
    (keeper.mark("idempotency_key", &key), keeper.mark("idempotency_key asked", &[key[0], key[1], &once.asked]))
}
