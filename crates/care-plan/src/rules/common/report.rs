//! How a rule says what it found.

use std::collections::{BTreeSet, HashMap};

use fhir::{FhirDate, ResourceKey, SourceId};

use crate::consolidate::item_id;
use crate::decisions::Standing;
use crate::plan::{
    DetectedIssue, Fact, FactValue, IssueCode, IssueId, Item, ItemId, Member, Settlement, Severity, Side,
};

/// Who is to choose among more records than this can only go and see them: their values are told, and none is offered for
/// adoption by all others, which would be as many offers as pairs.
pub(crate) const MOST_CHOICES: usize = 40;

/// An issue under construction. What is not given is empty.
pub(crate) struct Report {
    issue: DetectedIssue,
    /// What it has already, for a cluster may have thousands of members.
    items: BTreeSet<ItemId>,
    sides: HashMap<(ResourceKey, Option<usize>), usize>,
    settle: BTreeSet<Settlement>,
    /// What tells it from another issue of the same rule about the same resources.
    apart: Option<String>,
}

impl Report {
    /// An issue that stands on an item.
    pub(crate) fn on(item: &Item, code: IssueCode, severity: Severity, element: &str) -> Self {
        Self::about(&item.title, code, severity, element).and(item.id.clone())
    }

    /// An issue that stands on no item, such as one of a source.
    pub(crate) fn about(title: &str, code: IssueCode, severity: Severity, element: &str) -> Self {
        let issue = DetectedIssue {
            id: IssueId(String::new()),
            code,
            severity,
            title: title.to_owned(),
            items: Vec::new(),
            element: element.to_owned(),
            sides: Vec::new(),
            facts: Vec::new(),
            apart: None,
            source: None,
            settle: Vec::new(),
            standing: Standing::Open,
        };
        Self { issue, items: BTreeSet::new(), sides: HashMap::new(), settle: BTreeSet::new(), apart: None }
    }

    /// A further item that it is about.
    pub(crate) fn and(mut self, item: ItemId) -> Self {
        if self.items.insert(item.clone()) {
            self.issue.items.push(item);
        }
        self
    }

    /// What one record says.
    pub(crate) fn side(self, member: &Member, says: Vec<Fact>) -> Self {
        self.say(Side { key: member.key.clone(), part: member.part, version: member.version.clone(), says })
    }

    /// What one resource says that is no member of an item.
    pub(crate) fn side_of(self, key: &ResourceKey, says: Vec<Fact>) -> Self {
        self.say(Side { key: key.clone(), part: None, version: None, says })
    }

    /// Adds a side; what a resource says twice over is one side.
    fn say(mut self, side: Side) -> Self {
        let next = self.issue.sides.len();
        let at = *self.sides.entry((side.key.clone(), side.part)).or_insert(next);
        match self.issue.sides.get_mut(at) {
            Some(known) => known.says.extend(side.says),
            None => self.issue.sides.push(side),
        }
        self
    }

    /// The source that it is about.
    pub(crate) fn of_source(mut self, source: &SourceId) -> Self {
        self.issue.source = Some(source.clone());
        self
    }

    /// Something that the rule knows beside. It is part of the evidence: never what changes by itself, such as a count of
    /// days until today, or a decision would not last a night.
    pub(crate) fn fact(mut self, fact: Fact) -> Self {
        self.issue.facts.push(fact);
        self
    }

    /// Tells it from another issue of the same rule about the same resources, such as one on another measure.
    pub(crate) fn apart_by(mut self, name: &str) -> Self {
        self.apart = Some(name.to_owned());
        self
    }

    /// An edit that would settle it.
    pub(crate) fn settle(mut self, settlement: Settlement) -> Self {
        if self.settle.insert(settlement.clone()) {
            self.issue.settle.push(settlement);
        }
        self
    }

    /// A reference of a resource put right by whoever keeps it; of a medication by its prescriber.
    pub(crate) fn mend_reference(self, of: &ResourceKey) -> Self {
        if of.kind.starts_with("Medication") {
            return self.settle(Settlement::AskPrescriber { about: vec![of.clone()] });
        }
        self.settle(Settlement::Change { element: "reference", of: of.clone(), to: None })
    }

    /// The issue. Its name is made of the rule and the resources it is about, so it stays the same when their content
    /// changes; an issue without sides is named by its items, or by its title.
    pub(crate) fn done(self) -> DetectedIssue {
        let mut issue = self.issue;
        issue.sides.sort_by(|one, other| (&one.key, one.part).cmp(&(&other.key, other.part)));
        let mut parts: Vec<String> = vec![format!("{:?}", issue.code), issue.element.clone()];
        if issue.sides.is_empty() {
            parts.extend(issue.items.iter().map(|item| item.0.clone()));
            if issue.items.is_empty() {
                parts.push(issue.title.clone());
            }
        }
        issue.apart = self.apart;
        parts.extend(issue.apart.clone());
        parts.extend(issue.source.iter().map(ToString::to_string));
        for side in &issue.sides {
            parts.push(side.key.to_string());
            parts.extend(side.part.map(|part| part.to_string()));
        }
        issue.id = IssueId(item_id::item_id('d', &parts.iter().map(String::as_str).collect::<Vec<_>>()).0);
        issue
    }
}

/// A fact in words.
pub(crate) fn text(name: &'static str, value: impl Into<String>) -> Fact {
    Fact { name, value: FactValue::Text(value.into()), differs: false }
}

/// A status code.
pub(crate) fn code(name: &'static str, value: Option<&str>) -> Fact {
    Fact { name, value: value.map_or(FactValue::Unsaid, |code| FactValue::Code(code.to_owned())), differs: false }
}

/// A date.
pub(crate) fn date(name: &'static str, value: Option<&FhirDate>) -> Fact {
    Fact { name, value: value.map_or(FactValue::Unsaid, |date| FactValue::Date(date.clone())), differs: false }
}

impl Fact {
    /// The same fact, marked as what differs.
    pub(crate) fn differing(self) -> Self {
        Self { differs: true, ..self }
    }
}
