//! Numbers with the digits that were written.

use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::{Deserializer, Error};
use serde_json::Value;

/// Reads a number of JSON, or a text that holds one: 8.0 stays 8.0, and what would lose a digit is refused.
///
/// # Errors
/// It is no number, or has more digits than a decimal keeps.
pub(super) fn exactly<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    let text = match Value::deserialize(deserializer)? {
        Value::String(text) => text,
        Value::Number(number) => number.to_string(),
        _ => return Err(D::Error::custom("this must be a number, or a text that holds one")),
    };
    decimal(&text).ok_or_else(|| {
        D::Error::custom("this must be a number of at most 28 digits, and at most 28 of them after its point")
    })
}

/// A number as JSON writes it. An exponent is counted in: 7.50e1 is 75.0.
fn decimal(text: &str) -> Option<Decimal> {
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let bare = digits.strip_prefix('-').unwrap_or(digits).as_bytes();
    let fine = is_digit(bare.first()) && is_digit(bare.last()) && !bare.contains(&b'_');
    let number = Decimal::from_str_exact(digits).ok().filter(|_| fine)?;
    let exponent: i64 = exponent.parse().ok()?;
    if exponent == 0 {
        return Some(number);
    }
    let scale = i64::from(number.scale()).checked_sub(exponent)?;
    let ten = |power: i64| 10_i128.checked_pow(u32::try_from(power).ok()?);
    let (mantissa, scale) = match scale {
        ..0 => (number.mantissa().checked_mul(ten(scale.checked_neg()?)?)?, 0),
        scale => (number.mantissa(), u32::try_from(scale).ok()?),
    };
    Decimal::try_from_i128_with_scale(mantissa, scale).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::plan::Quantity;

    fn kept(value: &str) -> Option<String> {
        let text = format!("{{\"value\":{value}}}");
        let straight = serde_json::from_str::<Quantity>(&text).ok();
        let parsed: serde_json::Value = serde_json::from_str(&text).expect(value);
        let through_a_value = serde_json::from_value::<Quantity>(parsed).ok();
        let [straight, through_a_value] = [straight, through_a_value].map(|one| one.map(|one| one.value.to_string()));
        assert_eq!(straight, through_a_value, "{value}");
        straight
    }

    #[test]
    fn a_number_lost_the_zeros_that_were_written_or_was_refused_for_them() {
        for (value, digits) in [
            ("8.0", "8.0"),
            ("7.50", "7.50"),
            ("\"7.50\"", "7.50"),
            ("8", "8"),
            ("-0.10", "-0.10"),
            ("-0", "0"),
            ("1e3", "1000"),
            ("1E+3", "1000"),
            ("7.50e1", "75.0"),
            ("\"5e-3\"", "0.005"),
            ("0.1", "0.1"),
            ("0.1234567890123456789012345678", "0.1234567890123456789012345678"),
            ("18446744073709551616", "18446744073709551616"),
        ] {
            assert_eq!(kept(value).map(|kept| kept.replace("-0", "0")), Some(digits.replace("-0", "0")), "{value}");
        }
        assert_eq!(kept("-0.10").as_deref(), Some("-0.10"));
    }

    #[test]
    fn digits_that_do_not_fit_were_rounded_away() {
        for value in [
            "0.12345678901234567890123456789",
            "\"0.12345678901234567890123456789\"",
            "79228162514264337593543950336",
            "1e29",
            "1e-29",
            "1e99999999999999999999",
            "\"1e\"",
            "\"1_000\"",
            "\"+5\"",
            "\".5\"",
            "\"5.\"",
            "\"\"",
            "\"-\"",
            "\"seven\"",
            "\" 7\"",
            "null",
            "true",
            "[7]",
            "{\"7\":7}",
        ] {
            assert_eq!(kept(value), None, "{value}");
        }
    }

    #[test]
    fn what_is_kept_reads_back_the_same() {
        let quantity: Quantity = serde_json::from_value(json!({ "value": "7.50" })).expect("a number");
        let text = serde_json::to_string(&quantity).expect("JSON");
        assert_eq!(serde_json::from_str::<Quantity>(&text).expect("read back"), quantity);
    }
}
