//! Which readings are the same reading twice: only with proof, from what the readings themselves say.
//!
//! Proof is one business identifier on both, or the same code, instant, value and unit; in either case nothing that both
//! say may differ (identifiers of one system, performers, body site, method, whether it stands). A day is no instant, and
//! neither is midnight, which is how a day looks that was made one. Nothing here looks at the source.

use std::collections::{BTreeMap, BTreeSet};

use fhir::{FhirDate, Observation, Reference};

use super::entry::Entry;
use super::{Observed, instant};
use crate::consolidate::codings::{Code, codes, label};
use crate::consolidate::identifiers::identifying;
use crate::plan::Value;

/// For each entry the position of the entry that it repeats. `told` has the codes that tell each Observation from others of
/// its code: one that is told apart is another measure.
pub(super) fn find(observations: &[Observed<'_>], told: &[Vec<Code>], entries: &[Entry]) -> Vec<Option<usize>> {
    let contents: Vec<Option<Content>> = entries.iter().map(|entry| content(observations, told, entry)).collect();
    let mut repeats = vec![None; entries.len()];
    for groups in [by_identifier(observations, entries, &contents), by_content(observations, entries, &contents)] {
        for group in groups {
            let open: Vec<usize> = group.into_iter().filter(|at| repeats[*at].is_none()).collect();
            for same in divided(observations, entries, open) {
                let [first, others @ ..] = &same[..] else { continue };
                others.iter().for_each(|at| repeats[*at] = Some(*first));
            }
        }
    }
    // The reading that another repeats may itself have been found to repeat a third.
    let root = |mut at: usize| {
        while let Some(next) = repeats[at] {
            at = next;
        }
        at
    };
    (0..entries.len()).map(|at| repeats[at].map(root)).collect()
}

/// What makes two readings one: what was measured, what was found, and whether it stands.
type Content = (String, String, bool);

fn content(observations: &[Observed<'_>], told: &[Vec<Code>], entry: &Entry) -> Option<Content> {
    let observed = &observations[entry.at];
    let found = match &entry.value {
        Value::Quantity { number, comparator, .. } => {
            format!("{}{}|{}", comparator.as_deref().unwrap_or_default(), number.normalize(), entry.unit.key())
        }
        Value::Pair { high, low, .. } => format!("{}/{}|{}", high.normalize(), low.normalize(), entry.unit.key()),
        Value::Text(text) => format!("\"{text}\""),
        Value::Absent(_) => return None,
    };
    // Both numbers of a blood pressure have their own code, whatever the panel is called.
    let measured = match &entry.value {
        Value::Pair { .. } => "pair".to_owned(),
        _ => {
            let code = observed.code.as_ref()?;
            let all = std::iter::once(code).chain(&told[entry.at]);
            all.map(|(system, code)| format!("{system}|{code}")).collect::<Vec<_>>().join(" ")
        }
    };
    Some((measured, found, observed.stands()))
}

fn by_identifier(observations: &[Observed<'_>], entries: &[Entry], contents: &[Option<Content>]) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<(String, String, Content, Option<String>), Vec<usize>> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        let observed = &observations[entry.at];
        let Some(content) = &contents[at] else { continue };
        let when = observed.when().map(|when| when.to_string());
        let own: BTreeSet<(&str, &str)> = observed.view.identifier.iter().filter_map(identifying).collect();
        for (system, value) in own {
            groups.entry((system.to_owned(), value.to_owned(), content.clone(), when.clone())).or_default().push(at);
        }
    }
    groups.into_values().filter(|group| group.len() > 1).collect()
}

fn by_content(observations: &[Observed<'_>], entries: &[Entry], contents: &[Option<Content>]) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<(Content, i128), Vec<usize>> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        let observed = &observations[entry.at];
        let (Some(content), Some(instant)) = (&contents[at], instant(observed)) else { continue };
        groups.entry((content.clone(), instant)).or_default().push(at);
    }
    groups.into_values().filter(|group| group.len() > 1).collect()
}

/// Parts of a group in which nothing differs that its members say.
///
/// Where something differs, those that say exactly the same are one; those that say less might be any of them and stay.
fn divided(observations: &[Observed<'_>], entries: &[Entry], group: Vec<usize>) -> Vec<Vec<usize>> {
    let marks: Vec<Marks> = group.iter().map(|at| Marks::of(observations, &entries[*at])).collect();
    if !Marks::differ(&marks) {
        return vec![group];
    }
    let mut parts: BTreeMap<Marks, Vec<usize>> = BTreeMap::new();
    for (at, marks) in group.into_iter().zip(marks) {
        if !marks.0.is_empty() {
            parts.entry(marks).or_default().push(at);
        }
    }
    parts.into_values().collect()
}

/// What a reading says about itself beside its content: a subject, such as the system of an identifier, and what it says.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Marks(BTreeMap<String, BTreeSet<String>>);

impl Marks {
    fn of(observations: &[Observed<'_>], entry: &Entry) -> Self {
        let parts = [Some(entry.at), entry.with].into_iter().flatten().map(|at| &observations[at].view);
        let mut marks = Self(BTreeMap::new());
        for view in parts {
            for (system, value) in view.identifier.iter().filter_map(identifying) {
                marks.add(format!("identifier {system}"), value);
            }
            marks.circumstances(view);
        }
        marks
    }

    /// Who measured, where and how: what must not differ between the two halves of a pair either.
    pub(super) fn circumstances_of(views: &[&Observation]) -> Vec<Self> {
        let of = |view: &&Observation| {
            let mut marks = Self(BTreeMap::new());
            marks.circumstances(view);
            marks
        };
        views.iter().map(of).collect()
    }

    fn circumstances(&mut self, view: &Observation) {
        view.performer.iter().for_each(|performer| self.performer(performer));
        for (subject, concept) in [("site", view.body_site.as_ref()), ("method", view.method.as_ref())] {
            let Some(concept) = concept else { continue };
            let mut coded = codes(concept).peekable();
            if coded.peek().is_some() {
                coded.for_each(|(system, code)| self.add(format!("{subject} {system}"), &code));
            } else if let Some(text) = label(Some(concept)) {
                self.add(subject.to_owned(), &text.to_lowercase());
            }
        }
    }

    /// A reference says nothing across servers; an identifier or a name does.
    fn performer(&mut self, performer: &Reference) {
        if let Some((system, value)) = performer.identifier.as_deref().and_then(identifying) {
            self.add(format!("performer {system}"), value);
        } else if let Some(display) = performer.display.as_deref().map(str::trim).filter(|name| !name.is_empty()) {
            self.add("performer".to_owned(), &display.to_lowercase());
        }
    }

    fn add(&mut self, subject: String, said: &str) {
        self.0.entry(subject).or_default().insert(said.to_owned());
    }

    /// True where two say different things about one subject.
    pub(super) fn differ(all: &[Self]) -> bool {
        let mut said: BTreeMap<&str, &BTreeSet<String>> = BTreeMap::new();
        all.iter().flat_map(|marks| &marks.0).any(|(subject, own)| {
            let before = said.entry(subject).or_insert(own);
            *before != own
        })
    }
}

/// True where a date and time may only be a day in disguise.
pub(in crate::consolidate) fn is_midnight(written: &str) -> bool {
    let Some((_, time)) = written.split_once('T') else { return true };
    time.strip_prefix("00:00").is_some_and(|rest| !rest.starts_with(':') || rest.starts_with(":00"))
}

/// The instant in nanoseconds, where the date has a time and a zone.
pub(super) fn nanoseconds(date: &FhirDate) -> Option<i128> {
    if let FhirDate::Instant(instant) = date { Some(instant.as_nanosecond()) } else { None }
}
