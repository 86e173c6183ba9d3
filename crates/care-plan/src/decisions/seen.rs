//! What the records said when somebody settled an issue, and what has changed since.

use std::collections::{BTreeMap, BTreeSet};

use fhir::ResourceKey;
use serde::{Deserialize, Serialize};

use super::MemberName;
use crate::plan::{DetectedIssue, Fact, FactValue};

/// The evidence of an issue: what each record says, and what the rule knows beside. Not the version of a record, which
/// changes with every save, and not the words of titles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Seen {
    /// The sides, sorted by record.
    pub sides: Vec<SideSeen>,
    /// What stood beside them, sorted.
    pub beside: Vec<Told>,
}

/// What one record said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SideSeen {
    /// The record, or a part of it.
    pub record: MemberName,
    /// What it said, sorted.
    pub says: Vec<Told>,
}

/// A named fact as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Told {
    /// What was told.
    pub name: String,
    /// What it was.
    pub value: FactValue,
}

/// A change of the evidence since a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Change {
    /// A record speaks that did not.
    SideAdded {
        /// The record.
        record: MemberName,
        /// What it says.
        says: Vec<Told>,
    },
    /// A record speaks no more.
    SideRemoved {
        /// The record.
        record: MemberName,
        /// What it said.
        said: Vec<Told>,
    },
    /// A record says something else, or what the rule knows beside has changed.
    Differs {
        /// The record; `None` for what stands beside the sides.
        of: Option<ResourceKey>,
        /// What is told.
        name: String,
        /// What it was; empty where nothing was said.
        was: Vec<FactValue>,
        /// What it is; empty where nothing is said.
        now: Vec<FactValue>,
    },
}

impl Seen {
    /// The evidence of an issue as it stands.
    pub fn of(issue: &DetectedIssue) -> Self {
        let mut sides: BTreeMap<MemberName, Vec<Told>> = BTreeMap::new();
        for side in &issue.sides {
            let record = MemberName { key: side.key.clone(), part: side.part };
            sides.entry(record).or_default().extend(side.says.iter().map(told));
        }
        let sides = sides.into_iter().map(|(record, says)| SideSeen { record, says: sorted(says) });
        Self { sides: sides.collect(), beside: sorted(issue.facts.iter().map(told).collect()) }
    }

    /// What changed from this evidence to another, sides first, by record; empty where both are the same. Neither the
    /// order of sides nor that of facts is a change.
    pub fn changes_to(&self, now: &Self) -> Vec<Change> {
        let (before, after) = (self.by_record(), now.by_record());
        let records: BTreeSet<&MemberName> = before.keys().chain(after.keys()).copied().collect();
        let mut changes = Vec::new();
        for record in records {
            match (before.get(record), after.get(record)) {
                (Some(was), Some(now)) => changes.extend(differences(Some(&record.key), was, now)),
                (None, Some(says)) => {
                    let says = says.iter().map(|told| (*told).clone()).collect();
                    changes.push(Change::SideAdded { record: record.clone(), says });
                }
                (Some(said), None) => {
                    let said = said.iter().map(|told| (*told).clone()).collect();
                    changes.push(Change::SideRemoved { record: record.clone(), said });
                }
                (None, None) => {}
            }
        }
        let (was, now): (Vec<&Told>, Vec<&Told>) = (self.beside.iter().collect(), now.beside.iter().collect());
        changes.extend(differences(None, &was, &now));
        changes
    }

    fn by_record(&self) -> BTreeMap<&MemberName, Vec<&Told>> {
        let mut by_record: BTreeMap<&MemberName, Vec<&Told>> = BTreeMap::new();
        for side in &self.sides {
            by_record.entry(&side.record).or_default().extend(&side.says);
        }
        by_record
    }
}

fn told(fact: &Fact) -> Told {
    Told { name: fact.name.to_owned(), value: fact.value.clone() }
}

fn sorted(mut told: Vec<Told>) -> Vec<Told> {
    told.sort_by_cached_key(|told| (told.name.clone(), order(&told.value)));
    told
}

/// What values are sorted by: what they say, then what kind of value says it.
fn order(value: &FactValue) -> (String, u8) {
    let kind = match value {
        FactValue::Text(_) => 0,
        FactValue::Code(_) => 1,
        FactValue::Date(_) => 2,
        FactValue::Unsaid => 3,
    };
    (value.plain(), kind)
}

fn differences(of: Option<&ResourceKey>, was: &[&Told], now: &[&Told]) -> Vec<Change> {
    let (was, now) = (by_name(was), by_name(now));
    let names: BTreeSet<&str> = was.keys().chain(now.keys()).copied().collect();
    let values = |of: &BTreeMap<&str, Vec<FactValue>>, name: &str| of.get(name).cloned().unwrap_or_default();
    let change = |name: &str| {
        let (was, now) = (values(&was, name), values(&now, name));
        (was != now).then(|| Change::Differs { of: of.cloned(), name: name.to_owned(), was, now })
    };
    names.into_iter().filter_map(change).collect()
}

/// The values of each name, sorted. That a record says nothing there is the same as no word about it.
fn by_name<'t>(told: &[&'t Told]) -> BTreeMap<&'t str, Vec<FactValue>> {
    let mut by_name: BTreeMap<&str, Vec<FactValue>> = BTreeMap::new();
    for told in told.iter().filter(|told| told.value != FactValue::Unsaid) {
        by_name.entry(&told.name).or_default().push(told.value.clone());
    }
    for values in by_name.values_mut() {
        values.sort_by_cached_key(order);
    }
    by_name
}
