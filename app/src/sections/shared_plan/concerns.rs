//! Concerns that were entered here: the list, and the page on which one is corrected.

use leptos::prelude::*;
use shared_plan::concern::{Concern, ConcernStatus, Onset};

use super::goal_ways::panel;
use crate::desk::Answer;
use crate::desk::kept::{CONCERN, ConcernSheet};
use crate::desk::shared_plan::{PlanAnswer, SharedPlanDoor};
use crate::parts::{StatusChip, TextArea};
use crate::sections::Look;

/// Draws the concerns of the person as a list; nothing where none was entered here.
pub fn concerns(look: &Look) -> Option<AnyView> {
    let words = look.words();
    let concerns = look.kept().concerns.clone();
    let lines = concerns.iter().map(|concern| {
        let href = look.path(&format!("shared-plan/concerns/{}", concern.id));
        let (state, tone) = words.concern_state(concern.status, look.reader());
        let by = words.plan_by(&concern.entered_by.name, &look.day(concern.created));
        view! {
            <li class="concern-line">
                <a href=href>{concern.content.description.title().to_owned()}</a>" "<StatusChip text=state tone/>
                <p class="muted">{by}</p>
            </li>
        }
    });
    (!concerns.is_empty()).then(|| {
        panel("concerns", words.concerns_entered(), view! { <ul class="lines">{lines.collect_view()}</ul> }.into_any())
    })
}

/// Draws one concern with the forms that correct it and its versions; `answer` is what a form of the page was told.
pub fn concern(look: &Look, sheet: &ConcernSheet, answer: Option<&Answer>) -> AnyView {
    let words = look.words();
    let concern = &sheet.concern;
    let (state, tone) = words.concern_state(concern.status, look.reader());
    let reason = concern.status_reason.clone().map(|why| view! { <p class="muted">{words.plan_reason(&why)}</p> });
    let note = concern.content.note.clone().map(|note| view! { <p class="note">{note}</p> });
    let onset = onset_text(concern).map(|since| view! { <p>{words.concern_since_when()}": "{since}</p> });
    let by = words.plan_by(&concern.entered_by.name, &look.day(concern.created));
    let steps = sheet.versions.iter().map(|head| {
        let role = head.by.role.map(|role| words.role(role));
        let step = words.plan_step(&look.moment(head.at), &head.by.name, role);
        let reason = head.reason.clone().map(|why| view! { <p class="muted">{words.plan_reason(&why)}</p> });
        view! { <li><b>{words.plan_version(head.version.0)}</b>" "{step}{reason}</li> }
    });
    let steps = view! { <ol class="lines shared-steps">{steps.collect_view()}</ol> };
    let may = sheet.may_change && sheet.door == SharedPlanDoor::Open && concern.status != ConcernStatus::EnteredInError;
    let forms = may.then(|| {
        view! {
            {panel("correct", words.concern_correct(), correct(look, concern, answer))}
            {panel("move", words.concern_move(), move_on(look, concern, answer))}
        }
    });
    let not_yours = (!may && sheet.door == SharedPlanDoor::Open && concern.status != ConcernStatus::EnteredInError)
        .then(|| view! { <p class="muted">{words.concern_not_yours()}</p> });
    view! {
        {told(look, answer)}
        <section class="panel" aria-label=concern.content.description.title().to_owned()>
            <p class="card__row"><StatusChip text=state tone/></p>
            {reason}{onset}{note}
            <p class="muted">{by}</p>
            {not_yours}
        </section>
        {forms}
        {panel("concern-versions", words.plan_versions(), steps.into_any())}
    }
    .into_any()
}

fn told(look: &Look, answer: Option<&Answer>) -> Option<AnyView> {
    let said = answer.filter(|answer| answer.function == CONCERN)?.of::<PlanAnswer>(CONCERN);
    let is_good = matches!(said, Some(PlanAnswer::Saved { .. } | PlanAnswer::Unchanged));
    let class = if is_good { "told told--good" } else { "told told--bad" };
    Some(view! { <div class=class role="status" tabindex="-1"><p>{look.words().concern_answer(said.as_ref())}</p></div> }.into_any())
}

/// What was typed into one of the two forms and not taken.
fn typed<'a>(answer: Option<&'a Answer>, form: &str) -> Option<&'a Answer> {
    let answer = answer.filter(|answer| answer.function == CONCERN && answer.typed("form") == Some(form))?;
    let taken = matches!(answer.of::<PlanAnswer>(CONCERN), Some(PlanAnswer::Saved { .. }));
    (!taken).then_some(answer)
}

