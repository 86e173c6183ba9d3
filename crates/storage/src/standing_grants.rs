//! Standing grants in SQLite.

use access::{
    Consent, ConsentId, LaunchId, PersonId, StandingGrant, StandingGrants, StandingKey, StoreError, TenantId,
};
use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::{SqliteConnection, SqlitePool};
use zeroize::Zeroizing;

use crate::database::unasked;
use crate::keeper::Keeper;
use crate::seal::Place;
use crate::time::to_column;

/// The `standing_grant` and `standing_use` tables.
#[derive(Clone)]
pub struct SqliteStandingGrants {
    pub(crate) pool: SqlitePool,
    pub(crate) keeper: Keeper,
}

/// A grant is there as long as its consent is in force, and not a moment longer: the purge may be late. `now` names the
/// parameter that holds the time.
fn in_force(now: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM consent WHERE consent.tenant = standing_grant.tenant \
         AND consent.id = standing_grant.consent AND consent.revoked IS NULL \
         AND (consent.valid_until IS NULL OR consent.valid_until > {now}))"
    )
}

/// The care team may read by a grant as long as the consent for the care team is in force, whatever else carries it.
fn shared(now: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM consent AS shared WHERE shared.tenant = standing_grant.tenant \
         AND shared.person = standing_grant.person AND shared.source = standing_grant.source \
         AND shared.purpose = 'care-team' AND shared.revoked IS NULL \
         AND (shared.valid_until IS NULL OR shared.valid_until > {now}))"
    )
}

#[async_trait]
impl StandingGrants for SqliteStandingGrants {
    async fn put(&self, key: &StandingKey, grant: &StandingGrant, now: Timestamp) -> Result<bool, StoreError> {
        // Only for a consent of this person and source.
        let query = "INSERT INTO standing_grant (tenant, person, source, consent, sealed) \
                     SELECT tenant, person, source, id, $5 FROM consent \
                     WHERE tenant = $1 AND person = $2 AND source = $3 AND id = $4 AND revoked IS NULL \
                     AND purpose IN ('care-team', 'offline-reading') \
                     AND (valid_until IS NULL OR valid_until > $6) \
                     ON CONFLICT (tenant, person, source) DO UPDATE \
                     SET consent = excluded.consent, sealed = excluded.sealed, refresh_until = NULL";
        let insert = sqlx::query(query)
            .bind(&*key.tenant.0)
            .bind(key.person.as_str())
            .bind(&key.source)
            .bind(grant.consent.as_str())
            .bind(self.keeper.sealer.seal(place(&row(key)), &grant.content))
            .bind(to_column(now));
        insert.execute(&self.pool).await.map(|done| done.rows_affected() == 1).map_err(unasked)
    }

    async fn lookup(&self, key: &StandingKey, now: Timestamp) -> Result<Option<StandingGrant>, StoreError> {
        let query = format!(
            "SELECT consent, sealed FROM standing_grant WHERE tenant = $1 AND person = $2 AND source = $3 AND {}",
            in_force("$4")
        );
        let found: Option<(String, Vec<u8>)> = sqlx::query_as(sqlx::AssertSqlSafe(query))
            .bind(&*key.tenant.0)
            .bind(key.person.as_str())
            .bind(&key.source)
            .bind(to_column(now))
            .fetch_optional(&self.pool)
            .await
            .map_err(unasked)?;
        let Some((consent, sealed)) = found else { return Ok(None) };
        let consent = ConsentId::parse(&consent).ok_or_else(|| unasked("a row without a consent id"))?;
        let content = self.keeper.sealer.open(place(&row(key)), &sealed).map_err(unasked)?;
        Ok(Some(StandingGrant { consent, content }))
    }

    async fn sources_of(
        &self,
        tenant: &TenantId,
        person: &PersonId,
        now: Timestamp,
    ) -> Result<Vec<String>, StoreError> {
        let query = format!(
            "SELECT source FROM standing_grant WHERE tenant = $1 AND person = $2 AND {} ORDER BY source",
            in_force("$3")
        );
        sqlx::query_scalar(sqlx::AssertSqlSafe(query))
            .bind(&*tenant.0)
            .bind(person.as_str())
            .bind(to_column(now))
            .fetch_all(&self.pool)
            .await
            .map_err(unasked)
    }

