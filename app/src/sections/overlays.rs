//! Edits that a source did not take, kept in the shared plan: shown beside what the source says, never in its place.

use care_plan::decisions::{Basis, Overlaid, OverlaidField, OverlayChange};
use care_plan::plan::Goal;
use fhir::FhirDate;
use leptos::prelude::*;
use shared_plan::overlay::EditedField;

use super::look::Look;
use crate::desk::kept::UNLAY;
use crate::desk::shared_plan::{PlanAnswer, SharedPlanDoor};
use crate::desk::{Answer, GoalSheet, member_name};
use crate::parts::{SourceBadge, StatusChip, TextArea};
use crate::words::Tone;

/// The lines on a card: what the shared plan says beside the records, marked.
pub(super) fn overlay_lines(look: &Look, goal: &Goal) -> Option<AnyView> {
    let words = look.words();
    let lines = goal.overlays.iter().map(|laid| {
        let since = since(look, laid).map(|(text, tone)| view! { " "<StatusChip text tone/> });
        let signature = &laid.overlay.signature;
        let by = words.overlaid_by(&signature.by.name, &look.day(signature.at));
        view! {
            <p class="overlaid">
                <b>{words.shared_plan()}</b>" "{said(look, laid).join(". ")}" "<span class="muted">{by}</span>{since}
            </p>
        }
    });
    (!goal.overlays.is_empty()).then(|| view! { {lines.collect_view()} }.into_any())
}

/// Draws the edits beside a goal with the ways to take them back; `answer` is what a form of the page was told.
pub fn overlays(look: &Look, goal: &Goal, sheet: &GoalSheet, answer: Option<&Answer>) -> AnyView {
    let words = look.words();
    let told = answer.filter(|answer| answer.function == UNLAY).map(|answer| {
        let said = answer.of::<PlanAnswer>(UNLAY);
        let is_good = matches!(said, Some(PlanAnswer::Saved { .. }));
        let class = if is_good { "told told--good" } else { "told told--bad" };
        view! { <div class=class role="status" tabindex="-1"><p>{words.overlay_answer(said.as_ref())}</p></div> }
    });
    if goal.overlays.is_empty() {
        return view! { <div id="goal-overlays">{told}</div> }.into_any();
    }
    let laid = goal.overlays.iter().map(|laid| one(look, laid, sheet, answer));
    view! {
        <section class="panel" id="goal-overlays" aria-labelledby="goal-overlays-heading">
            <h2 id="goal-overlays-heading">{words.overlays_heading()}</h2>
            {told}
            {laid.collect_view()}
        </section>
    }
    .into_any()
}

fn one(look: &Look, laid: &Overlaid, sheet: &GoalSheet, answer: Option<&Answer>) -> AnyView {
    let words = look.words();
    let overlay = &laid.overlay;
    let badge = look.badge(&overlay.target.source);
    let name = badge.name.clone();
    let since = since(look, laid).map(|(text, tone)| view! { <p><StatusChip text tone/></p> });
    let lines = said(look, laid).into_iter().map(|line| view! { <li>{line}</li> });
    let note = overlay.note.clone().map(|note| view! { <p class="note">{note}</p> });
    let reason =
        overlay.signature.reason.as_deref().map(|reason| view! { <p class="note">{words.settled_because(reason)}</p> });
    let by = words.overlaid_by(&overlay.signature.by.name, &look.day(overlay.signature.at));
    view! {
        <div class="overlaid">
            <p><SourceBadge badge/>" "<span aria-hidden="true">{name}</span></p>
            <ul class="lines">{lines.collect_view()}</ul>
            {note}{reason}
            <p class="muted">{by}</p>
            {since}
            {take_back(look, laid, sheet, answer)}
        </div>
    }
    .into_any()
}

/// What the edit says of each field, beside what the source says now and what it said then.
fn said(look: &Look, laid: &Overlaid) -> Vec<String> {
    let words = look.words();
    let source = look.badge(&laid.overlay.target.source).name;
    let value = |field: OverlaidField, text: Option<&str>| match (field, text) {
        (_, None) => words.not_recorded().to_owned(),
        (OverlaidField::Achievement, Some(code)) => words.achievement(code).0,
        (OverlaidField::TargetValue, Some(value)) => value.to_owned(),
        (OverlaidField::Due, Some(due)) => FhirDate::parse(due).map_or_else(|| due.to_owned(), |due| look.date(&due)),
    };
    let line = |(change, now, as_seen): (&OverlayChange, Option<&str>, bool)| {
        let of = |text| value(change.field, text);
        let was = (!as_seen).then(|| of(change.from.as_deref()));
        let (field, to) = (words.overlaid(change.field), of(change.to.as_deref()));
        words.overlaid_value(field, &to, &source, &of(now), was.as_deref())
    };
    laid.changes().map(line).collect()
}

/// What became of the record since the edit was made: it says the same by now, or something else.
fn since(look: &Look, laid: &Overlaid) -> Option<(String, Tone)> {
    let words = look.words();
    let source = look.badge(&laid.overlay.target.source).name;
    if is_taken(look, laid) {
        return Some((words.overlaid_taken(&source), Tone::Good));
    }
    (laid.basis == Basis::OlderVersion).then(|| (words.overlaid_older(&source), Tone::Warn))
}

fn is_taken(look: &Look, laid: &Overlaid) -> bool {
    let edited = |field: OverlaidField| match field {
        OverlaidField::Achievement => EditedField::Achievement,
        OverlaidField::TargetValue => EditedField::TargetValue,
        OverlaidField::Due => EditedField::Due,
    };
    let now = |field: EditedField| {
        laid.changes().find(|(change, _, _)| edited(change.field) == field).and_then(|(_, now, _)| now)
    };
    let kept = look.kept().on_key(&laid.overlay.target, laid.overlay.index);
    kept.is_some_and(|overlay| overlay.is_in(now))
}

fn take_back(look: &Look, laid: &Overlaid, sheet: &GoalSheet, answer: Option<&Answer>) -> Option<AnyView> {
    let words = look.words();
    let (target, index) = (&laid.overlay.target, laid.overlay.index);
    let overlay = look.kept().on_key(target, index)?;
    let is_own = matches!(overlay.by.role, Some(access::Role::Patient));
    if look.shared_plan() != SharedPlanDoor::Open || !look.kept().may_edit || !(is_own || look.kept().may_write) {
        return None;
    }
    let name = member_name(target);
    let mine = answer.filter(|answer| answer.function == UNLAY && answer.typed("member") == Some(&name));
    let failed = mine.filter(|answer| !matches!(answer.of::<PlanAnswer>(UNLAY), Some(PlanAnswer::Saved { .. })));
    let typed = failed.and_then(|answer| answer.typed("reason")).unwrap_or_default().to_owned();
    let id = format!("unlay-{name}-{index}");
    Some(
        view! {
            <details class="decide__back" open=failed.is_some()>
                <summary>{words.take_back()}</summary>
                <form class="goal-form" method="post" action=look.path("overlay/take-back") data-unsaved=failed.map(|_| "")>
                    <input type="hidden" name="item" value=sheet.item.to_string()/>
                    <input type="hidden" name="member" value=name/>
                    <input type="hidden" name="target" value=index.to_string()/>
                    <input type="hidden" name="version" value=overlay.version.to_string()/>
                    <label for=id.clone()>{words.take_back_reason()}</label>
                    <TextArea id=id name="reason" text=typed/>
                    <button class="button">{words.take_back()}</button>
                </form>
            </details>
        }
        .into_any(),
    )
}
