//! Why two interventions are one.

use std::collections::BTreeMap;

use fhir::{FhirDate, Maybe, Resource};
use serde::Deserialize;

use super::clusters::{Entry, Group};
use super::codings::Code;
use super::concepts::{self, telling};
use super::marks::{Marks, hold_apart};
use super::outcomes::is_midnight;
use super::{concepts::About, identifiers, span::Span};
use crate::plan::{Evidence, InterventionStatement, Note, Phase};

/// An intervention of one record: a resource, or an activity that only a plan describes.
#[derive(Clone)]
pub(super) struct Deed<'a> {
    pub(super) entry: Entry<'a>,
    pub(super) phase: Phase,
    pub(super) statement: InterventionStatement,
    pub(super) notes: Vec<Note>,
}

/// Requests that name a thing to do by their code. Tasks and appointments do not: one code stands for many of them.
const ASKING: [&str; 6] =
    ["CommunicationRequest", "DeviceRequest", "NutritionOrder", "RequestGroup", "ServiceRequest", "activity"];
/// Types that name what is taken.
const TAKEN: [&str; 2] = ["MedicationRequest", "MedicationStatement"];

/// All evidence among interventions that are sorted by key.
pub(super) fn groups(deeds: &[Deed<'_>]) -> Vec<Group> {
    let mut groups = Vec::new();
    // What is going on never joins what is over: a card would say both, and the history would hide the present.
    for current in [true, false] {
        let taken =
            |deed: &Deed<'_>| TAKEN.contains(&deed.statement.kind.as_str()) && deed.statement.is_current() == current;
        groups.extend(same_code(deeds, taken));
        groups.extend(same_medication(deeds, taken));
    }
    groups
        .extend(same_code(deeds, |deed| ASKING.contains(&deed.statement.kind.as_str()) && deed.statement.is_current()));
    groups.extend(same_moment(deeds));
    let mut groups = hold_apart(groups, &deeds.iter().map(marks).collect::<Vec<_>>());
    groups.extend(same_identifier(deeds));
    groups
}

/// What holds a deed apart from others of its code.
fn marks(deed: &Deed<'_>) -> Marks {
    let statement = &deed.statement;
    let mut marks = match &statement.medication {
        Some(medication) => Marks::of_medication(medication),
        // A part of a plan has no site of its own.
        None if deed.entry.part.is_some() => Marks::default(),
        None => Marks::of_body(deed.entry.resource, &statement.code),
    };
    if deed.phase == Phase::Planned {
        marks.add("asks".to_owned(), if statement.do_not_perform { "not to do it" } else { "to do it" }.to_owned());
    }
    marks
}

fn same_identifier(deeds: &[Deed<'_>]) -> Vec<Group> {
    let whole: Vec<usize> = (0..deeds.len()).filter(|at| deeds[*at].entry.part.is_none()).collect();
    let resources: Vec<&Resource> = whole.iter().map(|at| deeds[*at].entry.resource).collect();
    let mut groups = identifiers::groups(&resources);
    for group in &mut groups {
        group.members.iter_mut().for_each(|at| *at = whole[*at]);
    }
    groups
}

fn same_code(deeds: &[Deed<'_>], of: impl Fn(&Deed<'_>) -> bool) -> Vec<Group> {
    let asked = deeds.iter().enumerate().filter(|(_, deed)| of(deed));
    let abouts: Vec<About<'_>> =
        asked.map(|(at, deed)| About { at, concept: &deed.statement.code, span: Span::OPEN }).collect();
    concepts::groups(&abouts)
}

/// The same ingredients in the same strength and form, whatever code says so.
fn same_medication(deeds: &[Deed<'_>], of: impl Fn(&Deed<'_>) -> bool) -> Vec<Group> {
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, deed) in deeds.iter().enumerate().filter(|(_, deed)| of(deed)) {
        let Some(medication) = &deed.statement.medication else { continue };
        if let (false, Some(strength)) = (medication.ingredients.is_empty(), &medication.strength) {
            let form = medication.form.as_deref().unwrap_or_default();
            let name = format!("{} {strength} {form}", medication.ingredients.join(" / "));
            by_name.entry(name.trim_end().to_owned()).or_default().push(at);
        }
    }
    let several = by_name.into_iter().filter(|(_, members)| members.len() > 1);
    several.map(|(medication, members)| Group { members, because: Evidence::SameMedication { medication } }).collect()
}

/// When it was done, as its record writes it.
fn written(deed: &Deed<'_>) -> Option<String> {
    let written: Written = deed.entry.resource.read();
    let begin = |period: Maybe<Begun>| period.0.and_then(|period| period.start.0);
    (written.performed_date_time.0)
        .or(written.occurrence_date_time.0)
        .or(written.effective_date_time.0)
        .or_else(|| begin(written.performed_period))
        .or_else(|| begin(written.effective_period))
        .map(|at| at.trim().to_owned())
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Written {
    performed_date_time: Maybe<String>,
    occurrence_date_time: Maybe<String>,
    effective_date_time: Maybe<String>,
    performed_period: Maybe<Begun>,
    effective_period: Maybe<Begun>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Begun {
    start: Maybe<String>,
}

/// What was done at the same moment under the same code was done once. A day is a moment only for a vaccine: nobody
/// gets the same one twice on a day.
fn same_moment(deeds: &[Deed<'_>]) -> Vec<Group> {
    let mut by_moment: BTreeMap<(String, Code), Vec<usize>> = BTreeMap::new();
    for (at, deed) in deeds.iter().enumerate().filter(|(_, deed)| deed.phase == Phase::Performed) {
        let statement = &deed.statement;
        let moment = match (&statement.when, statement.kind.as_str()) {
            (_, "Encounter" | "DiagnosticReport" | "QuestionnaireResponse" | "Communication") | (None, _) => continue,
            // The day on which it was given there, not in Greenwich.
            (Some(FhirDate::Instant(_)), "Immunization") => {
                match written(deed).as_deref().and_then(|at| at.get(..10)) {
                    Some(day) => day.to_owned(),
                    None => continue,
                }
            }
            // Midnight is how a day looks that was made an instant.
            (Some(FhirDate::Instant(_)), _) if written(deed).is_none_or(|at| is_midnight(&at)) => continue,
            (Some(when @ FhirDate::Instant(_)), _) | (Some(when @ FhirDate::Day(_)), "Immunization") => {
                when.to_string()
            }
            _ => continue,
        };
        for code in telling(&statement.code) {
            by_moment.entry((format!("{} {moment}", statement.kind), code)).or_default().push(at);
        }
    }
    let several = by_moment.into_iter().filter(|(_, members)| members.len() > 1);
    several
        .map(|((_, (system, code)), members)| {
            let display = deeds[members[0]].statement.title.clone();
            Group { members, because: Evidence::SameCode { system, code, display: Some(display) } }
        })
        .collect()
}
