//! A JSON document from a source, read leniently: one strange field spoils that field, not the document.

use serde_json::{Map, Value};
use url::Url;

/// The fields of a JSON object.
pub(crate) struct Document(pub(crate) Map<String, Value>);

impl Document {
    /// Reads the body of an answer; `None` where it is no JSON object.
    pub(crate) fn parse(body: &[u8]) -> Option<Self> {
        serde_json::from_slice(body).ok().map(Self)
    }

    /// A text that is not empty.
    pub(crate) fn text(&self, field: &str) -> Option<&str> {
        self.0.get(field)?.as_str().filter(|text| !text.is_empty())
    }

    /// The texts of a list; `None` where the field is no list.
    pub(crate) fn texts(&self, field: &str) -> Option<Vec<String>> {
        Some(self.0.get(field)?.as_array()?.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect())
    }

    /// An address, resolved against a base where it is relative (checklist D4).
    pub(crate) fn url(&self, field: &str, base: &Url) -> Option<Url> {
        base.join(self.text(field)?).ok()
    }

    /// A whole number of seconds, also where it is written as text or with a fraction.
    pub(crate) fn seconds(&self, field: &str) -> Option<i64> {
        seconds(self.0.get(field)?)
    }
}

/// A whole number of seconds, also where it is written as text or with a fraction.
pub(crate) fn seconds(value: &Value) -> Option<i64> {
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    let fraction = || text.parse().ok().filter(|number: &f64| number.is_finite()).map(|number| number.floor() as i64);
    text.parse().ok().or_else(fraction)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::seconds;

    #[test]
    fn seconds_are_read_however_they_are_written() {
        for (value, expected) in [
            (json!(300), Some(300)),
            (json!("300"), Some(300)),
            (json!(299.9), Some(299)),
            (json!(1e3), Some(1000)),
            (json!(-5), Some(-5)),
            (json!("soon"), None),
            (json!("NaN"), None),
            (json!(null), None),
            (json!([300]), None),
        ] {
            assert_eq!(seconds(&value), expected, "{value}");
        }
    }
}
