//! A resource while it is written: elements in the order in which they are said.

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use crate::people::place::Place;
use crate::people::terms::Term;

/// A resource while it is written.
#[derive(Debug, Clone)]
pub struct Draft {
    pub(super) place: Place,
    pub(super) kind: &'static str,
    pub(super) key: String,
    elements: Map<String, Value>,
    labels: Vec<Value>,
}

/// A Reference by readable key, such as `Goal/hba1c`.
pub fn to(reference: &str) -> Value {
    json!({ "reference": reference })
}

impl Draft {
    pub(super) fn new(place: Place, kind: &'static str, key: &str) -> Self {
        Self { place, kind, key: key.to_owned(), elements: Map::new(), labels: Vec::new() }
    }

    /// Sets an element, replacing what a builder had put there.
    pub fn with(mut self, element: &str, value: impl Into<Value>) -> Self {
        self.elements.insert(element.to_owned(), value.into());
        self
    }

    /// Takes an element away.
    pub fn without(mut self, element: &str) -> Self {
        self.elements.shift_remove(element);
        self
    }

    /// Adds to a list element.
    pub fn add(mut self, element: &str, value: Value) -> Self {
        match self.elements.get_mut(element) {
            Some(Value::Array(items)) => items.push(value),
            _ => drop(self.elements.insert(element.to_owned(), json!([value]))),
        }
        self
    }

    /// Adds a business identifier.
    pub fn identified(self, system: &str, value: &str) -> Self {
        self.add("identifier", json!({ "system": system, "value": value }))
    }

    /// Adds a note by a practitioner, the patient or another person of the record.
    pub fn note(self, author: &str, on: Date, text: &str) -> Self {
        let time = self.place.moment(on);
        self.add("note", json!({ "authorReference": to(author), "time": time, "text": text }))
    }

    /// Names the concern that the activity is for (`reasonReference`).
    pub fn because(self, concern: &str) -> Self {
        self.add("reasonReference", to(concern))
    }

    /// Names the goal that the activity serves (extension `resource-pertainsToGoal`, MCC).
    pub fn for_goal(self, goal: &str) -> Self {
        let url = "http://hl7.org/fhir/StructureDefinition/resource-pertainsToGoal";
        self.add("extension", json!({ "url": url, "valueReference": to(goal) }))
    }

    /// Sets a CodeableConcept in the habit of the place.
    pub fn coded(self, element: &str, term: Term) -> Self {
        let concept = self.place.concept(term);
        self.with(element, concept)
    }

    /// Marks the resource as confidential (HL7 v3 Confidentiality, such as `R`).
    pub fn confidential(mut self, code: &str) -> Self {
        self.labels.push(json!({ "system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": code }));
        self
    }

    pub(super) fn into_resource(self, id: &str) -> Value {
        let mut meta = json!({ "tag": [{ "system": "https://accord.example/sandbox", "code": "invented" }] });
        if !self.labels.is_empty() {
            meta["security"] = Value::Array(self.labels);
        }
        let mut resource = Map::new();
        resource.insert("resourceType".to_owned(), json!(self.kind));
        resource.insert("id".to_owned(), json!(id));
        resource.insert("meta".to_owned(), meta);
        resource.extend(self.elements);
        Value::Object(resource)
    }
}
