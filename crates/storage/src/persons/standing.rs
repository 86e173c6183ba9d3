//! Who somebody is now, after joins and splits.

use std::collections::BTreeSet;

use access::person::{Ending, WhyEnded};
use access::{PersonId, StoreError, TenantId};

use super::links::Sealed;
use super::{Kept, StoredPersons, kept};
use crate::step::{Door, Step, Value, rows};

impl<D: Door> StoredPersons<D> {
    /// Who a person is now. The column only says that somebody was joined; into whom, the sealed links do.
    pub(crate) async fn now(
        &self,
        step: &mut D::Step,
        tenant: &TenantId,
        person: &PersonId,
    ) -> Result<Option<PersonId>, StoreError> {
        if kept::<D>(step, tenant, person, "").await? == Kept::Stands {
            return Ok(Some(person.clone()));
        }
        let came_over = |sealed: &Sealed| matches!(&sealed.ended, Some(Ending { why: WhyEnded::Joined { .. }, .. }));
        let mut now = BTreeSet::new();
        for (_, sealed) in self.all(step, tenant, person).await? {
            if came_over(&sealed) {
                now.insert(self.whose(step, tenant, &sealed.link.at).await?);
            }
        }
        let only = now.pop_first().flatten();
        Ok(only.filter(|_| now.is_empty()))
    }

    /// True where a Patient at a source is this person's. For who holds them it stays so.
    pub(crate) async fn has_record_at(
        &self,
        step: &mut D::Step,
        tenant: &TenantId,
        person: &PersonId,
        source: &str,
    ) -> Result<bool, StoreError> {
        let all = self.all(step, tenant, person).await?;
        Ok(all.iter().any(|(_, sealed)| sealed.ended.is_none() && *sealed.link.at.source == *source))
    }

    /// Who was joined and is this person now.
    pub(super) async fn now_this_one(
        &self,
        step: &mut D::Step,
        tenant: &TenantId,
        person: &PersonId,
    ) -> Result<Vec<PersonId>, StoreError> {
        let query = "SELECT DISTINCT link.person FROM person_link AS link \
                     JOIN person ON person.tenant_id = link.tenant_id AND person.id = link.person \
                     WHERE link.tenant_id = $1 AND link.patient = $2 AND person.joined_into IS NOT NULL";
        let mut candidates = BTreeSet::new();
        for (_, sealed) in self.all(step, tenant, person).await? {
            let mark = self.mark(tenant, &sealed.link.at)?;
            let values = [Value::Text(&tenant.0), Value::Bytes(&mark)];
            let found: Vec<(String,)> = step.rows(D::named(query), &values).await?;
            candidates.extend(found.iter().filter_map(|(id,)| PersonId::parse(id)));
        }
        let mut joined = Vec::new();
        for candidate in candidates {
            if self.now(step, tenant, &candidate).await?.as_ref() == Some(person) {
                joined.push(candidate);
            }
        }
        Ok(joined)
    }

    /// Everybody who was ever joined into another.
    pub(super) async fn ever_joined(&self, tenant: &TenantId) -> Result<Vec<PersonId>, StoreError> {
        let query = "SELECT id FROM person WHERE tenant_id = $1 AND joined_into IS NOT NULL ORDER BY id";
        let found: Vec<(String,)> = rows(&self.0, tenant, D::named(query), &[Value::Text(&tenant.0)]).await?;
        Ok(found.iter().filter_map(|(id,)| PersonId::parse(id)).collect())
    }
}
