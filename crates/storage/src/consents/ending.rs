//! How consents end, and what ends with them.

use access::person::Hung;
use access::{Consent, ConsentId, Erasure, PersonId, Purpose, Revoked, StoreError, TenantId};
use jiff::Timestamp;

use super::{due, row};
use crate::database::unasked;
use crate::keeper::Keeper;
use crate::persons;
use crate::standing_grants::{self, Taken};
use crate::step::{Aim, Door, Step, Value};

/// Takes a consent back.
pub(super) async fn revoke<D: Door>(
    door: &D,
    tenant: &TenantId,
    id: &ConsentId,
    revoked: &Revoked,
) -> Result<Option<Erasure>, StoreError> {
    let keeper = door.keeper(tenant)?;
    let mut step = door.begin(tenant, Aim::Write).await?;
    let Some(consent) = hold::<D>(&mut step, keeper, tenant, id).await? else { return Ok(None) };
    let erasure = erase::<D>(&mut step, keeper, tenant, &consent, revoked.when).await?;
    end::<D>(&mut step, keeper, tenant, &consent, revoked).await?;
    step.commit().await?;
    Ok(Some(erasure))
}

/// Ends a tenant's consents whose day has come, each in a step of its own. One that does not open ends too: it keeps no
/// other from ending.
pub(super) async fn end_due<D: Door>(door: &D, tenant: &TenantId, now: Timestamp) -> Result<Vec<Erasure>, StoreError> {
    let keeper = door.keeper(tenant)?;
    let mut erasures = Vec::new();
    for id in due(door, tenant, now).await? {
        let mut step = door.begin(tenant, Aim::Write).await?;
        let consent = match hold::<D>(&mut step, keeper, tenant, &id).await {
            Ok(Some(consent)) => consent,
            // Another process has ended it meanwhile.
            Ok(None) => continue,
            Err(error) => {
                tracing::error!(%tenant, consent = id.as_str(), %error, "a consent ends that could not be read");
                standing_grants::let_go::<D>(&mut step, tenant, &id).await?;
                leave_force::<D>(&mut step, tenant, &id).await?;
                step.commit().await?;
                continue;
            }
        };
        let erasure = erase::<D>(&mut step, keeper, tenant, &consent, now).await?;
        leave_force::<D>(&mut step, tenant, &consent.id).await?;
        step.commit().await?;
        erasures.push(erasure);
    }
    Ok(erasures)
}

/// Ends every consent of a person, at one source or at all, with what rests on it, in the caller's step, which holds the
/// person.
pub(crate) async fn end_all<D: Door>(
    step: &mut D::Step,
    keeper: &Keeper,
    tenant: &TenantId,
    person: &PersonId,
    source: Option<&str>,
    revoked: &Revoked,
) -> Result<Vec<Hung>, StoreError> {
    let mut hung = Vec::new();
    for consent in row::in_force::<D>(step, keeper, tenant, person, source).await? {
        let source = &*consent.source;
        let Taken { content, launches } = standing_grants::take::<D>(step, keeper, tenant, person, source).await?;
        hung.extend(launches.into_iter().map(|launch| Hung::Launch { launch, source: source.to_owned() }));
        hung.extend(content.map(|content| Hung::StandingGrant { source: source.to_owned(), content }));
        let items = "DELETE FROM kept_item WHERE tenant_id = $1 AND person = $2 AND source = $3";
        let values = [Value::Text(&tenant.0), Value::Text(person.as_str()), Value::Text(source)];
        step.execute(D::named(items), &values).await?;
        end::<D>(step, keeper, tenant, &consent, revoked).await?;
        hung.push(Hung::Consent(consent.id));
    }
    Ok(hung)
}

