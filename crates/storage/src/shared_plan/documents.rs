//! Documents and their versions.

use access::{StoreError, TenantId};
use async_trait::async_trait;
use shared_plan::Version;
use shared_plan::ports::{Commit, Committed, Document, Documents, Key, Kind, Once, PartKey, Selection, VersionHead};
use sqlx::AssertSqlSafe;

use super::hanging::{hanging_columns, hanging_join};
use super::sealing::{HeadRow, Opened, VersionRow};
use super::{commit, once};
use crate::database::unasked;
use crate::keeper::Keeper;
use crate::step::{Aim, Door, Step, Value, limit, number, numbered};
use crate::time::to_column;

/// The version of each document that its row names: the latest.
const LATEST: &str = concat!(
    "SELECT document.id, ",
    hanging_columns!(),
    ", held.version, held.status, held.made, held.sealed, held.sealed_who FROM document \
     JOIN document_version AS held ON held.tenant_id = document.tenant_id AND held.kind = document.kind \
     AND held.document = document.id AND held.version = document.version ",
    hanging_join!(),
    " WHERE document.tenant_id = $1 AND document.kind = $2"
);
const ONE_VERSION: &str = concat!(
    "SELECT document.id, ",
    hanging_columns!(),
    ", held.version, held.status, held.made, held.sealed, held.sealed_who FROM document \
     JOIN document_version AS held ON held.tenant_id = document.tenant_id AND held.kind = document.kind \
     AND held.document = document.id ",
    hanging_join!(),
    " WHERE document.tenant_id = $1 AND document.kind = $2 AND document.id = $3 AND held.version = $4"
);
const HEADS: &str = concat!(
    "SELECT ",
    hanging_columns!(),
    ", held.version, held.status, held.made, held.sealed_who FROM document \
     JOIN document_version AS held ON held.tenant_id = document.tenant_id AND held.kind = document.kind \
     AND held.document = document.id ",
    hanging_join!(),
    " WHERE document.tenant_id = $1 AND document.kind = $2 AND document.id = $3 AND document.in_doubt = 0 \
     AND held.version < $4 ORDER BY held.version DESC LIMIT $5"
);
/// What is in doubt is shown to nobody.
const SHOWN: &str = " AND document.in_doubt = 0";

/// The `document`, `document_version` and `document_part` tables.
#[derive(Clone)]
pub(crate) struct StoredDocuments<D>(pub(crate) D);

#[async_trait]
impl<D: Door> Documents for StoredDocuments<D> {
    async fn lookup(&self, key: &Key) -> Result<Option<Document>, StoreError> {
        if !can_be(&key.id) {
            return Ok(None);
        }
        let mut values = of(key).to_vec();
        let statement = format!("{LATEST}{SHOWN} AND document.id = $3");
        values.push(Value::Text(&key.id));
        Ok(self.read(&key.tenant, key.kind, statement, &values).await?.pop())
    }

    async fn version(&self, key: &Key, version: Version) -> Result<Option<Document>, StoreError> {
        if !can_be(&key.id) {
            return Ok(None);
        }
        let Ok(version) = number(version.0) else { return Ok(None) };
        let [tenant, kind] = of(key);
        let values = [tenant, kind, Value::Text(&key.id), Value::Number(version)];
        Ok(self.read(&key.tenant, key.kind, format!("{ONE_VERSION}{SHOWN}"), &values).await?.pop())
    }

    async fn versions(&self, key: &Key, after: Option<Version>, rows: usize) -> Result<Vec<VersionHead>, StoreError> {
        if !can_be(&key.id) {
            return Ok(vec![]);
        }
        let keeper = self.0.keeper(&key.tenant)?;
        let mut step = self.0.begin(&key.tenant, Aim::Read).await?;
        let [tenant, kind] = of(key);
        // No version is as high as the highest number that a column holds.
        let before = after.map_or(i64::MAX, |after| i64::try_from(after.0).unwrap_or(i64::MAX));
        let values = [tenant, kind, Value::Text(&key.id), Value::Number(before), limit(rows)];
        let rows: Vec<HeadRow> = step.rows(HEADS, &values).await?;
        rows.into_iter().map(|row| row.open(keeper, key)).collect()
    }

