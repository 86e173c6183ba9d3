//! What differs between two versions of a resource.

use serde_json::Value;

/// One place at which two documents differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    /// JSON Pointer to the place (RFC 6901).
    pub path: String,
    /// What stood there before; `None` where nothing stood.
    pub old: Option<String>,
    /// What stands there now; `None` where nothing stands.
    pub new: Option<String>,
}

/// Lists the deepest places that differ, in document order. Numbers are compared as they are written.
pub(super) fn differences(old: &Value, new: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    compare("", Some(old), Some(new), &mut found);
    found
}

fn compare(path: &str, old: Option<&Value>, new: Option<&Value>, found: &mut Vec<Difference>) {
    match (old, new) {
        (Some(Value::Object(old)), Some(Value::Object(new))) => {
            let added = new.keys().filter(|key| !old.contains_key(*key));
            for key in old.keys().chain(added) {
                let step = key.replace('~', "~0").replace('/', "~1");
                compare(&format!("{path}/{step}"), old.get(key), new.get(key), found);
            }
        }
        (Some(Value::Array(old)), Some(Value::Array(new))) => {
            for index in 0..old.len().max(new.len()) {
                compare(&format!("{path}/{index}"), old.get(index), new.get(index), found);
            }
        }
        (old, new) if old == new => {}
        (old, new) => found.push(Difference {
            path: path.to_owned(),
            old: old.map(Value::to_string),
            new: new.map(Value::to_string),
        }),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::differences;

    fn lines(old: &Value, new: &Value) -> Vec<String> {
        let word = |value: Option<String>| value.unwrap_or("nothing".to_owned());
        differences(old, new).into_iter().map(|d| format!("{} {} -> {}", d.path, word(d.old), word(d.new))).collect()
    }

    #[test]
    fn only_the_places_that_differ_are_listed() {
        let old = json!({"meta": {"versionId": "1"}, "target": [{"dueDate": "2026-01-01", "x": [1, 2]}], "a/b": true});
        let new = json!({"meta": {"versionId": "2"}, "target": [{"dueDate": "2026-06-01", "x": [1]}], "note": []});
        assert_eq!(
            lines(&old, &new),
            [
                "/meta/versionId \"1\" -> \"2\"",
                "/target/0/dueDate \"2026-01-01\" -> \"2026-06-01\"",
                "/target/0/x/1 2 -> nothing",
                "/a~1b true -> nothing",
                "/note nothing -> []",
            ]
        );
    }

    #[test]
    fn the_same_number_written_otherwise_is_a_difference() {
        let read = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
        assert_eq!(lines(&read("{\"v\":1.0}"), &read("{\"v\":1.00}")), ["/v 1.0 -> 1.00"]);
        assert!(lines(&read("{\"v\":1.0}"), &read("{\"v\":1.0}")).is_empty());
    }
}
