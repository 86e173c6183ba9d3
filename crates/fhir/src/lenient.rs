//! Fields that take what comes: a bad value empties the field, never the resource.

pub(crate) mod once;

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
        if once::is_under_way() {
            return once::field(deserializer).map(Self);
        }
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
        if once::is_under_way() {
            return once::field(deserializer).map(Self);
        }
        let raw = <&RawValue>::deserialize(deserializer)?;
        Ok(Self(members(raw).into_iter().filter_map(read).collect()))
    }
}

/// Reads a text whose fields are lenient.
///
/// # Errors
/// Where the text is no JSON or no `T`: a struct of lenient fields fails only where a key stands there twice.
pub fn from_str<'de, T: Deserialize<'de>>(json: &'de str) -> serde_json::Result<T> {
    once::first(json)
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
    use serde::de::DeserializeOwned;

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

    /// What the two ways read of a text.
    fn both<T: DeserializeOwned + std::fmt::Debug>(json: &str) -> (String, String) {
        let quickly = super::from_str::<T>(json).map_err(drop);
        (format!("{quickly:?}"), format!("{:?}", serde_json::from_str::<T>(json).map_err(drop)))
    }

    #[test]
    fn what_is_only_odd_does_not_break_the_quick_way() {
        let whole = r#"{"status":["final"],"code":{"coding":{"code":1},"text":"a","text":"b"},"valueQuantity":{"value":7.10},
            "valueInteger":"5","component":[null,7,-7,1.5,true,"x",[{}],{"valueInteger":5}],"issued":"soon","subject":7,
            "note":{"text":"lone"},"performer":[{"reference":"Patient/\u0031"}]}"#;
        let read: crate::Observation = super::once::only(whole).expect("nothing here breaks the walk");
        assert_eq!((read.status.as_deref(), read.component.len(), read.note.len()), (Some("final"), 1, 1));
        assert_eq!(read.value_quantity.as_ref().and_then(|q| q.value.as_ref()).map(|n| n.0.as_str()), Some("7.10"));
        assert!(super::once::only::<crate::Observation>(r#"{"status":"\ud800"}"#).is_err(), "half a pair breaks it");
    }

    #[test]
    fn what_is_odd_is_read_the_same_both_ways() {
        let odd = [
            r#"{"status":"final","value":{"a":1},"valueQuantity":{"value":7.10,"unit":["mg"]},"code":{"coding":{"code":"1"}}}"#,
            r#"{"status":"a\ud800","code":{"text":"kept"}}"#,
            r#"{"code":{"text":"\ud800","coding":[{"code":"1"}]},"status":"final"}"#,
            r#"{"status":"a","status":"b"}"#,
            r#"{"code":{"text":"a","text":"b","coding":[{"code":"1"}]},"status":"final"}"#,
            r#"{"code":{"coding":[{"code":"1","code":"2"},{"code":"3"}]},"status":"final"}"#,
            r#"{"valueQuantity":5,"valueInteger":5,"valueBoolean":"true","valueString":5,"code":5,"status":true}"#,
            r#"{"valueQuantity":{"value":"7.10"},"valueInteger":"5"}"#,
            r#"{"valueQuantity":{"value":1.0E-3},"valueInteger":5.0}"#,
            r#"{"valueQuantity":{"value":1e400},"valueInteger":99999999999999999999}"#,
            r#"{"valueQuantity":{"value":-0.50},"valueInteger":-7,"component":[[{"code":{"text":"nested"}}],null,7,{}]}"#,
            r#"{"status":["final","b"],"valueInteger":[null,"x",5,6],"code":[[{"text":"x"}],{"text":"y"},{"text":"z"}]}"#,
            r#"{"st\u0061tus":"final","code":{"t\u0065xt":"escaped keys"}}"#,
            r#"{"effectiveDateTime":"2026-11-21T10:00:00+01:00","issued":"soon","effectivePeriod":{}}"#,
            r#"{"status":"fin\u0061l","effectiveDateTime":"2026-11-2\u0031"}"#,
            r#"{"code":{"coding":[{"system":"s"}"#,
            r#"[{"status":"final"}]"#,
            "null",
            "",
        ];
        for json in odd {
            let (quickly, carefully) = both::<crate::Observation>(json);
            assert_eq!(quickly, carefully, "{json}");
        }
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
        fn both_ways_read_the_same(odd in proptest::collection::vec(json(), 1..6)) {
            let fields = ["code", "valueQuantity", "component", "note", "status", "extension", "valueInteger"];
            let value: serde_json::Value = fields.iter().zip(&odd).map(|(name, odd)| (*name, odd.clone())).collect();
            let (quickly, carefully) = both::<crate::Observation>(&value.to_string());
            prop_assert_eq!(quickly, carefully);
            let (quickly, carefully) = both::<Goal>(&value.to_string().replace("component", "target"));
            prop_assert_eq!(quickly, carefully);
        }

        #[test]
        fn both_ways_read_the_same_of_text_that_breaks_off_or_is_damaged(odd in json(), at in 0_usize..200, byte in "[\\x20-\\x7e]") {
            let whole = serde_json::json!({ "code": odd, "status": "final", "note": [{ "text": "x" }] }).to_string();
            let at = at.min(whole.len());
            let (before, after) = whole.split_at(whole.floor_char_boundary(at));
            for json in [before.to_owned(), format!("{before}{byte}{}", after.get(1..).unwrap_or_default())] {
                let (quickly, carefully) = both::<crate::Observation>(&json);
                prop_assert_eq!(quickly, carefully, "{}", json);
            }
        }

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
