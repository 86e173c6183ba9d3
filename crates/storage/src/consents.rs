//! Consents in SQLite.
//!
//! What rests on a consent refers to `consent_in_force`. Ending a consent takes its row there away, and the foreign keys
//! do the rest, in the same step.

use access::person::Hung;
use access::{
    Consent, ConsentId, Consents, Erasure, LaunchId, PersonId, Purpose, Revoked, Role, StoreError, TenantId, UserKey,
};
use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sqlx::{SqliteConnection, SqlitePool};
use zeroize::Zeroizing;

use crate::database::unasked;
use crate::keeper::Keeper;
use crate::seal::Place;
use crate::standing_grants;
use crate::time::{from_column, to_column};

/// How long an ended consent is kept.
const ENDED_KEPT: SignedDuration = SignedDuration::from_hours(24 * (6 * 365 + 2));

/// The `consent` and `consent_in_force` tables.
#[derive(Clone)]
pub struct SqliteConsents {
    pub(crate) pool: SqlitePool,
    pub(crate) keeper: Keeper,
}

/// What of a consent says who somebody is.
#[derive(Serialize, Deserialize)]
struct Sealed {
    by: UserKey,
    role: Role,
    revoked_by: Option<UserKey>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    person: String,
    source: String,
    purpose: String,
    given: i64,
    valid_until: Option<i64>,
    revoked: Option<i64>,
    sealed: Vec<u8>,
}

const COLUMNS: &str = "SELECT id, person, source, purpose, given, valid_until, revoked, sealed FROM consent";
const IN_FORCE: &str = "EXISTS (SELECT 1 FROM consent_in_force WHERE consent_in_force.tenant = consent.tenant \
                        AND consent_in_force.consent = consent.id)";

#[async_trait]
impl Consents for SqliteConsents {
    async fn give(&self, tenant: &TenantId, consent: &Consent) -> Result<(), StoreError> {
        let mut step = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(unasked)?;
        let former = in_force(&mut step, &self.keeper, tenant, &consent.person, Some(&consent.source)).await?;
        insert(&mut step, &self.keeper, tenant, consent).await?;
        for former in former.iter().filter(|former| former.purpose == consent.purpose) {
            if !former.is_in_force(consent.given) {
                // Its time was over: what rested on it does not come back by a new one.
                leave_force(&mut step, tenant, &former.id).await?;
                continue;
            }
            for update in [
                "UPDATE standing_grant SET consent = $3 WHERE tenant = $1 AND consent = $2",
                "UPDATE kept_item SET consent = $3 WHERE tenant = $1 AND consent = $2",
            ] {
                let update = sqlx::query(update).bind(&*tenant.0).bind(former.id.as_str()).bind(consent.id.as_str());
                update.execute(&mut *step).await.map_err(unasked)?;
            }
            let revoked = Revoked { by: Some(consent.by.clone()), when: consent.given };
            end(&mut step, &self.keeper, tenant, former, &revoked).await?;
        }
        step.commit().await.map_err(unasked)
    }

    async fn lookup(&self, tenant: &TenantId, id: &ConsentId) -> Result<Option<Consent>, StoreError> {
        let query = format!("{COLUMNS} WHERE tenant = $1 AND id = $2");
        let row: Option<Row> = sqlx::query_as(sqlx::AssertSqlSafe(query))
            .bind(&*tenant.0)
            .bind(id.as_str())
            .fetch_optional(&self.pool)
            .await
            .map_err(unasked)?;
        row.map(|row| open(&self.keeper, tenant, row)).transpose()
    }

    async fn of_person(&self, tenant: &TenantId, person: &PersonId) -> Result<Vec<Consent>, StoreError> {
        let query = format!("{COLUMNS} WHERE tenant = $1 AND person = $2 ORDER BY given, id");
        let rows: Vec<Row> = sqlx::query_as(sqlx::AssertSqlSafe(query))
            .bind(&*tenant.0)
            .bind(person.as_str())
            .fetch_all(&self.pool)
            .await
            .map_err(unasked)?;
        rows.into_iter().map(|row| open(&self.keeper, tenant, row)).collect()
    }

