//! Members that stand twice in a body.
//!
//! Readers of JSON keep the last of them, or the first, without a word (RFC 8259 section 4): what was written would be lost.

use std::collections::HashSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::body::escaped;

/// The first member that stands twice in its object, at whatever depth, as a JSON pointer.
pub(super) fn doubled(bytes: &[u8]) -> Option<String> {
    let mut look = Look::default();
    // What cannot be read whole is refused by whoever reads it.
    let _ = Within(&mut look).deserialize(&mut serde_json::Deserializer::from_slice(bytes));
    look.found
}

/// Where one looks, and what was found there.
#[derive(Debug, Default)]
struct Look {
    at: Vec<String>,
    found: Option<String>,
}

/// A value in which doubled members are looked for.
struct Within<'l>(&'l mut Look);

impl Within<'_> {
    /// Looks into a part of the value.
    fn part<E>(&mut self, name: String, read: impl FnOnce(Within<'_>) -> Result<(), E>) -> Result<(), E> {
        self.0.at.push(name);
        let result = read(Within(self.0));
        self.0.at.pop();
        result
    }
}

impl<'de> DeserializeSeed<'de> for Within<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Within<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<(), A::Error> {
        let mut names = HashSet::new();
        while let Some(name) = members.next_key::<String>()? {
            let pointer = format!("/{}", escaped(&name));
            if !names.insert(name) {
                self.0.found = Some(self.0.at.concat() + &pointer);
                return Err(A::Error::custom("a member stands twice"));
            }
            self.part(pointer, |value| members.next_value_seed(value))?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut elements: A) -> Result<(), A::Error> {
        let mut number = 0;
        let mut more = true;
        while more {
            self.part(format!("/{number}"), |value| {
                more = elements.next_element_seed(value)?.is_some();
                Ok(())
            })?;
            number += 1;
        }
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
    use super::doubled;

    #[test]
    fn a_doubled_member_is_found_at_every_depth_and_however_its_name_is_written() {
        for (body, at) in [
            (r#"{"a":1,"a":2}"#, "/a"),
            (r#"{"a":1,"\u0061":1}"#, "/a"),
            (r#"{"x":{"y":[{},{"a":null,"b":1.50,"a":null}]}}"#, "/x/y/1/a"),
            (r#"[[{"":1,"":2}]]"#, "/0/0/"),
            (r#"{"a/b~":{},"a/b~":{}}"#, "/a~1b~0"),
        ] {
            assert_eq!(doubled(body.as_bytes()).as_deref(), Some(at), "{body}");
        }
        for body in [r#"{"a":{"a":{"a":1e3}},"b":[1,-2,0.50,true,"a",{"a":1},{"a":1}]}"#, r#"{"a":1"#, "", "{}", "7.50"]
        {
            assert_eq!(doubled(body.as_bytes()), None, "{body}");
        }
    }
}
