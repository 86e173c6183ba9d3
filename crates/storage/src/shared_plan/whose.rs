//! On whom documents hang: joined, put in doubt, settled.
//!
//! Whoever moves a document first changes its row in `document`, as every writer of it does, and compares there how often it
//! was moved: of two who move at once, one is heard. What is moved because persons were joined or parted holds them before,
//! so that nobody makes a document for them meanwhile.

use access::{PatientAt, PersonId, StoreError, TenantId};
use async_trait::async_trait;
use jiff::Timestamp;
use shared_plan::Version;
use shared_plan::ports::{Document, Doubt, Key, Kind, Moved, Said, Settled, Whose, WhyMoved};
use sqlx::AssertSqlSafe;

use super::commit;
use super::documents::{can_be, hidden, read_kind};
use super::hanging::{self, Hanging, Move, MoveBeside};
use super::sealing::{self, count};
use crate::database::unasked;
use crate::keeper::Keeper;
use crate::persons::{self, Kept, StoredPersons};
use crate::step::{Aim, Door, Step, Value, number, numbered, rows};
use crate::time::to_column;

const OF_PERSON: &str = "SELECT kind, id FROM document WHERE tenant_id = $1 \
                         AND CASE WHEN hangs_on IS NULL THEN person ELSE hangs_on END = $2 ORDER BY kind, id";
const IN_DOUBT: &str = "SELECT kind, id FROM document WHERE tenant_id = $1 \
                        AND CASE WHEN hangs_on IS NULL THEN person ELSE hangs_on END = $2 \
                        AND in_doubt = 1 ORDER BY kind, id";
const LEFT_IN_DOUBT: &str = "SELECT document.kind, document.id FROM document_left AS asked \
                             JOIN document ON document.tenant_id = asked.tenant_id AND document.kind = asked.kind \
                             AND document.id = asked.document WHERE asked.tenant_id = $1 AND asked.mark = $2 \
                             AND document.in_doubt = 1 ORDER BY document.kind, document.id";
/// It counts as changed for whoever asks what has changed since: it is new where it hangs from now on. What is not in doubt
/// goes on by one version, so that whoever has seen it before has seen a former one.
const MOVE: &str = "UPDATE document SET hangs_on = $5, in_doubt = $6, moves = moves + 1, \
                    version = CASE WHEN $6 = 0 THEN version + 1 ELSE version END, \
                    changed = CASE WHEN changed < $7 THEN $7 ELSE changed END \
                    WHERE tenant_id = $1 AND kind = $2 AND id = $3 AND moves = $4 RETURNING version";
const MOVED: &str = "INSERT INTO document_whose (tenant_id, kind, document, move, person, in_doubt, made, sealed) \
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const LEFT: &str = "INSERT INTO document_left (tenant_id, mark, kind, document) VALUES ($1, $2, $3, $4) \
                    ON CONFLICT (tenant_id, mark, kind, document) DO NOTHING";

/// The `document_whose` and `document_left` tables.
#[derive(Clone)]
pub(crate) struct StoredWhose<D>(pub(crate) D);

/// Where a document goes.
struct Aimed<'a> {
    person: &'a PersonId,
    why: WhyMoved,
    /// The Patients that left, where it is in doubt.
    left: Option<Vec<PatientAt>>,
}

#[async_trait]
impl<D: Door> Whose for StoredWhose<D> {
    async fn join(&self, tenant: &TenantId, from: &PersonId, to: &PersonId, said: &Said) -> Result<u64, StoreError> {
        // Looked for first: mostly there is nothing to move, and then nobody is kept from writing.
        if from == to || !self.has_some(tenant, from).await? {
            return Ok(0);
        }
        let mut step = self.0.begin(tenant, Aim::Write).await?;
        let mut joined = false;
        for person in [from.min(to), from.max(to)] {
            let kept = persons::kept::<D>(&mut step, tenant, person, D::HELD).await?;
            joined |= person == from && kept == Kept::Joined;
        }
        // Who they are now was asked before, and a record may have been taken out since.
        if joined && StoredPersons(self.0.clone()).now(&mut step, tenant, from).await?.as_ref() != Some(to) {
            return Ok(0);
        }
        let aim = |hanging: &Hanging| {
            let left = hanging.doubt.as_ref().map(|(_, left)| left.clone());
            Some(Aimed { person: to, why: WhyMoved::Joined, left })
        };
        let moved = move_all(&mut step, self.0.keeper(tenant)?, (tenant, from), said, aim).await?;
        step.commit().await?;
        Ok(moved)
    }

    async fn doubt(
        &self,
        tenant: &TenantId,
        person: &PersonId,
        left: &PatientAt,
        said: &Said,
    ) -> Result<u64, StoreError> {
        if !self.has_some(tenant, person).await? {
            return Ok(0);
        }
        let mut step = self.0.begin(tenant, Aim::Write).await?;
        persons::hold::<D>(&mut step, tenant, person).await?;
        let moved = doubt::<D>(&mut step, self.0.keeper(tenant)?, tenant, (person, left), said).await?;
        step.commit().await?;
        Ok(moved)
    }