fn wrong(answer: Option<&Answer>, field: &str) -> Option<AnyView> {
    let Some(PlanAnswer::Refused { problems }) = answer?.of::<PlanAnswer>(CONCERN) else { return None };
    let why = problems.into_iter().find(|(name, _)| name == field).map(|(_, why)| why)?;
    Some(view! { <p class="field__wrong">{why}</p> }.into_any())
}

fn correct(look: &Look, concern: &Concern, answer: Option<&Answer>) -> AnyView {
    let words = look.words();
    let typed = typed(answer, "correct");
    let value =
        |field: &str, now: String| typed.map_or(now, |answer| answer.typed(field).unwrap_or_default().to_owned());
    let content = &concern.content;
    let codes: Vec<String> =
        content.description.codings.iter().map(|coding| format!("{} ({})", coding.code, coding.system)).collect();
    let codes = (!codes.is_empty()).then(|| {
        let checked = typed.is_none_or(|answer| answer.chose("codes", "keep"));
        view! {
            <div class="choice"><label>
                <input type="checkbox" name="codes" value="keep" checked=checked/>
                <span>{words.concern_keep_codes(&codes)}</span>
            </label></div>
        }
    });
    view! {
        <form class="goal-form" method="post" action=look.path(&format!("shared-plan/concerns/{}/change", concern.id)) data-unsaved=typed.map(|_| "")>
            <input type="hidden" name="form" value="correct"/>
            <input type="hidden" name="version" value=concern.version.to_string()/>
            <label for="concern-text">{words.plan_concern_text()}</label>
            <input class="field" id="concern-text" name="description" autocomplete="off" maxlength="1000" value=value("description", content.description.title().to_owned())/>
            {wrong(typed, "description")}
            {codes}
            <label for="concern-onset">{words.concern_since_when()}</label>
            <input class="field" id="concern-onset" name="onset" autocomplete="off" maxlength="1000" value=value("onset", onset_text(concern).unwrap_or_default())/>
            {wrong(typed, "onset")}
            <label for="concern-note">{words.plan_concern_note()}</label>
            <TextArea id="concern-note" name="note" text=value("note", content.note.clone().unwrap_or_default())/>
            <label for="concern-reason">{words.concern_why()}</label>
            <TextArea id="concern-reason" name="reason" text=value("reason", String::new())/>
            {wrong(typed, "reason")}
            <p class="saves-to">{words.concern_saves_to()}</p>
            <button class="button button--primary">{words.concern_correct_send()}</button>
        </form>
    }
    .into_any()
}

fn move_on(look: &Look, concern: &Concern, answer: Option<&Answer>) -> AnyView {
    let words = look.words();
    let typed = typed(answer, "move");
    let ways = ConcernStatus::ALL.into_iter().filter(|next| concern.status.may_become(*next)).map(|next| {
        let checked = typed.is_some_and(|answer| answer.chose("status", next.code()));
        let (word, _) = words.concern_state(next, look.reader());
        view! {
            <div class="choice"><label>
                <input type="radio" name="status" value=next.code() checked=checked required=true/>
                <span>{word}</span>
            </label></div>
        }
    });
    let reason = typed.and_then(|answer| answer.typed("reason")).unwrap_or_default().to_owned();
    view! {
        <form class="goal-form" method="post" action=look.path(&format!("shared-plan/concerns/{}/move", concern.id)) data-unsaved=typed.map(|_| "")>
            <input type="hidden" name="form" value="move"/>
            <input type="hidden" name="version" value=concern.version.to_string()/>
            <fieldset class="choices">
                <legend>{words.concern_move_to()}</legend>
                {ways.collect_view()}
                {wrong(typed, "status")}
            </fieldset>
            <label for="concern-move-reason">{words.concern_why()}</label>
            <TextArea id="concern-move-reason" name="reason" text=reason/>
            {wrong(typed, "reason")}
            <p class="saves-to">{words.concern_saves_to()}</p>
            <button class="button">{words.concern_move_send()}</button>
        </form>
    }
    .into_any()
}

fn onset_text(concern: &Concern) -> Option<String> {
    concern.content.onset.as_ref().map(|onset| match onset {
        Onset::Day(day) => day.to_string(),
        Onset::Partial(text) | Onset::Text(text) => text.clone(),
    })
}
