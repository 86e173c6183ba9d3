//! What can stand in a plan.

use care_plan::units::{Unit, is_ucum};
use jiff::civil::Date;

use super::{Act, Problem, Refusal, Wrong};
use crate::plan::{
    About, ActivityContent, Coded, GoalContent, MemberContent, Period, Plan, PlanContent, Quantity, Target, TargetValue,
};
use crate::{Foreign, Who};

/// Characters of a title, a name or a code.
pub const MAX_SHORT: usize = 1_000;
/// Characters of a description or a note.
pub const MAX_LONG: usize = 10_000;
/// Goals, activities, members, or entries of any list.
pub const MAX_PARTS: usize = 500;

/// Refuses a reason that is longer than is kept; whether there must be one is asked by each command.
pub(crate) fn reason(act: &Act<'_>) -> Result<(), Refusal> {
    let mut problems = Problems::of(None);
    problems.long("/reason", act.reason.unwrap_or_default(), MAX_LONG);
    problems.ok()
}

/// Refuses a change without a reason, or with one that is longer than is kept.
pub(crate) fn needs_reason(act: &Act<'_>) -> Result<(), Refusal> {
    let mut problems = Problems::of(None);
    problems.required("/reason", act.reason.unwrap_or_default(), MAX_LONG);
    problems.ok()
}

/// Problems, as they are found.
pub(crate) struct Problems<'a> {
    plan: Option<&'a Plan>,
    within: String,
    found: Vec<Problem>,
}

impl<'a> Problems<'a> {
    /// For content of this plan; `None` before there is one.
    pub(crate) fn of(plan: Option<&'a Plan>) -> Self {
        Self { plan, within: String::new(), found: Vec::new() }
    }

    /// The fields that are named from now on stand within this one.
    pub(crate) fn within(&mut self, field: impl Into<String>) {
        self.within = field.into();
    }

    pub(crate) fn push(&mut self, field: impl AsRef<str>, wrong: Wrong) {
        self.found.push(Problem { field: format!("{}{}", self.within, field.as_ref()), wrong });
    }

    pub(crate) fn ok(self) -> Result<(), Refusal> {
        if self.found.is_empty() { Ok(()) } else { Err(Refusal::Invalid(self.found)) }
    }

    pub(crate) fn required(&mut self, field: &str, text: &str, at_most: usize) {
        if text.trim().is_empty() {
            self.push(field, Wrong::Empty);
        }
        self.long(field, text, at_most);
    }

    pub(crate) fn long(&mut self, field: &str, text: &str, at_most: usize) {
        if text.chars().count() > at_most {
            self.push(field, Wrong::TooLong { at_most });
        }
    }

    pub(crate) fn many<T>(&mut self, field: &str, list: &[T]) {
        if list.len() > MAX_PARTS {
            self.push(field, Wrong::TooLong { at_most: MAX_PARTS });
        }
    }

    pub(crate) fn coded(&mut self, field: &str, coded: &Coded) {
        self.many(&format!("{field}/codings"), &coded.codings);
        self.required(field, coded.title(), MAX_SHORT);
        for (at, coding) in coded.codings.iter().enumerate() {
            let field = format!("{field}/codings/{at}");
            if !is_uri(&coding.system) {
                self.push(format!("{field}/system"), Wrong::NotACode);
            }
            if coding.code.is_empty() || coding.code.trim() != coding.code {
                self.push(format!("{field}/code"), Wrong::NotACode);
            }
            self.long(&format!("{field}/code"), &coding.code, MAX_SHORT);
        }
    }

    pub(crate) fn all_coded(&mut self, field: &str, list: &[Coded]) {
        self.many(field, list);
        for (at, coded) in list.iter().enumerate() {
            self.coded(&format!("{field}/{at}"), coded);
        }
    }

    pub(crate) fn period(&mut self, field: &str, period: &Period) {
        if !period.is_forward() {
            self.push(format!("{field}/end"), Wrong::EndBeforeStart);
        }
    }

