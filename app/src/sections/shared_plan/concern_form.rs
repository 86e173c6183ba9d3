//! The form by which everybody may say what concerns the person.

use leptos::prelude::*;

use super::form::Form;
use super::goal_ways::panel;
use crate::desk::Answer;
use crate::desk::shared_plan::{Command, May};
use crate::sections::Look;
use crate::words::Reader;

/// Draws the form, for the person in their own terms; nothing where the viewer may not send it.
pub fn concern_form(look: &Look, may: May, answer: Option<&Answer>) -> Option<AnyView> {
    let words = look.words();
    let (heading, button) = match look.reader() {
        Reader::Person => (words.plan_concern_own(), words.plan_concern_own_send()),
        Reader::Professional => (words.plan_concern(), words.plan_concern_send()),
    };
    let form = Form::of_person(look, Command::AddConcern, may.concern, answer);
    let fields = view! {
        {form.text("description", words.plan_concern_text(), Some(words.plan_concern_hint()), "")}
        {form.lines("note", words.plan_concern_note(), Some(words.plan_optional()), "")}
    };
    may.concern.then(|| panel("concern", heading, form.draw(fields.into_any(), button)))
}
