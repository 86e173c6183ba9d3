//! A health concern on the board.

use care_plan::plan::{Basis, Concern, ConcernKind, ConcernStatement, IssueCode, Item};
use leptos::prelude::*;

use super::card::{card, sub_line};
use super::card_issues::{card_issues, issues_of};
use super::coverage::coverage;
use super::look::Look;
use super::said::{Said, statuses};
use super::why_one::why_one;
use crate::parts::StatusChip;
use crate::words::{Column, Reader, Tone, Words};

/// Draws a concern: since when, its codes, its status, and whether a goal addresses it.
pub fn concern_card(look: &Look, concern: &Concern) -> AnyView {
    let words = look.words();
    let voiced = concern.kind == ConcernKind::PatientVoiced;
    let title = if voiced { words.quoted(&concern.item.title) } else { concern.item.title.clone() };
    let mut sub: Vec<String> = words.concern_kind(concern.kind).map(str::to_owned).into_iter().collect();
    match (&concern.onset, &concern.recorded) {
        (Some(onset), _) => sub.push(words.since(&look.date(onset))),
        (None, Some(recorded)) => sub.push(words.recorded(&look.date(recorded))),
        (None, None) => {}
    }
    sub.extend(concern.stage.clone());
    let codes: Vec<String> = concern.code.coding.iter().filter_map(|coding| code_words(coding, words)).collect();
    // Codes are for those who treat them.
    let for_professionals = look.reader() == Reader::Professional;
    sub.extend((for_professionals && !codes.is_empty()).then(|| codes.join(", ")));
    sub.extend(concern.verification_status.as_deref().and_then(|code| words.verification(code)).map(str::to_owned));
    let said = said(look, &concern.item, &concern.statements);
    // Where a rule says that a goal is wanted, its own line says so.
    let wants_goal = |code| matches!(code, IssueCode::ConcernWithoutGoal | IssueCode::PatientConcernUnanswered);
    let is_told = issues_of(look, &concern.item).any(|issue| wants_goal(issue.code));
    let lonely = !is_told && coverage(look.snapshot(), Column::Goals).is_whole() && !has_goal(look, concern);
    let content = format!("{concern:?}{lonely}");
    let body = view! {
        {sub_line(sub)}
        {card_issues(look, &concern.item)}
        <div class="card__row">
            {statuses(look, &concern.item, &said)}
            {lonely.then(|| view! { <StatusChip text=words.no_goal_yet() tone=Tone::Warn/> })}
            {voiced.then(|| view! { <span class="muted">{words.from_patient()}</span> })}
        </div>
    };
    card(look, &concern.item, title, &content, body.into_any(), why_one(look, &concern.item, &said))
}

/// What each record says of the concern.
fn said<'a>(look: &Look, item: &'a Item, statements: &'a [ConcernStatement]) -> Vec<Said<'a>> {
    let words = look.words();
    let said = |(member, said): (_, &'a ConcernStatement)| {
        let clinical = words.status(said.clinical_status.as_deref());
        // What was taken back is not "active", whatever its clinical status still says.
        let taken_back = said.verification_status.as_deref().filter(|_| said.is_void());
        let status = taken_back.map_or(clinical, |code| words.taken_back(code));
        Said { member, title: &said.title, status, when: said.onset.as_ref().or(said.recorded.as_ref()) }
    };
    item.members.iter().zip(statements).map(said).collect()
}

/// True where a goal addresses the concern.
fn has_goal(look: &Look, concern: &Concern) -> bool {
    let goal = |id| look.plan().goals.iter().any(|goal| &goal.item.id == id);
    look.plan().links.iter().any(|link| {
        link.from == concern.item.id && goal(&link.to) && matches!(link.basis, Basis::Stated(_) | Basis::Inferred(_))
    })
}

/// A code with the short name of its code system, for the systems that clinicians know by name.
fn code_words(coding: &fhir::types::Coding, words: Words) -> Option<String> {
    let system = coding.system.as_deref().filter(|system| *system != "http://loinc.org")?;
    Some(format!("{} {}", words.code_system(system)?, coding.code.as_deref()?))
}