    /// A pointer at a resource: without source, type or id it would point nowhere.
    pub(crate) fn foreign(&mut self, field: &str, foreign: &Foreign) {
        for (name, text) in [("source", &foreign.source), ("kind", &foreign.kind), ("id", &foreign.id)] {
            let field = format!("{field}/{name}");
            self.required(&field, text, MAX_SHORT);
            if text.contains(char::is_whitespace) {
                self.push(field, Wrong::PointsNowhere);
            }
        }
        self.long(&format!("{field}/version"), foreign.version.as_deref().unwrap_or_default(), MAX_SHORT);
        self.long(&format!("{field}/display"), foreign.display.as_deref().unwrap_or_default(), MAX_SHORT);
    }

    pub(crate) fn foreigns(&mut self, field: &str, list: &[Foreign]) {
        self.many(field, list);
        for (at, foreign) in list.iter().enumerate() {
            self.foreign(&format!("{field}/{at}"), foreign);
        }
    }

    fn who(&mut self, field: &str, who: &Who) {
        self.required(&format!("{field}/name"), &who.name, MAX_SHORT);
        if let Some(resource) = &who.resource {
            self.foreign(&format!("{field}/resource"), resource);
        }
    }

    fn about(&mut self, field: &str, list: &[About]) {
        self.many(field, list);
        for (at, about) in list.iter().enumerate() {
            let there = match about {
                About::Goal(id) => self.plan.is_some_and(|plan| plan.goal(*id).is_some()),
                About::Activity(id) => self.plan.is_some_and(|plan| plan.activity(*id).is_some()),
                // Whether a concern is there and this person's is asked outside ([`crate::Kept::pointed`]), whether a
                // foreign resource is there is known at its source only.
                About::Concern(_) | About::Foreign(_) => true,
            };
            if !there {
                self.push(format!("{field}/{at}"), Wrong::PointsNowhere);
            }
            if let About::Foreign(foreign) = about {
                self.foreign(&format!("{field}/{at}"), foreign);
            }
            if list[..at].contains(about) {
                self.push(format!("{field}/{at}"), Wrong::Twice);
            }
        }
    }

    pub(crate) fn plan(&mut self, content: &PlanContent) {
        self.required("/title", &content.title, MAX_SHORT);
        self.long("/description", content.description.as_deref().unwrap_or_default(), MAX_LONG);
        self.all_coded("/categories", &content.categories);
        self.period("/period", &content.period);
        self.about("/addresses", &content.addresses);
        self.foreigns("/supporting_information", &content.supporting_information);
        self.foreigns("/replaces", &content.replaces);
        for (field, foreign) in [("/custodian", &content.custodian), ("/encounter", &content.encounter)] {
            if let Some(foreign) = foreign {
                self.foreign(field, foreign);
            }
        }
        self.many("/instantiates", &content.instantiates);
        for (at, url) in content.instantiates.iter().enumerate() {
            if !is_uri(url) {
                self.push(format!("/instantiates/{at}"), Wrong::NotACode);
            }
            self.long(&format!("/instantiates/{at}"), url, MAX_SHORT);
        }
    }

    pub(crate) fn goal(&mut self, content: &GoalContent) {
        self.coded("/description", &content.description);
        self.all_coded("/categories", &content.categories);
        self.about("/addresses", &content.addresses);
        if let Some(who) = &content.expressed_by {
            self.who("/expressed_by", who);
        }
        self.many("/targets", &content.targets);
        for (at, target) in content.targets.iter().enumerate() {
            self.target(&format!("/targets/{at}"), target, content.start);
        }
    }

