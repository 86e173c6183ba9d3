//! Numbers and quantities (R4 search.html#number, #quantity).

use rust_decimal::Decimal;
use serde_json::Value;

use super::date::Prefix;
use super::escape::{plain, split};

/// What a number or quantity search asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Amount {
    prefix: Prefix,
    value: Decimal,
    low: Decimal,
    high: Decimal,
    /// System and code, where the query names a unit.
    unit: Option<(String, String)>,
}

impl Amount {
    /// Reads `[prefix]number`, with `|system|code` behind it for a quantity.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let pieces = split(text, '|');
        let (prefix, number) = Prefix::split(pieces.first()?);
        // Ten digits of precision are enough for any measure, and keep the arithmetic from overflowing.
        let value: Decimal = number.parse().ok().filter(|value: &Decimal| value.scale() <= 10)?;
        let half = Decimal::new(5, value.scale() + 1);
        let unit = match pieces.as_slice() {
            [_] => None,
            [_, system, code] => Some((plain(system), plain(code))),
            _ => return None,
        };
        Some(Self { prefix, value, low: value.checked_sub(half)?, high: value.checked_add(half)?, unit })
    }

    /// True where the element, a number or a Quantity, compares.
    pub(super) fn matches(&self, element: &Value) -> bool {
        let number = element.get("value").unwrap_or(element);
        let Value::Number(number) = number else { return false };
        let text = number.to_string();
        let Some(value) = text.parse::<Decimal>().or_else(|_| Decimal::from_scientific(&text)).ok() else {
            return false;
        };
        let compares = match self.prefix {
            Prefix::Equal => self.low <= value && value < self.high,
            Prefix::NotEqual => value < self.low || self.high <= value,
            Prefix::Greater | Prefix::StartsAfter => value > self.value,
            Prefix::GreaterOrEqual => value >= self.value,
            Prefix::Less | Prefix::EndsBefore => value < self.value,
            Prefix::LessOrEqual => value <= self.value,
        };
        compares && self.unit.as_ref().is_none_or(|(system, code)| has_unit(element, system, code))
    }
}

fn has_unit(element: &Value, system: &str, code: &str) -> bool {
    let of = |name: &str| element.get(name).and_then(Value::as_str);
    (system.is_empty() || of("system") == Some(system))
        && (of("code") == Some(code) || (system.is_empty() && of("unit") == Some(code)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_number_is_as_precise_as_it_is_written() {
        let hits = |query: &str, value: Value| Amount::parse(query).expect(query).matches(&value);
        assert!(hits("7", json!(7.2)) && !hits("7.0", json!(7.2)));
        assert!(hits("gt7", json!(7.2)) && !hits("lt7", json!(7.2)) && hits("ne8", json!(7.2)));
        let quantity = json!({"value": 7.2, "unit": "%", "system": "http://unitsofmeasure.org", "code": "%"});
        assert!(hits("7.2|http://unitsofmeasure.org|%", quantity.clone()));
        assert!(hits("7.2||%", quantity.clone()));
        assert!(!hits("7.2|http://unitsofmeasure.org|mmol/mol", quantity));
        for text in ["", "seven", "7|%", "99999999999999999999999999999999"] {
            assert_eq!(Amount::parse(text), None, "{text}");
        }
    }
}
