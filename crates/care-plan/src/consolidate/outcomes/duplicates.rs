//! Which readings are the same reading twice: only with proof, from what the readings themselves say.
//!
//! Proof is one business identifier on both, or the same code, instant, value and unit; in either case nothing that both
//! say may differ (identifiers of one system, performers, body site, method, whether it stands). A day is no instant, and
//! neither is midnight, which is how a day looks that was made one. Nothing here looks at the source.

use std::collections::{BTreeMap, BTreeSet};

use fhir::{FhirDate, Reference};

use super::entry::Entry;
use super::observed::Observed;
use crate::consolidate::codings::{Code, codes, label};
use crate::consolidate::identifiers::{self, identifying};
use crate::plan::Value;

/// For each entry the position of the entry that it repeats. `told` has the codes that tell each Observation from others of
/// its code: one that is told apart is another measure.
///
/// Few readings share an identifier or an instant with another, so only their contents are put in words and compared.
pub(super) fn find(observations: &[Observed<'_>], told: &[Vec<Code>], entries: &[Entry<'_>]) -> Vec<Option<usize>> {
    let mut repeats = vec![None; entries.len()];
    for groups in [by_identifier(observations, told, entries), by_content(observations, told, entries)] {
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

fn content(observations: &[Observed<'_>], told: &[Vec<Code>], entry: &Entry<'_>) -> Option<Content> {
    let observed = &observations[entry.at];
    let found = match &*entry.value {
        Value::Quantity { number, comparator, .. } => {
            format!("{}{}|{}", comparator.as_deref().unwrap_or_default(), number.normalize(), entry.unit.key())
        }
        Value::Pair { high, low, .. } => format!("{}/{}|{}", high.normalize(), low.normalize(), entry.unit.key()),
        Value::Text(text) => format!("\"{text}\""),
        Value::Absent(_) => return None,
    };
    // Both numbers of a blood pressure have their own code, whatever the panel is called.
    let measured = match &*entry.value {
        Value::Pair { .. } => "pair".to_owned(),
        _ => {
            let code = observed.code.as_ref()?;
            let all = std::iter::once(code).chain(&told[entry.at]);
            all.map(|(system, code)| format!("{system}|{code}")).collect::<Vec<_>>().join(" ")
        }
    };
    Some((measured, found, observed.stands()))
}

/// Readings that carry one identifier and say the same of the same time.
fn by_identifier(observations: &[Observed<'_>], told: &[Vec<Code>], entries: &[Entry<'_>]) -> Vec<Vec<usize>> {
    let carried = entries.iter().enumerate().flat_map(|(at, entry)| {
        let identifiers = observations[entry.at].resource.identifiers().iter().filter_map(identifying);
        identifiers.map(move |identifier| (identifier, at))
    });
    let mut groups = Vec::new();
    for carriers in identifiers::shared(carried, entries.len()).into_values() {
        let mut same: BTreeMap<(Content, Option<String>), Vec<usize>> = BTreeMap::new();
        for at in carriers {
            let Some(content) = content(observations, told, &entries[at]) else { continue };
            let when = observations[entries[at].at].when.as_ref().map(ToString::to_string);
            same.entry((content, when)).or_default().push(at);
        }
        groups.extend(same.into_values().filter(|group| group.len() > 1));
    }
    groups
}

/// Readings that say the same of the same instant.
fn by_content(observations: &[Observed<'_>], told: &[Vec<Code>], entries: &[Entry<'_>]) -> Vec<Vec<usize>> {
    let timed = entries.iter().enumerate().filter_map(|(at, entry)| Some((observations[entry.at].instant?, at)));
    let mut timed: Vec<(i128, usize)> = timed.collect();
    timed.sort_unstable();
    let mut groups = Vec::new();
    for at_once in timed.chunk_by(|one, other| one.0 == other.0).filter(|at_once| at_once.len() > 1) {
        let mut same: BTreeMap<Content, Vec<usize>> = BTreeMap::new();
        for (_, at) in at_once {
            let Some(content) = content(observations, told, &entries[*at]) else { continue };
            same.entry(content).or_default().push(*at);
        }
        groups.extend(same.into_values().filter(|group| group.len() > 1));
    }
    groups
}

/// Parts of a group in which nothing differs that its members say.
///
/// Where something differs, those that say exactly the same are one; those that say less might be any of them and stay.
fn divided(observations: &[Observed<'_>], entries: &[Entry<'_>], group: Vec<usize>) -> Vec<Vec<usize>> {
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
    fn of(observations: &[Observed<'_>], entry: &Entry<'_>) -> Self {
        let parts = [Some(entry.at), entry.with].into_iter().flatten().map(|at| &observations[at]);
        let mut marks = Self(BTreeMap::new());
        for observed in parts {
            for (system, value) in observed.resource.identifiers().iter().filter_map(identifying) {
                marks.add(format!("identifier {system}"), value);
            }
            marks.circumstances(observed);
        }
        marks
    }

    /// Who measured, where and how: what must not differ between the two halves of a pair either.
    pub(super) fn circumstances_of(observations: [&Observed<'_>; 2]) -> [Self; 2] {
        observations.map(|observed| {
            let mut marks = Self(BTreeMap::new());
            marks.circumstances(observed);
            marks
        })
    }

    fn circumstances(&mut self, observed: &Observed<'_>) {
        observed.performer.iter().for_each(|performer| self.performer(performer));
        for (subject, concept) in [("site", observed.body_site.as_ref()), ("method", observed.method.as_ref())] {
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
