//! A health concern on the board.

use care_plan::plan::{Basis, Concern, ConcernKind};
use leptos::prelude::*;

use super::card::{badges, card, sub_line};
use super::coverage::coverage;
use super::look::Look;
use crate::parts::StatusChip;
use crate::words::{Column, Tone};

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
    let codes: Vec<String> = concern.code.coding.iter().filter_map(code_words).collect();
    sub.extend((!codes.is_empty()).then(|| codes.join(", ")));
    sub.extend(concern.verification_status.as_deref().and_then(|code| words.verification(code)).map(str::to_owned));
    let (status, tone) = words.status(concern.clinical_status.as_deref());
    let lonely = coverage(look.snapshot(), Column::Goals).is_whole() && !has_goal(look, concern);
    let content = format!("{concern:?}{lonely}");
    let body = view! {
        {sub_line(sub)}
        <div class="card__row">
            <StatusChip text=status tone=tone/>
            {lonely.then(|| view! { <StatusChip text=words.no_goal_yet() tone=Tone::Warn/> })}
            {voiced.then(|| view! { <span class="muted">{words.from_patient()}</span> })}
            {badges(look, &concern.item)}
        </div>
    };
    card(look, &concern.item, title, &content, body.into_any())
}

/// True where a goal addresses the concern.
fn has_goal(look: &Look, concern: &Concern) -> bool {
    let goal = |id| look.plan().goals.iter().any(|goal| &goal.item.id == id);
    look.plan().links.iter().any(|link| {
        link.from == concern.item.id && goal(&link.to) && matches!(link.basis, Basis::Stated(_) | Basis::Inferred(_))
    })
}

/// A code with the short name of its code system, for the systems that clinicians know by name.
fn code_words(coding: &fhir::types::Coding) -> Option<String> {
    let system = match coding.system.as_deref()? {
        "http://snomed.info/sct" => "SNOMED",
        "http://hl7.org/fhir/sid/icd-10-cm" => "ICD-10-CM",
        "http://hl7.org/fhir/sid/icd-10" => "ICD-10",
        _ => return None,
    };
    Some(format!("{system} {}", coding.code.as_deref()?))
}
