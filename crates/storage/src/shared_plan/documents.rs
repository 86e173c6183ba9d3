//! Documents and their versions.

use access::{StoreError, TenantId};
use async_trait::async_trait;
use shared_plan::Version;
use shared_plan::ports::{Commit, Committed, Document, Documents, Key, Kind, Once, PartKey, Selection, VersionHead};
use sqlx::AssertSqlSafe;

use super::sealing::{HeadRow, VersionRow};
use super::{commit, once};
use crate::database::unasked;
use crate::step::{Aim, Door, Step, Value, limit, number, numbered};
use crate::time::to_column;

/// The version of each document that its row names: the latest.
const LATEST: &str = "SELECT document.id, document.person, held.version, held.status, held.made, held.sealed, \
                      held.sealed_who FROM document JOIN document_version AS held \
                      ON held.tenant_id = document.tenant_id AND held.kind = document.kind \
                      AND held.document = document.id AND held.version = document.version \
                      WHERE document.tenant_id = $1 AND document.kind = $2";
const ONE_VERSION: &str = "SELECT document.id, document.person, held.version, held.status, held.made, held.sealed, \
                           held.sealed_who FROM document JOIN document_version AS held \
                           ON held.tenant_id = document.tenant_id AND held.kind = document.kind \
                           AND held.document = document.id WHERE document.tenant_id = $1 AND document.kind = $2 \
                           AND document.id = $3 AND held.version = $4";
const HEADS: &str = "SELECT document.person, held.version, held.status, held.made, held.sealed_who \
                     FROM document JOIN document_version AS held ON held.tenant_id = document.tenant_id \
                     AND held.kind = document.kind AND held.document = document.id \
                     WHERE document.tenant_id = $1 AND document.kind = $2 AND document.id = $3 \
                     ORDER BY held.version DESC";

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
        let statement = format!("{LATEST} AND document.id = $3");
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
        Ok(self.read(&key.tenant, key.kind, ONE_VERSION.to_owned(), &values).await?.pop())
    }

    async fn versions(&self, key: &Key) -> Result<Vec<VersionHead>, StoreError> {
        if !can_be(&key.id) {
            return Ok(vec![]);
        }
        let keeper = self.0.keeper(&key.tenant)?;
        let mut step = self.0.begin(&key.tenant, Aim::Read).await?;
        let [tenant, kind] = of(key);
        let rows: Vec<HeadRow> = step.rows(HEADS, &[tenant, kind, Value::Text(&key.id)]).await?;
        rows.into_iter().map(|row| row.open(keeper, key)).collect()
    }

    async fn holder_of(&self, tenant: &TenantId, part: &PartKey) -> Result<Option<Key>, StoreError> {
        if !can_be(&part.id) {
            return Ok(None);
        }
        let query = "SELECT kind, document FROM document_part WHERE tenant_id = $1 AND part_kind = $2 AND part = $3";
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
        let mut statement = LATEST.to_owned();
        let mut values = vec![Value::Text(&tenant.0), Value::Text(selection.kind.code())];
        let mut and = |condition: &str, value| {
            values.push(value);
            statement.push_str(&format!(" AND document.{condition} ${}", values.len()));
        };
        if let Some(person) = &selection.person {
            and("person =", Value::Text(person.as_str()));
        }
        if let Some(since) = selection.changed_since {
            and("changed >=", Value::Number(to_column(since)));
        }
        if let Some(after) = after {
            // No id lies between these two, as none holds the letter that is cut off here.
            and("id >", Value::Text(after.split('\0').next().unwrap_or_default()));
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
        rows.into_iter().map(|row| row.open(keeper, &of)).collect()
    }
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
