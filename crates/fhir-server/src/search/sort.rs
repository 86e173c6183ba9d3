//! The order of the matches (`_sort`, R4 search.html#sort).

use jiff::civil::DateTime;
use serde_json::Value;

use super::date::ranges;
use crate::params::{self, Kind, Param};
use crate::{Failure, each};

/// One level of the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sorting {
    param: &'static Param,
    descending: bool,
}

/// What one resource is sorted by, level by level. Text that compares as the values do, so that a cursor can carry it.
pub type SortKey = Vec<String>;

impl Sorting {
    /// Reads `date`, `-date` or several with commas.
    ///
    /// # Errors
    /// 400 for a parameter that the type does not have or that has no order.
    pub fn parse(kind: &str, text: &str) -> Result<Vec<Self>, Failure> {
        let rule = |name: &str| {
            let (name, descending) = name.strip_prefix('-').map_or((name, false), |name| (name, true));
            match params::lookup(kind, name) {
                Some(param) if param.kind != Kind::Quantity => Ok(Self { param, descending }),
                _ => Err(Self::not_offered(kind)),
            }
        };
        text.split(',').map(rule).collect()
    }

    /// The refusal of a parameter that gives no order.
    pub(super) fn not_offered(kind: &str) -> Failure {
        Failure::bad_request("not-supported", format!("{kind} cannot be sorted by this parameter."))
    }

    /// Name of the parameter.
    pub fn name(self) -> &'static str {
        self.param.name
    }

    /// True where the last comes first.
    pub fn descending(self) -> bool {
        self.descending
    }

    /// What this level sorts the resource by; empty where it has no such value, and then it comes last or, in a
    /// descending order, last as well.
    pub fn key(self, resource: &Value) -> String {
        let mut keys = Vec::new();
        for path in self.param.paths {
            each(resource, path, &mut |element| keys.extend(key_of(self.param.kind, element)));
        }
        let key = if self.descending { keys.into_iter().max() } else { keys.into_iter().min() };
        key.unwrap_or_default()
    }

    /// Compares two keys of this level.
    pub fn compare(self, left: &str, right: &str) -> std::cmp::Ordering {
        let missing_last = left.is_empty().cmp(&right.is_empty());
        let values = if self.descending { right.cmp(left) } else { left.cmp(right) };
        missing_last.then(values)
    }
}

fn key_of(kind: Kind, element: &Value) -> Option<String> {
    match kind {
        // Nanoseconds since the year -9999, padded, so that they compare as text.
        Kind::Date => {
            let start = ranges(element).into_iter().map(|range| range.start).min()?;
            let since = start.duration_since(DateTime::MIN).as_nanos();
            Some(format!("{since:032}"))
        }
        Kind::Text => words(element).map(|text| text.to_lowercase()),
        _ => words(element),
    }
}

fn words(element: &Value) -> Option<String> {
    match element {
        Value::String(text) => Some(text.clone()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Array(members) => members.iter().find_map(words),
        Value::Object(members) => ["text", "family", "display", "coding", "code", "value", "reference"]
            .iter()
            .find_map(|name| members.get(*name).and_then(words)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn dates_of_any_precision_sort_and_a_missing_one_comes_last_both_ways() {
        let rows =
            [json!({"effectiveDateTime": "2026-11-21"}), json!({}), json!({"effectivePeriod": {"start": "2025"}})];
        for (text, order) in [("date", [2, 0, 1]), ("-date", [0, 2, 1])] {
            let rule = Sorting::parse("Observation", text).expect(text)[0];
            let mut places: Vec<usize> = (0..3).collect();
            places.sort_by(|left, right| rule.compare(&rule.key(&rows[*left]), &rule.key(&rows[*right])));
            assert_eq!(places, order, "{text}");
        }
        assert_eq!(Sorting::parse("Observation", "colour").expect_err("unknown").status, 400);
    }
}