    async fn all_in_force(
        &self,
        tenant: &TenantId,
        purpose: Purpose,
        now: Timestamp,
    ) -> Result<Vec<Consent>, StoreError> {
        let query = format!("{COLUMNS} WHERE tenant = $1 AND purpose = $2 AND {IN_FORCE} ORDER BY given, id");
        let rows: Vec<Row> = sqlx::query_as(sqlx::AssertSqlSafe(query))
            .bind(&*tenant.0)
            .bind(purpose.code())
            .fetch_all(&self.pool)
            .await
            .map_err(unasked)?;
        let found: Vec<Consent> =
            rows.into_iter().map(|row| open(&self.keeper, tenant, row)).collect::<Result<_, _>>()?;
        Ok(found.into_iter().filter(|consent| consent.is_in_force(now)).collect())
    }

    async fn in_force(
        &self,
        tenant: &TenantId,
        person: &PersonId,
        source: &str,
        purpose: Purpose,
        now: Timestamp,
    ) -> Result<Option<Consent>, StoreError> {
        let mut connection = self.pool.acquire().await.map_err(unasked)?;
        let found = in_force(&mut connection, &self.keeper, tenant, person, Some(source)).await?;
        Ok(found.into_iter().find(|consent| consent.purpose == purpose && consent.is_in_force(now)))
    }

    async fn revoke(
        &self,
        tenant: &TenantId,
        id: &ConsentId,
        revoked: &Revoked,
    ) -> Result<Option<Erasure>, StoreError> {
        let mut step = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(unasked)?;
        let query = format!("{COLUMNS} WHERE tenant = $1 AND id = $2 AND {IN_FORCE}");
        let row: Option<Row> = sqlx::query_as(sqlx::AssertSqlSafe(query))
            .bind(&*tenant.0)
            .bind(id.as_str())
            .fetch_optional(&mut *step)
            .await
            .map_err(unasked)?;
        let Some(row) = row else { return Ok(None) };
        let consent = open(&self.keeper, tenant, row)?;
        let erasure = erase(&mut step, &self.keeper, tenant, &consent, revoked.when).await?;
        end(&mut step, &self.keeper, tenant, &consent, revoked).await?;
        step.commit().await.map_err(unasked)?;
        Ok(Some(erasure))
    }

    async fn end_due(&self, now: Timestamp) -> Result<Vec<Erasure>, StoreError> {
        let query =
            format!("SELECT tenant, id FROM consent WHERE valid_until <= $1 AND {IN_FORCE} ORDER BY tenant, id");
        let due: Vec<(String, String)> = sqlx::query_as(sqlx::AssertSqlSafe(query))
            .bind(to_column(now))
            .fetch_all(&self.pool)
            .await
            .map_err(unasked)?;
        let mut erasures = Vec::with_capacity(due.len());
        for (tenant, id) in due {
            let tenant = TenantId::new(tenant);
            let mut step = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(unasked)?;
            let query = format!("{COLUMNS} WHERE tenant = $1 AND id = $2 AND {IN_FORCE}");
            let row: Option<Row> = sqlx::query_as(sqlx::AssertSqlSafe(query))
                .bind(&*tenant.0)
                .bind(&id)
                .fetch_optional(&mut *step)
                .await
                .map_err(unasked)?;
            // Another process may have ended it meanwhile.
            let Some(row) = row else { continue };
            let consent = open(&self.keeper, &tenant, row)?;
            erasures.push(erase(&mut step, &self.keeper, &tenant, &consent, now).await?);
            leave_force(&mut step, &tenant, &consent.id).await?;
            step.commit().await.map_err(unasked)?;
        }
        Ok(erasures)
    }
}

/// Erases what came by a consent, in the caller's step.
async fn erase(
    step: &mut SqliteConnection,
    keeper: &Keeper,
    tenant: &TenantId,
    consent: &Consent,
    now: Timestamp,
) -> Result<Erasure, StoreError> {
    let (grant, launches) = if consent.purpose.carries_grants() {
        end_grant(step, keeper, tenant, consent, now).await?
    } else {
        (None, Vec::new())
    };
    let delete = sqlx::query("DELETE FROM kept_item WHERE tenant = $1 AND consent = $2");
    let delete = delete.bind(&*tenant.0).bind(consent.id.as_str());
    let items = delete.execute(step).await.map_err(unasked)?.rows_affected();
    Ok(Erasure { person: consent.person.clone(), source: consent.source.clone(), grant, launches, items })
}