    fn target(&mut self, field: &str, target: &Target, start: Option<Date>) {
        if let Some(measure) = &target.measure {
            self.coded(&format!("{field}/measure"), measure);
        }
        // R4 tgt-1: a value without its measure says nothing.
        if target.measure.is_none() && target.value.is_some() {
            self.push(format!("{field}/measure"), Wrong::Empty);
        }
        if target.measure.is_none() && target.value.is_none() && target.due.is_none() {
            self.push(field, Wrong::Empty);
        }
        if start.zip(target.due).is_some_and(|(start, due)| due < start) {
            self.push(format!("{field}/due"), Wrong::EndBeforeStart);
        }
        let field = format!("{field}/value");
        // What an earlier release took stays until somebody changes it: nothing else of its goal could be changed.
        let stands = self.stands(target);
        match &target.value {
            None => {}
            Some(TargetValue::Quantity(quantity)) => {
                self.quantity(&field, quantity);
                self.units(&field, quantity, stands);
            }
            Some(TargetValue::Range { low, high }) => {
                if low.is_none() && high.is_none() {
                    self.push(&field, Wrong::Empty);
                }
                if low.as_ref().zip(high.as_ref()).is_some_and(|(low, high)| is_above(low, high)) {
                    self.push(&field, Wrong::LowAboveHigh);
                }
                if !stands && low.as_ref().zip(high.as_ref()).is_some_and(|(low, high)| unit(low) != unit(high)) {
                    self.push(format!("{field}/high/unit"), Wrong::UnitsDiffer);
                }
                for (name, bound) in [("low", low), ("high", high)] {
                    let Some(bound) = bound else { continue };
                    let field = format!("{field}/{name}");
                    self.quantity(&field, bound);
                    self.units(&field, bound, stands);
                    // R4 SimpleQuantity: a bound says by itself on which side it is.
                    if bound.comparator.is_some() {
                        self.push(format!("{field}/comparator"), Wrong::Twice);
                    }
                }
            }
            Some(TargetValue::Concept(concept)) => self.coded(&field, concept),
            Some(TargetValue::Text(text)) => self.required(&field, text, MAX_SHORT),
        }
    }

    fn quantity(&mut self, field: &str, quantity: &Quantity) {
        self.long(&format!("{field}/unit"), quantity.unit.as_deref().unwrap_or_default(), MAX_SHORT);
        self.long(&format!("{field}/ucum"), quantity.ucum.as_deref().unwrap_or_default(), MAX_SHORT);
    }

    /// Refuses a code that is none of UCUM, and one that says another unit than the words beside it: who reads the words
    /// and who computes by the code would go by two targets.
    fn units(&mut self, field: &str, quantity: &Quantity, stands: bool) {
        let (code, words) = (quantity.ucum.as_deref(), quantity.unit.as_deref());
        if stands {
            return;
        }
        if code.is_some_and(|code| !is_ucum(code)) {
            self.push(format!("{field}/ucum"), Wrong::NotAUnit);
        } else if Unit::contradiction(code, words).is_some() {
            self.push(format!("{field}/unit"), Wrong::UnitsDiffer);
        }
    }

    /// True for a target that has the same value in the plan already.
    fn stands(&self, target: &Target) -> bool {
        let mut all = self.plan.into_iter().flat_map(|plan| &plan.goals).flat_map(|goal| &goal.content.targets);
        all.any(|known| known.id == target.id && known.value == target.value)
    }

    pub(crate) fn activity(&mut self, content: &ActivityContent) {
        self.coded("/description", &content.description);
        self.period("/schedule/period", &content.schedule.period);
        self.long("/schedule/often", content.schedule.often.as_deref().unwrap_or_default(), MAX_SHORT);
        if let Some(planned) = &content.planned {
            self.foreign("/planned", planned);
        }
        self.about("/reasons", &content.reasons);
        self.many("/goals", &content.goals);
        for (at, goal) in content.goals.iter().enumerate() {
            if self.plan.is_none_or(|plan| plan.goal(*goal).is_none()) {
                self.push(format!("/goals/{at}"), Wrong::PointsNowhere);
            }
            if content.goals[..at].contains(goal) {
                self.push(format!("/goals/{at}"), Wrong::Twice);
            }
        }
    }

    pub(crate) fn member(&mut self, content: &MemberContent) {
        self.required("/name", &content.name, MAX_SHORT);
        self.all_coded("/roles", &content.roles);
        self.period("/period", &content.period);
        for (field, foreign) in [("/resource", &content.resource), ("/on_behalf_of", &content.on_behalf_of)] {
            if let Some(foreign) = foreign {
                self.foreign(field, foreign);
            }
        }
    }
}

fn is_above(low: &Quantity, high: &Quantity) -> bool {
    unit(low) == unit(high) && low.value > high.value
}

fn unit(quantity: &Quantity) -> Unit {
    Unit::read(quantity.ucum.as_deref(), quantity.unit.as_deref())
}

/// A scheme, a colon and something without blanks.
fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let letters = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(letters)
        && !rest.is_empty()
        && !text.contains(char::is_whitespace)
}
