//! Ids that follow from what something is about, so that of two who make it at the same time one is told of the other.

use access::PersonId;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::Id;

/// The id of what a person has one of: the same for the same person, kind and texts, in every process. `passed` counts
/// those of the same that turned out to be somebody else's and have taken their ids along.
pub(crate) fn id_of<T>(kind: &str, person: &PersonId, about: &[&str], passed: u32) -> Id<T> {
    let mut digest = Sha256::new();
    // Each text with its length before it, so that none flows into the next.
    for text in [kind, person.as_str()].into_iter().chain(about.iter().copied()) {
        digest.update((text.len() as u64).to_be_bytes());
        digest.update(text);
    }
    if passed > 0 {
        digest.update(passed.to_be_bytes());
    }
    let digest: [u8; 32] = digest.finalize().into();
    let mut bits = [0; 16];
    bits.copy_from_slice(&digest[..16]);
    Id::from_random(bits)
}

/// A text that means the same however it was written: JSON with its names and its lists in one order and without the space
/// between. Whatever is no JSON stands for itself.
pub(crate) fn canonical(text: &str) -> String {
    match serde_json::from_str::<Value>(text) {
        Ok(value) => ordered(&value),
        Err(_) => text.trim().to_owned(),
    }
}

fn ordered(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<String> = fields
                .iter()
                .map(|(name, value)| format!("{}:{}", Value::from(name.as_str()), ordered(value)))
                .collect();
            fields.sort();
            format!("{{{}}}", fields.join(","))
        }
        Value::Array(values) => {
            let mut values: Vec<String> = values.iter().map(ordered).collect();
            values.sort();
            format!("[{}]", values.join(","))
        }
        plain => plain.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_is_the_same_however_it_was_written() {
        let one = canonical(r#"{"code":"a","records":[{"key":"x"},{"key":"y"}]}"#);
        assert_eq!(canonical(r#"{ "records": [{"key":"y"}, {"key":"x"}], "code":"a" }"#), one);
        assert_ne!(canonical(r#"{"code":"a","records":[{"key":"x"}]}"#), one);
        assert_eq!(canonical(" plain words "), "plain words");
    }

    #[test]
    fn an_id_follows_from_kind_person_and_texts_and_from_nothing_else() {
        let person = |number| PersonId::from_random([number; 16]);
        let id = |kind, number, about: &[&str]| id_of::<()>(kind, &person(number), about, 0);
        assert_eq!(id("a", 1, &["x", "y"]), id("a", 1, &["x", "y"]));
        for other in [id("b", 1, &["x", "y"]), id("a", 2, &["x", "y"]), id("a", 1, &["xy"]), id("a", 1, &["x", "yz"])] {
            assert_ne!(id("a", 1, &["x", "y"]), other);
        }
        let after = |passed| id_of::<()>("a", &person(1), &["x", "y"], passed).to_string();
        let all: std::collections::BTreeSet<String> = (0..9).map(after).collect();
        assert_eq!(all.len(), 9);
        assert_eq!(after(0), "a756e773b8591e8f5a2d6d3c31c251a1", "documents are kept under it");
    }
}
