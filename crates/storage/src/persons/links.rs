//! Links as their table holds them.

use access::person::{EndedLink, Ending, WhyEnded};
use access::{Link, PatientAt, PersonId, Proof, StoreError, TenantId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::StoredPersons;
use crate::database::unasked;
use crate::seal::Place;
use crate::step::{Door, Step, Value, rows};
use crate::time::to_column;

/// What of a link says who somebody is.
#[derive(Serialize, Deserialize)]
pub(super) struct Sealed {
    pub(super) link: Link,
    pub(super) ended: Option<Ending>,
}

impl<D: Door> StoredPersons<D> {
    /// The person whose a Patient is.
    pub(crate) async fn whose(
        &self,
        step: &mut D::Step,
        tenant: &TenantId,
        at: &PatientAt,
    ) -> Result<Option<PersonId>, StoreError> {
        let query = "SELECT person, id, sealed FROM person_link \
                     WHERE tenant_id = $1 AND patient = $2 AND ended IS NULL";
        let values = [Value::Text(&tenant.0), Value::Bytes(&self.mark(tenant, at)?)];
        let found: Option<(String, String, Vec<u8>)> = step.row(D::named(query), &values).await?;
        let Some((person, id, sealed)) = found else { return Ok(None) };
        let person = PersonId::parse(&person).ok_or_else(|| unasked("a row without a person id"))?;
        // The mark only finds the row. What is sealed in it says whose it is: marks that were exchanged lead to nobody.
        if self.open(tenant, &person, &id, &sealed)?.link.at != *at {
            return Err(unasked("a link whose mark is another Patient's"));
        }
        Ok(Some(person))
    }

    /// Puts a link that stands. False, and nothing put, where the Patient is somebody's by now; where another step is about
    /// to make it so, this waits for its end.
    pub(super) async fn insert(
        &self,
        step: &mut D::Step,
        tenant: &TenantId,
        person: &PersonId,
        link: &Link,
    ) -> Result<bool, StoreError> {
        let id = PersonId::from_random(self.0.keeper(tenant)?.new_id()).to_string();
        let query = "INSERT INTO person_link (tenant_id, id, person, source, patient, made, sealed) \
                     VALUES ($1, $2, $3, $4, $5, $6, $7) \
                     ON CONFLICT (tenant_id, patient) WHERE ended IS NULL DO NOTHING";
        let mark = self.mark(tenant, &link.at)?;
        let sealed = self.seal(tenant, person, &id, &Sealed { link: link.clone(), ended: None })?;
        let values = [
            Value::Text(&tenant.0),
            Value::Text(&id),
            Value::Text(person.as_str()),
            Value::Text(&link.at.source),
            Value::Bytes(&mark),
            Value::Number(to_column(link.when)),
            Value::Bytes(&sealed),
        ];
        Ok(step.execute(D::named(query), &values).await? == 1)
    }

    /// Puts a link in the place of one that ended in this step.
    pub(super) async fn insert_anew(
        &self,
        step: &mut D::Step,
        tenant: &TenantId,
        person: &PersonId,
        link: &Link,
    ) -> Result<(), StoreError> {
        let put = self.insert(step, tenant, person, link).await?;
        put.then_some(()).ok_or_else(|| unasked("a link was ended, and the Patient is somebody's all the same"))
    }

    /// Lets a confirmed question take the place of a lesser proof of the same link.
    pub(super) async fn confirm(
        &self,
        step: &mut D::Step,
        tenant: &TenantId,
        person: &PersonId,
        link: &Link,
    ) -> Result<(), StoreError> {
        let Proof::Confirmed { question } = &link.how else { return Ok(()) };
        let stands = |sealed: &Sealed| sealed.ended.is_none() && sealed.link.at == link.at;
        let all = self.all(step, tenant, person).await?;
        let Some((id, sealed)) = all.into_iter().find(|(_, sealed)| stands(sealed)) else { return Ok(()) };
        if matches!(sealed.link.how, Proof::Confirmed { .. }) {
            return Ok(());
        }
        let why = WhyEnded::Confirmed { question: question.clone() };
        let ending = Ending { who: link.who.clone(), when: link.when, why };
        self.end(step, tenant, person, &id, sealed.link, &ending).await?;
        self.insert_anew(step, tenant, person, link).await
    }

    /// Ends a link of a person that is held.
    pub(super) async fn end(
        &self,
        step: &mut D::Step,
        tenant: &TenantId,
        person: &PersonId,
        id: &str,
        link: Link,
        ending: &Ending,
    ) -> Result<(), StoreError> {
        let query = "UPDATE person_link SET ended = $3, sealed = $4 WHERE tenant_id = $1 AND id = $2";
        let sealed = self.seal(tenant, person, id, &Sealed { link, ended: Some(ending.clone()) })?;
        let ended = Value::Number(to_column(ending.when));
        let values = [Value::Text(&tenant.0), Value::Text(id), ended, Value::Bytes(&sealed)];
        step.execute(D::named(query), &values).await.map(drop)
    }

    /// Every link a person ever had, oldest first, each with its id.
    pub(super) async fn all(
        &self,
        step: &mut D::Step,
        tenant: &TenantId,
        person: &PersonId,
    ) -> Result<Vec<(String, Sealed)>, StoreError> {
        let query = "SELECT id, sealed FROM person_link WHERE tenant_id = $1 AND person = $2 ORDER BY made, id";
        let values = [Value::Text(&tenant.0), Value::Text(person.as_str())];
        let rows: Vec<(String, Vec<u8>)> = step.rows(D::named(query), &values).await?;
        let open = |(id, sealed): (String, Vec<u8>)| {
            let sealed = self.open(tenant, person, &id, &sealed)?;
            Ok((id, sealed))
        };
        rows.into_iter().map(open).collect()
    }

    /// The links that ended at a time or later, whosever they were.
    pub(super) async fn lately_ended(&self, tenant: &TenantId, since: Timestamp) -> Result<Vec<EndedLink>, StoreError> {
        let query = "SELECT person, id, sealed FROM person_link \
                     WHERE tenant_id = $1 AND ended >= $2 ORDER BY ended, id";
        let values = [Value::Text(&tenant.0), Value::Number(to_column(since))];
        let found: Vec<(String, String, Vec<u8>)> = rows(&self.0, tenant, D::named(query), &values).await?;
        let open = |(person, id, sealed): (String, String, Vec<u8>)| {
            let person = PersonId::parse(&person).ok_or_else(|| unasked("a row without a person id"))?;
            let sealed = self.open(tenant, &person, &id, &sealed)?;
            let when = sealed.ended.ok_or_else(|| unasked("a link that ended says not how"))?.when;
            Ok(EndedLink { person, at: sealed.link.at, when })
        };
        found.into_iter().map(open).collect()
    }

    /// The mark by which the links of a Patient are found.
    pub(super) fn mark(&self, tenant: &TenantId, at: &PatientAt) -> Result<[u8; 32], StoreError> {
        let parts = [tenant.0.as_bytes(), at.source.as_bytes(), at.patient.as_bytes()];
        Ok(self.0.keeper(tenant)?.mark("person_link", &parts))
    }

    fn open(&self, tenant: &TenantId, person: &PersonId, id: &str, sealed: &[u8]) -> Result<Sealed, StoreError> {
        let keeper = self.0.keeper(tenant)?;
        let plain = keeper.sealer.open(place(&bound(tenant, person, id)), sealed).map_err(unasked)?;
        serde_json::from_slice(&plain).map_err(unasked)
    }

    fn seal(&self, tenant: &TenantId, person: &PersonId, id: &str, sealed: &Sealed) -> Result<Vec<u8>, StoreError> {
        let plain = Zeroizing::new(serde_json::to_vec(sealed).map_err(unasked)?);
        Ok(self.0.keeper(tenant)?.sealer.seal(place(&bound(tenant, person, id)), &plain))
    }
}

fn bound<'a>(tenant: &'a TenantId, person: &'a PersonId, id: &'a str) -> [&'a [u8]; 3] {
    [tenant.0.as_bytes(), person.as_str().as_bytes(), id.as_bytes()]
}

fn place<'a>(row: &'a [&'a [u8]]) -> Place<'a> {
    Place { table: "person_link", row }
}
