//! One difference between two releases, and what is done about it.

use serde_json::{Map, Value, json};

/// One difference between another release and R4. Elements are named as the other release has them, R4's name second.
#[derive(Debug, Clone, Copy)]
pub(super) enum Rule {
    /// The same under another name.
    Renamed(&'static str, &'static str),
    /// A choice of types (`[x]`) under another name.
    Choice(&'static str, &'static str),
    /// CodeableReferences, which R4 has as two elements: for the concepts, and for the references.
    Split(&'static str, &'static str, &'static str),
    /// CodeableReferences where R4 has references only: a concept becomes a reference with its words.
    ToReference(&'static str, &'static str),
    /// CodeableReferences where R4 has concepts only: a reference becomes a concept with its words.
    ToConcept(&'static str, &'static str),
    /// A code that is a CodeableConcept of this system in R4.
    Coded(&'static str, &'static str),
    /// A CodeableConcept that is a plain code in R4.
    Plain(&'static str),
    /// An object around a Reference that stands alone in R4: element, and the member that is the Reference.
    Lifted(&'static str, &'static str),
    /// The text of a Reference that is an address in R4.
    Address(&'static str),
    /// Codes with other names.
    Values(&'static str, &'static [(&'static str, &'static str)]),
    /// These differences in each object of an element.
    Within(&'static str, &'static [Rule]),
    /// What no other rule can say.
    By(fn(&mut Map<String, Value>)),
}

/// Applies rules in their order.
pub(super) fn apply(rules: &[Rule], object: &mut Map<String, Value>) {
    for rule in rules {
        rule.apply(object);
    }
}

impl Rule {
    fn apply(self, object: &mut Map<String, Value>) {
        match self {
            Self::Renamed(from, to) => rename(object, from, to),
            Self::Choice(from, to) => choice(object, from, to),
            Self::Split(from, concept, reference) => split(object, from, concept, reference),
            Self::ToReference(from, to) => each(object, from, to, as_reference),
            Self::ToConcept(from, to) => each(object, from, to, as_concept),
            Self::Coded(element, system) => each(object, element, element, |value| {
                let Some(code) = value.as_str() else { return value };
                json!({ "coding": [{ "system": system, "code": code }] })
            }),
            Self::Plain(element) => each(object, element, element, |value| {
                let code = value.get("coding").and_then(first).and_then(|coding| coding.get("code")).cloned();
                code.unwrap_or(value)
            }),
            Self::Lifted(element, member) => each(object, element, element, |mut value| {
                value.get_mut(member).filter(|inner| inner.is_object()).map(Value::take).unwrap_or(value)
            }),
            Self::Address(element) => each(object, element, element, |mut value| {
                value.get_mut("reference").filter(|inner| inner.is_string()).map(Value::take).unwrap_or(value)
            }),
            Self::Values(element, names) => each(object, element, element, |value| {
                let other = value.as_str().and_then(|code| names.iter().find(|(from, _)| *from == code));
                other.map_or(value, |(_, to)| Value::from(*to))
            }),
            Self::Within(element, rules) => match object.get_mut(element) {
                Some(Value::Array(members)) => {
                    members.iter_mut().filter_map(Value::as_object_mut).for_each(|member| apply(rules, member));
                }
                Some(Value::Object(member)) => apply(rules, member),
                _ => {}
            },
            Self::By(change) => change(object),
        }
    }
}

/// Moves an element, and what stands beside it (`_name`). What R4's name holds already stays.
fn rename(object: &mut Map<String, Value>, from: &str, to: &str) {
    for (from, to) in [(from.to_owned(), to.to_owned()), (format!("_{from}"), format!("_{to}"))] {
        if !object.contains_key(&to)
            && let Some(value) = object.shift_remove(&from)
        {
            object.insert(to, value);
        }
    }
}

fn choice(object: &mut Map<String, Value>, from: &str, to: &str) {
    let typed = |name: &String| {
        let kind = name.trim_start_matches('_').strip_prefix(from)?;
        kind.starts_with(|first: char| first.is_ascii_uppercase()).then(|| kind.to_owned())
    };
    let mut kinds: Vec<String> = object.keys().filter_map(typed).collect();
    kinds.dedup();
    for kind in kinds {
        rename(object, &format!("{from}{kind}"), &format!("{to}{kind}"));
    }
}

/// Replaces each member of an element, under another name where it has one.
fn each(object: &mut Map<String, Value>, from: &str, to: &str, change: impl Fn(Value) -> Value) {
    if from != to && object.contains_key(to) {
        return;
    }
    match object.get_mut(from).map(Value::take) {
        None => return,
        Some(Value::Array(members)) => {
            object.insert(from.to_owned(), members.into_iter().map(&change).collect());
        }
        Some(value) => {
            object.insert(from.to_owned(), change(value));
        }
    }
    if from != to {
        rename(object, from, to);
    }
}

/// Parts CodeableReferences. A plain Reference or CodeableConcept, which stands there where a server mixes releases, goes
/// where it belongs.
fn split(object: &mut Map<String, Value>, from: &str, concept: &str, reference: &str) {
    let Some(value) = object.shift_remove(from) else { return };
    let (listed, members) = match value {
        Value::Array(members) => (true, members),
        member => (false, vec![member]),
    };
    let (mut concepts, mut references) = (Vec::new(), Vec::new());
    for mut member in members {
        let (of_concept, of_reference) =
            (member.get_mut("concept").map(Value::take), member.get("reference").filter(|at| at.is_object()).cloned());
        match (of_concept, of_reference) {
            (None, None) if member.get("coding").is_some() || member.get("text").is_some() => concepts.push(member),
            (None, None) => references.push(member),
            (of_concept, of_reference) => {
                concepts.extend(of_concept);
                references.extend(of_reference);
            }
        }
    }
    for (name, mut members) in [(concept, concepts), (reference, references)] {
        if members.is_empty() || object.contains_key(name) {
            continue;
        }
        let value = if listed { Value::Array(members) } else { members.swap_remove(0) };
        object.insert(name.to_owned(), value);
    }
}

fn as_reference(member: Value) -> Value {
    match (member.get("reference").filter(|at| at.is_object()), member.get("concept")) {
        (Some(reference), _) => reference.clone(),
        (None, Some(concept)) => json!({ "display": words(concept) }),
        (None, None) => member,
    }
}

fn as_concept(member: Value) -> Value {
    match (member.get("concept"), member.get("reference").filter(|at| at.is_object())) {
        (Some(concept), _) => concept.clone(),
        (None, Some(reference)) => json!({ "text": reference.get("display") }),
        (None, None) => member,
    }
}

/// What a CodeableConcept says to people.
pub(super) fn words(concept: &Value) -> Option<&str> {
    let coding = concept.get("coding").and_then(first);
    let of = |name: &str| coding.and_then(|coding| coding.get(name)).and_then(Value::as_str);
    concept.get("text").and_then(Value::as_str).or_else(|| of("display")).or_else(|| of("code"))
}

/// The first member of a list; what is no list is its own first.
pub(super) fn first(value: &Value) -> Option<&Value> {
    match value {
        Value::Array(members) => members.first(),
        value => Some(value),
    }
}
