//! One form of the shared plan: it carries the plan's version, keeps what was typed, and says what is wrong with it.

use leptos::prelude::*;

use crate::desk::Answer;
use crate::desk::shared_plan::{Command, PlanAnswer, PlanSheet, SharedPlanDoor};
use crate::parts::TextArea;
use crate::sections::Look;

/// A form that is being drawn.
#[derive(Clone, Copy)]
pub struct Form<'a> {
    look: &'a Look,
    plan: Option<&'a PlanSheet>,
    may: bool,
    command: Command,
    part: Option<&'a str>,
    answer: Option<&'a Answer>,
}

impl<'a> Form<'a> {
    /// The form of a command about a part; `answer` is what any form of the page was told.
    pub fn of(
        look: &'a Look,
        sheet: &'a PlanSheet,
        command: Command,
        part: Option<&'a str>,
        answer: Option<&'a Answer>,
    ) -> Self {
        let mine = |answer: &&Answer| answer.function == command.code() && answer.typed("part") == part;
        let may = sheet.may.send(command) && sheet.door == SharedPlanDoor::Open;
        Self { look, plan: Some(sheet), may, command, part, answer: answer.filter(mine) }
    }

    /// The form of a command that is about the person and not about a plan.
    pub fn of_person(look: &'a Look, command: Command, may: bool, answer: Option<&'a Answer>) -> Self {
        let mine = |answer: &&Answer| answer.function == command.code();
        Self { look, plan: None, may, command, part: None, answer: answer.filter(mine) }
    }

    /// What it was told.
    pub fn said(&self) -> Option<PlanAnswer> {
        self.answer?.of(self.command.code())
    }

