//! What can be done to a decision.

use access::{PersonId, TenantId};

use super::{Chosen, Decision, DecisionStatus, Issue, Message};
use crate::commands::check::{self, MAX_LONG, MAX_SHORT, Problems};
use crate::commands::{Act, Happened, Refusal, Wrong};
use crate::entry::ChangedEntry;
use crate::{EventKind, Version};

/// Characters of what an issue is about, and of its evidence.
pub const MAX_EVIDENCE: usize = 200_000;

/// What somebody settles.
#[derive(Debug, Clone, PartialEq)]
pub struct NewDecision {
    /// The tenant.
    pub tenant: TenantId,
    /// The person.
    pub person: PersonId,
    /// What is settled.
    pub issue: Issue,
    /// What was chosen.
    pub chosen: Chosen,
    /// What was agreed instead, in their words.
    pub words: Option<String>,
    /// The message to a prescriber.
    pub message: Option<Message>,
}

/// Settles an issue that nobody has settled.
///
/// # Errors
/// What cannot stand: an issue without evidence, a prescriber to be asked without a message, no reason where one is needed.
pub fn decide(new: NewDecision, act: &Act<'_>) -> Result<ChangedEntry<Decision>, Refusal> {
    can_stand(&new, act)?;
    Ok(ChangedEntry::made(made(new, Version::FIRST, act), act, vec![told(None, DecisionStatus::InForce)]))
}

/// Settles an issue once more: after it was taken back, because the records say something else by now, or otherwise.
///
/// # Errors
/// What cannot stand; another issue than that of the decision.
pub fn decide_anew(decision: &Decision, new: NewDecision, act: &Act<'_>) -> Result<ChangedEntry<Decision>, Refusal> {
    can_stand(&new, act)?;
    if !decision.is_about(&new.issue.subject) {
        let mut problems = Problems::of(None);
        problems.push("/issue/subject", Wrong::PointsNowhere);
        problems.ok()?;
    }
    let now = Decision { id: decision.id, person: decision.person.clone(), ..made(new, decision.version, act) };
    Ok(ChangedEntry {
        happened: vec![told(Some(decision.status), DecisionStatus::InForce)],
        ..ChangedEntry::next(decision, now, act)
    })
}

fn made(new: NewDecision, version: Version, act: &Act<'_>) -> Decision {
    Decision {
        id: Decision::id_about(&new.person, &new.issue.subject),
        tenant: new.tenant,
        person: new.person,
        version,
        at: act.at,
        created: act.at,
        status: DecisionStatus::InForce,
        status_reason: None,
        by: act.by.clone(),
        reason: act.reason.map(str::to_owned),
        issue: new.issue,
        chosen: new.chosen,
        words: new.words.filter(|words| !words.trim().is_empty()),
        message: new.message,
    }
}

fn told(before: Option<DecisionStatus>, state: DecisionStatus) -> Happened {
    let what = match state {
        DecisionStatus::InForce => EventKind::DecisionMade,
        DecisionStatus::Withdrawn => EventKind::DecisionWithdrawn,
    };
    Happened::to_entry(what, before.map(DecisionStatus::code), state.code())
}

fn can_stand(new: &NewDecision, act: &Act<'_>) -> Result<(), Refusal> {
    let mut problems = Problems::of(None);
    problems.required("/issue/id", &new.issue.id, MAX_SHORT);
    problems.required("/issue/code", &new.issue.code, MAX_SHORT);
    problems.required("/issue/subject", &new.issue.subject, MAX_EVIDENCE);
    problems.required("/issue/seen", &new.issue.seen, MAX_EVIDENCE);
    if let Chosen::Adopted(from) = &new.chosen {
        problems.foreign("/chosen/adopted", from);
    }
    problems.long("/words", new.words.as_deref().unwrap_or_default(), MAX_LONG);
    match &new.message {
        Some(message) => can_be_sent(&mut problems, message),
        None if new.chosen == Chosen::AskedPrescriber => problems.push("/message", Wrong::Empty),
        None => {}
    }
    let reason = act.reason.unwrap_or_default();
    if new.chosen.needs_reason() {
        problems.required("/reason", reason, MAX_LONG);
    } else {
        problems.long("/reason", reason, MAX_LONG);
    }
    problems.ok()
}

/// Puts another draft in the place of the message. Nobody is told: what was settled stays.
///
/// # Errors
/// What cannot stand; a decision without a message, or one that was withdrawn; the same as before.
pub fn redraft(decision: &Decision, message: Message, act: &Act<'_>) -> Result<ChangedEntry<Decision>, Refusal> {
    if decision.status != DecisionStatus::InForce {
        return Err(Refusal::Settled { part: "a decision", state: decision.status.code() });
    }
    let before = decision.message.as_ref().ok_or(Refusal::NoSuchPart { part: "message" })?;
    let mut problems = Problems::of(None);
    can_be_sent(&mut problems, &message);
    problems.ok()?;
    check::reason(act)?;
    if *before == message {
        return Err(Refusal::Unchanged);
    }
    Ok(ChangedEntry::next(decision, Decision { message: Some(message), ..decision.clone() }, act))
}

/// Takes a decision back, with the reason: the issue is open again. Others are told, for they were told that it was settled.
///
/// # Errors
/// A decision that was withdrawn before; no reason.
pub fn withdraw(decision: &Decision, act: &Act<'_>) -> Result<ChangedEntry<Decision>, Refusal> {
    let (from, to) = (decision.status, DecisionStatus::Withdrawn);
    if !from.may_become(to) {
        return Err(Refusal::MayNotBecome { part: "a decision", from: from.code(), to: to.code() });
    }
    check::needs_reason(act)?;
    let status_reason = act.reason.map(str::to_owned);
    let back = ChangedEntry::next(decision, Decision { status: to, status_reason, ..decision.clone() }, act);
    Ok(ChangedEntry { happened: vec![told(Some(from), to)], ..back })
}

fn can_be_sent(problems: &mut Problems<'_>, message: &Message) {
    problems.required("/message/text", &message.text, MAX_LONG);
    problems.foreign("/message/about", &message.about);
    if let Some(to) = &message.to {
        problems.foreign("/message/to", to);
    }
}
