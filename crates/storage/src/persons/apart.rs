//! Two persons become one, or one becomes two.

use access::person::{Ending, Hung, Joined, Joining, Split, WhyEnded};
use access::{LaunchId, Link, PatientAt, PersonId, Proof, Revoked, StoreError, TenantId};
use shared_plan::Who;
use shared_plan::ports::Said;

use super::links::Sealed;
use super::{StoredPersons, hold};
use crate::consents;
use crate::shared_plan::doubt;
use crate::step::{Aim, Door, Step, Value};

impl<D: Door> StoredPersons<D> {
    /// Joins `other` into `person`. `None` where one of them is not there (any more).
    pub(super) async fn join_both(
        &self,
        tenant: &TenantId,
        person: &PersonId,
        other: &PersonId,
        confirmed: &Joining,
    ) -> Result<Option<Joined>, StoreError> {
        if person == other {
            return Ok(None);
        }
        let keeper = self.0.keeper(tenant)?;
        let mut step = self.0.begin(tenant, Aim::Write).await?;
        for one in [person.min(other), person.max(other)] {
            if !hold::<D>(&mut step, tenant, one).await? {
                return Ok(None);
            }
        }
        let (who, when) = (Some(confirmed.who.clone()), confirmed.when);
        let ending = Ending { who: who.clone(), when, why: WhyEnded::Joined { into: person.clone() } };
        let mut came = Vec::new();
        for (id, sealed) in self.all(&mut step, tenant, other).await? {
            if sealed.ended.is_some() {
                continue;
            }
            let at = sealed.link.at.clone();
            self.end(&mut step, tenant, other, &id, sealed.link, &ending).await?;
            let how = Proof::Confirmed { question: confirmed.question.clone() };
            let link = Link { at: at.clone(), how, who: who.clone(), when };
            self.insert_anew(&mut step, tenant, person, &link).await?;
            came.push(at);
        }
        let revoked = Revoked { by: who, when };
        let hung = consents::end_all::<D>(&mut step, keeper, tenant, other, None, &revoked).await?;
        let query = "UPDATE person SET joined_into = $3 WHERE tenant_id = $1 AND id = $2";
        let values = [Value::Text(&tenant.0), Value::Text(other.as_str()), Value::Text(person.as_str())];
        step.execute(D::named(query), &values).await?;
        step.commit().await?;
        Ok(Some(Joined { came, hung }))
    }

    /// Makes a Patient of a person a person of its own. `None` where the Patient is not theirs (any more), or the one at whose
    /// record that is said is not.
    pub(super) async fn split_off(
        &self,
        tenant: &TenantId,
        person: &PersonId,
        (at, home): (&PatientAt, &PatientAt),
        ending: &Ending,
    ) -> Result<Option<Split>, StoreError> {
        let keeper = self.0.keeper(tenant)?;
        let mut step = self.0.begin(tenant, Aim::Write).await?;
        hold::<D>(&mut step, tenant, person).await?;
        let mut links = self.all(&mut step, tenant, person).await?;
        let at_place = |at: &PatientAt| links.iter().position(|(_, link)| link.ended.is_none() && link.link.at == *at);
        let Some(standing) = at_place(at).filter(|_| home != at && at_place(home).is_some()) else {
            return Ok(None);
        };
        let (id, sealed) = links.remove(standing);
        let launches = launches_of(at, &sealed, &links);
        let own_link = Link { who: ending.who.clone(), when: ending.when, ..sealed.link.clone() };
        self.end(&mut step, tenant, person, &id, sealed.link, ending).await?;
        let own = self.create(&mut step, tenant, ending.when).await?;
        self.insert_anew(&mut step, tenant, &own, &own_link).await?;
        let revoked = Revoked { by: ending.who.clone(), when: ending.when };
        let source = &*at.source;
        let mut hung = consents::end_all::<D>(&mut step, keeper, tenant, person, Some(source), &revoked).await?;
        hung.extend(launches.into_iter().map(|launch| Hung::Launch { launch, source: source.to_owned() }));
        // In this very step: what somebody writes for the person waits for it, and is then told that much has changed.
        let follows = Said { by: Who::clock(), at: ending.when };
        doubt::<D>(&mut step, keeper, tenant, (person, at), &follows).await?;
        step.commit().await?;
        Ok(Some(Split { own, hung }))
    }
}

/// The launches whose grants have proven a link that stands; those too that a confirmation took the place of.
fn launches_of(at: &PatientAt, standing: &Sealed, others: &[(String, Sealed)]) -> Vec<LaunchId> {
    let confirmed = |sealed: &&Sealed| {
        let why = sealed.ended.as_ref().map(|ending| &ending.why);
        sealed.link.at == *at && matches!(why, Some(WhyEnded::Confirmed { .. }))
    };
    let all = others.iter().map(|(_, sealed)| sealed).filter(confirmed).chain([standing]);
    let launch = |sealed: &Sealed| match &sealed.link.how {
        Proof::Grant { launch } => Some(launch.clone()),
        Proof::Match { .. } | Proof::Confirmed { .. } => None,
    };
    all.filter_map(launch).collect()
}
