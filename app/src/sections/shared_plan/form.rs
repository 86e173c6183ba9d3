//! One form of the shared plan: it carries the plan's version, keeps what was typed, and says what is wrong with it.

mod links;

use leptos::prelude::*;

use crate::desk::Answer;
use crate::desk::shared_plan::{Command, FormerFields, Forms, Held, PlanAnswer, PlanSheet, SharedPlanDoor};
use crate::parts::TextArea;
use crate::sections::Look;

pub use links::Offer;

/// A form that is being drawn.
#[derive(Clone, Copy)]
pub struct Form<'a> {
    look: &'a Look,
    plan: Option<&'a PlanSheet>,
    may: bool,
    command: Command,
    part: Option<&'a str>,
    answer: Option<&'a Answer>,
    slot: Option<Slot>,
}

/// Where a group of numbered fields stands now, where the user had it, and where it stood when the form was opened: others
/// may have added or taken away groups before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// Its number now.
    pub at: usize,
    /// Its number in what was typed.
    pub mine: Option<usize>,
    /// Its number when the form was opened.
    pub base: Option<usize>,
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
        Self { look, plan: Some(sheet), may, command, part, answer: answer.filter(mine), slot: None }
    }

    /// The form of a command that is about the person and not about a plan.
    pub fn of_person(look: &'a Look, command: Command, may: bool, answer: Option<&'a Answer>) -> Self {
        let mine = |answer: &&Answer| answer.function == command.code();
        Self { look, plan: None, may, command, part: None, answer: answer.filter(mine), slot: None }
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

    /// The same form for the fields of one group.
    pub fn within(self, slot: Slot) -> Self {
        Self { slot: Some(slot), ..self }
    }

    /// What stands in a field: what was typed, else `now`. In a form that came too late, what the user had not touched is
    /// as it is now.
    pub fn value(&self, field: &str, now: &str) -> String {
        self.keep(field, &[now.to_owned()]);
        let Some(answer) = self.typed() else { return now.to_owned() };
        match self.held(field, now) {
            Some(Held::Theirs | Held::Nobodys) => now.to_owned(),
            Some(Held::Mine | Held::Disputed) | None => {
                self.mine(field).and_then(|name| answer.typed(&name)).unwrap_or_default().to_owned()
            }
        }
    }

    /// True where a box or a choice is marked: as it was sent, else `now`. In a form that came too late, what the user had
    /// not touched is as it is now.
    pub fn chosen(&self, field: &str, value: &str, now: bool) -> bool {
        let Some(answer) = self.typed() else { return now };
        let mine = answer.chose(field, value);
        let Some(former) = self.late() else { return mine };
        let before = former.lookup(&self.name(), field).is_some_and(|all| all.iter().any(|one| one == value));
        if mine == before { now } else { mine }
    }

    /// True where the form came too late.
    pub fn is_late(&self) -> bool {
        self.late().is_some()
    }

    /// What was typed into a field of a form that came too late, whatever becomes of it.
    pub fn typed_late(&self, field: &str) -> Option<&'a str> {
        self.late().and_then(|_| self.answer?.typed(field))
    }

    /// What stood in a field when a form was opened that came too late.
    pub fn former(&self, field: &str) -> Option<String> {
        self.late()?.lookup(&self.name(), field)?.into_iter().next()
    }

    /// Keeps what stands in a field, where the page is drawn as it was when a form was opened.
    pub fn keep(&self, field: &str, values: &[String]) {
        if let Some(PlanSheet { forms: Forms::Former(former), .. }) = self.plan {
            former.keep(&self.name(), field, values.to_vec());
        }
    }

    /// What stood in the fields when the form was opened, where it came too late.
    fn late(&self) -> Option<&'a FormerFields> {
        match (self.plan?, self.said()?) {
            (PlanSheet { forms: Forms::Late(former), .. }, PlanAnswer::Stale { .. }) => Some(former),
            _ => None,
        }
    }

    /// Whose text a field holds, where the form came too late.
    fn held(&self, field: &str, now: &str) -> Option<Held> {
        self.late()?;
        let Some(mine) = self.mine(field) else { return Some(Held::Theirs) };
        let typed = self.answer?.typed(&mine).unwrap_or_default();
        Some(Held::of(&self.before(field), typed, now))
    }

    /// What stood in a field when the form was opened; empty where there was none.
    fn before(&self, field: &str) -> String {
        let name = self.renamed(field, |slot| slot.base);
        name.and_then(|name| self.former(&name)).unwrap_or_default()
    }

    /// The name that a field had when it was typed into; `None` where it was not there.
    fn mine(&self, field: &str) -> Option<String> {
        self.renamed(field, |slot| slot.mine)
    }

    fn renamed(&self, field: &str, number: impl Fn(Slot) -> Option<usize>) -> Option<String> {
        match self.slot.and_then(|slot| Some((slot, field.strip_suffix(&format!("-{}", slot.at))?))) {
            Some((slot, stem)) => number(slot).map(|number| format!("{stem}-{number}")),
            None => Some(field.to_owned()),
        }
    }

    /// The form's name among those of its page.
    fn name(&self) -> String {
        format!("{}/{}", self.command.code(), self.part.unwrap_or_default())
    }

    /// What is said of a field that somebody else has changed meanwhile: what stood there, and what stands there now.
    fn meanwhile(&self, field: &str, now: &str, spoken: impl Fn(&str) -> String) -> Option<AnyView> {
        let held = self.held(field, now).filter(|held| matches!(held, Held::Theirs | Held::Disputed))?;
        let text = self.look.words().plan_field_meanwhile(held, &spoken(&self.before(field)), &spoken(now));
        Some(view! { <p class="field__meanwhile" id=self.id(&format!("{field}-meanwhile"))>{text}</p> }.into_any())
    }

    /// What is wrong with a field.
    fn wrong(&self, field: &str) -> Option<String> {
        let Some(PlanAnswer::Refused { problems }) = self.said() else { return None };
        problems.into_iter().find(|(name, _)| name == field).map(|(_, why)| why)
    }

    /// A label, a field, what is wrong with it, and what others have changed in it.
    fn labelled(
        &self,
        field: &str,
        label: String,
        hint: Option<&'static str>,
        input: AnyView,
        meanwhile: Option<AnyView>,
    ) -> AnyView {
        let class =
            format!("entry entry--{}", field.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == '-'));
        let wrong = self.wrong(field);
        let wrong = wrong.map(|why| view! { <p class="field__wrong" id=self.id(&format!("{field}-wrong"))>{why}</p> });
        let hint = hint.map(|hint| view! { " "<small>{hint}</small> });
        view! { <div class=class><label for=self.id(field)>{label}{hint}</label>{input}{wrong}{meanwhile}</div> }
            .into_any()
    }

    /// `aria-invalid` and `aria-describedby`.
    fn marks(&self, field: &str, meanwhile: bool) -> (Option<&'static str>, Option<String>) {
        let wrong = self.wrong(field).is_some();
        let said = [(wrong, "wrong"), (meanwhile, "meanwhile")].into_iter().filter(|(is_there, _)| *is_there);
        let ids: Vec<String> = said.map(|(_, word)| self.id(&format!("{field}-{word}"))).collect();
        (wrong.then_some("true"), (!ids.is_empty()).then(|| ids.join(" ")))
    }

    /// A field of one line.
    pub fn text(&self, field: &str, label: impl Into<String>, hint: Option<&'static str>, now: &str) -> AnyView {
        let meanwhile = self.meanwhile(field, now, str::to_owned);
        let (invalid, described) = self.marks(field, meanwhile.is_some());
        let input = view! {
            <input class="field" id=self.id(field) name=field.to_owned() autocomplete="off" maxlength="1000"
                value=self.value(field, now) aria-invalid=invalid aria-describedby=described/>
        };
        self.labelled(field, label.into(), hint, input.into_any(), meanwhile)
    }

    /// A field for a number.
    pub fn number(&self, field: &str, label: impl Into<String>, now: &str) -> AnyView {
        let meanwhile = self.meanwhile(field, now, str::to_owned);
        let (invalid, described) = self.marks(field, meanwhile.is_some());
        let input = view! {
            <input class="field" id=self.id(field) name=field.to_owned() inputmode="decimal" autocomplete="off"
                value=self.value(field, now) aria-invalid=invalid aria-describedby=described/>
        };
        self.labelled(field, label.into(), None, input.into_any(), meanwhile)
    }

    /// A field for a day.
    pub fn day(&self, field: &str, label: impl Into<String>, hint: Option<&'static str>, now: &str) -> AnyView {
        let meanwhile = self.meanwhile(field, now, str::to_owned);
        let (invalid, described) = self.marks(field, meanwhile.is_some());
        let input = view! {
            <input class="field" id=self.id(field) name=field.to_owned() type="date"
                value=self.value(field, now) aria-invalid=invalid aria-describedby=described/>
        };
        self.labelled(field, label.into(), hint, input.into_any(), meanwhile)
    }

    /// A field for several lines.
    pub fn lines(&self, field: &str, label: impl Into<String>, hint: Option<&'static str>, now: &str) -> AnyView {
        let meanwhile = self.meanwhile(field, now, str::to_owned);
        let (invalid, described) = self.marks(field, meanwhile.is_some());
        let (id, text) = (self.id(field), self.value(field, now));
        let input = view! { <TextArea id name=field.to_owned() text invalid described/> };
        self.labelled(field, label.into(), hint, input.into_any(), meanwhile)
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
        let spoken = |value: &str| {
            let word = choices.iter().find(|(code, _)| code == value).map(|(_, word)| word.clone());
            word.or(none.map(str::to_owned)).unwrap_or_default()
        };
        let meanwhile = self.meanwhile(field, now, spoken);
        let (invalid, described) = self.marks(field, meanwhile.is_some());
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
        self.labelled(field, label.into(), None, input.into_any(), meanwhile)
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
        let (_, described) = self.marks(field, false);
        self.keep(field, now);
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
