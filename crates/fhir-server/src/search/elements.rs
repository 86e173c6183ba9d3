//! What a match shall tell (`_elements`, R4 search.html#elements).

use serde_json::{Map, Value, json};

use crate::Failure;

/// Marks a resource that is not told whole.
const MARK: (&str, &str) = ("http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "SUBSETTED");
/// What every resource tells whatever was asked for.
const ALWAYS: [&str; 5] = ["resourceType", "id", "meta", "implicitRules", "modifierExtension"];
/// What a type cannot be without, or would be misread without (`isModifier`).
const NEEDED: [(&str, &[&str]); 8] = [
    ("CarePlan", &["status", "intent", "subject"]),
    ("Goal", &["lifecycleStatus", "description", "subject"]),
    ("Task", &["status", "intent"]),
    ("ServiceRequest", &["status", "intent", "subject", "doNotPerform"]),
    ("CareTeam", &["status"]),
    ("Condition", &["clinicalStatus", "verificationStatus", "subject"]),
    ("Provenance", &["target", "recorded", "agent"]),
    ("Observation", &["status", "code"]),
];

/// The elements of a resource that are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elements(Vec<String>);

impl Elements {
    /// Reads names of elements with commas between.
    ///
    /// # Errors
    /// 400 for what is no name of an element of a resource.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        let is_name =
            |name: &str| !name.is_empty() && name.len() <= 64 && name.bytes().all(|b| b.is_ascii_alphanumeric());
        let names: Vec<String> = text.split(',').map(str::to_owned).collect();
        if names.iter().all(|name| is_name(name)) {
            return Ok(Self(names));
        }
        let sentence = "_elements takes names of elements of the resource itself, with commas between.";
        Err(Failure::bad_request("invalid", sentence))
    }

    /// The resource with these elements, with what it always tells and with a mark that it is not told whole.
    pub fn of(&self, resource: &Value) -> Value {
        let Some(members) = resource.as_object() else { return resource.clone() };
        let kind = resource.get("resourceType").and_then(Value::as_str).unwrap_or_default();
        let needed = NEEDED.iter().find(|(name, _)| *name == kind).map_or(&[][..], |(_, needed)| needed);
        let told = |name: &str| {
            // An element's own extensions go with it.
            let name = name.strip_prefix('_').unwrap_or(name);
            ALWAYS.contains(&name) || needed.contains(&name) || self.0.iter().any(|asked| asked == name)
        };
        let mut part: Map<String, Value> =
            members.iter().filter(|(name, _)| told(name)).map(|(name, value)| (name.clone(), value.clone())).collect();
        mark(&mut part);
        Value::Object(part)
    }
}

fn mark(resource: &mut Map<String, Value>) {
    if !resource.contains_key("meta") {
        // Beside the id, where readers look for it.
        let at = resource.keys().take_while(|name| matches!(name.as_str(), "resourceType" | "id")).count();
        resource.shift_insert(at, "meta".to_owned(), json!({}));
    }
    let Some(meta) = resource.get_mut("meta").and_then(Value::as_object_mut) else { return };
    let tags = meta.entry("tag").or_insert_with(|| json!([]));
    let own = json!({ "system": MARK.0, "code": MARK.1 });
    if let Some(tags) = tags.as_array_mut().filter(|tags| !tags.contains(&own)) {
        tags.push(own);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_keeps_what_the_type_needs_and_says_that_it_is_one() {
        let goal = json!({ "resourceType": "Goal", "id": "g", "lifecycleStatus": "active", "description": { "text": "x" },
            "subject": { "reference": "Patient/1" }, "startDate": "2026", "_startDate": { "id": "s" }, "note": [] });
        let names = |text: &str| {
            let part = Elements::parse(text).expect(text).of(&goal);
            assert_eq!(part["meta"]["tag"][0]["code"], "SUBSETTED");
            part.as_object().expect("an object").keys().cloned().collect::<Vec<_>>()
        };
        let always = ["resourceType", "id", "meta", "lifecycleStatus", "description", "subject"];
        assert_eq!(names("note"), [&always[..], &["note"]].concat());
        assert_eq!(names("startDate,colour"), [&always[..], &["startDate", "_startDate"]].concat());
    }

    #[test]
    fn a_mark_stands_beside_the_tags_and_the_version_that_are_there() {
        let goal = json!({ "resourceType": "Goal", "id": "g", "meta": { "versionId": "3", "tag": [{ "code": "a" }] } });
        let part = Elements::parse("note").expect("a name").of(&goal);
        assert_eq!((&part["meta"]["versionId"], &part["meta"]["tag"][1]["code"]), (&json!("3"), &json!("SUBSETTED")));
        assert_eq!(Elements::parse("note").expect("a name").of(&part), part, "one mark is enough");
    }

    #[test]
    fn what_is_no_name_of_an_element_is_refused() {
        for text in ["", "note,", "Goal.note", "a b", "_x"] {
            assert_eq!(Elements::parse(text).expect_err(text).status, 400, "{text}");
        }
    }
}
