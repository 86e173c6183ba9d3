//! Persons in SQLite. Which Patient is meant is found by a mark, and sealed.

use std::collections::BTreeSet;

use access::person::{Ending, HeldLink, Hung, Joined, Joining, Linking, Split, WhyEnded};
use access::{LaunchId, Link, PatientAt, PersonId, Persons, Proof, Revoked, StoreError, TenantId};
use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sqlx::{SqliteConnection, SqlitePool};

use crate::consents;
use crate::database::unasked;
use crate::keeper::Keeper;
use crate::seal::Place;
use crate::time::to_column;

/// How long an ended link is kept.
const ENDED_KEPT: SignedDuration = SignedDuration::from_hours(24 * (6 * 365 + 2));

/// The `person` and `person_link` tables.
#[derive(Clone)]
pub struct SqlitePersons {
    pub(crate) pool: SqlitePool,
    pub(crate) keeper: Keeper,
}

/// What of a link says who somebody is.
#[derive(Serialize, Deserialize)]
struct Sealed {
    link: Link,
    ended: Option<Ending>,
}

#[async_trait]
impl Persons for SqlitePersons {
    async fn lookup(&self, tenant: &TenantId, at: &PatientAt) -> Result<Option<PersonId>, StoreError> {
        let mut connection = self.pool.acquire().await.map_err(unasked)?;
        self.whose(&mut connection, tenant, at).await
    }

    async fn find_or_create(&self, tenant: &TenantId, link: &Link) -> Result<PersonId, StoreError> {
        let mut step = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(unasked)?;
        if let Some(person) = self.whose(&mut step, tenant, &link.at).await? {
            return Ok(person);
        }
        let person = self.create(&mut step, tenant, link.when).await?;
        self.insert(&mut step, tenant, &person, link).await?;
        step.commit().await.map_err(unasked)?;
        Ok(person)
    }

    async fn link(&self, tenant: &TenantId, person: &PersonId, link: &Link) -> Result<Linking, StoreError> {
        let mut step = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(unasked)?;
        if !stands(&mut step, tenant, person).await? {
            return Ok(Linking::NoSuchPerson);
        }
        match self.whose(&mut step, tenant, &link.at).await? {
            Some(whose) if whose == *person => {
                self.confirm(&mut step, tenant, person, link).await?;
                step.commit().await.map_err(unasked)?;
                return Ok(Linking::AlreadyTheirs);
            }
            Some(whose) => return Ok(Linking::AnotherPersons(whose)),
            None if !link.how.is_enough() => return Ok(Linking::NotProven),
            None => {}
        }
        self.insert(&mut step, tenant, person, link).await?;
        step.commit().await.map_err(unasked)?;
        Ok(Linking::Linked)
    }

    async fn join(
        &self,
        tenant: &TenantId,
        person: &PersonId,
        other: &PersonId,
        confirmed: &Joining,
    ) -> Result<Option<Joined>, StoreError> {
        let mut step = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(unasked)?;
        let both = stands(&mut step, tenant, person).await? && stands(&mut step, tenant, other).await?;
        if !both || person == other {
            return Ok(None);
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
            self.insert(&mut step, tenant, person, &link).await?;
            came.push(at);
        }
        let revoked = Revoked { by: who, when };
        let hung = consents::end_all(&mut step, &self.keeper, tenant, other, None, &revoked).await?;
        sqlx::query("UPDATE person SET joined_into = $3 WHERE tenant = $1 AND id = $2")
            .bind(&*tenant.0)
            .bind(other.as_str())
            .bind(person.as_str())
            .execute(&mut *step)
            .await
            .map_err(unasked)?;
        step.commit().await.map_err(unasked)?;
        Ok(Some(Joined { came, hung }))
    }

    async fn split(
        &self,
        tenant: &TenantId,
        person: &PersonId,
        at: &PatientAt,
        ending: &Ending,
    ) -> Result<Option<Split>, StoreError> {
        let mut step = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(unasked)?;
        let mut links = self.all(&mut step, tenant, person).await?;
        let Some(standing) = links.iter().position(|(_, link)| link.ended.is_none() && link.link.at == *at) else {
            return Ok(None);
        };
        let (id, sealed) = links.remove(standing);
        let launches = launches_of(at, &sealed, &links);
        let own_link = Link { who: ending.who.clone(), when: ending.when, ..sealed.link.clone() };
        self.end(&mut step, tenant, person, &id, sealed.link, ending).await?;
        let own = self.create(&mut step, tenant, ending.when).await?;
        self.insert(&mut step, tenant, &own, &own_link).await?;
        let revoked = Revoked { by: ending.who.clone(), when: ending.when };
        let mut hung = consents::end_all(&mut step, &self.keeper, tenant, person, Some(&at.source), &revoked).await?;
        hung.extend(launches.into_iter().map(|launch| Hung::Launch { launch, source: at.source.clone() }));
        step.commit().await.map_err(unasked)?;
        Ok(Some(Split { own, hung }))
    }