/// Ends what a consent allows at its source, in the caller's step: the grant itself, or only its use by the care team where
/// another purpose still carries it. Tells the grant that is forgotten, and the launches that may not read by it any more.
async fn end_grant(
    step: &mut SqliteConnection,
    keeper: &Keeper,
    tenant: &TenantId,
    consent: &Consent,
    now: Timestamp,
) -> Result<(Option<Zeroizing<Vec<u8>>>, Vec<LaunchId>), StoreError> {
    let (person, source) = (&consent.person, &*consent.source);
    let others = in_force(step, keeper, tenant, person, Some(source)).await?;
    let other = others
        .into_iter()
        .find(|other| other.id != consent.id && other.purpose.carries_grants() && other.is_in_force(now));
    let Some(other) = other else {
        let launches = standing_grants::launches(step, tenant, person, source).await?;
        return Ok((standing_grants::take(step, keeper, tenant, person, source).await?, launches));
    };
    standing_grants::rest_on(step, tenant, consent, &other.id).await?;
    let launches = match consent.purpose {
        Purpose::CareTeam => standing_grants::take_from_launches(step, tenant, person, source).await?,
        Purpose::OfflineReading | Purpose::LabelledItems => Vec::new(),
    };
    Ok((None, launches))
}

/// Ends every consent of a person, at one source or at all, with what rests on it, in the caller's step.
pub(crate) async fn end_all(
    step: &mut SqliteConnection,
    keeper: &Keeper,
    tenant: &TenantId,
    person: &PersonId,
    source: Option<&str>,
    revoked: &Revoked,
) -> Result<Vec<Hung>, StoreError> {
    let mut hung = Vec::new();
    for consent in in_force(step, keeper, tenant, person, source).await? {
        let source = &*consent.source;
        let lent = standing_grants::launches(step, tenant, person, source).await?;
        hung.extend(lent.into_iter().map(|launch: LaunchId| Hung::Launch { launch, source: source.to_owned() }));
        let grant = standing_grants::take(step, keeper, tenant, person, source).await?;
        hung.extend(grant.map(|content| Hung::StandingGrant { source: source.to_owned(), content }));
        let items = sqlx::query("DELETE FROM kept_item WHERE tenant = $1 AND person = $2 AND source = $3");
        let items = items.bind(&*tenant.0).bind(person.as_str()).bind(source);
        items.execute(&mut *step).await.map_err(unasked)?;
        end(step, keeper, tenant, &consent, revoked).await?;
        hung.push(Hung::Consent(consent.id));
    }
    Ok(hung)
}

async fn in_force(
    connection: &mut SqliteConnection,
    keeper: &Keeper,
    tenant: &TenantId,
    person: &PersonId,
    source: Option<&str>,
) -> Result<Vec<Consent>, StoreError> {
    let query = format!("{COLUMNS} WHERE tenant = $1 AND person = $2 AND {IN_FORCE} ORDER BY given, id");
    let rows: Vec<Row> = sqlx::query_as(sqlx::AssertSqlSafe(query))
        .bind(&*tenant.0)
        .bind(person.as_str())
        .fetch_all(connection)
        .await
        .map_err(unasked)?;
    let rows = rows.into_iter().filter(|row| source.is_none_or(|source| row.source == source));
    rows.map(|row| open(keeper, tenant, row)).collect()
}

async fn insert(
    step: &mut SqliteConnection,
    keeper: &Keeper,
    tenant: &TenantId,
    consent: &Consent,
) -> Result<(), StoreError> {
    let query = "INSERT INTO consent (tenant, id, person, source, purpose, given, valid_until, sealed) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    sqlx::query(query)
        .bind(&*tenant.0)
        .bind(consent.id.as_str())
        .bind(consent.person.as_str())
        .bind(&consent.source)
        .bind(consent.purpose.code())
        .bind(to_column(consent.given))
        .bind(consent.until.map(to_column))
        .bind(seal(keeper, tenant, consent, None)?)
        .execute(&mut *step)
        .await
        .map_err(unasked)?;
    let query = "INSERT INTO consent_in_force (tenant, consent) VALUES ($1, $2)";
    let insert = sqlx::query(query).bind(&*tenant.0).bind(consent.id.as_str());
    insert.execute(step).await.map(drop).map_err(unasked)
}

