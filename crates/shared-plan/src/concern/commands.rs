//! What can be done to a concern.

use access::{PersonId, Role, TenantId};

use super::{Concern, ConcernContent, ConcernStatus, Onset};
use crate::commands::check::{self, MAX_LONG, MAX_SHORT, Problems};
use crate::commands::{Act, Happened, Refusal, Wrong};
use crate::entry::ChangedEntry;
use crate::{EventKind, Version};

/// What a new concern starts with.
#[derive(Debug, Clone, PartialEq)]
pub struct NewConcern {
    /// The tenant.
    pub tenant: TenantId,
    /// Whose concern it is.
    pub person: PersonId,
    /// What it says.
    pub content: ConcernContent,
    /// State.
    pub status: ConcernStatus,
}

/// Enters a concern. Others are told where the person or their carer says it: somebody has to answer.
///
/// # Errors
/// What cannot stand; a state in which no concern begins.
pub fn add(new: NewConcern, act: &Act<'_>) -> Result<ChangedEntry<Concern>, Refusal> {
    can_stand(&new.content, act)?;
    check::reason(act)?;
    if !new.status.may_begin() {
        return Err(Refusal::MayNotBecome { part: "a concern", from: "new", to: new.status.code() });
    }
    let concern = Concern {
        id: act.fresh(),
        tenant: new.tenant,
        person: new.person,
        version: Version::FIRST,
        at: act.at,
        created: act.at,
        status: new.status,
        status_reason: None,
        entered_by: act.by.clone(),
        content: new.content,
    };
    let own = is_told(&concern);
    let told = Happened::to_entry(EventKind::ConcernAdded, None, concern.status.code());
    Ok(ChangedEntry::made(concern, act, if own { vec![told] } else { Vec::new() }))
}

/// Puts new content in the place of the old one.
///
/// # Errors
/// What cannot stand; a concern that was entered in error; the same as before.
pub fn change(concern: &Concern, content: ConcernContent, act: &Act<'_>) -> Result<ChangedEntry<Concern>, Refusal> {
    if concern.status == ConcernStatus::EnteredInError {
        return Err(Refusal::Settled { part: "a concern", state: concern.status.code() });
    }
    can_stand(&content, act)?;
    check::reason(act)?;
    if content == concern.content {
        return Err(Refusal::Unchanged);
    }
    Ok(ChangedEntry::next(concern, Concern { content, ..concern.clone() }, act))
}

/// Moves a concern to another state. Whoever was told of it is told of that.
///
/// # Errors
/// No way from one to the other; no reason where one is needed; the same as before.
pub fn move_to(concern: &Concern, to: ConcernStatus, act: &Act<'_>) -> Result<ChangedEntry<Concern>, Refusal> {
    if concern.status == to {
        return Err(Refusal::Unchanged);
    }
    if !concern.status.may_become(to) {
        return Err(Refusal::MayNotBecome { part: "a concern", from: concern.status.code(), to: to.code() });
    }
    if to.needs_reason() {
        check::needs_reason(act)?
    } else {
        check::reason(act)?
    }
    let status_reason = act.reason.map(str::to_owned);
    let told = Happened::to_entry(EventKind::ConcernChanged, Some(concern.status.code()), to.code());
    let mut changed = ChangedEntry::next(concern, Concern { status: to, status_reason, ..concern.clone() }, act);
    changed.happened.extend(is_told(concern).then_some(told));
    Ok(changed)
}

/// True where others were told of it, and so are told what becomes of it.
fn is_told(concern: &Concern) -> bool {
    matches!(concern.entered_by.role, Some(Role::Patient | Role::Carer))
}

fn can_stand(content: &ConcernContent, act: &Act<'_>) -> Result<(), Refusal> {
    let mut problems = Problems::of(None);
    problems.coded("/description", &content.description);
    problems.long("/note", content.note.as_deref().unwrap_or_default(), MAX_LONG);
    match &content.onset {
        None => {}
        Some(Onset::Text(text)) => problems.required("/onset", text, MAX_SHORT),
        Some(dated) => match dated.first_day() {
            None => problems.push("/onset", Wrong::NotADate),
            Some(day) if day > act.today => problems.push("/onset", Wrong::InTheFuture),
            Some(_) => {}
        },
    }
    problems.ok()
}
