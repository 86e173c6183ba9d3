//! The audit log in SQLite: appended, never changed, purged from the front.
//!
//! Each row carries a keyed mark over itself and the mark before it. Who can write to the file but does not have the
//! sealing key can not make a mark, so a changed, missing or added row shows. That rows are missing at the end shows by
//! the head, where somebody has kept it elsewhere.

use access::audit::Verified;
use access::{Audit, AuditEvent, AuditTrail, PatientAt, StoreError, TenantId};
use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use sqlx::{SqliteConnection, SqlitePool};
use zeroize::Zeroizing;

use crate::database::unasked;
use crate::keeper::Keeper;
use crate::seal::Place;
use crate::time::to_column;

/// How long an event is kept: six years, two of which may have a day more.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * (6 * 365 + 2));
/// How many rows are looked at in one go.
const PAGE: i64 = 1000;

/// The `audit_event` table.
#[derive(Clone)]
pub struct SqliteAudit {
    pub(crate) pool: SqlitePool,
    pub(crate) keeper: Keeper,
}

#[derive(sqlx::FromRow)]
struct Row {
    number: i64,
    recorded: i64,
    operation: String,
    outcome: String,
    patient: Option<Vec<u8>>,
    sealed: Vec<u8>,
    chain: Vec<u8>,
}

const COLUMNS: &str = "SELECT number, recorded, operation, outcome, patient, sealed, chain FROM audit_event";

#[async_trait]
impl Audit for SqliteAudit {
    async fn write_all(&self, events: &[AuditEvent]) -> Result<(), StoreError> {
        let mut step = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(unasked)?;
        for event in events {
            self.append(&mut step, event).await?;
        }
        step.commit().await.map_err(unasked)
    }
}

#[async_trait]
impl AuditTrail for SqliteAudit {
    async fn of_patient(&self, tenant: &TenantId, at: &PatientAt) -> Result<Vec<AuditEvent>, StoreError> {
        let query = format!("{COLUMNS} WHERE tenant = $1 AND patient = $2 ORDER BY number");
        let rows: Vec<Row> = sqlx::query_as(sqlx::AssertSqlSafe(query))
            .bind(&*tenant.0)
            .bind(&mark(&self.keeper, tenant, at)[..])
            .fetch_all(&self.pool)
            .await
            .map_err(unasked)?;
        let open = |row: Row| {
            let number = row.number.to_be_bytes();
            let plain = self.keeper.sealer.open(place(&bound(tenant, &number)), &row.sealed).map_err(unasked)?;
            serde_json::from_slice(&plain).map_err(unasked)
        };
        rows.into_iter().map(open).collect()
    }

    async fn verify(&self, tenant: &TenantId) -> Result<Verified, StoreError> {
        let mut connection = self.pool.begin().await.map_err(unasked)?;
        let Some((mut number, mut chain)) = start(&mut connection, &self.keeper, tenant).await? else {
            return Ok(Verified::Broken { at: 0 });
        };
        let mut events = 0;
        loop {
            let query = format!("{COLUMNS} WHERE tenant = $1 AND number > $2 ORDER BY number LIMIT {PAGE}");
            let rows: Vec<Row> = sqlx::query_as(sqlx::AssertSqlSafe(query))
                .bind(&*tenant.0)
                .bind(number)
                .fetch_all(&mut *connection)
                .await
                .map_err(unasked)?;
            if rows.is_empty() {
                return Ok(Verified::Whole { events, head: chain });
            }
            for row in rows {
                number += 1;
                let next = link(&self.keeper, tenant, &chain, &row);
                if row.number != number || row.chain != next {
                    return Ok(Verified::Broken { at: number.unsigned_abs() });
                }
                (chain, events) = (next, events + 1);
            }
        }
    }
}

impl SqliteAudit {
    async fn append(&self, step: &mut SqliteConnection, event: &AuditEvent) -> Result<(), StoreError> {
        let tenant = &event.tenant;
        let (last, chain) = last(step, &self.keeper, tenant).await?;
        let number = last + 1;
        let plain = Zeroizing::new(serde_json::to_vec(event).map_err(unasked)?);
        let mut row = Row {
            number,
            recorded: to_column(event.when),
            operation: event.operation.code().to_owned(),
            outcome: event.outcome.code().to_owned(),
            patient: event.patient.as_ref().map(|at| mark(&self.keeper, tenant, at).to_vec()),
            sealed: self.keeper.sealer.seal(place(&bound(tenant, &number.to_be_bytes())), &plain),
            chain: Vec::new(),
        };
        row.chain = link(&self.keeper, tenant, &chain, &row).to_vec();
        let query = "INSERT INTO audit_event (tenant, number, recorded, operation, outcome, patient, sealed, chain) \
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        sqlx::query(query)
            .bind(&*tenant.0)
            .bind(row.number)
            .bind(row.recorded)
            .bind(row.operation)
            .bind(row.outcome)
            .bind(row.patient)
            .bind(row.sealed)
            .bind(row.chain)
            .execute(step)
            .await
            .map(drop)
            .map_err(unasked)
    }
}