async fn end(
    step: &mut SqliteConnection,
    keeper: &Keeper,
    tenant: &TenantId,
    consent: &Consent,
    revoked: &Revoked,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE consent SET revoked = $3, sealed = $4 WHERE tenant = $1 AND id = $2")
        .bind(&*tenant.0)
        .bind(consent.id.as_str())
        .bind(to_column(revoked.when))
        .bind(seal(keeper, tenant, consent, revoked.by.clone())?)
        .execute(&mut *step)
        .await
        .map_err(unasked)?;
    leave_force(step, tenant, &consent.id).await
}

/// Takes away what everything that rests on a consent refers to.
async fn leave_force(step: &mut SqliteConnection, tenant: &TenantId, id: &ConsentId) -> Result<(), StoreError> {
    let query = "DELETE FROM consent_in_force WHERE tenant = $1 AND consent = $2";
    let delete = sqlx::query(query).bind(&*tenant.0).bind(id.as_str());
    delete.execute(step).await.map(drop).map_err(unasked)
}

/// Ends the consents whose time is over, with what rests on them, and removes those that ended long ago. Returns how
/// many rows.
pub(crate) async fn purge(pool: &SqlitePool, now: Timestamp) -> Result<u64, StoreError> {
    let query = "DELETE FROM consent_in_force WHERE EXISTS (SELECT 1 FROM consent \
                 WHERE consent.tenant = consent_in_force.tenant AND consent.id = consent_in_force.consent \
                 AND consent.valid_until <= $1)";
    let ended = sqlx::query(query).bind(to_column(now)).execute(pool).await.map_err(unasked)?;
    let delete = sqlx::query("DELETE FROM consent WHERE coalesce(revoked, valid_until) <= $1");
    let removed = delete.bind(to_column(now - ENDED_KEPT)).execute(pool).await.map_err(unasked)?;
    Ok(ended.rows_affected() + removed.rows_affected())
}

fn open(keeper: &Keeper, tenant: &TenantId, row: Row) -> Result<Consent, StoreError> {
    let Row { id, person, source, purpose, given, valid_until, revoked, sealed } = row;
    let plain = keeper.sealer.open(place(&bound(tenant, &id, &person, &source, &purpose)), &sealed).map_err(unasked)?;
    let Sealed { by, role, revoked_by } = serde_json::from_slice(&plain).map_err(unasked)?;
    let revoked = revoked.map(|when| Ok(Revoked { by: revoked_by, when: from_column(when)? })).transpose()?;
    Ok(Consent {
        id: ConsentId::parse(&id).ok_or_else(|| unasked("a row without a consent id"))?,
        person: PersonId::parse(&person).ok_or_else(|| unasked("a row without a person id"))?,
        purpose: Purpose::of_code(&purpose).ok_or_else(|| unasked("a consent for a purpose that is not known"))?,
        source,
        by,
        role,
        given: from_column(given)?,
        until: valid_until.map(from_column).transpose()?,
        revoked,
    })
}

fn seal(
    keeper: &Keeper,
    tenant: &TenantId,
    consent: &Consent,
    revoked_by: Option<UserKey>,
) -> Result<Vec<u8>, StoreError> {
    let sealed = Sealed { by: consent.by.clone(), role: consent.role, revoked_by };
    let plain = Zeroizing::new(serde_json::to_vec(&sealed).map_err(unasked)?);
    let bound = bound(tenant, consent.id.as_str(), consent.person.as_str(), &consent.source, consent.purpose.code());
    Ok(keeper.sealer.seal(place(&bound), &plain))
}

/// Person, source and purpose are bound in: a consent can not be made one for something else by an `UPDATE`.
fn bound<'a>(tenant: &'a TenantId, id: &'a str, person: &'a str, source: &'a str, purpose: &'a str) -> [&'a [u8]; 5] {
    [tenant.0.as_bytes(), id.as_bytes(), person.as_bytes(), source.as_bytes(), purpose.as_bytes()]
}

fn place<'a>(row: &'a [&'a [u8]]) -> Place<'a> {
    Place { table: "consent", row }
}
