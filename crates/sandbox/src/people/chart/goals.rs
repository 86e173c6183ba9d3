//! Goals with their targets, and what people think of them.

use jiff::civil::Date;
use serde_json::{Value, json};

use super::Chart;
use super::concerns::code_of;
use super::draft::{Draft, to};
use super::quantities::{Unit, quantity};
use crate::people::place::Place;
use crate::people::terms::Term;

/// What a target's measure should be, before the place writes it down.
#[derive(Debug, Clone, Copy)]
pub enum Aim {
    /// A range; a missing end is open.
    Range(Option<&'static str>, Option<&'static str>, Unit),
    /// Words.
    Words(&'static str),
}

/// At most this much.
pub const fn below(value: &'static str, unit: Unit) -> Aim {
    Aim::Range(None, Some(value), unit)
}

/// At least this much.
pub const fn above(value: &'static str, unit: Unit) -> Aim {
    Aim::Range(Some(value), None, unit)
}

/// Between the two.
pub const fn between(low: &'static str, high: &'static str, unit: Unit) -> Aim {
    Aim::Range(Some(low), Some(high), unit)
}

/// A target in words.
pub const fn spelled_out(text: &'static str) -> Aim {
    Aim::Words(text)
}

impl Chart {
    /// An active goal.
    pub fn goal(&self, key: &str, description: &str) -> Draft {
        self.draft("Goal", key)
            .with("lifecycleStatus", "active")
            .with("description", json!({ "text": description }))
            .with("subject", to("Patient/me"))
    }
}

impl Draft {
    /// Sets how far the goal is (goal-achievement, such as `in-progress`) and since when that is known.
    pub fn achievement(self, code: &str, on: Date) -> Self {
        let status = code_of("http://terminology.hl7.org/CodeSystem/goal-achievement", code);
        self.with("achievementStatus", status).with("statusDate", on.to_string())
    }

    /// Sets the priority (`high-priority`, `medium-priority`, `low-priority`).
    pub fn priority(self, code: &str) -> Self {
        self.with("priority", code_of("http://terminology.hl7.org/CodeSystem/goal-priority", code))
    }

    /// Sets the day on which work on the goal began.
    pub fn started(self, date: Date) -> Self {
        let text = self.place.history(date);
        self.with("startDate", text)
    }

    /// Sets whose goal it is.
    pub fn expressed_by(self, reference: &str) -> Self {
        self.with("expressedBy", to(reference))
    }

    /// Names a concern that the goal (or plan) is about.
    pub fn addresses(self, concern: &str) -> Self {
        self.add("addresses", to(concern))
    }

    /// Names an observation that shows how it went.
    pub fn outcome(self, observation: &str) -> Self {
        self.add("outcomeReference", to(observation))
    }

    /// Adds a target with measure, aim and due date.
    ///
    /// Valley writes an upper limit as a quantity with comparator, the others as a range: both are met in the wild.
    pub fn target(self, measure: Term, aim: Aim, due: Date) -> Self {
        let place = self.place;
        let mut target = json!({ "measure": place.concept(measure) });
        match aim {
            Aim::Range(None, Some(high), unit) if place == Place::Valley => {
                target["detailQuantity"] = quantity(place, &format!("<{high}"), unit);
            }
            Aim::Range(low, high, unit) => target["detailRange"] = range(place, low, high, unit),
            Aim::Words(text) => target["detailString"] = json!(text),
        }
        target["dueDate"] = json!(place.history(due));
        self.add("target", target)
    }

    /// Adds a target that is only a due date.
    pub fn due(self, due: Date) -> Self {
        let text = self.place.history(due);
        self.add("target", json!({ "dueDate": text }))
    }

    /// Records what somebody thinks of the goal (extension `goal-acceptance`: agree, disagree or pending).
    pub fn acceptance(self, who: &str, status: &str) -> Self {
        let acceptance = json!({
            "url": "http://hl7.org/fhir/StructureDefinition/goal-acceptance",
            "extension": [
                { "url": "individual", "valueReference": to(who) },
                { "url": "status", "valueCode": status },
            ],
        });
        self.add("extension", acceptance)
    }

    /// Names a goal that this one is a step to (extension `goal-relationship`, type milestone).
    pub fn milestone_of(self, goal: &str) -> Self {
        let kind = code_of("http://hl7.org/fhir/goal-relationship-type", "milestone");
        let relationship = json!({
            "url": "http://hl7.org/fhir/StructureDefinition/goal-relationship",
            "extension": [
                { "url": "type", "valueCodeableConcept": kind },
                { "url": "target", "valueReference": to(goal) },
            ],
        });
        self.add("extension", relationship)
    }
}

fn range(place: Place, low: Option<&str>, high: Option<&str>, unit: Unit) -> Value {
    let mut range = json!({});
    for (end, value) in [("low", low), ("high", high)] {
        if let Some(value) = value {
            range[end] = quantity(place, value, unit);
        }
    }
    range
}