    async fn in_doubt(&self, tenant: &TenantId, person: &PersonId) -> Result<Vec<Doubt>, StoreError> {
        let keeper = self.0.keeper(tenant)?;
        let mut step = self.0.begin(tenant, Aim::Read).await?;
        let values = [Value::Text(&tenant.0), Value::Text(person.as_str())];
        let keys = keys(tenant, step.rows(IN_DOUBT, &values).await?)?;
        let mut doubts = Vec::new();
        for key in keys {
            let Some(row) = hanging::of(&mut step, &key).await? else { continue };
            let Hanging { moves, doubt, .. } = row.open(keeper, &key)?;
            let Some((since, left)) = doubt else { continue };
            let missing = || unasked("a document in doubt is not there");
            let mut latest = hidden(&mut step, keeper, &key, None).await?.ok_or_else(missing)?;
            while latest.moved.is_some() {
                let before = Version(latest.document.version.0.saturating_sub(1));
                latest = hidden(&mut step, keeper, &key, Some(before)).await?.ok_or_else(missing)?;
            }
            let first = hidden(&mut step, keeper, &key, Some(Version::FIRST)).await?.ok_or_else(missing)?;
            let question = u64::try_from(moves).map_err(unasked)?;
            doubts.push(Doubt { latest: latest.document, first: first.document, question, left, since });
        }
        Ok(doubts)
    }

    async fn may_be_of(&self, tenant: &TenantId, left: &PatientAt) -> Result<Vec<Key>, StoreError> {
        let keeper = self.0.keeper(tenant)?;
        let mut step = self.0.begin(tenant, Aim::Read).await?;
        let mark = mark(keeper, tenant, left);
        let rows = step.rows(LEFT_IN_DOUBT, &[Value::Text(&tenant.0), Value::Bytes(&mark)]).await?;
        let mut found = Vec::new();
        for key in keys(tenant, rows)? {
            let Some(row) = hanging::of(&mut step, &key).await? else { continue };
            // It may be in doubt for another's sake by now.
            if row.open(keeper, &key)?.doubt.is_some_and(|(_, all)| all.contains(left)) {
                found.push(key);
            }
        }
        Ok(found)
    }

    async fn moved_since(&self, tenant: &TenantId, since: Timestamp) -> Result<Vec<Moved>, StoreError> {
        let keeper = self.0.keeper(tenant)?;
        let mut step = self.0.begin(tenant, Aim::Read).await?;
        let kinds = numbered(3, Kind::ALL.len());
        let query = format!(
            "SELECT kind, id FROM document WHERE tenant_id = $1 AND changed >= $2 AND kind IN ({kinds}) AND moves > 0 \
             ORDER BY kind, id"
        );
        let mut values = vec![Value::Text(&tenant.0), Value::Number(to_column(since))];
        values.extend(Kind::ALL.iter().map(|kind| Value::Text(kind.code())));
        let mut found = Vec::new();
        for key in keys(tenant, step.rows(AssertSqlSafe(query), &values).await?)? {
            let Some(row) = hanging::of(&mut step, &key).await? else { continue };
            let Hanging { person, moves, .. } = row.open(keeper, &key)?;
            found.push(Moved { key, person, times: u64::try_from(moves).map_err(unasked)? });
        }
        Ok(found)
    }

    async fn settle(&self, key: &Key, question: u64, to: &PersonId, said: &Said) -> Result<Settled, StoreError> {
        if !can_be(&key.id) {
            return Ok(Settled::Missing);
        }
        let keeper = self.0.keeper(&key.tenant)?;
        let mut step = self.0.begin(&key.tenant, Aim::Write).await?;
        let Some(row) = hanging::of(&mut step, key).await? else { return Ok(Settled::Missing) };
        let hanging = row.open(keeper, key)?;
        if hanging.doubt.is_none() || number(question).ok() != Some(hanging.moves) {
            return Ok(Settled::Answered);
        }
        let aimed = Aimed { person: to, why: WhyMoved::Settled, left: None };
        if !put(&mut step, keeper, key, (&row.person, hanging.moves), &aimed, said).await? {
            return Ok(Settled::Answered);
        }
        step.commit().await?;
        Ok(Settled::Kept)
    }
}

impl<D: Door> StoredWhose<D> {
    /// True where something hangs on a person.
    async fn has_some(&self, tenant: &TenantId, person: &PersonId) -> Result<bool, StoreError> {
        let values = [Value::Text(&tenant.0), Value::Text(person.as_str())];
        let found: Vec<(String, String)> = rows(&self.0, tenant, OF_PERSON, &values).await?;
        Ok(!found.is_empty())
    }
}

