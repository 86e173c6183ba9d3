//! What can be done to an overlay.

use access::{PersonId, TenantId};
use fhir::FhirDate;
use rust_decimal::Decimal;

use super::{EditedField, FieldChange, Overlay, OverlayStatus};
use crate::commands::check::{self, MAX_LONG, MAX_SHORT, Problems};
use crate::commands::{Act, Refusal, Wrong};
use crate::entry::ChangedEntry;
use crate::plan::Achievement;
use crate::{Foreign, Version};

/// An edit that a source did not take.
#[derive(Debug, Clone, PartialEq)]
pub struct NewOverlay {
    /// The tenant.
    pub tenant: TenantId,
    /// The person.
    pub person: PersonId,
    /// The resource, with the version that was seen.
    pub target: Foreign,
    /// Position in `Goal.target`.
    pub target_index: u32,
    /// What is to be changed.
    pub changes: Vec<FieldChange>,
    /// A note to it.
    pub note: Option<String>,
}

/// Keeps an edit here, where there is none on the same target.
///
/// # Errors
/// What cannot stand: a resource that is not named, a field twice or with a value of another kind, nothing at all.
pub fn lay(new: NewOverlay, act: &Act<'_>) -> Result<ChangedEntry<Overlay>, Refusal> {
    can_stand(&new.target, &new.changes, new.note.as_deref())?;
    check::reason(act)?;
    Ok(ChangedEntry::made(made(new, Version::FIRST, act), act, Vec::new()))
}

/// Lays an overlay anew where one has ended: it was taken back, or the source had it and has it no more.
///
/// # Errors
/// What cannot stand; an overlay that stands, which is revised; one on something else.
pub fn lay_anew(overlay: &Overlay, new: NewOverlay, act: &Act<'_>) -> Result<ChangedEntry<Overlay>, Refusal> {
    can_stand(&new.target, &new.changes, new.note.as_deref())?;
    check::reason(act)?;
    let (from, to) = (overlay.status, OverlayStatus::Standing);
    if !from.may_become(to) {
        return Err(Refusal::MayNotBecome { part: "an overlay", from: from.code(), to: to.code() });
    }
    if !overlay.is_on(&new.target, new.target_index) {
        let mut problems = Problems::of(None);
        problems.push("/target", Wrong::PointsNowhere);
        problems.ok()?;
    }
    let now = Overlay { id: overlay.id, person: overlay.person.clone(), ..made(new, overlay.version, act) };
    Ok(ChangedEntry::next(overlay, now, act))
}

fn made(new: NewOverlay, version: Version, act: &Act<'_>) -> Overlay {
    Overlay {
        id: Overlay::id_on(&new.person, &new.target, new.target_index),
        tenant: new.tenant,
        person: new.person,
        version,
        at: act.at,
        created: act.at,
        status: OverlayStatus::Standing,
        status_reason: None,
        target: new.target,
        target_index: new.target_index,
        changes: new.changes,
        note: new.note,
        reason: act.reason.map(str::to_owned),
        by: act.by.clone(),
        edited: act.at,
    }
}

/// Edits once more what was edited before: of one resource there is one overlay that stands.
///
/// # Errors
/// What cannot stand; an overlay that is withdrawn or taken; the same as before.
pub fn revise(
    overlay: &Overlay,
    seen: Option<String>,
    changes: Vec<FieldChange>,
    note: Option<String>,
    act: &Act<'_>,
) -> Result<ChangedEntry<Overlay>, Refusal> {
    if overlay.status != OverlayStatus::Standing {
        return Err(Refusal::Settled { part: "an overlay", state: overlay.status.code() });
    }
    let target = Foreign { version: seen, ..overlay.target.clone() };
    can_stand(&target, &changes, note.as_deref())?;
    check::reason(act)?;
    if (&target, &changes, &note) == (&overlay.target, &overlay.changes, &overlay.note) {
        return Err(Refusal::Unchanged);
    }
    let reason = act.reason.map(str::to_owned);
    let now = Overlay { target, changes, note, reason, by: act.by.clone(), edited: act.at, ..overlay.clone() };
    Ok(ChangedEntry::next(overlay, now, act))
}

/// Takes an edit back, with the reason.
///
/// # Errors
/// An overlay that does not stand any more; no reason.
pub fn withdraw(overlay: &Overlay, act: &Act<'_>) -> Result<ChangedEntry<Overlay>, Refusal> {
    let changed = moved(overlay, OverlayStatus::Withdrawn, act)?;
    check::needs_reason(act)?;
    Ok(changed)
}

/// Says that the source has it now, as whoever reads the source has seen.
///
/// # Errors
/// An overlay that does not stand any more.
pub fn mark_taken(overlay: &Overlay, act: &Act<'_>) -> Result<ChangedEntry<Overlay>, Refusal> {
    let changed = moved(overlay, OverlayStatus::Taken, act)?;
    check::reason(act)?;
    Ok(changed)
}

fn moved(overlay: &Overlay, to: OverlayStatus, act: &Act<'_>) -> Result<ChangedEntry<Overlay>, Refusal> {
    if !overlay.status.may_become(to) {
        return Err(Refusal::MayNotBecome { part: "an overlay", from: overlay.status.code(), to: to.code() });
    }
    let status_reason = act.reason.map(str::to_owned);
    Ok(ChangedEntry::next(overlay, Overlay { status: to, status_reason, ..overlay.clone() }, act))
}

fn can_stand(target: &Foreign, changes: &[FieldChange], note: Option<&str>) -> Result<(), Refusal> {
    let mut problems = Problems::of(None);
    problems.foreign("/target", target);
    // The fields are those of a Goal; to anything else a note can be written.
    if target.kind != "Goal" && !changes.is_empty() {
        problems.push("/target/kind", Wrong::NotAChoice);
    }
    let written = note.is_some_and(|note| !note.trim().is_empty());
    if changes.is_empty() && !written {
        problems.push("/changes", Wrong::Empty);
    }
    problems.long("/note", note.unwrap_or_default(), MAX_LONG);
    for (at, change) in changes.iter().enumerate() {
        problems.within(format!("/changes/{at}"));
        if changes[..at].iter().any(|before| before.field == change.field) {
            problems.push("/field", Wrong::Twice);
        }
        if change.from == change.to {
            problems.push("/to", Wrong::Twice);
        }
        problems.long("/from", change.from.as_deref().unwrap_or_default(), MAX_SHORT);
        let wrong = change.to.as_deref().and_then(|to| wrong(change.field, to));
        if let Some(wrong) = wrong {
            problems.push("/to", wrong);
        }
    }
    problems.ok()
}

/// What is wrong with a value for a field. What was there before may be anything: it is what the source says.
fn wrong(field: EditedField, to: &str) -> Option<Wrong> {
    let (fine, wrong) = match field {
        EditedField::Achievement => (Achievement::parse(to).is_some(), Wrong::NotAChoice),
        EditedField::TargetValue => (to.parse::<Decimal>().is_ok(), Wrong::NotANumber),
        EditedField::Due => {
            let date = FhirDate::parse(to);
            let day = matches!(date, Some(FhirDate::Year(_) | FhirDate::Month(..) | FhirDate::Day(_)));
            (day && to.trim() == to, Wrong::NotADate)
        }
    };
    (!fine).then_some(wrong)
}
