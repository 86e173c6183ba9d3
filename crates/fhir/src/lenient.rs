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
