//! The two elements of a resource that belong to the server.

use fhir_server::Version;
use jiff::Timestamp;
use serde_json::{Map, Value};

/// Sets `id`, `meta.versionId` and `meta.lastUpdated`; everything else stays as it came, in its order.
pub(super) fn stamp(resource: &mut Value, id: &str, version: Version, at: Timestamp) {
    let Value::Object(members) = resource else { return };
    match members.get_mut("id") {
        Some(old) => *old = Value::from(id),
        None => {
            let place = members.len().min(1);
            members.shift_insert(place, "id".to_owned(), Value::from(id));
        }
    }
    if !members.get("meta").is_some_and(Value::is_object) {
        members.shift_remove("meta");
        let place = members.keys().position(|name| name == "id").map_or(0, |place| place + 1);
        members.shift_insert(place, "meta".to_owned(), Value::Object(Map::new()));
    }
    if let Some(Value::Object(meta)) = members.get_mut("meta") {
        meta.insert("versionId".to_owned(), Value::from(version.0.to_string()));
        meta.insert("lastUpdated".to_owned(), Value::from(instant(at)));
    }
}

/// An `instant` to the millisecond: what most clients can read.
fn instant(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_stamp_changes_nothing_but_id_version_and_time() {
        let mut goal: Value =
            serde_json::from_str(r#"{"resourceType":"Goal","x":1.50,"meta":{"tag":[],"versionId":"9"}}"#)
                .expect("JSON");
        stamp(&mut goal, "g", Version(2), Timestamp::UNIX_EPOCH);
        assert_eq!(
            goal.to_string(),
            r#"{"resourceType":"Goal","id":"g","x":1.50,"meta":{"tag":[],"versionId":"2","lastUpdated":"1970-01-01T00:00:00.000Z"}}"#
        );
        let mut bare = json!({"resourceType": "Goal", "status": "x"});
        stamp(&mut bare, "g", Version(1), Timestamp::UNIX_EPOCH);
        let names: Vec<_> = bare.as_object().expect("an object").keys().cloned().collect();
        assert_eq!(names, ["resourceType", "id", "meta", "status"]);
    }
}
