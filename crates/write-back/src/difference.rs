//! What differs between what was sent and what came back.

use serde_json::{Map, Value};

use crate::path::{member, position};

/// Names the paths in which two resources differ, the server's own `meta.versionId` and `meta.lastUpdated` aside.
///
/// The order of members is not compared, since servers may store it as they like; the order of lists and the text of
/// numbers are: `7.0` and `7.00` say different things about a measurement (R4 datatypes.html, `decimal`).
pub fn differences(sent: &Value, got: &Value) -> Vec<String> {
    let mut paths = Vec::new();
    compare("", sent, got, &mut paths);
    paths
}

fn compare(path: &str, sent: &Value, got: &Value, paths: &mut Vec<String>) {
    match (sent, got) {
        (Value::Object(sent), Value::Object(got)) => compare_objects(path, sent, got, paths),
        (Value::Array(sent), Value::Array(got)) => {
            for index in 0..sent.len().max(got.len()) {
                compare_members(&position(path, index), sent.get(index), got.get(index), paths);
            }
        }
        _ if sent == got => {}
        _ => paths.push(path.to_owned()),
    }
}

fn compare_objects(path: &str, sent: &Map<String, Value>, got: &Map<String, Value>, paths: &mut Vec<String>) {
    let names = sent.keys().chain(got.keys().filter(|name| !sent.contains_key(*name)));
    for name in names {
        let path = member(path, name);
        match path.as_str() {
            "meta.versionId" | "meta.lastUpdated" => {}
            "meta" => {
                // A resource that was sent without `meta` comes back with one.
                let empty = Value::Object(Map::new());
                compare(&path, sent.get(name).unwrap_or(&empty), got.get(name).unwrap_or(&empty), paths);
            }
            _ => compare_members(&path, sent.get(name), got.get(name), paths),
        }
    }
}

fn compare_members(path: &str, sent: Option<&Value>, got: Option<&Value>, paths: &mut Vec<String>) {
    match (sent, got) {
        (Some(sent), Some(got)) => compare(path, sent, got, paths),
        _ => paths.push(path.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::differences;
    use crate::json::parse;

    #[track_caller]
    fn check(sent: &str, got: &str, paths: &[&str]) {
        assert_eq!(differences(&parse(sent).expect("JSON"), &parse(got).expect("JSON")), paths);
    }

    #[test]
    fn each_difference_is_named_by_its_path() {
        check(r#"{"a":[{"b":1},{"b":2}],"c":"x"}"#, r#"{"a":[{"b":1},{"b":3}],"d":"x"}"#, &["a[1].b", "c", "d"]);
        check(r#"{"a":[1,2]}"#, r#"{"a":[2]}"#, &["a[0]", "a[1]"]);
        check(r#"{"a":{"b":1}}"#, r#"{"a":[]}"#, &["a"]);
    }

    #[test]
    fn the_digits_of_a_number_count_and_the_order_of_members_does_not() {
        check(r#"{"a":7.0}"#, r#"{"a":7.00}"#, &["a"]);
        check(r#"{"a":1,"b":2}"#, r#"{"b":2,"a":1}"#, &[]);
    }

    #[test]
    fn version_and_time_are_the_servers_own() {
        check(r#"{"a":1}"#, r#"{"a":1,"meta":{"versionId":"2","lastUpdated":"2026-11-21T00:00:00Z"}}"#, &[]);
        check(r#"{"meta":{"versionId":"1"}}"#, r#"{"meta":{"versionId":"2","tag":[]}}"#, &["meta.tag"]);
        check(r#"{"x":{"meta":{"versionId":"1"}}}"#, r#"{"x":{"meta":{"versionId":"2"}}}"#, &["x.meta.versionId"]);
    }
}
