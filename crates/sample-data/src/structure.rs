//! A small structural check of a resource against StructureDefinitions: cardinalities, types, fixed values, slices by value.
//!
//! A profile that comes without a snapshot is laid over its base: what its differential says of a path replaces what the
//! base says there.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

/// What a profile says of one element.
#[derive(Debug, Clone, Default)]
struct Element {
    path: String,
    slice: bool,
    min: Option<u64>,
    max: Option<String>,
    types: Vec<String>,
    profiles: Vec<String>,
    value: Option<Value>,
}

/// A profile, for resources to be checked against.
#[derive(Debug)]
pub struct Profile {
    elements: Vec<Element>,
}

impl Profile {
    /// Reads the definitions, each laid over those before it.
    pub fn read(files: &[&Path]) -> Self {
        let mut elements: Vec<(String, Element)> = Vec::new();
        for file in files {
            let text = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            let definition: Value = serde_json::from_str(&text).expect("a StructureDefinition");
            let listed =
                definition.pointer("/snapshot/element").or_else(|| definition.pointer("/differential/element"));
            for raw in listed.and_then(Value::as_array).expect("elements") {
                lay_over(&mut elements, raw);
            }
        }
        Self { elements: elements.into_iter().map(|(_, element)| element).collect() }
    }

    /// What is wrong with a resource.
    pub fn faults(&self, resource: &Value) -> Vec<String> {
        let mut faults = Vec::new();
        let kind = resource["resourceType"].as_str().unwrap_or_default();
        self.check(resource, kind, &mut faults);
        faults
    }

    fn children<'p>(&'p self, path: &'p str) -> impl Iterator<Item = &'p Element> {
        let child = move |element: &&Element| {
            element
                .path
                .strip_prefix(path)
                .and_then(|rest| rest.strip_prefix('.'))
                .is_some_and(|rest| !rest.contains('.'))
        };
        self.elements.iter().filter(child)
    }

    fn check(&self, value: &Value, path: &str, faults: &mut Vec<String>) {
        let Some(object) = value.as_object() else {
            faults.push(format!("{path} is no object"));
            return;
        };
        if self.children(path).next().is_none() {
            return;
        }
        let mut known: Vec<&str> = vec!["resourceType"];
        for element in self.children(path).filter(|element| !element.slice) {
            let name = element.path.rsplit('.').next().unwrap_or_default();
            let found: Vec<(&str, Vec<&Value>)> = match name.strip_suffix("[x]") {
                Some(choice) => object
                    .iter()
                    .filter(|(key, _)| is_choice(key, choice, &element.types))
                    .map(|(key, value)| (key.as_str(), all(value)))
                    .collect(),
                None => object.get_key_value(name).map(|(key, value)| (key.as_str(), all(value))).into_iter().collect(),
            };
            known.extend(found.iter().map(|(key, _)| *key));
            let values: Vec<&Value> = found.iter().flat_map(|(_, values)| values.iter().copied()).collect();
            count(element, values.len(), faults);
            for (key, value) in found.iter().flat_map(|(key, values)| values.iter().map(move |value| (*key, *value))) {
                self.one(element, name, key, value, faults);
            }
            self.slices(&element.path, &values, faults);
        }
        for key in object.keys().filter(|key| !known.contains(&key.trim_start_matches('_'))) {
            faults.push(format!("{path} has no element {key}"));
        }
    }

    fn one(&self, element: &Element, name: &str, key: &str, value: &Value, faults: &mut Vec<String>) {
        if let Some(wanted) = &element.value
            && !holds(value, wanted)
        {
            faults.push(format!("{} is {value} and not {wanted}", element.path));
        }
        let kind = match name.strip_suffix("[x]") {
            Some(choice) => key.strip_prefix(choice).map(str::to_owned),
            None => element.types.first().cloned(),
        };
        if let Some(kind) = kind.filter(|_| !element.types.is_empty())
            && !is_of(&kind, value)
        {
            faults.push(format!("{} is no {kind}: {value}", element.path));
        }
        if value.is_object() {
            self.check(value, &element.path, faults);
        }
    }

    fn slices(&self, path: &str, values: &[&Value], faults: &mut Vec<String>) {
        for slice in self.elements.iter().filter(|element| element.slice && element.path == path) {
            let matching = match (&slice.value, slice.profiles.first()) {
                (Some(wanted), _) => values.iter().filter(|value| holds(value, wanted)).count(),
                (None, Some(url)) => values.iter().filter(|value| value["url"] == url.as_str()).count(),
                (None, None) => continue,
            };
            count(slice, matching, faults);
        }
    }
}