    async fn replace(&self, key: &StandingKey, until: Timestamp, content: &[u8]) -> Result<bool, StoreError> {
        // A new grant has no turn, and a later turn ends at another time.
        let query = "UPDATE standing_grant SET sealed = $4 \
                     WHERE tenant = $1 AND person = $2 AND source = $3 AND refresh_until = $5";
        let update = sqlx::query(query)
            .bind(&*key.tenant.0)
            .bind(key.person.as_str())
            .bind(&key.source)
            .bind(self.keeper.sealer.seal(place(&row(key)), content))
            .bind(to_column(until));
        update.execute(&self.pool).await.map(|done| done.rows_affected() == 1).map_err(unasked)
    }

    async fn forget(&self, key: &StandingKey, until: Timestamp) -> Result<bool, StoreError> {
        let query = "DELETE FROM standing_grant \
                     WHERE tenant = $1 AND person = $2 AND source = $3 AND refresh_until = $4";
        let delete =
            sqlx::query(query).bind(&*key.tenant.0).bind(key.person.as_str()).bind(&key.source).bind(to_column(until));
        delete.execute(&self.pool).await.map(|done| done.rows_affected() == 1).map_err(unasked)
    }

    async fn lend(&self, key: &StandingKey, launch: &LaunchId, now: Timestamp) -> Result<bool, StoreError> {
        let query = format!(
            "INSERT INTO standing_use (launch, tenant, person, source) \
             SELECT $5, tenant, person, source FROM standing_grant \
             WHERE tenant = $1 AND person = $2 AND source = $3 AND {} AND {} \
             ON CONFLICT (launch, tenant, person, source) DO UPDATE SET source = excluded.source",
            in_force("$4"),
            shared("$4")
        );
        let insert = sqlx::query(sqlx::AssertSqlSafe(query))
            .bind(&*key.tenant.0)
            .bind(key.person.as_str())
            .bind(&key.source)
            .bind(to_column(now))
            .bind(launch.as_str());
        insert.execute(&self.pool).await.map(|done| done.rows_affected() == 1).map_err(unasked)
    }

    async fn lent_to(&self, launch: &LaunchId, now: Timestamp) -> Result<Vec<StandingKey>, StoreError> {
        let query = format!(
            "SELECT standing_use.tenant, standing_use.person, standing_use.source FROM standing_use \
             JOIN standing_grant ON standing_grant.tenant = standing_use.tenant \
             AND standing_grant.person = standing_use.person AND standing_grant.source = standing_use.source \
             WHERE standing_use.launch = $1 AND {} AND {} \
             ORDER BY standing_use.tenant, standing_use.person, standing_use.source",
            in_force("$2"),
            shared("$2")
        );
        let rows: Vec<(String, String, String)> = sqlx::query_as(sqlx::AssertSqlSafe(query))
            .bind(launch.as_str())
            .bind(to_column(now))
            .fetch_all(&self.pool)
            .await
            .map_err(unasked)?;
        let key = |(tenant, person, source): (String, String, String)| {
            let person = PersonId::parse(&person).ok_or_else(|| unasked("a row without a person id"))?;
            Ok(StandingKey { tenant: TenantId::new(tenant), person, source })
        };
        rows.into_iter().map(key).collect()
    }

    async fn begin_refresh(&self, key: &StandingKey, now: Timestamp, until: Timestamp) -> Result<bool, StoreError> {
        // One statement, so that of two who ask at once, in whatever processes, one gets it.
        let query = "UPDATE standing_grant SET refresh_until = $4 WHERE tenant = $1 AND person = $2 AND source = $3 \
                     AND (refresh_until IS NULL OR refresh_until <= $5)";
        let update = sqlx::query(query)
            .bind(&*key.tenant.0)
            .bind(key.person.as_str())
            .bind(&key.source)
            .bind(to_column(until))
            .bind(to_column(now));
        update.execute(&self.pool).await.map(|done| done.rows_affected() == 1).map_err(unasked)
    }

