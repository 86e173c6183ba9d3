//! A consent as its table holds it.

use access::{Consent, ConsentId, PersonId, Purpose, Revoked, Role, StoreError, TenantId, UserKey};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::IN_FORCE;
use crate::database::unasked;
use crate::keeper::Keeper;
use crate::seal::Place;
use crate::step::{Door, Step, Value};
use crate::time::{from_column, to_column};

pub(super) const COLUMNS: &str = "id, person, source, purpose, given, valid_until, revoked, sealed";

/// What of a consent says who somebody is.
#[derive(Serialize, Deserialize)]
struct Sealed {
    by: UserKey,
    role: Role,
    revoked_by: Option<UserKey>,
}

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    id: String,
    person: String,
    source: String,
    purpose: String,
    given: i64,
    valid_until: Option<i64>,
    revoked: Option<i64>,
    sealed: Vec<u8>,
}

impl Row {
    pub(super) fn open(self, keeper: &Keeper, tenant: &TenantId) -> Result<Consent, StoreError> {
        let Self { id: text, person, source, purpose, given, valid_until, revoked, sealed } = self;
        let bound = bound(tenant, &text, &person, &source, &purpose);
        let plain = keeper.sealer.open(place(&bound), &sealed).map_err(unasked)?;
        let Sealed { by, role, revoked_by } = serde_json::from_slice(&plain).map_err(unasked)?;
        let revoked = revoked.map(|when| Ok(Revoked { by: revoked_by, when: from_column(when)? })).transpose()?;
        Ok(Consent {
            id: id(&text)?,
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
}

/// The consents of a person that are in force, oldest first; also those whose day has come and that were not ended yet.
pub(super) async fn in_force<D: Door>(
    step: &mut D::Step,
    keeper: &Keeper,
    tenant: &TenantId,
    person: &PersonId,
    source: Option<&str>,
) -> Result<Vec<Consent>, StoreError> {
    let query =
        format!("SELECT {COLUMNS} FROM consent WHERE tenant_id = $1 AND person = $2 AND {IN_FORCE} ORDER BY given, id");
    let values = [Value::Text(&tenant.0), Value::Text(person.as_str())];
    let rows: Vec<Row> = step.rows(D::named(query), &values).await?;
    let rows = rows.into_iter().filter(|row| source.is_none_or(|source| row.source == source));
    rows.map(|row| row.open(keeper, tenant)).collect()
}

/// One consent, where it is in force.
pub(super) async fn one_in_force<D: Door>(
    step: &mut D::Step,
    keeper: &Keeper,
    tenant: &TenantId,
    id: &ConsentId,
) -> Result<Option<Consent>, StoreError> {
    let query = format!("SELECT {COLUMNS} FROM consent WHERE tenant_id = $1 AND id = $2 AND {IN_FORCE}");
    let values = [Value::Text(&tenant.0), Value::Text(id.as_str())];
    let row: Option<Row> = step.row(D::named(query), &values).await?;
    row.map(|row| row.open(keeper, tenant)).transpose()
}

/// Puts a consent, in force.
pub(super) async fn insert<D: Door>(
    step: &mut D::Step,
    keeper: &Keeper,
    tenant: &TenantId,
    consent: &Consent,
) -> Result<(), StoreError> {
    let query = "INSERT INTO consent (tenant_id, id, person, source, purpose, given, valid_until, sealed) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let sealed = seal(keeper, tenant, consent, None)?;
    let values = [
        Value::Text(&tenant.0),
        Value::Text(consent.id.as_str()),
        Value::Text(consent.person.as_str()),
        Value::Text(&consent.source),
        Value::Text(consent.purpose.code()),
        Value::Number(to_column(consent.given)),
        Value::from(consent.until.map(to_column)),
        Value::Bytes(&sealed),
    ];
    step.execute(D::named(query), &values).await?;
    let query = "INSERT INTO consent_in_force (tenant_id, consent) VALUES ($1, $2)";
    step.execute(D::named(query), &values[..2]).await.map(drop)
}

/// Writes down who took a consent back, and when.
pub(super) async fn note_revoked<D: Door>(
    step: &mut D::Step,
    keeper: &Keeper,
    tenant: &TenantId,
    consent: &Consent,
    revoked: &Revoked,
) -> Result<(), StoreError> {
    let query = "UPDATE consent SET revoked = $3, sealed = $4 WHERE tenant_id = $1 AND id = $2";
    let sealed = seal(keeper, tenant, consent, revoked.by.clone())?;
    let values = [
        Value::Text(&tenant.0),
        Value::Text(consent.id.as_str()),
        Value::Number(to_column(revoked.when)),
        Value::Bytes(&sealed),
    ];
    step.execute(D::named(query), &values).await.map(drop)
}

/// The id that a column holds.
pub(super) fn id(column: &str) -> Result<ConsentId, StoreError> {
    ConsentId::parse(column).ok_or_else(|| unasked("a row without a consent id"))
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
