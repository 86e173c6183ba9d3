//! Finding entries by words. Pure.

use care_plan::plan::{Concern, Goal, Intervention, Note, Outcome, TargetDetail};
use fhir::types::CodeableConcept;

use super::likeness::plain;

/// Words that are looked for; each must stand somewhere in an entry, whatever its case and accents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sought {
    text: String,
    words: Vec<String>,
}

/// Longest text that is looked for, in letters.
const LONGEST: usize = 200;

impl Sought {
    /// Reads what was typed.
    pub fn parse(typed: Option<&str>) -> Self {
        let text: String = typed.unwrap_or_default().trim().chars().take(LONGEST).collect();
        let words = plain(&text).split_whitespace().map(str::to_owned).collect();
        Self { text, words }
    }

    /// What was typed, without the space around it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// True where the entry holds every word, or nothing is looked for.
    pub fn is_in(&self, entry: &impl Searched) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let mut texts = Vec::new();
        entry.texts(&mut texts);
        let whole = plain(&texts.join("\n"));
        self.words.iter().all(|word| whole.contains(word))
    }
}

/// What can be found by its words: title, codes, notes, and what else a card shows in the record's own words.
pub trait Searched {
    /// Puts in every text that is searched.
    fn texts<'a>(&'a self, into: &mut Vec<&'a str>);
}

fn codes<'a>(concept: &'a CodeableConcept, into: &mut Vec<&'a str>) {
    into.extend(concept.text.as_deref());
    for coding in concept.coding.iter() {
        into.extend([coding.code.as_deref(), coding.display.as_deref()].into_iter().flatten());
    }
}

fn of_notes<'a>(notes: &'a [Note], into: &mut Vec<&'a str>) {
    into.extend(notes.iter().flat_map(|note| [Some(note.text.as_str()), note.author.as_deref()]).flatten());
}

impl Searched for Concern {
    fn texts<'a>(&'a self, into: &mut Vec<&'a str>) {
        into.push(&self.item.title);
        into.extend(self.stage.as_deref());
        codes(&self.code, into);
        of_notes(&self.notes, into);
    }
}

impl Searched for Goal {
    fn texts<'a>(&'a self, into: &mut Vec<&'a str>) {
        into.push(&self.item.title);
        into.extend([self.achievement_text.as_deref(), self.expressed_by.as_deref()].into_iter().flatten());
        for target in &self.targets {
            target.measure.iter().for_each(|measure| codes(measure, into));
            if let TargetDetail::Text(text) = &target.detail {
                into.push(text);
            }
        }
        of_notes(&self.notes, into);
    }
}

impl Searched for Intervention {
    fn texts<'a>(&'a self, into: &mut Vec<&'a str>) {
        into.push(&self.item.title);
        into.extend([self.detail.as_deref(), self.who.as_deref()].into_iter().flatten());
        into.extend(self.reasons.iter().map(String::as_str));
        of_notes(&self.notes, into);
    }
}

impl Searched for Outcome {
    fn texts<'a>(&'a self, into: &mut Vec<&'a str>) {
        into.push(&self.item.title);
        codes(&self.code, into);
    }
}
