//! Values, units and times of the shared plan in words.

use shared_plan::plan::{Comparator, Period, Quantity, TargetValue};

use crate::words::{DateStyle, Words};

impl Words {
    /// How a value is compared, as a choice.
    pub fn plan_how(self, code: &str) -> &'static str {
        let Self::English = self;
        match code {
            "at-most" => "at most",
            "below" => "below",
            "at-least" => "at least",
            "above" => "above",
            "exactly" => "exactly",
            "between" => "between two values",
            _ => "as I say in words",
        }
    }

    /// A value of a target. Two units are both said: an earlier release took ranges from one to another.
    pub fn plan_value(self, value: &TargetValue) -> String {
        match value {
            TargetValue::Range { low: Some(low), high: Some(high) } if unit(low) != unit(high) => {
                format!("{} to {}", number(low), number(high))
            }
            value => self.plan_value_typed(value),
        }
    }

    /// The same as a form draws it, which has one field for the unit.
    pub fn plan_value_typed(self, value: &TargetValue) -> String {
        let Self::English = self;
        match value {
            TargetValue::Quantity(quantity) => {
                let how = match quantity.comparator {
                    None => "",
                    Some(Comparator::Below) => "below ",
                    Some(Comparator::AtMost) => "at most ",
                    Some(Comparator::AtLeast) => "at least ",
                    Some(Comparator::Above) => "above ",
                };
                format!("{how}{}", number(quantity))
            }
            TargetValue::Range { low: Some(low), high: Some(high) } => {
                format!("{} to {}", low.value, number(high))
            }
            TargetValue::Range { low: Some(low), high: None } => format!("at least {}", number(low)),
            TargetValue::Range { low: None, high: Some(high) } => format!("at most {}", number(high)),
            TargetValue::Range { low: None, high: None } => String::new(),
            TargetValue::Concept(concept) => concept.title().to_owned(),
            TargetValue::Text(text) => text.clone(),
        }
    }

    /// A day until which something is to be.
    pub fn plan_by_day(self, day: &str) -> String {
        let Self::English = self;
        format!("by {day}")
    }

    /// A day on which something was done.
    pub fn plan_done_on(self, day: &str) -> String {
        let Self::English = self;
        format!("done on {day}")
    }

    /// A time; `None` where neither end is said.
    pub fn plan_period(self, period: &Period) -> Option<String> {
        let Self::English = self;
        let day = |day| self.day(day, DateStyle::Plain);
        match (period.start, period.end) {
            (None, None) => None,
            (Some(start), None) => Some(format!("from {}", day(start))),
            (None, Some(end)) => Some(format!("until {}", day(end))),
            (Some(start), Some(end)) => Some(format!("{} to {}", day(start), day(end))),
        }
    }
}

fn unit(quantity: &Quantity) -> Option<&str> {
    quantity.unit.as_deref().or(quantity.ucum.as_deref())
}

fn number(quantity: &Quantity) -> String {
    match unit(quantity) {
        Some(unit) => format!("{} {unit}", quantity.value),
        None => quantity.value.to_string(),
    }
}
