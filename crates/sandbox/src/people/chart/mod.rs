//! One person's record at one place, and the small builders that write it.
//!
//! Data is written with readable keys (`Goal/hba1c`); [`Chart::bundle`] turns them into the ids of the place, in
//! references too. `Patient/me` is the person.

mod activities;
mod concerns;
mod draft;
mod goals;
mod measurements;
mod medications;
mod persons;
mod plans;
mod quantities;
mod visits;

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Value, json};

pub use draft::{Draft, to};
pub use goals::{above, below, between, spelled_out};
pub use persons::Demographics;
pub use quantities::Unit;

use super::place::Place;

/// Scope of ids that belong to nobody: organizations, practitioners and their roles.
pub const STAFF: &str = "staff";

const STAFF_KINDS: [&str; 4] = ["Organization", "Practitioner", "PractitionerRole", "Location"];

/// One person's record at one place while it is written.
#[derive(Debug, Clone, Copy)]
pub struct Chart {
    /// Where the record is.
    pub place: Place,
    /// Day that all dates are counted from.
    pub today: Date,
    /// Key of the person, or [`STAFF`].
    pub scope: &'static str,
    /// Position among the people, the lead person first.
    pub rank: usize,
    /// Short word that is the person's id at home health.
    pub word: &'static str,
}

impl Chart {
    /// The day so many days before today.
    pub fn days_ago(&self, days: i32) -> Date {
        self.today.saturating_sub(days.days())
    }

    /// The day so many months and four days before today, so that "0 months" is not this morning.
    pub fn months_ago(&self, months: i32) -> Date {
        self.today.saturating_sub(months.months()).saturating_sub(4.days())
    }

    /// The day so many years before today, and a few weeks more.
    pub fn years_ago(&self, years: i32) -> Date {
        self.today.saturating_sub(years.years()).saturating_sub(45.days())
    }

    /// The day in so many days.
    pub fn in_days(&self, days: i32) -> Date {
        self.today.saturating_add(days.days())
    }

    /// The day in so many months.
    pub fn in_months(&self, months: i32) -> Date {
        self.today.saturating_add(months.months())
    }

    /// Logical id behind a readable key.
    pub fn id(&self, kind: &str, key: &str) -> String {
        if kind == "Patient" {
            return self.place.patient_id(self.rank, self.scope, self.word);
        }
        let scope = if STAFF_KINDS.contains(&kind) { STAFF } else { self.scope };
        self.place.resource_id(scope, kind, key)
    }

    /// Starts a resource; its subject and its ids come with [`Chart::bundle`].
    pub fn draft(&self, kind: &'static str, key: &str) -> Draft {
        Draft::new(self.place, kind, key)
    }

    /// The drafts as a transaction Bundle of PUTs with the place's own ids.
    pub fn bundle(&self, drafts: Vec<Draft>) -> Value {
        let entries: Vec<Value> = drafts.into_iter().map(|draft| self.entry(draft)).collect();
        json!({ "resourceType": "Bundle", "type": "transaction", "entry": entries })
    }

    fn entry(&self, draft: Draft) -> Value {
        let id = self.id(draft.kind, &draft.key);
        let url = format!("{}/{id}", draft.kind);
        let mut resource = draft.into_resource(&id);
        self.resolve(&mut resource);
        json!({ "resource": resource, "request": { "method": "PUT", "url": url } })
    }

    /// Turns the readable keys of all relative references into ids.
    fn resolve(&self, value: &mut Value) {
        match value {
            Value::Object(members) => {
                for (name, member) in members.iter_mut() {
                    match member {
                        Value::String(text) if name == "reference" => *text = self.reference(text),
                        other => self.resolve(other),
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.resolve(item)),
            _ => {}
        }
    }

    /// A readable reference as the place writes it; absolute and contained ones stay.
    pub fn reference(&self, text: &str) -> String {
        match text.split_once('/') {
            Some((kind, key)) if !text.contains(':') => format!("{kind}/{}", self.id(kind, key)),
            _ => text.to_owned(),
        }
    }
}