    async fn links(&self, tenant: &TenantId, person: &PersonId) -> Result<Vec<Link>, StoreError> {
        let held = self.history(tenant, person).await?;
        Ok(held.into_iter().filter(|held| held.ended.is_none()).map(|held| held.link).collect())
    }

    async fn history(&self, tenant: &TenantId, person: &PersonId) -> Result<Vec<HeldLink>, StoreError> {
        let mut connection = self.pool.acquire().await.map_err(unasked)?;
        let all = self.all(&mut connection, tenant, person).await?;
        Ok(all.into_iter().map(|(_, Sealed { link, ended })| HeldLink { link, ended }).collect())
    }

    async fn standing(&self, tenant: &TenantId, person: &PersonId) -> Result<Option<PersonId>, StoreError> {
        let mut connection = self.pool.acquire().await.map_err(unasked)?;
        self.now(&mut connection, tenant, person).await
    }

    async fn joined_into_it(&self, tenant: &TenantId, person: &PersonId) -> Result<Vec<PersonId>, StoreError> {
        let mut connection = self.pool.acquire().await.map_err(unasked)?;
        let query = "SELECT DISTINCT link.person FROM person_link AS link \
                     JOIN person ON person.tenant = link.tenant AND person.id = link.person \
                     WHERE link.tenant = $1 AND link.patient = $2 AND person.joined_into IS NOT NULL";
        let mut candidates = BTreeSet::new();
        for (_, sealed) in self.all(&mut connection, tenant, person).await? {
            let mark = self.mark(tenant, &sealed.link.at);
            let rows: Vec<String> = sqlx::query_scalar(query)
                .bind(&*tenant.0)
                .bind(&mark[..])
                .fetch_all(&mut *connection)
                .await
                .map_err(unasked)?;
            candidates.extend(rows.iter().filter_map(|id| PersonId::parse(id)));
        }
        let mut joined = Vec::new();
        for candidate in candidates {
            if self.now(&mut connection, tenant, &candidate).await?.as_ref() == Some(person) {
                joined.push(candidate);
            }
        }
        Ok(joined)
    }

    async fn joined(&self, tenant: &TenantId) -> Result<Vec<PersonId>, StoreError> {
        let query = "SELECT id FROM person WHERE tenant = $1 AND joined_into IS NOT NULL ORDER BY id";
        let rows: Vec<String> =
            sqlx::query_scalar(query).bind(&*tenant.0).fetch_all(&self.pool).await.map_err(unasked)?;
        Ok(rows.iter().filter_map(|id| PersonId::parse(id)).collect())
    }
}

impl SqlitePersons {
    async fn whose(
        &self,
        connection: &mut SqliteConnection,
        tenant: &TenantId,
        at: &PatientAt,
    ) -> Result<Option<PersonId>, StoreError> {
        let query = "SELECT person, id, sealed FROM person_link WHERE tenant = $1 AND patient = $2 AND ended IS NULL";
        let found: Option<(String, String, Vec<u8>)> = sqlx::query_as(query)
            .bind(&*tenant.0)
            .bind(&self.mark(tenant, at)[..])
            .fetch_optional(connection)
            .await
            .map_err(unasked)?;
        let Some((person, id, sealed)) = found else { return Ok(None) };
        let person = PersonId::parse(&person).ok_or_else(|| unasked("a row without a person id"))?;
        // The mark only finds the row. What is sealed in it says whose it is: marks that were exchanged lead to nobody.
        if self.open(tenant, &person, &id, &sealed)?.link.at != *at {
            return Err(unasked("a link whose mark is another Patient's"));
        }
        Ok(Some(person))
    }

    /// Who a person is now. The column only says that somebody was joined; into whom, the sealed links do.
    async fn now(
        &self,
        connection: &mut SqliteConnection,
        tenant: &TenantId,
        person: &PersonId,
    ) -> Result<Option<PersonId>, StoreError> {
        if stands(connection, tenant, person).await? {
            return Ok(Some(person.clone()));
        }
        let came_over = |sealed: &Sealed| matches!(&sealed.ended, Some(Ending { why: WhyEnded::Joined { .. }, .. }));
        let mut now = BTreeSet::new();
        for (_, sealed) in self.all(connection, tenant, person).await? {
            if came_over(&sealed) {
                now.insert(self.whose(connection, tenant, &sealed.link.at).await?);
            }
        }
        let only = now.pop_first().flatten();
        Ok(only.filter(|_| now.is_empty()))
    }

    async fn create(
        &self,
        step: &mut SqliteConnection,
        tenant: &TenantId,
        now: Timestamp,
    ) -> Result<PersonId, StoreError> {
        let person = PersonId::from_random(self.keeper.new_id());
        sqlx::query("INSERT INTO person (tenant, id, created) VALUES ($1, $2, $3)")
            .bind(&*tenant.0)
            .bind(person.as_str())
            .bind(to_column(now))
            .execute(step)
            .await
            .map_err(unasked)?;
        Ok(person)
    }