/// Puts all that hangs on a person who is held in doubt, because a Patient left. Returns how many documents.
pub(crate) async fn doubt<D: Door>(
    step: &mut D::Step,
    keeper: &Keeper,
    tenant: &TenantId,
    (person, left): (&PersonId, &PatientAt),
    said: &Said,
) -> Result<u64, StoreError> {
    let aim = |hanging: &Hanging| {
        let mut all = hanging.doubt.as_ref().map(|(_, left)| left.clone()).unwrap_or_default();
        if all.contains(left) {
            return None;
        }
        all.push(left.clone());
        Some(Aimed { person, why: WhyMoved::RecordTakenOut, left: Some(all) })
    };
    move_all(step, keeper, (tenant, person), said, aim).await
}

/// Moves what hangs on a person who is held to where `aim` says.
async fn move_all<'a>(
    step: &mut impl Step,
    keeper: &Keeper,
    (tenant, person): (&TenantId, &PersonId),
    said: &Said,
    aim: impl Fn(&Hanging) -> Option<Aimed<'a>> + Send + Sync,
) -> Result<u64, StoreError> {
    let values = [Value::Text(&tenant.0), Value::Text(person.as_str())];
    let mut moved = 0;
    for key in keys(tenant, step.rows(OF_PERSON, &values).await?)? {
        // Somebody else may move it at this moment: then it is looked at again as they left it.
        loop {
            let Some(row) = hanging::of(step, &key).await? else { break };
            let hanging = row.open(keeper, &key)?;
            let Some(aimed) = aim(&hanging).filter(|_| hanging.person == *person) else { break };
            if put(step, keeper, &key, (&row.person, hanging.moves), &aimed, said).await? {
                moved += 1;
                break;
            }
        }
    }
    Ok(moved)
}

/// Moves one document. False where somebody else has moved it since it was looked at.
async fn put(
    step: &mut impl Step,
    keeper: &Keeper,
    key: &Key,
    (origin, moves): (&str, i64),
    aimed: &Aimed<'_>,
    said: &Said,
) -> Result<bool, StoreError> {
    let [tenant, kind, id] = [Value::Text(&key.tenant.0), Value::Text(key.kind.code()), Value::Text(&key.id)];
    let (in_doubt, made) = (i64::from(aimed.left.is_some()), to_column(said.at));
    let (person, doubt) = (Value::Text(aimed.person.as_str()), Value::Number(in_doubt));
    let head = [tenant, kind, id, Value::Number(moves), person, doubt, Value::Number(made)];
    let moved: Option<(i64,)> = step.rows(MOVE, &head).await?.pop();
    let Some((version,)) = moved else { return Ok(false) };
    let left = aimed.left.clone().unwrap_or_default();
    for patient in &left {
        let mark = mark(keeper, &key.tenant, patient);
        step.execute(LEFT, &[tenant, Value::Bytes(&mark), kind, id]).await?;
    }
    let number = moves + 1;
    let beside = MoveBeside { key, origin, number, person: aimed.person.as_str(), in_doubt, made };
    let sealed = beside.seal(keeper, &Move { by: said.by.clone(), why: aimed.why, left })?;
    let row = [tenant, kind, id, Value::Number(number), person, doubt, Value::Number(made), Value::Bytes(&sealed)];
    step.execute(MOVED, &row).await?;
    if aimed.left.is_none() {
        went_on(step, keeper, (key, origin), count(version)?, aimed.why, said).await?;
    }
    Ok(true)
}

/// Puts the version that a move has made: it says what the one before it said.
async fn went_on(
    step: &mut impl Step,
    keeper: &Keeper,
    (key, origin): (&Key, &str),
    version: Version,
    why: WhyMoved,
    said: &Said,
) -> Result<(), StoreError> {
    let before = hidden(step, keeper, key, Some(Version(version.0 - 1))).await?;
    let before = before.ok_or_else(|| unasked("a document that was moved has no versions"))?.document;
    let (by, at) = (said.by.clone(), said.at);
    let document = Document { version, at, by, reason: None, written_at: None, ..before };
    let sealed = sealing::seal(keeper, &document, origin, Some(why))?;
    commit::version(step, &document, &sealed).await
}

fn keys(tenant: &TenantId, rows: Vec<(String, String)>) -> Result<Vec<Key>, StoreError> {
    let key = |(kind, id): (String, String)| {
        let kind: Kind = read_kind(&kind)?;
        Ok(Key { tenant: tenant.clone(), kind, id })
    };
    rows.into_iter().map(key).collect()
}

fn mark(keeper: &Keeper, tenant: &TenantId, left: &PatientAt) -> [u8; 32] {
    let parts = [&*tenant.0, &left.source, &left.patient].map(str::as_bytes);
    keeper.mark("document_left", &parts)
}
