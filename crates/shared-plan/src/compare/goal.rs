//! Goals, their targets, and what people say to them.

use super::found::{At, Found};
use super::say::{self, written};
use super::{Field, Part, Said, names};
use crate::plan::{Acceptance, AcceptanceAnswer, Goal, Plan, Target};

pub(super) fn goals(found: &mut Found<'_>) {
    let both = (found.before.goals.as_slice(), found.after.goals.as_slice());
    for (was, is) in found.parts(both, |goal| goal.id, at, whole) {
        goal(found, was, is);
    }
}

fn at(goal: &Goal) -> At {
    At { part: Part::Goal(goal.id), name: goal.content.description.title().to_owned() }
}

/// A goal in one line, with its targets.
fn whole(goal: &Goal, plan: &Plan) -> Said {
    let title = goal.content.description.title();
    let targets: Vec<String> = goal.content.targets.iter().map(|target| say::target(goal, target, plan)).collect();
    Said::Text(if targets.is_empty() { title.to_owned() } else { format!("{title} ({})", targets.join(", ")) })
}

fn goal(found: &mut Found<'_>, was: &Goal, is: &Goal) {
    let at = at(is);
    found.field(&at, Field::Status, Some(&was.status), Some(&is.status));
    found.field(&at, Field::StatusReason, was.status_reason.as_ref(), is.status_reason.as_ref());
    let status = |goal: &Goal| goal.achievement.as_ref().map(|achieved| achieved.status);
    found.field(&at, Field::Achievement, status(was).as_ref(), status(is).as_ref());
    let by = |goal: &Goal| goal.achievement.as_ref().map(|achieved| achieved.by.clone());
    found.field(&at, Field::AchievementBy, by(was).as_ref(), by(is).as_ref());
    answers(found, &at, was, is);
    found.list(&at, Field::Note, &written(&was.notes), &written(&is.notes));
    let (before, after) = (&was.content, &is.content);
    found.field(&at, Field::Description, Some(&before.description), Some(&after.description));
    found.list(&at, Field::Category, &before.categories, &after.categories);
    found.field(&at, Field::Priority, before.priority.as_ref(), after.priority.as_ref());
    found.field(&at, Field::Start, before.start.as_ref(), after.start.as_ref());
    found.list(&at, Field::Addresses, &before.addresses, &after.addresses);
    found.field(&at, Field::ExpressedBy, before.expressed_by.as_ref(), after.expressed_by.as_ref());
    targets(found, was, is);
}

fn targets(found: &mut Found<'_>, was: &Goal, is: &Goal) {
    let both = (was.content.targets.as_slice(), is.content.targets.as_slice());
    let at = |target: &Target| At { part: Part::Target(target.id), name: names::target(is, target) };
    let whole = |target: &Target, plan: &Plan| Said::Text(say::target(is, target, plan));
    for (before, after) in found.parts(both, |target| target.id, at, whole) {
        let at = at(after);
        found.field(&at, Field::Measure, before.measure.as_ref(), after.measure.as_ref());
        found.field(&at, Field::Value, before.value.as_ref(), after.value.as_ref());
        found.field(&at, Field::Due, before.due.as_ref(), after.due.as_ref());
    }
}

/// What people say to a goal, person by person. The order in which they spoke says nothing.
fn answers(found: &mut Found<'_>, at: &At, was: &Goal, is: &Goal) {
    let words = |goal: &Goal, said: Option<&Acceptance>| said.map(|said| answer_in_words(goal, said));
    let mut left: Vec<&Acceptance> = was.acceptance.iter().collect();
    for now in &is.acceptance {
        let place = left.iter().position(|before| same_person(before, now));
        let before = place.map(|place| left.remove(place));
        answer(found, at, (before, words(was, before)), (Some(now), words(is, Some(now))));
    }
    for before in left {
        answer(found, at, (Some(before), words(was, Some(before))), (None, None));
    }
}

/// What somebody says to a goal. Where it was worded otherwise since, they have not said it to what stands there.
fn answer_in_words(goal: &Goal, said: &Acceptance) -> String {
    let words = match (said.answer, goal.is_answered_by(said)) {
        (AcceptanceAnswer::Agree, true) => "supports it",
        (AcceptanceAnswer::Disagree, true) => "is against it",
        (AcceptanceAnswer::Pending, true) => "has not decided",
        (AcceptanceAnswer::Agree, false) => "supported an earlier wording",
        (AcceptanceAnswer::Disagree, false) => "was against an earlier wording",
        (AcceptanceAnswer::Pending, false) => "had not decided on an earlier wording",
    };
    words.to_owned()
}

/// An answer with its words.
type Answered<'p> = (Option<&'p Acceptance>, Option<String>);

fn answer(found: &mut Found<'_>, at: &At, (was, said): Answered<'_>, (is, says): Answered<'_>) {
    let Some(name) = is.or(was).map(|said| said.by.name.clone()) else { return };
    found.field(at, Field::Answer(name.clone()), said.as_ref(), says.as_ref());
    let priority = |said: Option<&Acceptance>| said.and_then(|said| said.priority);
    found.field(at, Field::AnswerPriority(name.clone()), priority(was).as_ref(), priority(is).as_ref());
    if let Some((was, is)) = was.zip(is) {
        found.field(at, Field::AnswerBy(name), Some(&was.by), Some(&is.by));
    }
}

fn same_person(one: &Acceptance, other: &Acceptance) -> bool {
    match (&one.by.user, &other.by.user) {
        (Some(one), Some(other)) => one == other,
        _ => one.by == other.by,
    }
}