/// Number and chain of the last event.
async fn last(step: &mut SqliteConnection, keeper: &Keeper, tenant: &TenantId) -> Result<(i64, [u8; 32]), StoreError> {
    let query = "SELECT number, chain FROM audit_event WHERE tenant = $1 ORDER BY number DESC LIMIT 1";
    let found: Option<(i64, Vec<u8>)> =
        sqlx::query_as(query).bind(&*tenant.0).fetch_optional(&mut *step).await.map_err(unasked)?;
    match found {
        Some((number, chain)) => Ok((number, sized(chain)?)),
        None => Ok(start(step, keeper, tenant).await?.unwrap_or_else(|| (0, first(keeper, tenant)))),
    }
}

/// Where the log begins; `None` where that was tampered with.
async fn start(
    step: &mut SqliteConnection,
    keeper: &Keeper,
    tenant: &TenantId,
) -> Result<Option<(i64, [u8; 32])>, StoreError> {
    let query = "SELECT number, chain, mark FROM audit_start WHERE tenant = $1";
    let found: Option<(i64, Vec<u8>, Vec<u8>)> =
        sqlx::query_as(query).bind(&*tenant.0).fetch_optional(step).await.map_err(unasked)?;
    let Some((number, chain, mark)) = found else { return Ok(Some((0, first(keeper, tenant)))) };
    let fine = mark == start_mark(keeper, tenant, number, &chain);
    if fine { Ok(Some((number, sized(chain)?))) } else { Ok(None) }
}

/// Removes the events that are past their retention, each tenant's from the front. Returns how many.
pub(crate) async fn purge(pool: &SqlitePool, keeper: &Keeper, now: Timestamp) -> Result<u64, StoreError> {
    let before = to_column(now - KEPT);
    let mut step = pool.begin_with("BEGIN IMMEDIATE").await.map_err(unasked)?;
    // The last of the unbroken run of old ones: a clock that once stood wrong leaves no gap.
    let query = "SELECT tenant, coalesce(min(CASE WHEN recorded >= $1 THEN number END), max(number) + 1) \
                 FROM audit_event GROUP BY tenant HAVING min(recorded) < $1";
    let tenants: Vec<(String, i64)> =
        sqlx::query_as(query).bind(before).fetch_all(&mut *step).await.map_err(unasked)?;
    if tenants.is_empty() {
        return Ok(0);
    }
    let open = sqlx::query("UPDATE audit_retention SET kept_from = $1 WHERE kept_from < $1").bind(before);
    open.execute(&mut *step).await.map_err(unasked)?;
    let mut removed = 0;
    for (tenant, until) in tenants {
        let tenant = TenantId::new(tenant);
        let query =
            "SELECT number, chain FROM audit_event WHERE tenant = $1 AND number < $2 ORDER BY number DESC LIMIT 1";
        let last: Option<(i64, Vec<u8>)> =
            sqlx::query_as(query).bind(&*tenant.0).bind(until).fetch_optional(&mut *step).await.map_err(unasked)?;
        let Some((number, chain)) = last else { continue };
        let query = "INSERT INTO audit_start (tenant, number, chain, mark) VALUES ($1, $2, $3, $4) \
                     ON CONFLICT (tenant) DO UPDATE \
                     SET number = excluded.number, chain = excluded.chain, mark = excluded.mark";
        sqlx::query(query)
            .bind(&*tenant.0)
            .bind(number)
            .bind(&chain)
            .bind(&start_mark(keeper, &tenant, number, &chain)[..])
            .execute(&mut *step)
            .await
            .map_err(unasked)?;
        let delete = sqlx::query("DELETE FROM audit_event WHERE tenant = $1 AND number < $2");
        let done = delete.bind(&*tenant.0).bind(until).execute(&mut *step).await.map_err(unasked)?;
        removed += done.rows_affected();
    }
    step.commit().await.map_err(unasked)?;
    Ok(removed)
}

/// What the first event follows from.
fn first(keeper: &Keeper, tenant: &TenantId) -> [u8; 32] {
    keeper.mark("audit_event begins", &[tenant.0.as_bytes()])
}

fn start_mark(keeper: &Keeper, tenant: &TenantId, number: i64, chain: &[u8]) -> [u8; 32] {
    keeper.mark("audit_start", &[tenant.0.as_bytes(), &number.to_be_bytes(), chain])
}

fn link(keeper: &Keeper, tenant: &TenantId, before: &[u8; 32], row: &Row) -> [u8; 32] {
    let none = [0_u8; 0];
    let parts: [&[u8]; 8] = [
        before,
        tenant.0.as_bytes(),
        &row.number.to_be_bytes(),
        &row.recorded.to_be_bytes(),
        row.operation.as_bytes(),
        row.outcome.as_bytes(),
        row.patient.as_deref().unwrap_or(&none),
        &row.sealed,
    ];
    keeper.mark("audit_event chain", &parts)
}

fn mark(keeper: &Keeper, tenant: &TenantId, at: &PatientAt) -> [u8; 32] {
    keeper.mark("audit_event", &[tenant.0.as_bytes(), at.source.as_bytes(), at.patient.as_bytes()])
}

fn sized(bytes: Vec<u8>) -> Result<[u8; 32], StoreError> {
    bytes.try_into().map_err(|_| unasked("a chain of another length"))
}

fn bound<'a>(tenant: &'a TenantId, number: &'a [u8; 8]) -> [&'a [u8]; 2] {
    [tenant.0.as_bytes(), number]
}

fn place<'a>(row: &'a [&'a [u8]]) -> Place<'a> {
    Place { table: "audit_event", row }
}
