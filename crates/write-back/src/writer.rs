//! The way of an edit to the source that owns the resource.

use std::sync::Arc;

use access::{Clock, LaunchId, StoreError, TenantId};
use fhir::GoalFields;
use fhir_client::FhirError;
use serde_json::Value;

use crate::check::check;
use crate::difference::differences;
use crate::edit::GoalEdit;
use crate::intent::{Intent, IntentId, Intents};
use crate::json;
use crate::outcome::{Unproven, Warning, WriteOutcome};
use crate::owner::{Owned, Owner};
use crate::patch::{holds, patch};
use crate::record::{self, Refusal};

/// Writes edits to their owners.
#[derive(Clone)]
pub struct Writer {
    pub(crate) intents: Arc<dyn Intents>,
    pub(crate) clock: Arc<dyn Clock>,
}

/// A resource as it was read for the write.
struct Current {
    goal: Value,
    /// What `If-Match` wants: the `ETag`, else `meta.versionId`.
    etag: Option<String>,
    /// What a screen has seen: `meta.versionId`, else the `ETag`.
    version: Option<String>,
}

impl Writer {
    /// Makes a writer.
    pub fn new(intents: Arc<dyn Intents>, clock: Arc<dyn Clock>) -> Self {
        Self { intents, clock }
    }

    /// Writes a change of a goal, in a launch of this tenant.
    ///
    /// Dropping the future half-way loses nothing: the intent is open then and [`Writer::resume`] finds out. A server
    /// should still run it in a task of its own, so that a closed page does not stop it.
    ///
    /// # Errors
    /// Only where the intent could not be stored; nothing was sent then.
    pub async fn save_goal(
        &self,
        tenant: &TenantId,
        launch: &LaunchId,
        owner: &dyn Owner,
        edit: GoalEdit,
    ) -> Result<WriteOutcome, StoreError> {
        let edit = edit.tidy();
        let problems = check(&edit);
        if !problems.is_empty() {
            return Ok(WriteOutcome::Refused(Refusal::Fields(problems)));
        }
        if edit.goal.kind != "Goal" {
            return Ok(WriteOutcome::Refused(Refusal::OtherResource));
        }
        if edit.is_empty() {
            return Ok(WriteOutcome::NothingToChange);
        }
        let intent = Intent { launch: launch.clone(), edit, opened: self.clock.now() };
        let id = self.intents.open(tenant, &intent).await?;
        let outcome = write(owner, &intent).await;
        self.close(tenant, &id, outcome.closes_as()).await;
        Ok(outcome)
    }

    /// Closes an intent. Where the store can not be asked the outcome is true all the same, and the intent, still open,
    /// is looked at again after the next start.
    pub(crate) async fn close(&self, tenant: &TenantId, id: &IntentId, closed: Option<crate::intent::Closed>) {
        let Some(closed) = closed else { return };
        if let Err(error) = self.intents.close(tenant, id, closed, self.clock.now()).await {
            tracing::warn!(intent = %id.0, %error, "an intent could not be closed");
        }
    }
}

async fn write(owner: &dyn Owner, intent: &Intent) -> WriteOutcome {
    let edit = &intent.edit;
    let current = match read(owner, edit).await {
        Ok(current) => current,
        Err(outcome) => return outcome,
    };
    if let Some(conflict) = conflict(&current, edit) {
        return conflict;
    }
    let mut wanted = current.goal.clone();
    if let Err(refusal) = patch(&mut wanted, edit, intent.opened) {
        return WriteOutcome::Refused(refusal);
    }
    let body = wanted.to_string();
    match owner.update(&edit.goal.kind, &edit.goal.id, &body, current.etag.as_deref()).await {
        Ok(written) => verify(owner, intent, &current, &wanted, written.version).await,
        Err(FhirError::Stale) => after_stale(owner, intent, &current, &wanted).await,
        Err(FhirError::NotFound) => WriteOutcome::Failed(after_not_found(owner, intent).await),
        Err(error) if error.is_unclear() => after_silence(owner, intent, &current, &wanted, error).await,
        Err(error) => WriteOutcome::Failed(error),
    }
}

/// Reads the resource and checks that it may be changed.
async fn read(owner: &dyn Owner, edit: &GoalEdit) -> Result<Current, WriteOutcome> {
    let owned = owner.read(&edit.goal.kind, &edit.goal.id).await.map_err(WriteOutcome::Failed)?;
    let goal = record::open(&owned.raw, edit, owner.base().as_deref()).map_err(WriteOutcome::Refused)?;
    let in_meta = goal["meta"]["versionId"].as_str().map(str::to_owned);
    let (etag, version) = (owned.version.clone().or_else(|| in_meta.clone()), in_meta.or(owned.version));
    Ok(Current { goal, etag, version })
}

