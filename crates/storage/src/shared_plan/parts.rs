//! Parts that are found without their document.

use std::collections::BTreeSet;

use access::StoreError;
use shared_plan::ports::{Key, PartKey};

use crate::step::{Step, Value, put};

/// Keeps the parts that were not known yet. A part that another document holds is an error: ids are given once.
pub(super) async fn keep(step: &mut impl Step, key: &Key, parts: &[PartKey]) -> Result<(), StoreError> {
    if parts.is_empty() {
        return Ok(());
    }
    let (tenant, kind, document) = (Value::Text(&key.tenant.0), Value::Text(key.kind.code()), Value::Text(&key.id));
    let query = "SELECT part_kind, part FROM document_part WHERE tenant_id = $1 AND kind = $2 AND document = $3";
    let known: Vec<(String, String)> = step.rows(query, &[tenant, kind, document]).await?;
    let known: BTreeSet<(&str, &str)> = known.iter().map(|(kind, id)| (kind.as_str(), id.as_str())).collect();
    let all: BTreeSet<(&str, &str)> = parts.iter().map(|part| (part.kind, part.id.as_str())).collect();
    let row = |(part_kind, part)| [tenant, Value::Text(part_kind), Value::Text(part), kind, document];
    let new: Vec<[Value<'_>; 5]> = all.difference(&known).copied().map(row).collect();
    put(step, "document_part (tenant_id, part_kind, part, kind, document)", &new).await
}
