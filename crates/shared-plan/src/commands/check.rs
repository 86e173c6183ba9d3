//! What can stand in a plan.

use jiff::civil::Date;

use super::{Problem, Refusal, Wrong};
use crate::plan::{
    About, ActivityContent, Coded, GoalContent, MemberContent, Period, Plan, PlanContent, Quantity, Target, TargetValue,
};

/// Characters of a title, a name or a code.
pub const MAX_SHORT: usize = 1_000;
/// Characters of a description or a note.
pub const MAX_LONG: usize = 10_000;
/// Goals, activities, members, or entries of any list.
pub const MAX_PARTS: usize = 500;

/// Problems, as they are found.
pub(super) struct Problems<'a> {
    plan: Option<&'a Plan>,
    found: Vec<Problem>,
}

impl<'a> Problems<'a> {
    /// For content of this plan; `None` before there is one.
    pub(super) fn of(plan: Option<&'a Plan>) -> Self {
        Self { plan, found: Vec::new() }
    }

    pub(super) fn push(&mut self, field: impl Into<String>, wrong: Wrong) {
        self.found.push(Problem { field: field.into(), wrong });
    }

    pub(super) fn ok(self) -> Result<(), Refusal> {
        if self.found.is_empty() { Ok(()) } else { Err(Refusal::Invalid(self.found)) }
    }

    pub(super) fn required(&mut self, field: &str, text: &str, at_most: usize) {
        if text.trim().is_empty() {
            self.push(field, Wrong::Empty);
        }
        self.long(field, text, at_most);
    }

    pub(super) fn long(&mut self, field: &str, text: &str, at_most: usize) {
        if text.chars().count() > at_most {
            self.push(field, Wrong::TooLong { at_most });
        }
    }

    pub(super) fn many<T>(&mut self, field: &str, list: &[T]) {
        if list.len() > MAX_PARTS {
            self.push(field, Wrong::TooLong { at_most: MAX_PARTS });
        }
    }

    pub(super) fn coded(&mut self, field: &str, coded: &Coded) {
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

    pub(super) fn all_coded(&mut self, field: &str, list: &[Coded]) {
        self.many(field, list);
        for (at, coded) in list.iter().enumerate() {
            self.coded(&format!("{field}/{at}"), coded);
        }
    }

    pub(super) fn period(&mut self, field: &str, period: &Period) {
        if !period.is_forward() {
            self.push(format!("{field}/end"), Wrong::EndBeforeStart);
        }
    }

    fn about(&mut self, field: &str, list: &[About]) {
        self.many(field, list);
        for (at, about) in list.iter().enumerate() {
            let there = match about {
                About::Goal(id) => self.plan.is_some_and(|plan| plan.goal(*id).is_some()),
                About::Activity(id) => self.plan.is_some_and(|plan| plan.activity(*id).is_some()),
                // Whether a concern or a foreign resource is there is known outside.
                About::Concern(_) | About::Foreign(_) => true,
            };
            if !there {
                self.push(format!("{field}/{at}"), Wrong::PointsNowhere);
            }
            if list[..at].contains(about) {
                self.push(format!("{field}/{at}"), Wrong::Twice);
            }
        }
    }

    pub(super) fn plan(&mut self, content: &PlanContent) {
        self.required("/title", &content.title, MAX_SHORT);
        self.long("/description", content.description.as_deref().unwrap_or_default(), MAX_LONG);
        self.all_coded("/categories", &content.categories);
        self.period("/period", &content.period);
        self.about("/addresses", &content.addresses);
        self.many("/supporting_information", &content.supporting_information);
        self.many("/replaces", &content.replaces);
        for (at, url) in content.instantiates.iter().enumerate() {
            if !is_uri(url) {
                self.push(format!("/instantiates/{at}"), Wrong::NotACode);
            }
        }
    }

    pub(super) fn goal(&mut self, content: &GoalContent) {
        self.coded("/description", &content.description);
        self.all_coded("/categories", &content.categories);
        self.about("/addresses", &content.addresses);
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
        match &target.value {
            None | Some(TargetValue::Quantity(_)) => {}
            Some(TargetValue::Range { low: None, high: None }) => self.push(field, Wrong::Empty),
            Some(TargetValue::Range { low: Some(low), high: Some(high) }) if is_above(low, high) => {
                self.push(field, Wrong::LowAboveHigh);
            }
            Some(TargetValue::Range { .. }) => {}
            Some(TargetValue::Concept(concept)) => self.coded(&field, concept),
            Some(TargetValue::Text(text)) => self.required(&field, text, MAX_SHORT),
        }
    }

    pub(super) fn activity(&mut self, content: &ActivityContent) {
        self.coded("/description", &content.description);
        self.period("/schedule/period", &content.schedule.period);
        self.long("/schedule/often", content.schedule.often.as_deref().unwrap_or_default(), MAX_SHORT);
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

    pub(super) fn member(&mut self, content: &MemberContent) {
        self.required("/name", &content.name, MAX_SHORT);
        self.all_coded("/roles", &content.roles);
        self.period("/period", &content.period);
    }
}

fn is_above(low: &Quantity, high: &Quantity) -> bool {
    (&low.ucum, &low.unit) == (&high.ucum, &high.unit) && low.value > high.value
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
