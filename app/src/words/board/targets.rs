//! Targets, and how a value stands to them.

use care_plan::plan::Component;

use crate::words::{Tone, Words};

impl Words {
    /// A target in words: `below 7.5 %`, `60 to 80 kg`.
    pub fn target(self, low: Option<&str>, high: Option<&str>, comparator: Option<&str>, unit: &str) -> String {
        let Self::English = self;
        let text = match (low, high, comparator) {
            (_, Some(value), Some("<")) => format!("below {value}"),
            (_, Some(value), Some("<=")) => format!("at most {value}"),
            (Some(value), _, Some(">")) => format!("above {value}"),
            (Some(value), _, Some(">=")) => format!("at least {value}"),
            (Some(low), Some(high), _) if low == high => low.to_owned(),
            (Some(low), Some(high), _) => format!("{low} to {high}"),
            (Some(low), None, _) => format!("at least {low}"),
            (None, Some(high), _) => format!("at most {high}"),
            (None, None, _) => return "no value".to_owned(),
        };
        if unit.is_empty() { text } else { format!("{text} {}", self.unit(unit)) }
    }

    /// A target of one part of a blood pressure.
    pub fn of_component(self, component: Component, target: &str) -> String {
        let Self::English = self;
        match component {
            Component::Systolic => format!("systolic {target}"),
            Component::Diastolic => format!("diastolic {target}"),
        }
    }

    /// Label of the targets' line.
    pub fn targets(self, texts: &str) -> String {
        let Self::English = self;
        format!("Target: {texts}")
    }

    /// How a value stands to its targets, some of which it meets, some of which it misses.
    pub fn standing(self, met: bool, missed: bool) -> (&'static str, Tone) {
        let Self::English = self;
        match (met, missed) {
            (true, true) => ("Outside some targets", Tone::Warn),
            (_, true) => ("Outside target", Tone::Warn),
            _ => ("Within target", Tone::Good),
        }
    }
}