/// Lets a new consent take the place of a former one, in the caller's step, which holds the person.
pub(super) async fn take_the_place<D: Door>(
    step: &mut D::Step,
    keeper: &Keeper,
    tenant: &TenantId,
    former: &Consent,
    new: &Consent,
) -> Result<(), StoreError> {
    if !former.is_in_force(new.given) {
        // Its time was over: what rested on it does not come back by a new one.
        standing_grants::let_go::<D>(step, tenant, &former.id).await?;
        return leave_force::<D>(step, tenant, &former.id).await;
    }
    standing_grants::rest_on::<D>(step, tenant, &former.id, &new.id).await?;
    let items = "UPDATE kept_item SET consent = $3 WHERE tenant_id = $1 AND consent = $2";
    let values = [Value::Text(&tenant.0), Value::Text(former.id.as_str()), Value::Text(new.id.as_str())];
    step.execute(D::named(items), &values).await?;
    let revoked = Revoked { by: Some(new.by.clone()), when: new.given };
    end::<D>(step, keeper, tenant, former, &revoked).await
}

/// Holds the person of a consent, and then looks whether it is in force.
async fn hold<D: Door>(
    step: &mut D::Step,
    keeper: &Keeper,
    tenant: &TenantId,
    id: &ConsentId,
) -> Result<Option<Consent>, StoreError> {
    let query = "SELECT person FROM consent WHERE tenant_id = $1 AND id = $2";
    let values = [Value::Text(&tenant.0), Value::Text(id.as_str())];
    let found: Option<(String,)> = step.row(D::named(query), &values).await?;
    let Some((person,)) = found else { return Ok(None) };
    let person = PersonId::parse(&person).ok_or_else(|| unasked("a row without a person id"))?;
    persons::hold::<D>(step, tenant, &person).await?;
    row::one_in_force::<D>(step, keeper, tenant, id).await
}

/// Erases what came by a consent. The grant stays where another purpose still carries it, and rests on that; then only the
/// care team's use of it may end.
async fn erase<D: Door>(
    step: &mut D::Step,
    keeper: &Keeper,
    tenant: &TenantId,
    consent: &Consent,
    now: Timestamp,
) -> Result<Erasure, StoreError> {
    let (person, source) = (&consent.person, &*consent.source);
    let taken = if !consent.purpose.carries_grants() {
        Taken { content: None, launches: Vec::new() }
    } else if let Some(other) = carried_by::<D>(step, keeper, tenant, consent, now).await? {
        standing_grants::rest_on::<D>(step, tenant, &consent.id, &other).await?;
        let launches = match consent.purpose {
            Purpose::CareTeam => standing_grants::take_from_launches::<D>(step, tenant, person, source).await?,
            Purpose::OfflineReading | Purpose::LabelledItems => Vec::new(),
        };
        Taken { content: None, launches }
    } else {
        standing_grants::take::<D>(step, keeper, tenant, person, source).await?
    };
    let items = "DELETE FROM kept_item WHERE tenant_id = $1 AND consent = $2";
    let items = step.execute(D::named(items), &[Value::Text(&tenant.0), Value::Text(consent.id.as_str())]).await?;
    let Taken { content: grant, launches } = taken;
    Ok(Erasure { person: person.clone(), source: source.to_owned(), grant, launches, items })
}

/// Another consent by which the grant may stay.
async fn carried_by<D: Door>(
    step: &mut D::Step,
    keeper: &Keeper,
    tenant: &TenantId,
    consent: &Consent,
    now: Timestamp,
) -> Result<Option<ConsentId>, StoreError> {
    let all = row::in_force::<D>(step, keeper, tenant, &consent.person, Some(&consent.source)).await?;
    let mut others = all.into_iter().filter(|other| other.id != consent.id && other.is_in_force(now));
    Ok(others.find(|other| other.purpose.carries_grants()).map(|other| other.id))
}

/// Notes that a consent was taken back, and takes it out of force.
async fn end<D: Door>(
    step: &mut D::Step,
    keeper: &Keeper,
    tenant: &TenantId,
    consent: &Consent,
    revoked: &Revoked,
) -> Result<(), StoreError> {
    row::note_revoked::<D>(step, keeper, tenant, consent, revoked).await?;
    leave_force::<D>(step, tenant, &consent.id).await
}

/// Takes away what everything that rests on a consent refers to.
async fn leave_force<D: Door>(step: &mut D::Step, tenant: &TenantId, id: &ConsentId) -> Result<(), StoreError> {
    let query = "DELETE FROM consent_in_force WHERE tenant_id = $1 AND consent = $2";
    step.execute(D::named(query), &[Value::Text(&tenant.0), Value::Text(id.as_str())]).await.map(drop)
}