    async fn insert(
        &self,
        step: &mut SqliteConnection,
        tenant: &TenantId,
        person: &PersonId,
        link: &Link,
    ) -> Result<(), StoreError> {
        let id = PersonId::from_random(self.keeper.new_id()).to_string();
        let query = "INSERT INTO person_link (tenant, id, person, source, patient, made, sealed) \
                     VALUES ($1, $2, $3, $4, $5, $6, $7)";
        sqlx::query(query)
            .bind(&*tenant.0)
            .bind(&id)
            .bind(person.as_str())
            .bind(&link.at.source)
            .bind(&self.mark(tenant, &link.at)[..])
            .bind(to_column(link.when))
            .bind(self.seal(tenant, person, &id, &Sealed { link: link.clone(), ended: None })?)
            .execute(step)
            .await
            .map(drop)
            .map_err(unasked)
    }

    /// Lets a confirmed question take the place of a lesser proof of the same link.
    async fn confirm(
        &self,
        step: &mut SqliteConnection,
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
        self.insert(step, tenant, person, link).await
    }

    async fn end(
        &self,
        step: &mut SqliteConnection,
        tenant: &TenantId,
        person: &PersonId,
        id: &str,
        link: Link,
        ending: &Ending,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE person_link SET ended = $3, sealed = $4 WHERE tenant = $1 AND id = $2")
            .bind(&*tenant.0)
            .bind(id)
            .bind(to_column(ending.when))
            .bind(self.seal(tenant, person, id, &Sealed { link, ended: Some(ending.clone()) })?)
            .execute(step)
            .await
            .map(drop)
            .map_err(unasked)
    }

    async fn all(
        &self,
        connection: &mut SqliteConnection,
        tenant: &TenantId,
        person: &PersonId,
    ) -> Result<Vec<(String, Sealed)>, StoreError> {
        let query = "SELECT id, sealed FROM person_link WHERE tenant = $1 AND person = $2 ORDER BY made, id";
        let rows: Vec<(String, Vec<u8>)> = sqlx::query_as(query)
            .bind(&*tenant.0)
            .bind(person.as_str())
            .fetch_all(connection)
            .await
            .map_err(unasked)?;
        let open = |(id, sealed): (String, Vec<u8>)| {
            let sealed = self.open(tenant, person, &id, &sealed)?;
            Ok((id, sealed))
        };
        rows.into_iter().map(open).collect()
    }

    fn open(&self, tenant: &TenantId, person: &PersonId, id: &str, sealed: &[u8]) -> Result<Sealed, StoreError> {
        let plain = self.keeper.sealer.open(place(&row(tenant, person, id)), sealed).map_err(unasked)?;
        serde_json::from_slice(&plain).map_err(unasked)
    }

    fn seal(&self, tenant: &TenantId, person: &PersonId, id: &str, sealed: &Sealed) -> Result<Vec<u8>, StoreError> {
        let plain = zeroize::Zeroizing::new(serde_json::to_vec(sealed).map_err(unasked)?);
        Ok(self.keeper.sealer.seal(place(&row(tenant, person, id)), &plain))
    }

    fn mark(&self, tenant: &TenantId, at: &PatientAt) -> [u8; 32] {
        self.keeper.mark("person_link", &[tenant.0.as_bytes(), at.source.as_bytes(), at.patient.as_bytes()])
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

/// True for a person that was not joined into another.
async fn stands(step: &mut SqliteConnection, tenant: &TenantId, person: &PersonId) -> Result<bool, StoreError> {
    let query = "SELECT 1 FROM person WHERE tenant = $1 AND id = $2 AND joined_into IS NULL";
    let found: Option<i64> =
        sqlx::query_scalar(query).bind(&*tenant.0).bind(person.as_str()).fetch_optional(step).await.map_err(unasked)?;
    Ok(found.is_some())
}

/// Removes links that ended long ago, and persons that are left without any and have no shared plan. Returns how many rows.
pub(crate) async fn purge(pool: &SqlitePool, now: Timestamp) -> Result<u64, StoreError> {
    let links = sqlx::query("DELETE FROM person_link WHERE ended <= $1").bind(to_column(now - ENDED_KEPT));
    let links = links.execute(pool).await.map_err(unasked)?.rows_affected();
    let query = "DELETE FROM person WHERE NOT EXISTS (SELECT 1 FROM person_link \
                 WHERE person_link.tenant = person.tenant AND person_link.person = person.id) \
                 AND NOT EXISTS (SELECT 1 FROM consent \
                 WHERE consent.tenant = person.tenant AND consent.person = person.id) \
                 AND NOT EXISTS (SELECT 1 FROM document \
                 WHERE document.tenant_id = person.tenant AND document.person = person.id) \
                 AND NOT EXISTS (SELECT 1 FROM document \
                 WHERE document.tenant_id = person.tenant AND coalesce(document.hangs_on, document.person) = person.id)";
    let persons = sqlx::query(query).execute(pool).await.map_err(unasked)?.rows_affected();
    Ok(links + persons)
}

fn row<'a>(tenant: &'a TenantId, person: &'a PersonId, id: &'a str) -> [&'a [u8]; 3] {
    [tenant.0.as_bytes(), person.as_str().as_bytes(), id.as_bytes()]
}

fn place<'a>(row: &'a [&'a [u8]]) -> Place<'a> {
    Place { table: "person_link", row }
}
