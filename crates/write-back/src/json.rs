//! Reading raw JSON without losing anything on the way.
//!
//! `{"a":1,"a":2}` is JSON that a tree can not hold: reading it keeps one of the two, and writing it back would drop the
//! other without anybody having asked for it. Such a resource is refused.
//!
//! Numbers keep their digits. Only an exponent is spelled in serde_json's way: `1E5` is written as `1e+5`.

use std::cell::RefCell;
use std::collections::HashSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

/// Why a text is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// Not JSON, or nested deeper than 128 levels.
    NotJson,
    /// A key stands twice in one object.
    DuplicateKey(String),
}

/// Reads a text whose objects hold each key once.
pub(crate) fn parse(text: &str) -> Result<Value, Unreadable> {
    let duplicate = RefCell::new(None);
    let mut reader = serde_json::Deserializer::from_str(text);
    let checked = UniqueKeys { duplicate: &duplicate }.deserialize(&mut reader);
    if let Some(key) = duplicate.into_inner() {
        return Err(Unreadable::DuplicateKey(key));
    }
    checked.map_err(|_| Unreadable::NotJson)?;
    // serde_json keeps a number's text under this key; a record that used it would not come out as it went in.
    if text.contains("$serde_json::private") {
        return Err(Unreadable::NotJson);
    }
    serde_json::from_str(text).map_err(|_| Unreadable::NotJson)
}

/// Walks through a value and keeps nothing but the first key that it meets twice.
#[derive(Clone, Copy)]
struct UniqueKeys<'a> {
    duplicate: &'a RefCell<Option<String>>,
}

impl<'de> DeserializeSeed<'de> for UniqueKeys<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for UniqueKeys<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    // A number arrives here too, as an object of one key: serde_json hands over its text that way.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut keys = HashSet::new();
        while let Some(key) = map.next_key::<String>()? {
            if !keys.insert(key.clone()) {
                self.duplicate.replace(Some(key));
                return Err(A::Error::custom("duplicate key"));
            }
            map.next_value_seed(self)?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(self)?.is_some() {}
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_stands_twice_is_found_at_any_depth() {
        let twice =
            |text: &str, key: &str| assert_eq!(parse(text), Err(Unreadable::DuplicateKey(key.to_owned())), "{text}");
        twice(r#"{"a":1,"a":2}"#, "a");
        twice(r#"{"x":[{"a":1},{"b":{"c":1,"d":2,"c":null}}]}"#, "c");
        twice(r#"{"caf\u00e9":1,"café":2}"#, "café");
        assert!(parse(r#"{"a":{"a":1},"b":[{"a":1},{"a":1}]}"#).is_ok());
    }

    #[test]
    fn what_is_read_is_written_as_it_was() {
        for text in [
            r#"{"z":7.10,"a":[1.0,-0.0,1e+5,1e-2,123456789012345678901234567890.10],"m":"ä€😀","n":null,"t":true}"#,
            r#"{"b":0.000000000000000000001,"a":{"y":[],"x":{}}}"#,
        ] {
            assert_eq!(parse(text).expect("JSON").to_string(), text);
        }
    }

    #[test]
    fn an_exponent_keeps_its_digits_and_changes_its_spelling() {
        assert_eq!(parse("[1.50E5]").expect("JSON").to_string(), "[1.50e+5]");
    }

    #[test]
    fn what_is_not_json_is_refused() {
        for text in ["", "{", "<html>", "{\"a\":1} {", "{\"$serde_json::private::Number\":\"1\"}"] {
            assert_eq!(parse(text), Err(Unreadable::NotJson), "{text}");
        }
    }
}
