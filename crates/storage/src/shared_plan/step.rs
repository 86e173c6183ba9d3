//! What a database offers to the stores of the shared plan.

use access::{StoreError, TenantId};
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, FromRow, SqlSafeStr};

use crate::keeper::Keeper;

/// How many rows one statement puts.
const ROWS_AT_ONCE: usize = 100;

/// What a step is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Aim {
    Read,
    Write,
}

/// The way into a database, for one tenant at a time.
pub(crate) trait Door: Clone + Send + Sync + 'static {
    /// A transaction.
    type Step: Step;

    /// What is said at the end of a `SELECT` of events to take, so that two who take at once do not wait for each other.
    const PASS_BY_HELD: &'static str;

    /// Begins a step that sees this tenant's rows only. Dropped, it changes nothing.
    fn begin(&self, tenant: &TenantId, aim: Aim) -> impl Future<Output = Result<Self::Step, StoreError>> + Send;

    /// The tenants that may have something here.
    fn tenants(&self) -> impl Future<Output = Result<Vec<TenantId>, StoreError>> + Send;

    /// Seals, opens and marks what is a tenant's.
    fn keeper(&self, tenant: &TenantId) -> Result<&Keeper, StoreError>;
}

/// A transaction: done whole by [`Step::commit`], or not at all.
pub(crate) trait Step: Send {
    /// Runs a statement. Returns how many rows it changed.
    fn execute(
        &mut self,
        statement: impl SqlSafeStr + Send,
        values: &[Value<'_>],
    ) -> impl Future<Output = Result<u64, StoreError>> + Send;

    /// Runs a statement and reads all its rows.
    fn rows<R: Row>(
        &mut self,
        statement: impl SqlSafeStr + Send,
        values: &[Value<'_>],
    ) -> impl Future<Output = Result<Vec<R>, StoreError>> + Send;

    /// Does the step.
    fn commit(self) -> impl Future<Output = Result<(), StoreError>> + Send;
}

/// A value of a statement.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Value<'a> {
    Text(&'a str),
    Number(i64),
    Bytes(&'a [u8]),
}

/// What both databases read from a row.
pub(crate) trait Row: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

impl<R> Row for R where R: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

/// Writes [`Step`] for the transaction of a database.
macro_rules! step {
    ($database:ty) => {
        impl $crate::shared_plan::Step for sqlx::Transaction<'static, $database> {
            async fn execute(
                &mut self,
                statement: impl sqlx::SqlSafeStr + Send,
                values: &[$crate::shared_plan::Value<'_>],
            ) -> Result<u64, access::StoreError> {
                let mut query = sqlx::query(statement);
                for value in values {
                    query = match *value {
                        $crate::shared_plan::Value::Text(text) => query.bind(text),
                        $crate::shared_plan::Value::Number(number) => query.bind(number),
                        $crate::shared_plan::Value::Bytes(bytes) => query.bind(bytes),
                    };
                }
                let done = query.execute(&mut **self).await.map_err($crate::database::unasked)?;
                Ok(done.rows_affected())
            }

            async fn rows<R: $crate::shared_plan::Row>(
                &mut self,
                statement: impl sqlx::SqlSafeStr + Send,
                values: &[$crate::shared_plan::Value<'_>],
            ) -> Result<Vec<R>, access::StoreError> {
                let mut query = sqlx::query_as(statement);
                for value in values {
                    query = match *value {
                        $crate::shared_plan::Value::Text(text) => query.bind(text),
                        $crate::shared_plan::Value::Number(number) => query.bind(number),
                        $crate::shared_plan::Value::Bytes(bytes) => query.bind(bytes),
                    };
                }
                query.fetch_all(&mut **self).await.map_err($crate::database::unasked)
            }

            async fn commit(self) -> Result<(), access::StoreError> {
                sqlx::Transaction::commit(self).await.map_err($crate::database::unasked)
            }
        }
    };
}
pub(crate) use step;

/// Puts rows, many in one statement. `into` is the table with its columns, as many as each row has values.
pub(super) async fn put<const COLUMNS: usize>(
    step: &mut impl Step,
    into: &str,
    rows: &[[Value<'_>; COLUMNS]],
) -> Result<(), StoreError> {
    for rows in rows.chunks(ROWS_AT_ONCE) {
        let places: Vec<String> =
            (0..rows.len()).map(|row| format!("({})", numbered(row * COLUMNS + 1, COLUMNS))).collect();
        let statement = format!("INSERT INTO {into} VALUES {}", places.join(", "));
        step.execute(AssertSqlSafe(statement), rows.as_flattened()).await?;
    }
    Ok(())
}

/// `$3, $4, $5`: the places of `count` values from the number `first` on.
pub(super) fn numbered(first: usize, count: usize) -> String {
    (first..first + count).map(|number| format!("${number}")).collect::<Vec<_>>().join(", ")
}

/// A number as the columns hold it.
pub(super) fn number(number: u64) -> Result<i64, StoreError> {
    i64::try_from(number).map_err(crate::database::unasked)
}

/// At most so many rows.
pub(super) fn limit(rows: usize) -> Value<'static> {
    Value::Number(i64::try_from(rows).unwrap_or(i64::MAX))
}
