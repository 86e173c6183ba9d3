//! Review and state of a plan: what the viewer may do next.

use access::Role;
use leptos::prelude::*;
use shared_plan::plan::{PlanStatus, ReviewState};

use super::form::Form;
use super::goal_ways::panel;
use crate::desk::Answer;
use crate::desk::shared_plan::{Command, PlanSheet};
use crate::sections::Look;

/// Roles that can be asked to sign.
const SIGN: [Role; 3] = [Role::Clinician, Role::Coordinator, Role::Patient];

/// Draws what can be done next, each where the viewer may do it and the plan allows it.
pub fn review(look: &Look, sheet: &PlanSheet, answer: Option<&Answer>) -> AnyView {
    let plan = &sheet.plan;
    if plan.status.is_closed() {
        return ().into_any();
    }
    let in_review = plan.review.state == ReviewState::InReview;
    let parts = [
        in_review.then(|| sign(look, sheet, answer)).flatten(),
        in_review.then(|| give_back(look, sheet, answer)).flatten(),
        (!in_review).then(|| send(look, sheet, answer)).flatten(),
        (plan.status == PlanStatus::Draft && plan.review.state == ReviewState::Approved)
            .then(|| activate(look, sheet, answer))
            .flatten(),
        hold(look, sheet, answer),
        next_review(look, sheet, answer),
        close_link(look, sheet),
    ];
    parts.into_iter().flatten().collect_view().into_any()
}

/// True where the viewer's role was asked and has not signed.
fn is_asked(look: &Look, sheet: &PlanSheet) -> bool {
    sheet.plan.review.missing().any(|role| role == look.role())
}

fn sign(look: &Look, sheet: &PlanSheet, answer: Option<&Answer>) -> Option<AnyView> {
    let words = look.words();
    if !sheet.may.sign || !is_asked(look, sheet) {
        return None;
    }
    let form = Form::of(look, sheet, Command::Sign, None, answer);
    let what = view! { <p>{words.plan_sign_what(words.role(look.role()))}</p> };
    Some(panel("plan-sign", words.plan_sign_heading(), form.draw(what.into_any(), words.plan_sign_send())))
}

/// Whoever was asked gives it back; whoever wrote it takes it back.
fn give_back(look: &Look, sheet: &PlanSheet, answer: Option<&Answer>) -> Option<AnyView> {
    let words = look.words();
    let asked = sheet.may.sign && sheet.plan.review.asked.contains(&look.role());
    let (command, heading, button) = match (asked, sheet.may.write) {
        (true, _) => (Command::GiveBack, words.plan_give_back(), words.plan_give_back_send()),
        (false, true) => (Command::TakeBack, words.plan_take_back(), words.plan_take_back_send()),
        (false, false) => return None,
    };
    let form = Form::of(look, sheet, command, None, answer);
    let fields = form.lines("reason", words.plan_why(), None, "");
    Some(panel("plan-back", heading, form.draw(fields, button)))
}

fn send(look: &Look, sheet: &PlanSheet, answer: Option<&Answer>) -> Option<AnyView> {
    let words = look.words();
    // A signed draft waits to be put in force; a signed plan in force is reviewed again when its day comes.
    let waits = sheet.plan.review.state == ReviewState::Approved && sheet.plan.status == PlanStatus::Draft;
    if !sheet.may.write || waits {
        return None;
    }
    let form = Form::of(look, sheet, Command::SendToReview, None, answer);
    let roles = Vec::from(SIGN.map(|role| (role_code(role).to_owned(), words.role(role).into_any())));
    let fields = form.group("role", words.plan_who_signs(), "checkbox", roles, &[]);
    Some(panel("plan-send", words.plan_send_heading(), form.draw(fields, words.plan_send())))
}

fn activate(look: &Look, sheet: &PlanSheet, answer: Option<&Answer>) -> Option<AnyView> {
    let words = look.words();
    let form = Form::of(look, sheet, Command::Activate, None, answer);
    let what = view! { <p>{words.plan_activate_what()}</p> };
    sheet
        .may
        .write
        .then(|| panel("plan-activate", words.plan_activate(), form.draw(what.into_any(), words.plan_activate_send())))
}

fn hold(look: &Look, sheet: &PlanSheet, answer: Option<&Answer>) -> Option<AnyView> {
    let words = look.words();
    let (command, heading, button) = match sheet.plan.status {
        PlanStatus::Active => (Command::Hold, words.plan_hold(), words.plan_hold_send()),
        PlanStatus::OnHold => (Command::Resume, words.plan_resume(), words.plan_resume_send()),
        PlanStatus::Draft | PlanStatus::Revoked | PlanStatus::Completed | PlanStatus::EnteredInError => return None,
    };
    if !sheet.may.write {
        return None;
    }
    let form = Form::of(look, sheet, command, None, answer);
    let hint = (command == Command::Resume).then(|| words.plan_optional());
    let fields = form.lines("reason", words.plan_why(), hint, "");
    Some(panel("plan-hold", heading, form.draw(fields, button)))
}

fn next_review(look: &Look, sheet: &PlanSheet, answer: Option<&Answer>) -> Option<AnyView> {
    let words = look.words();
    if !sheet.may.write {
        return None;
    }
    let form = Form::of(look, sheet, Command::SetNextReview, None, answer);
    let now = sheet.plan.review.next.map(|day| day.to_string()).unwrap_or_default();
    let fields = form.day("next", words.plan_next_review(), Some(words.plan_next_review_hint()), &now);
    Some(panel("plan-next-review", words.plan_next_review(), form.draw(fields, words.plan_next_review_send())))
}

fn close_link(look: &Look, sheet: &PlanSheet) -> Option<AnyView> {
    let words = look.words();
    let href = look.path(&format!("shared-plan/{}/close", sheet.plan.id));
    sheet.may.write.then(|| view! { <p><a class="button" href=href>{words.plan_close()}</a></p> }.into_any())
}

/// The word for a role in forms.
pub fn role_code(role: Role) -> &'static str {
    match role {
        Role::Clinician => "clinician",
        Role::Coordinator => "coordinator",
        Role::Patient => "patient",
        Role::Carer => "carer",
    }
}
