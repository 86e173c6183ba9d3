//! How a number is read that somebody typed into a form. One reading for every form: 7,5 is 7.5 everywhere, and what has two
//! readings is asked about and never guessed.

use rust_decimal::Decimal;

/// Why a text is not taken for a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotRead {
    /// It is none.
    NotANumber,
    /// It is one thing to one reader and another to the next: 10,000 is ten thousand, or ten.
    TwoReadings,
}

/// Reads a number with the digits that were typed; a point or a comma stands before its decimals.
///
/// # Errors
/// It is no number, or has two readings: a comma before three digits, or more than one separator.
pub fn typed_number(text: &str) -> Result<Decimal, NotRead> {
    let text = text.trim();
    let bare = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_of_a_number = |letter: char| letter.is_ascii_digit() || is_separator(letter);
    if !bare.chars().all(is_of_a_number) || !bare.contains(|letter: char| letter.is_ascii_digit()) {
        return Err(NotRead::NotANumber);
    }
    let decimals = bare.rsplit_once(',').map(|(_, after)| after);
    if bare.chars().filter(|letter| is_separator(*letter)).count() > 1 || decimals.is_some_and(|after| after.len() == 3)
    {
        return Err(NotRead::TwoReadings);
    }
    let plain = text.strip_prefix('+').unwrap_or(text).replace(',', ".");
    if plain.contains(|letter: char| is_separator(letter) && letter != '.') {
        return Err(NotRead::TwoReadings);
    }
    Decimal::from_str_exact(&plain).map_err(|_| NotRead::NotANumber)
}

/// What divides thousands somewhere, or decimals.
fn is_separator(letter: char) -> bool {
    matches!(letter, '.' | ',' | '\'' | '’' | ' ' | '\u{a0}' | '\u{202f}' | '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, NotRead> {
        typed_number(text).map(|number| number.to_string())
    }

    #[test]
    fn ten_thousand_was_read_as_ten() {
        for text in ["10,000", "-1,250", "0,125", "1,234.5", "1.234,5", "1,2,3", "1.2.3", "1'000", "10 000", "1_000"] {
            assert_eq!(read(text), Err(NotRead::TwoReadings), "{text}");
        }
    }

    #[test]
    fn a_number_keeps_its_digits_and_a_comma_may_stand_for_its_point() {
        for (text, number) in [
            ("7,5", "7.5"),
            (" 7.50 ", "7.50"),
            ("7,25", "7.25"),
            ("7.125", "7.125"),
            ("10000", "10000"),
            ("-0,5", "-0.5"),
            ("+7", "7"),
            ("3,1416", "3.1416"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(number), "{text}");
        }
    }

    #[test]
    fn words_are_no_number() {
        for text in ["", " ", "about seven", "7 %", "1e3", "--1", "٧", ",", "NaN", "99999999999999999999999999999999"]
        {
            assert_eq!(read(text), Err(NotRead::NotANumber), "{text}");
        }
    }
}