    /// What was typed and is not kept yet; `None` where the form begins anew.
    fn typed(&self) -> Option<&'a Answer> {
        match self.said() {
            Some(PlanAnswer::Saved { .. }) => None,
            _ => self.answer,
        }
    }

    /// Id of a field.
    pub fn id(&self, field: &str) -> String {
        format!("{}-{field}", self.command.code())
    }

    /// What stands in a field: what was typed, else `now`.
    pub fn value(&self, field: &str, now: &str) -> String {
        match self.typed() {
            Some(answer) => answer.typed(field).unwrap_or_default().to_owned(),
            None => now.to_owned(),
        }
    }

    /// True where a box or a choice is marked: as it was sent, else `now`.
    pub fn chosen(&self, field: &str, value: &str, now: bool) -> bool {
        self.typed().map_or(now, |answer| answer.chose(field, value))
    }

    /// What is wrong with a field.
    fn wrong(&self, field: &str) -> Option<String> {
        let Some(PlanAnswer::Refused { problems }) = self.said() else { return None };
        problems.into_iter().find(|(name, _)| name == field).map(|(_, why)| why)
    }

    /// A label, a field and what is wrong with it.
    fn labelled(&self, field: &str, label: String, hint: Option<&'static str>, input: AnyView) -> AnyView {
        let wrong = self.wrong(field);
        let wrong = wrong.map(|why| view! { <p class="field__wrong" id=self.id(&format!("{field}-wrong"))>{why}</p> });
        let hint = hint.map(|hint| view! { " "<small>{hint}</small> });
        view! { <label for=self.id(field)>{label}{hint}</label>{input}{wrong} }.into_any()
    }

    fn marks(&self, field: &str) -> (Option<&'static str>, Option<String>) {
        let wrong = self.wrong(field).is_some();
        (wrong.then_some("true"), wrong.then(|| self.id(&format!("{field}-wrong"))))
    }

    /// A field of one line.
    pub fn text(&self, field: &str, label: impl Into<String>, hint: Option<&'static str>, now: &str) -> AnyView {
        let (invalid, described) = self.marks(field);
        let input = view! {
            <input class="field" id=self.id(field) name=field.to_owned() autocomplete="off" maxlength="1000"
                value=self.value(field, now) aria-invalid=invalid aria-describedby=described/>
        };
        self.labelled(field, label.into(), hint, input.into_any())
    }

    /// A field for a number.
    pub fn number(&self, field: &str, label: impl Into<String>, now: &str) -> AnyView {
        let (invalid, described) = self.marks(field);
        let input = view! {
            <input class="field" id=self.id(field) name=field.to_owned() inputmode="decimal" autocomplete="off"
                value=self.value(field, now) aria-invalid=invalid aria-describedby=described/>
        };
        self.labelled(field, label.into(), None, input.into_any())
    }

    /// A field for a day.
    pub fn day(&self, field: &str, label: impl Into<String>, hint: Option<&'static str>, now: &str) -> AnyView {
        let (invalid, described) = self.marks(field);
        let input = view! {
            <input class="field" id=self.id(field) name=field.to_owned() type="date"
                value=self.value(field, now) aria-invalid=invalid aria-describedby=described/>
        };
        self.labelled(field, label.into(), hint, input.into_any())
    }

    /// A field for several lines.
    pub fn lines(&self, field: &str, label: impl Into<String>, hint: Option<&'static str>, now: &str) -> AnyView {
        let input = view! { <TextArea id=self.id(field) name=field.to_owned() text=self.value(field, now)/> };
        self.labelled(field, label.into(), hint, input.into_any())
    }

    /// A choice among words; the first choice is none where there is no `now`.
    pub fn choice(
        &self,
        field: &str,
        label: impl Into<String>,
        none: Option<&str>,
        choices: Vec<(String, String)>,
        now: &str,
    ) -> AnyView {
        let (invalid, described) = self.marks(field);
        let value = self.value(field, now);
        let none = none.map(|none| view! { <option value="" selected=value.is_empty()>{none.to_owned()}</option> });
        let options = choices.into_iter().map(|(code, word)| {
            let selected = code == value;
            view! { <option value=code selected=selected>{word}</option> }
        });
        let input = view! {
            <select class="field" id=self.id(field) name=field.to_owned() aria-invalid=invalid aria-describedby=described>
                {none}{options.collect_view()}
            </select>
        };
        self.labelled(field, label.into(), None, input.into_any())
    }

    /// A group of boxes or of choices of which one is taken (`kind`: `checkbox` or `radio`), each with its value and words.
    pub fn group(
        &self,
        field: &str,
        legend: impl Into<String>,
        kind: &'static str,
        choices: Vec<(String, AnyView)>,
        now: &[String],
    ) -> AnyView {
        let wrong = self.wrong(field);
        let wrong = wrong.map(|why| view! { <p class="field__wrong" id=self.id(&format!("{field}-wrong"))>{why}</p> });
        let (_, described) = self.marks(field);
        let choices = choices.into_iter().map(|(value, words)| {
            let checked = self.chosen(field, &value, now.contains(&value));
            view! {
                <div class="choice"><label>
                    <input type=kind name=field.to_owned() value=value checked=checked/>
                    <span>{words}</span>
                </label></div>
            }
        });
        view! {
            <fieldset class="choices" id=self.id(field) aria-describedby=described>
                <legend>{legend.into()}</legend>
                {choices.collect_view()}
                {wrong}
            </fieldset>
        }
        .into_any()
    }

    /// The whole form with its button; nothing where the viewer may not send it.
    pub fn draw(self, fields: AnyView, button: impl Into<String>) -> AnyView {
        if !self.may {
            return ().into_any();
        }
        let action = match self.plan {
            None if self.command == Command::AddConcern => self.look.path("shared-plan/concern"),
            None => self.look.path("shared-plan/start"),
            Some(PlanSheet { plan, .. }) => {
                self.look.path(&format!("shared-plan/{}/{}/{}", plan.id, self.command.way(), self.command.code()))
            }
        };
        let now = self.plan.map(|sheet| sheet.plan.version.to_string()).unwrap_or_default();
        // After a refusal the form still knows which plan it was drawn from; after somebody else's change it goes on
        // from what is shown beside it.
        let version = match self.said() {
            Some(PlanAnswer::Refused { .. } | PlanAnswer::Failed { .. }) => self.value("version", ""),
            _ => now,
        };
        let part = self.part.map(|part| view! { <input type="hidden" name="part" value=part.to_owned()/> });
        let unsaved = self.typed().map(|_| "");
        view! {
            <form class="goal-form shared-form" id=self.command.code() method="post" action=action data-unsaved=unsaved>
                <input type="hidden" name="version" value=version/>
                {part}
                {fields}
                <button class="button button--primary">{button.into()}</button>
            </form>
        }
        .into_any()
    }
}
