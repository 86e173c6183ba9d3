//! How each value of a plan is said.

use access::Role;
use jiff::civil::Date;

use super::{Said, exactly, names};
use crate::plan::{
    About, Achievement, ActivityStatus, Coded, Goal, GoalStatus, Member, Note, Plan, PlanStatus, Priority, ReviewState,
    Target, TargetValue,
};
use crate::{Foreign, Id, Version, Who};

/// A value that a plan holds, with the plan for the names of what it points at.
pub(super) trait Say {
    /// As people read it.
    fn say(&self, plan: &Plan) -> Said;

    /// With all that tells it from another that reads the same.
    fn exactly(&self, plan: &Plan) -> String {
        self.say(plan).words()
    }
}

/// What is said by a text of its own.
macro_rules! say {
    ($($kind:ty: $words:expr;)*) => {
        $(impl Say for $kind {
            fn say(&self, _: &Plan) -> Said {
                let words: fn(&$kind) -> String = $words;
                Said::Text(words(self))
            }
        })*
    };
}

say! {
    String: |text| text.clone();
    Version: |version| version.to_string();
    Role: |role| names::role(*role).to_owned();
    PlanStatus: |status| names::plan_status(*status).to_owned();
    ReviewState: |state| names::review_state(*state).to_owned();
    GoalStatus: |status| names::code(status.code());
    ActivityStatus: |status| names::code(status.code());
    Achievement: |status| names::code(status.code());
    Priority: |priority| priority.code().to_owned();
}

impl Say for Date {
    fn say(&self, _: &Plan) -> Said {
        Said::Day(*self)
    }
}

impl Say for Coded {
    fn say(&self, _: &Plan) -> Said {
        Said::Text(self.title().to_owned())
    }

    fn exactly(&self, _: &Plan) -> String {
        exactly::coded(self)
    }
}

impl Say for Foreign {
    fn say(&self, _: &Plan) -> Said {
        let named = self.display.as_ref().filter(|display| !display.trim().is_empty());
        Said::Text(named.cloned().unwrap_or_else(|| format!("{} of {}", self.kind, self.source)))
    }

    fn exactly(&self, _: &Plan) -> String {
        exactly::foreign(self)
    }
}

impl Say for About {
    fn say(&self, plan: &Plan) -> Said {
        match self {
            Self::Concern(_) => Said::Text("a health concern".to_owned()),
            Self::Goal(id) => id.say(plan),
            Self::Activity(id) => Said::Text(names::activity(plan, *id)),
            Self::Foreign(foreign) => foreign.say(plan),
        }
    }

    fn exactly(&self, plan: &Plan) -> String {
        match self {
            Self::Concern(id) => format!("a health concern [{id}]"),
            Self::Goal(id) => format!("goal {}", id.exactly(plan)),
            Self::Activity(id) => format!("activity {} [{id}]", names::activity(plan, *id)),
            Self::Foreign(foreign) => foreign.exactly(plan),
        }
    }
}

impl Say for Who {
    fn say(&self, _: &Plan) -> Said {
        Said::Text(self.name.clone())
    }

    fn exactly(&self, _: &Plan) -> String {
        exactly::who(self)
    }
}

impl Say for Id<Goal> {
    fn say(&self, plan: &Plan) -> Said {
        Said::Text(names::goal(plan, *self))
    }

    fn exactly(&self, plan: &Plan) -> String {
        format!("{} [{self}]", names::goal(plan, *self))
    }
}

impl Say for Id<Member> {
    fn say(&self, plan: &Plan) -> Said {
        Said::Text(names::member(plan, *self))
    }

    fn exactly(&self, plan: &Plan) -> String {
        format!("{} [{self}]", names::member(plan, *self))
    }
}

impl Say for TargetValue {
    fn say(&self, _: &Plan) -> Said {
        match self {
            Self::Quantity(quantity) => quantity.into(),
            Self::Concept(concept) => Said::Text(concept.title().to_owned()),
            Self::Text(text) => Said::Text(text.clone()),
            Self::Range { low: None, high: None } => Said::Text("an open range".to_owned()),
            Self::Range { low: Some(low), high: None } => Said::Text(format!("at least {}", Said::from(low).words())),
            Self::Range { low: None, high: Some(high) } => Said::Text(format!("at most {}", Said::from(high).words())),
            Self::Range { low: Some(low), high: Some(high) } => {
                let (low, high) = (Said::from(low), Said::from(high));
                let common = low.common_unit(&high).is_some();
                let low = if common { low.without_unit() } else { low.words() };
                Said::Text(format!("between {low} and {}", high.words()))
            }
        }
    }

    fn exactly(&self, plan: &Plan) -> String {
        exactly::value(self, plan)
    }
}

/// A target as a whole: what is measured, what is to be reached, until when.
pub(super) fn target(goal: &Goal, target: &Target, plan: &Plan) -> String {
    let value = target.value.as_ref().map(|value| value.say(plan).words());
    let due = target.due.map(|due| format!("by {}", Said::Day(due).words()));
    let all = [Some(names::target(goal, target)), value, due];
    all.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// A note: all that counts of it is who wrote what.
#[derive(Clone, Copy)]
pub(super) struct Written<'n>(&'n Note);

/// Notes, to be compared.
pub(super) fn written(notes: &[Note]) -> Vec<Written<'_>> {
    notes.iter().map(Written).collect()
}

impl PartialEq for Written<'_> {
    fn eq(&self, other: &Self) -> bool {
        (self.0.id, &self.0.by, &self.0.text) == (other.0.id, &other.0.by, &other.0.text)
    }
}

impl Say for Written<'_> {
    fn say(&self, _: &Plan) -> Said {
        Said::Text(format!("{} ({})", self.0.text, self.0.by.name))
    }

    fn exactly(&self, _: &Plan) -> String {
        format!("{} ({}) [{}]", self.0.text, exactly::who(&self.0.by), self.0.id)
    }
}