fn lay_over(elements: &mut Vec<(String, Element)>, raw: &Value) {
    let id = raw["id"].as_str().or_else(|| raw["path"].as_str()).expect("an id").to_owned();
    let path = raw["path"].as_str().expect("a path").to_owned();
    let names = |of: &str| -> Vec<String> {
        let types = raw["type"].as_array().into_iter().flatten();
        types
            .flat_map(|one| match &one[of] {
                Value::String(text) => vec![text.clone()],
                Value::Array(texts) => texts.iter().filter_map(|text| text.as_str().map(str::to_owned)).collect(),
                _ => Vec::new(),
            })
            .collect()
    };
    let slice_in = id.rsplit('.').next().is_some_and(|last| last.contains(':'));
    // Elements within a slice say something of that slice only; they are left to its pattern.
    if !slice_in && id.contains(':') {
        return;
    }
    let at = elements.iter().position(|(known, _)| *known == id).unwrap_or_else(|| {
        elements.push((id.clone(), Element { path: path.clone(), slice: slice_in, ..Element::default() }));
        elements.len() - 1
    });
    let element = &mut elements[at].1;
    element.min = raw["min"].as_u64().or(element.min);
    element.max = raw["max"].as_str().map(str::to_owned).or(element.max.take());
    let types = names("code");
    if !types.is_empty() {
        element.types = types;
        element.profiles = names("profile");
    }
    let fixed = raw.as_object().into_iter().flatten();
    let mut fixed =
        fixed.filter(|(key, _)| key.starts_with("fixed") || key.starts_with("pattern")).map(|(_, value)| value);
    element.value = fixed.next().cloned().or(element.value.take());
}

fn all(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(values) => values.iter().collect(),
        one => vec![one],
    }
}

fn count(element: &Element, found: usize, faults: &mut Vec<String>) {
    let found = found as u64;
    if element.min.is_some_and(|min| found < min) {
        faults.push(format!("{} is there {found} times, at least {:?} wanted", element.path, element.min));
    }
    if element.max.as_deref().and_then(|max| max.parse::<u64>().ok()).is_some_and(|max| found > max) {
        faults.push(format!("{} is there {found} times, at most {:?} allowed", element.path, element.max));
    }
}

fn is_choice(key: &str, choice: &str, types: &[String]) -> bool {
    key.strip_prefix(choice).is_some_and(|kind| types.iter().any(|one| one.eq_ignore_ascii_case(kind)))
}

/// True where a value has everything that a pattern has.
fn holds(value: &Value, wanted: &Value) -> bool {
    match (value, wanted) {
        (Value::Object(value), Value::Object(wanted)) => {
            wanted.iter().all(|(key, wanted)| value.get(key).is_some_and(|value| holds(value, wanted)))
        }
        (Value::Array(values), Value::Array(wanted)) => {
            wanted.iter().all(|wanted| values.iter().any(|value| holds(value, wanted)))
        }
        (value, wanted) => value == wanted,
    }
}

fn is_of(kind: &str, value: &Value) -> bool {
    let text = value.as_str();
    match kind.rsplit('.').next().unwrap_or(kind).to_lowercase().as_str() {
        "boolean" if !kind.contains("System") => value.is_boolean(),
        "integer" | "positiveint" | "unsignedint" => value.is_i64() || value.is_u64(),
        "decimal" => value.is_number(),
        "code" => text.is_some_and(|text| !text.is_empty() && text == text.trim()),
        "datetime" | "date" | "instant" => text.is_some_and(|text| fhir::FhirDate::parse(text).is_some()),
        "string" | "uri" | "canonical" | "url" | "id" | "markdown" | "xhtml" | "oid" | "uuid" => {
            text.is_some_and(|text| !text.is_empty())
        }
        _ => value.is_object(),
    }
}

/// The profiles of the MCC guide, each over its base in US Core, by type, found by their names in the sample data.
pub fn definitions(conformance: &Path) -> BTreeMap<String, Profile> {
    let us_core = |name: &str| conformance.join(format!("us-core-6.1.0/StructureDefinition-us-core-{name}.json"));
    let mcc = |name: &str| conformance.join(format!("mcc/StructureDefinition-{name}.json"));
    let pairs = [
        ("CarePlan", us_core("careplan"), mcc("mccCarePlan")),
        ("CareTeam", us_core("careteam"), mcc("MCCCareTeam")),
        ("Condition", us_core("condition-problems-health-concerns"), mcc("MCCChronCondHealthConcern")),
        ("Goal", us_core("goal"), mcc("MCCGoal")),
        ("ServiceRequest", us_core("servicerequest"), mcc("MCCServiceRequest")),
    ];
    pairs.iter().map(|(kind, base, over)| ((*kind).to_owned(), Profile::read(&[base, over]))).collect()
}
