//! The form that says what a goal says: in words or by a code, with its targets.

use leptos::prelude::*;
use shared_plan::commands::MAX_PARTS;
use shared_plan::plan::{About, Coded, Coding, Goal, GoalContent, Priority, Quantity, Target, TargetValue};

use super::form::{Form, Slot};
use super::offers;
use crate::desk::Answer;
use crate::desk::shared_plan::{Command, PlanSheet, SOURCE, measures};
use crate::sections::Look;

/// Draws the form of a new goal, or of one that is there.
pub fn goal_form(look: &Look, sheet: &PlanSheet, goal: Option<&Goal>, answer: Option<&Answer>) -> AnyView {
    let words = look.words();
    let part = goal.map(|goal| goal.id.to_string());
    let command = if goal.is_some() { Command::ChangeGoal } else { Command::AddGoal };
    let form = Form::of(look, sheet, command, part.as_deref(), answer);
    let empty = GoalContent::default();
    let content = goal.map_or(&empty, |goal| &goal.content);
    let coding = content.description.codings.first();
    let text = content.description.text.as_deref().unwrap_or_default();
    let priority = content.priority.map_or("", Priority::code);
    let priorities = ["high", "medium", "low"].map(|code| (code.to_owned(), words.plan_priority(code).to_owned()));
    let concerns = form.links("concern", words.plan_goal_concerns(), offers::concerns(look, &content.addresses));
    let targets = slots(&form, &content.targets).into_iter().map(|(slot, known)| {
        let form = form.within(slot);
        target(look, &form, slot.at, known)
    });
    let status = goal.is_none().then(|| {
        let states = ["active", "planned", "proposed", "accepted"];
        let states = states.map(|code| (code.to_owned(), words.status(Some(code)).0)).to_vec();
        form.choice("status", words.lifecycle_label(), None, states, "active")
    });
    let start = content.start.map(|day| day.to_string()).unwrap_or_default();
    let fields = view! {
        {form.text("description", words.plan_goal_text(), Some(words.plan_goal_text_hint()), text)}
        {code_fields(look, &form, coding)}
        {targets.collect_view()}
        {form.choice("priority", words.plan_priority_label(), Some(words.plan_not_said()), priorities.to_vec(), priority)}
        {form.day("start", words.start_label(), None, &start)}
        {status}
        {concerns}
    };
    let button = if goal.is_some() { words.plan_save_goal() } else { words.plan_add_goal() };
    form.draw(fields.into_any(), button)
}

/// The fields of a code, folded away where nothing stands in them.
pub fn code_fields(look: &Look, form: &Form<'_>, coding: Option<&Coding>) -> AnyView {
    let words = look.words();
    let (code, system) = coding.map_or(("", ""), |coding| (&coding.code, &coding.system));
    let is_open = !form.value("code", code).is_empty() || !form.value("system", system).is_empty();
    view! {
        <details open=is_open>
            <summary>{words.plan_code_fields()}</summary>
            {form.text("code", words.plan_code(), None, code)}
            {form.text("system", words.plan_system(), Some(words.plan_system_hint()), system)}
        </details>
    }
    .into_any()
}

/// The fields that say anything of a target.
const SAYS: [&str; 5] = ["measure", "measured", "value", "high", "due"];

/// The targets that are there and one more. In a form that came too late, each is beside what the user typed for it,
/// wherever that stood; what they typed for a new one, or changed of one that is gone, stands after those that are there.
fn slots<'t>(form: &Form<'_>, targets: &'t [Target]) -> Vec<(Slot, Option<&'t Target>)> {
    let typed = |field: &str| form.typed_late(field).map(str::to_owned);
    let former = |field: &str| form.former(field);
    let is_late = form.is_late();
    // Others may have added or taken away some: no more than these were ever in a form.
    let numbers = 0..if is_late { MAX_PARTS } else { 0 };
    let places = |read: &dyn Fn(&str) -> Option<String>| -> Vec<(String, usize)> {
        numbers.clone().filter_map(|at| Some((read(&format!("target-{at}"))?, at))).collect()
    };
    let (places_typed, places_before) = (places(&typed), places(&former));
    let place = |id: &str, places: &[(String, usize)]| places.iter().find(|(known, _)| known == id).map(|(_, at)| *at);
    let known = targets.iter().enumerate().map(|(at, target)| {
        let id = target.id.to_string();
        // Where nothing came too late, every field is where it was.
        let mine = if is_late { place(&id, &places_typed) } else { Some(at) };
        (Slot { at, mine, base: place(&id, &places_before) }, Some(target))
    });
    let mut slots: Vec<_> = known.collect();
    let left = numbers.clone().filter(|at| typed(&format!("how-{at}")).is_some()).filter(|mine| {
        let id = typed(&format!("target-{mine}"));
        let there = id.as_deref().is_some_and(|id| targets.iter().any(|target| target.id.to_string() == id));
        let base = id.and_then(|id| place(&id, &places_before));
        let touched = |name: &str| {
            let before = base.and_then(|base| former(&format!("{name}-{base}"))).unwrap_or_default();
            typed(&format!("{name}-{mine}")).unwrap_or_default().trim() != before.trim()
        };
        !there && SAYS.into_iter().any(touched)
    });
    for mine in left {
        slots.push((Slot { at: slots.len(), mine: Some(mine), base: None }, None));
    }
    let at = slots.len();
    let mine = (!is_late).then_some(at);
    slots.push((Slot { at, mine, base: None }, None));
    slots
}