/// Compares what the user saw with what the source has.
///
/// Any other version is a conflict, also where other fields than the user's were changed: whether a change of one field
/// is still right after another was changed is the user's to say. Where versions are not known, the fields decide.
fn conflict(current: &Current, edit: &GoalEdit) -> Option<WriteOutcome> {
    let theirs = GoalFields::of(&current.goal, edit.target_index);
    let moved = match (&edit.seen_version, &current.version) {
        (Some(seen), Some(now)) => seen != now,
        _ => false,
    };
    (moved || theirs != edit.base).then(|| WriteOutcome::Conflict {
        base: edit.base.clone(),
        theirs,
        mine: edit.mine.clone(),
        version: current.version.clone(),
    })
}

/// The source said "saved": reads again and compares the whole.
async fn verify(
    owner: &dyn Owner,
    intent: &Intent,
    before: &Current,
    wanted: &Value,
    version: Option<String>,
) -> WriteOutcome {
    match read_again(owner, intent).await {
        Ok((owned, goal)) => judge(intent, before, wanted, owned, goal),
        Err(error) => {
            let warnings = vec![Warning::NotReadAgain(error)];
            WriteOutcome::Saved { version, resource: wanted.to_string(), warnings }
        }
    }
}

/// The source said "stale". Where a proxy had sent the request twice it is our own write that made it so.
async fn after_stale(owner: &dyn Owner, intent: &Intent, before: &Current, wanted: &Value) -> WriteOutcome {
    let Ok((owned, goal)) = read_again(owner, intent).await else { return WriteOutcome::Failed(FhirError::Stale) };
    let theirs = GoalFields::of(&goal, intent.edit.target_index);
    let version = version_of(&owned, &goal);
    if differences(wanted, &goal).is_empty() {
        return judge(intent, before, wanted, owned, goal);
    }
    let GoalEdit { base, mine, .. } = intent.edit.clone();
    WriteOutcome::Conflict { base, theirs, mine, version }
}

/// The source said "not there" of what it gave a moment ago. Where it gives it still, there is no way to change it:
/// servers without an update answer so, too (R4 http.html#update).
async fn after_not_found(owner: &dyn Owner, intent: &Intent) -> FhirError {
    match read_again(owner, intent).await {
        Ok(_) => FhirError::NotSupported { said: None },
        Err(_) => FhirError::NotFound,
    }
}

/// Nothing clear was said: what the source has now decides.
async fn after_silence(
    owner: &dyn Owner,
    intent: &Intent,
    before: &Current,
    wanted: &Value,
    error: FhirError,
) -> WriteOutcome {
    let (owned, goal) = match read_again(owner, intent).await {
        Ok(again) => again,
        Err(error) => return WriteOutcome::Unclear(Unproven::NotReadAgain(error)),
    };
    if holds(&goal, &intent.edit, intent.opened) {
        return judge(intent, before, wanted, owned, goal);
    }
    let same_version = version_of(&owned, &goal) == before.version;
    if same_version && differences(&before.goal, &goal).is_empty() {
        return WriteOutcome::Failed(error);
    }
    WriteOutcome::Unclear(Unproven::ChangedMeanwhile)
}

/// Says "saved" where what was wanted is there, with whatever else came back different.
fn judge(intent: &Intent, before: &Current, wanted: &Value, owned: Owned, goal: Value) -> WriteOutcome {
    let paths = differences(wanted, &goal);
    if !holds(&goal, &intent.edit, intent.opened) {
        return WriteOutcome::Unclear(Unproven::NotThere { paths });
    }
    let version = version_of(&owned, &goal);
    let mut warnings = Vec::new();
    if !paths.is_empty() {
        warnings.push(Warning::ChangedBySource { paths });
    }
    if let Some((from, to)) = before.version.as_deref().zip(version.as_deref()).filter(|(from, to)| skips(from, to)) {
        warnings.push(Warning::VersionSkipped { from: from.to_owned(), to: to.to_owned() });
    }
    WriteOutcome::Saved { version, resource: owned.raw, warnings }
}

/// True where versions are counted and more than one was made. A server that ignores `If-Match` is caught by this.
fn skips(from: &str, to: &str) -> bool {
    let counted = |text: &str| text.parse::<u64>().ok();
    counted(from).zip(counted(to)).is_some_and(|(from, to)| to > from.saturating_add(1))
}

pub(crate) async fn read_again(owner: &dyn Owner, intent: &Intent) -> Result<(Owned, Value), FhirError> {
    let key = &intent.edit.goal;
    let owned = owner.read(&key.kind, &key.id).await?;
    let goal = json::parse(&owned.raw).map_err(|_| FhirError::NotFhir { detail: "not a JSON object".to_owned() })?;
    Ok((owned, goal))
}

pub(crate) fn version_of(owned: &Owned, goal: &Value) -> Option<String> {
    goal["meta"]["versionId"].as_str().map(str::to_owned).or_else(|| owned.version.clone())
}
