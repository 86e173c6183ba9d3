//! The form that says what a goal says: in words or by a code, with its targets.

use leptos::prelude::*;
use shared_plan::plan::{About, Coded, Coding, Goal, GoalContent, Priority, Quantity, Target, TargetValue};

use super::form::Form;
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
    let concerns: Vec<(String, AnyView)> = look
        .plan()
        .concerns
        .iter()
        .filter(|concern| concern.is_current())
        .map(|concern| (concern.item.id.0.clone(), concern.item.title.clone().into_any()))
        .collect();
    let addressed: Vec<String> = (look.plan().concerns.iter())
        .filter(|concern| concern.item.members.iter().any(|member| points_at(&content.addresses, &member.key)))
        .map(|concern| concern.item.id.0.clone())
        .collect();
    let concerns = (!concerns.is_empty())
        .then(|| form.group("concern", words.plan_goal_concerns(), "checkbox", concerns, &addressed));
    // What is there, and one more.
    let targets = (0..=content.targets.len()).map(|at| target(look, &form, at, content.targets.get(at)));
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
    let typed = ["measure", "measured", "value", "high", "due"].map(|name| form.value(&field(name), ""));
    let is_open = target.is_some() || at == 0 || typed.iter().any(|text| !text.is_empty());
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