    async fn holder_of(&self, tenant: &TenantId, part: &PartKey) -> Result<Option<Key>, StoreError> {
        if !can_be(&part.id) {
            return Ok(None);
        }
        let query = "SELECT part.kind, part.document FROM document_part AS part \
                     JOIN document ON document.tenant_id = part.tenant_id AND document.kind = part.kind \
                     AND document.id = part.document WHERE part.tenant_id = $1 AND part.part_kind = $2 \
                     AND part.part = $3 AND document.in_doubt = 0";
        let mut step = self.0.begin(tenant, Aim::Read).await?;
        let values = [Value::Text(&tenant.0), Value::Text(part.kind), Value::Text(&part.id)];
        let found: Option<(String, String)> = step.rows(query, &values).await?.pop();
        found.map(|(kind, id)| Ok(Key { tenant: tenant.clone(), kind: read_kind(&kind)?, id })).transpose()
    }

    async fn list(
        &self,
        tenant: &TenantId,
        selection: &Selection,
        after: Option<&str>,
        rows: usize,
    ) -> Result<Vec<Document>, StoreError> {
        let mut statement = format!("{LATEST}{SHOWN}");
        let mut values = vec![Value::Text(&tenant.0), Value::Text(selection.kind.code())];
        let mut and = |condition: &str, value| {
            values.push(value);
            statement.push_str(&format!(" AND {condition} ${}", values.len()));
        };
        if let Some(person) = &selection.person {
            let whose = "CASE WHEN document.hangs_on IS NULL THEN document.person ELSE document.hangs_on END =";
            and(whose, Value::Text(person.as_str()));
        }
        if let Some(since) = selection.changed_since {
            and("document.changed >=", Value::Number(to_column(since)));
        }
        if let Some(after) = after {
            // No id lies between these two, as none holds the letter that is cut off here.
            and("document.id >", Value::Text(after.split('\0').next().unwrap_or_default()));
        }
        if !selection.statuses.is_empty() {
            let statuses: Vec<&String> = selection.statuses.iter().filter(|status| can_be(status)).collect();
            if statuses.is_empty() {
                return Ok(vec![]);
            }
            let places = numbered(values.len() + 1, statuses.len());
            statement.push_str(&format!(" AND document.status IN ({places})"));
            values.extend(statuses.into_iter().map(|status| Value::Text(status)));
        }
        values.push(limit(rows));
        statement.push_str(&format!(" ORDER BY document.id LIMIT ${}", values.len()));
        self.read(tenant, selection.kind, statement, &values).await
    }

    async fn commit(&self, commit: &Commit) -> Result<Committed, StoreError> {
        commit::commit(&self.0, commit).await
    }

    async fn used(&self, tenant: &TenantId, once: &Once) -> Result<Option<Committed>, StoreError> {
        let keeper = self.0.keeper(tenant)?;
        let mut step = self.0.begin(tenant, Aim::Read).await?;
        once::used(&mut step, keeper, tenant, once).await
    }
}

impl<D: Door> StoredDocuments<D> {
    async fn read(
        &self,
        tenant: &TenantId,
        kind: Kind,
        statement: String,
        values: &[Value<'_>],
    ) -> Result<Vec<Document>, StoreError> {
        let keeper = self.0.keeper(tenant)?;
        let mut step = self.0.begin(tenant, Aim::Read).await?;
        let rows: Vec<VersionRow> = step.rows(AssertSqlSafe(statement), values).await?;
        let of = Key { tenant: tenant.clone(), kind, id: String::new() };
        rows.into_iter().map(|row| Ok(row.open(keeper, &of)?.document)).collect()
    }
}

/// One version of a document, also of one that is in doubt; the latest where none is named.
pub(super) async fn hidden(
    step: &mut impl Step,
    keeper: &Keeper,
    key: &Key,
    version: Option<Version>,
) -> Result<Option<Opened>, StoreError> {
    let [tenant, kind] = of(key);
    let mut values = vec![tenant, kind, Value::Text(&key.id)];
    let statement = match version {
        None => format!("{LATEST} AND document.id = $3"),
        Some(version) => {
            values.push(Value::Number(number(version.0)?));
            ONE_VERSION.to_owned()
        }
    };
    let row: Option<VersionRow> = step.row(AssertSqlSafe(statement), &values).await?;
    row.map(|row| row.open(keeper, key)).transpose()
}

/// False for what nothing is called: PostgreSQL takes no text with the letter 0, not even to look for it.
pub(super) fn can_be(text: &str) -> bool {
    !text.contains('\0')
}

/// Tenant and kind, the beginning of every key.
fn of(key: &Key) -> [Value<'_>; 2] {
    [Value::Text(&key.tenant.0), Value::Text(key.kind.code())]
}

/// The kind that a column holds.
pub(super) fn read_kind(column: &str) -> Result<Kind, StoreError> {
    Kind::parse(column).ok_or_else(|| unasked("a row of an unknown kind"))
}
