//! What is promised of our people, shown on the resources themselves.

mod contradictions;
mod dates;
mod gaps;
mod structure;

use jiff::civil::{Date, date};
use serde_json::Value;

use super::{Place, bundles, whereabouts};

const TODAY: Date = date(2026, 11, 21);

/// A resource with the EHR that holds it.
#[derive(Debug, Clone)]
struct Held {
    ehr: &'static str,
    body: Value,
}

impl Held {
    fn kind(&self) -> &str {
        self.body["resourceType"].as_str().expect("every resource has a type")
    }

    fn id(&self) -> &str {
        self.body["id"].as_str().expect("every resource has an id")
    }

    fn reference(&self) -> String {
        format!("{}/{}", self.kind(), self.id())
    }

    /// True where the element at the path holds the text somewhere.
    fn says(&self, path: &str, text: &str) -> bool {
        self.body.pointer(path).is_some_and(|value| value.to_string().contains(text))
    }

    fn references(&self, element: &str) -> Vec<&str> {
        let references = self.body[element].as_array().into_iter().flatten();
        references.filter_map(|reference| reference["reference"].as_str()).collect()
    }

    /// Goals named by `resource-pertainsToGoal`.
    fn pertains_to(&self) -> Vec<&str> {
        let extensions = self.body["extension"].as_array().into_iter().flatten();
        extensions
            .filter(|extension| extension["url"].as_str().is_some_and(|url| url.ends_with("resource-pertainsToGoal")))
            .filter_map(|extension| extension["valueReference"]["reference"].as_str())
            .collect()
    }
}

/// Everything one EHR holds.
fn at(ehr: &'static str, today: Date) -> Vec<Held> {
    let entries = |bundle: Value| bundle["entry"].as_array().cloned().unwrap_or_default();
    let resources = bundles(ehr, today).into_iter().flat_map(entries).map(|entry| entry["resource"].clone());
    resources.map(|body| Held { ehr, body }).collect()
}

/// Everything that all EHRs hold.
fn everything(today: Date) -> Vec<Held> {
    Place::ALL.iter().flat_map(|place| at(place.ehr_id(), today)).collect()
}

/// Everything that is about one person, by the last part of the name.
fn about(name: &str) -> Vec<Held> {
    let person = whereabouts().into_iter().find(|person| person.name.ends_with(name)).expect("a person of that name");
    let mine = |held: &Held| {
        let Some(id) = person.patient_id(held.ehr) else { return false };
        let me = format!("Patient/{id}");
        held.reference() == me || held.body.to_string().contains(&format!("\"{me}\""))
    };
    everything(TODAY).into_iter().filter(mine).collect()
}

/// Every reference in a value.
fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(text) if name == "reference" => found.push(text.clone()),
                    other => references(other, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}
