//! Days to watch.

use std::collections::BTreeSet;

use access::StoreError;
use shared_plan::ports::{Due, Key};

use crate::step::{Step, Value, put};

/// Lets the days of the latest version take the place of the former ones. What was told already is not watched again.
pub(super) async fn keep(step: &mut impl Step, key: &Key, dues: &[Due], had_versions: bool) -> Result<(), StoreError> {
    let (tenant, kind, document) = (Value::Text(&key.tenant.0), Value::Text(key.kind.code()), Value::Text(&key.id));
    let mut told: Vec<(String, String, String)> = Vec::new();
    if had_versions {
        let former = "DELETE FROM document_due WHERE tenant_id = $1 AND kind = $2 AND document = $3";
        step.execute(former, &[tenant, kind, document]).await?;
        let query =
            "SELECT what, part, day FROM document_due_told WHERE tenant_id = $1 AND kind = $2 AND document = $3";
        if !dues.is_empty() {
            told = step.rows(query, &[tenant, kind, document]).await?;
        }
    }
    let told: BTreeSet<_> = told.iter().map(|(what, part, day)| (what.as_str(), part.as_str(), day.as_str())).collect();
    let days: Vec<_> = dues.iter().map(|due| (due.what.code(), due.part.as_str(), due.day.to_string())).collect();
    let all: BTreeSet<_> = days.iter().map(|(what, part, day)| (*what, *part, day.as_str())).collect();
    let row = |(what, part, day)| [tenant, kind, document, Value::Text(what), Value::Text(part), Value::Text(day)];
    let new: Vec<[Value<'_>; 6]> = all.difference(&told).copied().map(row).collect();
    put(step, "document_due (tenant_id, kind, document, what, part, day)", &new).await
}
