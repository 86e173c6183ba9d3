//! Fields that take what comes: a bad value empties the field, never the resource.

use std::ops::Deref;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// A field that is a `T`, or empty when it is missing or is not one; of a list where one value belongs, the first that is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Maybe<T>(pub Option<T>);

impl<T> Default for Maybe<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Deref for Maybe<T> {
    type Target = Option<T>;
    fn deref(&self) -> &Option<T> {
        &self.0
    }
}

impl<T> From<Option<T>> for Maybe<T> {
    fn from(value: Option<T>) -> Self {
        Self(value)
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Maybe<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?;
        Ok(Self(members(raw).into_iter().find_map(read)))
    }
}

/// A repeating field: members that are not a `T` are left out, and a lone value counts as a list of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Many<T>(pub Vec<T>);

impl<T> Default for Many<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Deref for Many<T> {
    type Target = Vec<T>;
    fn deref(&self) -> &Vec<T> {
        &self.0
    }
}

impl<'a, T> IntoIterator for &'a Many<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Many<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?;
        Ok(Self(members(raw).into_iter().filter_map(read).collect()))
    }
}

/// The members of a list; a lone value is a list of one.
fn members(raw: &RawValue) -> Vec<&RawValue> {
    if is_list(raw) { serde_json::from_str(raw.get()).unwrap_or_default() } else { vec![raw] }
}

/// Reads one value. A list within a list is none: a struct would take it for its fields in order.
fn read<T: DeserializeOwned>(raw: &RawValue) -> Option<T> {
    if is_list(raw) { None } else { serde_json::from_str(raw.get()).ok() }
}

fn is_list(raw: &RawValue) -> bool {
    raw.get().starts_with('[')
}

impl<T: serde::Serialize> serde::Serialize for Maybe<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<T: serde::Serialize> serde::Serialize for Many<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::{Goal, Resource, SourceId};

    fn goal(json: &str) -> Goal {
        Resource::parse(&SourceId::new("a"), json).expect("test JSON").read()
    }

    #[test]
    fn a_bad_value_empties_its_field_and_nothing_else() {
        let goal = goal(
            r#"{"resourceType":"Goal","id":"1","startDate":"soon","lifecycleStatus":["active"],"description":"words",
                "target":{"dueDate":"2026-01-01"},"note":[{"text":"kept"},null,"no note",[{"text":"nested"}]],"priority":null}"#,
        );
        assert_eq!((goal.start_date.0, goal.description.0, goal.priority.0), (None, None, None));
        assert_eq!(goal.lifecycle_status.as_deref(), Some("active"), "the first of a list where one value belongs");
        assert_eq!(goal.target.len(), 1, "a lone value where a list belongs");
        assert_eq!(goal.note.iter().map(|note| note.text.as_deref()).collect::<Vec<_>>(), [Some("kept")]);
    }

    #[test]
    fn a_list_is_never_taken_for_the_fields_of_an_object() {
        let goal = goal(r#"{"resourceType":"Goal","id":"1","priority":[[{"code":"x"}]],"expressedBy":["Patient/1"]}"#);
        assert_eq!((goal.priority.0, goal.expressed_by.0), (None, None));
    }

    fn json() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(serde_json::Value::from),
            any::<i32>().prop_map(serde_json::Value::from),
            "[a-z:/#-]{0,8}".prop_map(serde_json::Value::from),
        ];
        leaf.prop_recursive(4, 32, 4, |inner| {
            let name = proptest::sample::select(vec!["coding", "text", "value", "reference", "code", "note", "x"]);
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(serde_json::Value::from),
                prop::collection::vec((name, inner), 0..4)
                    .prop_map(|members| members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()),
            ]
        })
    }

    proptest! {
        #[test]
        fn whatever_stands_in_one_field_the_others_are_read(odd in json(), field in proptest::sample::select(vec![
            "identifier", "meta", "target", "note", "description", "addresses", "extension", "achievementStatus", "startDate",
        ])) {
            let mut value = serde_json::json!({ "resourceType": "Goal", "id": "1", "lifecycleStatus": "active" });
            value[field] = odd;
            let resource = Resource::parse(&SourceId::new("a"), &value.to_string()).expect("type and id are there");
            let goal: Goal = resource.read();
            prop_assert_eq!(goal.lifecycle_status.as_deref(), Some("active"));
        }
    }
}
