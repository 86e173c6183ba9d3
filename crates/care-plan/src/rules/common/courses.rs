//! When an order is to be carried out, and which order it carries on.
//!
//! Read from the resources themselves: `occurrence[x]`, the bounds of a dosage, `priorPrescription`, `replaces`, `basedOn`
//! (R4 request.html, "Relationships between requests").

use fhir::{FhirDate, Many, Maybe, Period, Reference, Resource, Target};
use jiff::civil::Date;
use serde::Deserialize;

use super::days;
use crate::consolidate::reach::Reach;
use crate::plan::Member;

/// What an order says of its time and of other orders.
pub(in crate::rules) struct Course<'a> {
    resource: &'a Resource,
    written: Written,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Written {
    prior_prescription: Maybe<Reference>,
    replaces: Many<Reference>,
    based_on: Many<Reference>,
    occurrence_date_time: Maybe<FhirDate>,
    occurrence_period: Maybe<Period>,
    occurrence_timing: Maybe<Timed>,
    dosage_instruction: Many<Dosed>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Dosed {
    timing: Maybe<Timed>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Timed {
    event: Many<FhirDate>,
    repeat: Maybe<Repeated>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Repeated {
    bounds_period: Maybe<Period>,
}

impl<'a> Course<'a> {
    /// Reads the course of a member; `None` where it is only a part of a resource.
    pub(in crate::rules) fn of(reach: Reach<'a>, member: &Member) -> Option<Self> {
        if member.part.is_some() {
            return None;
        }
        // Of two copies the one that the plan was made of, whichever came first.
        let resource = reach.get(&member.key)?;
        let written = resource.read();
        Some(Self { resource, written })
    }

    /// First and last day on which it is to be carried out, as far as it says; `None` where it says neither.
    pub(in crate::rules) fn days(&self) -> Option<(Date, Date)> {
        let written = &self.written;
        let mut spans: Vec<(Date, Date)> = Vec::new();
        spans.extend(written.occurrence_date_time.as_ref().and_then(days::days));
        spans.extend(written.occurrence_period.as_ref().and_then(of_period));
        let doses = written.dosage_instruction.iter().filter_map(|dosed| dosed.timing.as_ref());
        for timed in written.occurrence_timing.iter().chain(doses) {
            spans.extend(timed.event.iter().filter_map(days::days));
            spans.extend(timed.repeat.as_ref().and_then(|repeat| of_period(repeat.bounds_period.as_ref()?)));
        }
        let begin = spans.iter().map(|(begin, _)| *begin).min()?;
        let end = spans.iter().map(|(_, end)| *end).max()?;
        Some((begin, end))
    }

    /// True where one renews, replaces or carries out the other, or both are copies of one order by their identifier.
    pub(in crate::rules) fn carries_on(&self, other: &Self) -> bool {
        self.names(other) || other.names(self) || self.is_copy_of(other)
    }

    fn names(&self, other: &Self) -> bool {
        let written = &self.written;
        let all = written.prior_prescription.iter().chain(&written.replaces).chain(&written.based_on);
        all.filter_map(|reference| reference.reference.as_deref()).any(|to| {
            let here = self.resource.key().source == other.resource.key().source;
            match Target::parse(to) {
                Target::Relative { kind, id, .. } => here && other.is(&kind, &id),
                Target::Absolute { kind, id, .. } => other.is(&kind, &id),
                _ => false,
            }
        })
    }

    fn is(&self, kind: &str, id: &str) -> bool {
        self.resource.kind() == kind && self.resource.id() == id
    }

    fn is_copy_of(&self, other: &Self) -> bool {
        let here = self.resource.key().source == other.resource.key().source;
        let own = self.resource.identifiers().iter().filter_map(crate::consolidate::identifiers::identifying);
        let theirs: Vec<_> =
            other.resource.identifiers().iter().filter_map(crate::consolidate::identifiers::identifying).collect();
        !here && own.into_iter().any(|identifier| theirs.contains(&identifier))
    }
}

/// First and last day of a period; an open side is a year that nothing lies beyond.
fn of_period(period: &Period) -> Option<(Date, Date)> {
    let begin = period.start.as_ref().and_then(days::days).map(|(begin, _)| begin);
    let end = period.end.as_ref().and_then(days::days).map(|(_, end)| end);
    (begin.is_some() || end.is_some()).then(|| (begin.unwrap_or(Date::MIN), end.unwrap_or(Date::MAX)))
}
