//! A new version with all that belongs to it, in one step.

use access::StoreError;
use shared_plan::Version;
use shared_plan::ports::{Commit, Committed, Document, Key};

use super::documents::can_be;
use super::sealing::{self, SealedVersion, count};
use super::{dues, event_row, hanging, once, parts};
use crate::database::unasked;
use crate::persons::{self, Kept, StoredPersons};
use crate::step::{Aim, Door, Step, Value, number};

const MAKE: &str = "INSERT INTO document (tenant_id, kind, id, person, version, status, changed, events) \
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (tenant_id, kind, id) DO NOTHING";
/// Version and person are compared in the statement that writes: between a look and a write there would be others.
const CHANGE: &str = "UPDATE document SET version = $5, status = $6, changed = $7, events = events + $8 \
                      WHERE tenant_id = $1 AND kind = $2 AND id = $3 AND coalesce(hangs_on, person) = $4 \
                      AND in_doubt = 0 AND version = $9 \
                      RETURNING events";

/// Keeps a commit, or says why not.
pub(super) async fn commit<D: Door>(door: &D, commit: &Commit) -> Result<Committed, StoreError> {
    belongs_together(commit)?;
    let key = &commit.document.key;
    let keeper = door.keeper(&key.tenant)?;
    if commit.seen.is_some() && !can_be(&key.id) {
        return Ok(Committed::Missing);
    }
    if number(commit.document.version.0).is_err() {
        // Nothing was ever changed so often; whoever says so has seen something else.
        return refused(&mut door.begin(&key.tenant, Aim::Read).await?, commit).await;
    }
    let mut step = door.begin(&key.tenant, Aim::Write).await?;
    // First of all: to who asks again, their own first time would look like somebody else's change.
    if let Some(asked) = &commit.once
        && !once::keep(&mut step, keeper, asked, commit).await?
    {
        let used = once::used(&mut step, keeper, &key.tenant, asked).await?;
        return used.ok_or_else(|| unasked("an idempotency key was there and is gone"));
    }
    if commit.seen.is_none() && !is_for_them(door, &mut step, &commit.document).await? {
        return Ok(Committed::Missing);
    }
    // Every version is sealed with the person for whom the document was made, who never changes.
    let made_for = match commit.seen {
        None => commit.document.person.to_string(),
        Some(_) => match hanging::of(&mut step, key).await? {
            None => return Ok(Committed::Missing),
            Some(row) => {
                row.open(keeper, key)?;
                row.person
            }
        },
    };
    let sealed = sealing::seal(keeper, &commit.document, &made_for, None)?;
    let Some(first_seat) = head(&mut step, commit, &sealed).await? else { return refused(&mut step, commit).await };
    version(&mut step, &commit.document, &sealed).await?;
    parts::keep(&mut step, key, &commit.parts).await?;
    dues::keep(&mut step, key, &commit.dues, commit.seen.is_some()).await?;
    event_row::keep::<D>(&mut step, keeper, key, &commit.events, first_seat).await?;
    step.commit().await?;
    Ok(Committed::Kept)
}

/// Holds the person for whom a document is made. False where they were joined into another, or the Patient at whose record
/// it was written is another's by now: a form that was opened before would hang on whoever kept the rest. Somebody of whom
/// nothing is kept here is looked after where the caller has them from.
async fn is_for_them<D: Door>(door: &D, step: &mut D::Step, document: &Document) -> Result<bool, StoreError> {
    let tenant = &document.key.tenant;
    if persons::kept::<D>(step, tenant, &document.person, D::HELD).await? == Kept::Joined {
        return Ok(false);
    }
    let Some(at) = &document.written_at else { return Ok(true) };
    let whose = StoredPersons(door.clone()).whose(step, tenant, at).await?;
    Ok(whose.is_none_or(|whose| whose == document.person))
}

/// Makes or changes the row of the document. Returns the seat of the first of its new events, or `None` where the version
/// was not the one that was seen.
async fn head(step: &mut impl Step, commit: &Commit, sealed: &SealedVersion) -> Result<Option<i64>, StoreError> {
    let document = &commit.document;
    let events = number(commit.events.len() as u64)?;
    let mut values = vec![
        Value::Text(&document.key.tenant.0),
        Value::Text(document.key.kind.code()),
        Value::Text(&document.key.id),
        Value::Text(document.person.as_str()),
        Value::Number(sealed.version),
        Value::Text(&document.status),
        Value::Number(sealed.made),
        Value::Number(events),
    ];
    let Some(seen) = commit.seen else {
        let made = step.execute(MAKE, &values).await?;
        return Ok((made == 1).then_some(0));
    };
    values.push(Value::Number(number(seen.0)?));
    let changed: Option<(i64,)> = step.rows(CHANGE, &values).await?.pop();
    Ok(changed.map(|(all,)| all - events))
}

/// Says why the row of the document was not written: it is not there, or is another version.
async fn refused(step: &mut impl Step, commit: &Commit) -> Result<Committed, StoreError> {
    let Key { tenant, kind, id } = &commit.document.key;
    let query = "SELECT version, moves, in_doubt FROM document WHERE tenant_id = $1 AND kind = $2 AND id = $3";
    let values = [Value::Text(&tenant.0), Value::Text(kind.code()), Value::Text(id)];
    let found: Option<(i64, i64, i64)> = step.row(query, &values).await?;
    // What is in doubt is there for nobody, and what was moved while it was changed is not there any more.
    let Some((version, moves, 0)) = found else { return Ok(Committed::Missing) };
    match commit.seen {
        Some(seen) if seen != count(version)? => Ok(Committed::Stale(count(version)?)),
        Some(_) if moves == 0 => Err(unasked("a commit never changes the person of a document")),
        Some(_) => Ok(Committed::Missing),
        None => Ok(Committed::Stale(count(version)?)),
    }
}

/// Puts the row of a version.
pub(super) async fn version(
    step: &mut impl Step,
    document: &Document,
    sealed: &SealedVersion,
) -> Result<(), StoreError> {
    let query = "INSERT INTO document_version (tenant_id, kind, document, version, status, made, sealed, sealed_who) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let key = &document.key;
    let values = [
        Value::Text(&key.tenant.0),
        Value::Text(key.kind.code()),
        Value::Text(&key.id),
        Value::Number(sealed.version),
        Value::Text(&document.status),
        Value::Number(sealed.made),
        Value::Bytes(&sealed.content),
        Value::Bytes(&sealed.who),
    ];
    step.execute(query, &values).await.map(drop)
}

/// A commit that contradicts itself is a mistake of the program: nothing of it is kept.
fn belongs_together(commit: &Commit) -> Result<(), StoreError> {
    let document = &commit.document;
    let next = commit.seen.map_or(Some(Version::FIRST), |seen| seen.0.checked_add(1).map(Version));
    if next != Some(document.version) {
        return Err(unasked("a commit's version is not the one after the version that was seen"));
    }
    let theirs = commit.events.iter().all(|event| event_row::is_of(event, &document.key, &document.person));
    if theirs { Ok(()) } else { Err(unasked("a commit tells of another document")) }
}
