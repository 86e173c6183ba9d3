//! What everybody may say: whether they support a goal, that an activity is done, notes.

use shared_plan::commands::{Done, Noted, Wrong, accept_goal, add_note, complete_activity};
use shared_plan::plan::{AcceptanceAnswer, Activity, Coded, Goal, Priority};

use super::{Deed, Reading};

pub(super) fn answer(form: &mut Reading<'_>) -> Option<Deed> {
    let fields = &mut form.fields;
    let answers = [AcceptanceAnswer::Agree, AcceptanceAnswer::Disagree, AcceptanceAnswer::Pending];
    let priorities = [Priority::High, Priority::Medium, Priority::Low];
    let answer = fields.must_choose("answer", |code| answers.into_iter().find(|known| known.code() == code));
    let priority = fields.choice("priority", |code| priorities.into_iter().find(|known| known.code() == code));
    let (answer, id) = (answer?, fields.id::<Goal>("part")?);
    Some(Box::new(move |plan, act| accept_goal(plan, id, answer, priority, act)))
}

pub(super) fn complete(form: &mut Reading<'_>) -> Option<Deed> {
    let fields = &mut form.fields;
    if fields.text("day").is_none() {
        fields.wrong("day", Wrong::Empty);
    }
    let day = fields.day("day")?;
    let outcome = fields.text("outcome").map(Coded::text);
    let id = fields.id::<Activity>("part")?;
    let done = Done { day, outcome, performed: Vec::new() };
    Some(Box::new(move |plan, act| complete_activity(plan, id, done, act)))
}

pub(super) fn note_goal(form: &mut Reading<'_>) -> Option<Deed> {
    let text = form.fields.words("text");
    let id = form.fields.id::<Goal>("part")?;
    Some(Box::new(move |plan, act| add_note(plan, Noted::Goal(id), &text, act)))
}

pub(super) fn note_activity(form: &mut Reading<'_>) -> Option<Deed> {
    let text = form.fields.words("text");
    let id = form.fields.id::<Activity>("part")?;
    Some(Box::new(move |plan, act| add_note(plan, Noted::Activity(id), &text, act)))
}
