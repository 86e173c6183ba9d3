//! Review, sign-off, and the day of the next one.

use access::Role;
use app::sections::shared_plan::role_code;
use shared_plan::commands::{
    Wrong, activate as activate_plan, ask_for_changes, send_to_review, set_next_review, sign_off,
};

use super::{Deed, Reading};

pub(super) fn send(form: &mut Reading<'_>) -> Option<Deed> {
    let all = [Role::Clinician, Role::Coordinator, Role::Patient, Role::Carer];
    let mut asked = Vec::new();
    for chosen in form.fields.all("role") {
        match all.into_iter().find(|role| role_code(*role) == chosen) {
            Some(role) => asked.push(role),
            None => form.fields.wrong("role", Wrong::NotAChoice),
        }
    }
    Some(Box::new(move |plan, act| send_to_review(plan, asked, act)))
}

pub(super) fn sign(form: &mut Reading<'_>) -> Option<Deed> {
    let role = form.role;
    Some(Box::new(move |plan, act| sign_off(plan, role, act)))
}

pub(super) fn give_back(form: &mut Reading<'_>) -> Option<Deed> {
    let role = form.role;
    Some(Box::new(move |plan, act| ask_for_changes(plan, Some(role), act)))
}

pub(super) fn take_back(_: &mut Reading<'_>) -> Option<Deed> {
    Some(Box::new(|plan, act| ask_for_changes(plan, None, act)))
}

pub(super) fn next(form: &mut Reading<'_>) -> Option<Deed> {
    let day = form.fields.day("next");
    Some(Box::new(move |plan, act| set_next_review(plan, day, act)))
}

pub(super) fn activate(_: &mut Reading<'_>) -> Option<Deed> {
    Some(Box::new(activate_plan))
}
