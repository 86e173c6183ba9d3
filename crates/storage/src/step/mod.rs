//! What a database offers to a store that runs on both.
//!
//! A store is written once, as `Stored…<D: Door>`, with one text for each statement. What it must know to be right on both:
//!
//! - *A step is a transaction of one tenant*, begun by [`Door::begin`], done whole by [`Step::commit`], or not at all. SQLite
//!   has one writer at a time. PostgreSQL has many, each of which sees what was committed when its *statement* began (READ
//!   COMMITTED): between a look and a write there are others. So the statement that writes also compares (`UPDATE … WHERE
//!   version = $3`, `ON CONFLICT`), or the look itself holds the rows ([`Door::HELD`]), always in the same order, so that
//!   no two steps wait for each other.
//! - *Names.* Statements say `tenant_id`. SQLite's first tables call that column `tenant`, and a released migration is
//!   never edited, so for those a statement goes through [`Door::named`]. Such a statement never has another
//!   column called `tenant`.
//! - *Tables of the installation* have no tenant in SQLite; in PostgreSQL they lie under [`INSTALLATION`], their column
//!   `tenant_id` fills itself, and the policy narrows every statement. So their statements name no tenant at all, except
//!   the target of an upsert (`ON CONFLICT ({}hash)` with [`Door::KEY`]).
//! - *Values* are numbered `$1`, `$2`, … and have a kind, an absent one too ([`Value::NoNumber`]); PostgreSQL wants one kind for
//!   all uses of a number, SQLite has none. Read numbers as `i64`, texts as `String`, bytes as
//!   `Vec<u8>`; a flag is a number. PostgreSQL takes no letter 0 in a text.
//! - *Upserts* (`ON CONFLICT … DO UPDATE`) name their columns in both, and `INSERT … SELECT … ON CONFLICT` needs a `WHERE`.
//! - *Indexes.* Each condition has one (`tests/ports/scans.rs`). Behind a policy PostgreSQL looks nothing up by what could
//!   tell of other rows, as it thinks of `coalesce`; `CASE WHEN … IS NULL` does the same.
//! - *A read with one row* is [`Step::row`]; a whole step of one statement is [`write`], [`row`] or [`rows`].

mod place;
mod sqlite;
mod transaction;

use std::borrow::Cow;
use std::sync::LazyLock;

use access::{StoreError, TenantId};
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, FromRow, SqlSafeStr};

use crate::keeper::Keeper;

pub(crate) use place::{limit, number, numbered, put};
pub(crate) use sqlite::SqliteDoor;
pub(crate) use transaction::{bound, step};

/// The name under which lies what is found before its tenant is known. No configured tenant has it.
///
/// That is by the cookie: sessions, former cookies and sign-ins; by the id in an address: launches; and by `state`: launches
/// on their way. Nothing else: the tokens of sources, edits on their way, and which launch reads by whose standing grant lie
/// with the tenant of the launch.
pub const INSTALLATION: &str = "accord:installation";

/// The same as the tenant of a step.
pub(crate) fn installation() -> &'static TenantId {
    static NAMED: LazyLock<TenantId> = LazyLock::new(|| TenantId::new(INSTALLATION));
    &NAMED
}

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
    /// What is said at the end of a `SELECT` of one table, whose rows nobody else may change until the step ends.
    const HELD: &'static str;
    /// What a key of the installation's tables begins with.
    const KEY: &'static str;

    /// A statement with `tenant_id` under the name that this database's first tables have for it.
    fn named(statement: impl Into<Cow<'static, str>>) -> AssertSqlSafe<Cow<'static, str>>;

    /// What is said at the end of a `SELECT` from several tables, so that the rows of this one that it finds are still there
    /// when the step ends.
    fn staying(table: &str) -> String;

    /// Begins a step that sees this tenant's rows only. Dropped, it changes nothing.
    fn begin(&self, tenant: &TenantId, aim: Aim) -> impl Future<Output = Result<Self::Step, StoreError>> + Send;

    /// The tenants that may have something here. The installation is none of them.
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

    /// Runs a statement that finds one row at most, and reads that.
    fn row<R: Row>(
        &mut self,
        statement: impl SqlSafeStr + Send,
        values: &[Value<'_>],
    ) -> impl Future<Output = Result<Option<R>, StoreError>> + Send {
        async move { Ok(self.rows(statement, values).await?.pop()) }
    }

    /// Goes on for another tenant in the same step, where what belongs together lies under two. No statement ever sees both.
    fn go_to(&mut self, tenant: &TenantId) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Does the step.
    fn commit(self) -> impl Future<Output = Result<(), StoreError>> + Send;
}

/// A value of a statement. One that may be absent is made by `Value::from`.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Value<'a> {
    Text(&'a str),
    Number(i64),
    Bytes(&'a [u8]),
    NoText,
    NoNumber,
    NoBytes,
}

impl<'a> From<Option<&'a str>> for Value<'a> {
    fn from(text: Option<&'a str>) -> Self {
        text.map_or(Self::NoText, Self::Text)
    }
}

impl From<Option<i64>> for Value<'_> {
    fn from(number: Option<i64>) -> Self {
        number.map_or(Self::NoNumber, Self::Number)
    }
}

impl<'a> From<Option<&'a [u8]>> for Value<'a> {
    fn from(bytes: Option<&'a [u8]>) -> Self {
        bytes.map_or(Self::NoBytes, Self::Bytes)
    }
}

/// What both databases read from a row.
pub(crate) trait Row: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

impl<R> Row for R where R: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

/// Runs one statement that writes, as a step of its own. Returns how many rows it changed.
pub(crate) async fn write(
    door: &impl Door,
    tenant: &TenantId,
    statement: impl SqlSafeStr + Send,
    values: &[Value<'_>],
) -> Result<u64, StoreError> {
    let mut step = door.begin(tenant, Aim::Write).await?;
    let changed = step.execute(statement, values).await?;
    step.commit().await?;
    Ok(changed)
}

/// Reads all rows of one statement, as a step of its own.
pub(crate) async fn rows<R: Row>(
    door: &impl Door,
    tenant: &TenantId,
    statement: impl SqlSafeStr + Send,
    values: &[Value<'_>],
) -> Result<Vec<R>, StoreError> {
    door.begin(tenant, Aim::Read).await?.rows(statement, values).await
}

/// Reads one row at most, as a step of its own.
pub(crate) async fn row<R: Row>(
    door: &impl Door,
    tenant: &TenantId,
    statement: impl SqlSafeStr + Send,
    values: &[Value<'_>],
) -> Result<Option<R>, StoreError> {
    Ok(rows(door, tenant, statement, values).await?.pop())
}