fn target(look: &Look, form: &Form<'_>, at: usize, target: Option<&Target>) -> AnyView {
    let words = look.words();
    let known = target.and_then(|target| target.measure.as_ref());
    let measures = measures(look.plan());
    let is_same = |coded: &Coded| {
        known.is_some_and(|known| {
            known.codings.iter().any(|coding| {
                coded.codings.iter().any(|other| (&other.system, &other.code) == (&coding.system, &coding.code))
            })
        })
    };
    let chosen = measures.iter().find(|(_, coded)| is_same(coded)).map(|(id, _)| id.0.clone());
    let in_words = known.filter(|_| chosen.is_none()).map(|known| known.title().to_owned()).unwrap_or_default();
    let units: Vec<String> = look.plan().outcomes.iter().map(|outcome| outcome.unit.clone()).collect();
    let choices = measures.into_iter().map(|(id, coded)| (id.0, coded.title().to_owned())).collect();
    let Told { how, value, high, unit, text } = told(target.and_then(|target| target.value.as_ref()));
    let hows = ["at-most", "below", "at-least", "above", "exactly", "between", "words"];
    let hows = hows.map(|code| (code.to_owned(), words.plan_how(code).to_owned())).to_vec();
    let due = target.and_then(|target| target.due).map(|day| day.to_string()).unwrap_or_default();
    let id =
        target.map(|target| view! { <input type="hidden" name=format!("target-{at}") value=target.id.to_string()/> });
    let field = |name: &str| format!("{name}-{at}");
    if let Some(target) = target {
        form.keep(&field("target"), &[target.id.to_string()]);
    }
    let fields = view! {
        {id}
        {form.choice(&field("measure"), words.plan_measure(), Some(words.plan_measure_words()), choices, chosen.as_deref().unwrap_or_default())}
        {form.text(&field("measured"), words.plan_measure_own(), Some(words.plan_measure_own_hint()), &in_words)}
        {form.choice(&field("how"), words.plan_how_label(), None, hows, how)}
        {form.text(&field("value"), words.target_value_label(), None, if text.is_empty() { &value } else { &text })}
        {form.number(&field("high"), words.plan_upper(), &high)}
        {form.text(&field("unit"), words.plan_unit(), units.first().map(|_| words.plan_unit_hint()), &unit)}
        {form.day(&field("due"), words.due_label(), None, &due)}
    };
    let is_open = target.is_some() || at == 0 || SAYS.into_iter().any(|name| !form.value(&field(name), "").is_empty());
    if is_open {
        view! { <fieldset class="choices shared-target"><legend>{words.target_label()}</legend>{fields}</fieldset> }
            .into_any()
    } else {
        view! {
            <details>
                <summary>{words.plan_one_more_target()}</summary>
                <fieldset class="choices shared-target"><legend>{words.target_label()}</legend>{fields}</fieldset>
            </details>
        }
        .into_any()
    }
}

/// A value as the fields hold it.
#[derive(Default)]
struct Told {
    how: &'static str,
    value: String,
    high: String,
    unit: String,
    text: String,
}

fn told(value: Option<&TargetValue>) -> Told {
    let unit = |quantity: Option<&Quantity>| {
        quantity.and_then(|quantity| quantity.unit.clone().or_else(|| quantity.ucum.clone())).unwrap_or_default()
    };
    let number = |quantity: Option<&Quantity>| quantity.map(|quantity| quantity.value.to_string()).unwrap_or_default();
    match value {
        None => Told { how: "at-most", ..Told::default() },
        Some(TargetValue::Quantity(quantity)) => {
            let how = match quantity.comparator {
                None => "exactly",
                Some(shared_plan::plan::Comparator::Below) => "below",
                Some(shared_plan::plan::Comparator::AtMost) => "at-most",
                Some(shared_plan::plan::Comparator::AtLeast) => "at-least",
                Some(shared_plan::plan::Comparator::Above) => "above",
            };
            Told { how, value: number(Some(quantity)), unit: unit(Some(quantity)), ..Told::default() }
        }
        Some(TargetValue::Range { low, high }) => Told {
            how: match (low, high) {
                (None, Some(_)) => "at-most",
                (Some(_), None) => "at-least",
                _ => "between",
            },
            value: number(low.as_ref().or(if low.is_none() { high.as_ref() } else { None })),
            high: if low.is_some() { number(high.as_ref()) } else { String::new() },
            unit: unit(high.as_ref().or(low.as_ref())),
            text: String::new(),
        },
        Some(TargetValue::Concept(concept)) => {
            Told { how: "words", text: concept.title().to_owned(), ..Told::default() }
        }
        Some(TargetValue::Text(text)) => Told { how: "words", text: text.clone(), ..Told::default() },
    }
}

/// True where something points at this resource.
pub fn points_at(about: &[About], key: &fhir::ResourceKey) -> bool {
    about.iter().any(|about| match about {
        About::Foreign(foreign) => {
            foreign.source == key.source.as_str() && foreign.kind == key.kind && foreign.id == key.id
        }
        About::Concern(id) => key.source.as_str() == SOURCE && key.kind == "Condition" && key.id == id.to_string(),
        About::Goal(_) | About::Activity(_) => false,
    })
}