    async fn end_refresh(&self, key: &StandingKey, until: Timestamp) -> Result<(), StoreError> {
        let query = "UPDATE standing_grant SET refresh_until = NULL \
                     WHERE tenant = $1 AND person = $2 AND source = $3 AND refresh_until = $4";
        let update =
            sqlx::query(query).bind(&*key.tenant.0).bind(key.person.as_str()).bind(&key.source).bind(to_column(until));
        update.execute(&self.pool).await.map(drop).map_err(unasked)
    }
}

/// The launches that read by a grant, in the caller's step.
pub(crate) async fn launches(
    step: &mut SqliteConnection,
    tenant: &TenantId,
    person: &PersonId,
    source: &str,
) -> Result<Vec<LaunchId>, StoreError> {
    let query = "SELECT launch FROM standing_use WHERE tenant = $1 AND person = $2 AND source = $3 ORDER BY launch";
    let rows: Vec<String> = sqlx::query_scalar(query)
        .bind(&*tenant.0)
        .bind(person.as_str())
        .bind(source)
        .fetch_all(step)
        .await
        .map_err(unasked)?;
    rows.iter().map(|text| LaunchId::parse(text).ok_or_else(|| unasked("a row without a launch id"))).collect()
}

/// Lets the grant that rests on a consent rest on another one, in the caller's step.
pub(crate) async fn rest_on(
    step: &mut SqliteConnection,
    tenant: &TenantId,
    consent: &Consent,
    other: &ConsentId,
) -> Result<(), StoreError> {
    let update = sqlx::query("UPDATE standing_grant SET consent = $3 WHERE tenant = $1 AND consent = $2");
    let update = update.bind(&*tenant.0).bind(consent.id.as_str()).bind(other.as_str());
    update.execute(step).await.map(drop).map_err(unasked)
}

/// Notes that no launch reads by a grant any more, and tells which did, in the caller's step.
pub(crate) async fn take_from_launches(
    step: &mut SqliteConnection,
    tenant: &TenantId,
    person: &PersonId,
    source: &str,
) -> Result<Vec<LaunchId>, StoreError> {
    let launches = launches(step, tenant, person, source).await?;
    let delete = sqlx::query("DELETE FROM standing_use WHERE tenant = $1 AND person = $2 AND source = $3");
    let delete = delete.bind(&*tenant.0).bind(person.as_str()).bind(source);
    delete.execute(step).await.map_err(unasked)?;
    Ok(launches)
}

/// Deletes a grant and gives it back, to be revoked at its source, in the caller's step. One that does not open is
/// deleted all the same: erasing must not fail because of what is erased.
pub(crate) async fn take(
    step: &mut SqliteConnection,
    keeper: &Keeper,
    tenant: &TenantId,
    person: &PersonId,
    source: &str,
) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
    let query = "DELETE FROM standing_grant WHERE tenant = $1 AND person = $2 AND source = $3 RETURNING sealed";
    let taken: Option<Vec<u8>> = sqlx::query_scalar(query)
        .bind(&*tenant.0)
        .bind(person.as_str())
        .bind(source)
        .fetch_optional(step)
        .await
        .map_err(unasked)?;
    let Some(sealed) = taken else { return Ok(None) };
    let key = StandingKey { tenant: tenant.clone(), person: person.clone(), source: source.to_owned() };
    match keeper.sealer.open(place(&row(&key)), &sealed) {
        Ok(content) => Ok(Some(content)),
        Err(error) => {
            tracing::error!(%tenant, source, %error, "a standing grant was erased that could not be read");
            Ok(None)
        }
    }
}

pub(crate) fn row(key: &StandingKey) -> [&[u8]; 3] {
    [key.tenant.0.as_bytes(), key.person.as_str().as_bytes(), key.source.as_bytes()]
}

fn place<'a>(row: &'a [&'a [u8]]) -> Place<'a> {
    Place { table: "standing_grant", row }
}
