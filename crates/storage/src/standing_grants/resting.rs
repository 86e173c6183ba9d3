//! What becomes of a grant when the consent that it rests on ends. All of it in the caller's step, which holds the person.

use access::{ConsentId, LaunchId, PersonId, StandingKey, StoreError, TenantId};
use zeroize::Zeroizing;

use super::lending::take_from_launches;
use super::{bound, place, values};
use crate::keeper::Keeper;
use crate::step::{Door, Step, Value};

/// A grant that is gone.
pub(crate) struct Taken {
    /// What it was, to be revoked at its source.
    pub(crate) content: Option<Zeroizing<Vec<u8>>>,
    /// The launches that read by it.
    pub(crate) launches: Vec<LaunchId>,
}

/// Deletes a grant and gives it back. One that does not open is deleted all the same: erasing must not fail because of
/// what is erased.
pub(crate) async fn take<D: Door>(
    step: &mut D::Step,
    keeper: &Keeper,
    tenant: &TenantId,
    person: &PersonId,
    source: &str,
) -> Result<Taken, StoreError> {
    let query = "DELETE FROM standing_grant WHERE tenant_id = $1 AND person = $2 AND source = $3 RETURNING sealed";
    let key = StandingKey { tenant: tenant.clone(), person: person.clone(), source: source.to_owned() };
    // Before the grant: its uses refer to it, and would go unseen.
    let launches = take_from_launches::<D>(step, tenant, person, source).await?;
    let found: Option<(Vec<u8>,)> = step.row(D::named(query), &values(&key)).await?;
    let content = found.and_then(|(sealed,)| {
        let opened = keeper.sealer.open(place(&bound(&key)), &sealed);
        opened
            .inspect_err(|error| {
                tracing::error!(%tenant, source, %error, "a standing grant was erased that could not be read");
            })
            .ok()
    });
    Ok(Taken { content, launches })
}

/// Lets what rests on a consent rest on another one.
pub(crate) async fn rest_on<D: Door>(
    step: &mut D::Step,
    tenant: &TenantId,
    consent: &ConsentId,
    other: &ConsentId,
) -> Result<(), StoreError> {
    let query = "UPDATE standing_grant SET consent = $3 WHERE tenant_id = $1 AND consent = $2";
    let values = [Value::Text(&tenant.0), Value::Text(consent.as_str()), Value::Text(other.as_str())];
    step.execute(D::named(query), &values).await.map(drop)
}

/// Deletes the grant that rests on a consent, where one does; by the foreign key its uses go too.
pub(crate) async fn let_go<D: Door>(
    step: &mut D::Step,
    tenant: &TenantId,
    consent: &ConsentId,
) -> Result<(), StoreError> {
    let query = "DELETE FROM standing_grant WHERE tenant_id = $1 AND consent = $2";
    step.execute(D::named(query), &[Value::Text(&tenant.0), Value::Text(consent.as_str())]).await.map(drop)
}
