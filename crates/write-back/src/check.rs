//! What can be said of an edit before the source is asked.

use std::fmt;

use fhir::FhirDate;
use rust_decimal::Decimal;

use crate::achievement::Achievement;
use crate::edit::GoalEdit;

/// Longest note, in characters.
const NOTE_LENGTH: usize = 4_000;
/// Most digits of a value: what R4 asks every system to carry (datatypes.html, `decimal`).
const DIGITS: usize = 18;

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Achievement status.
    Achievement,
    /// Target value.
    TargetValue,
    /// Due date.
    Due,
    /// Progress note.
    Note,
}

/// Why a field is not taken, as a sentence for the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    /// The field.
    pub field: Field,
    /// The sentence.
    pub why: String,
}

impl Field {
    /// The field's name in forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::Achievement => "achievement",
            Self::TargetValue => "target_value",
            Self::Due => "due",
            Self::Note => "note",
        }
    }
}

impl fmt::Display for FieldProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field.name(), self.why)
    }
}

/// Finds what is wrong with an edit in itself. Only what the user changed is judged: an odd value that the source
/// already had is not the user's fault.
pub(crate) fn check(edit: &GoalEdit) -> Vec<FieldProblem> {
    let GoalEdit { base, mine, note, .. } = edit;
    let mut problems = Vec::new();
    let mut report = |field, problem: Option<&str>| {
        problems.extend(problem.map(|why| FieldProblem { field, why: why.to_owned() }));
    };
    if mine.achievement != base.achievement {
        report(Field::Achievement, mine.achievement.as_deref().and_then(wrong_achievement));
    }
    if mine.target_value != base.target_value {
        report(Field::TargetValue, wrong_value(mine.target_value.as_deref()));
    }
    if mine.due != base.due {
        report(Field::Due, mine.due.as_deref().and_then(wrong_date));
    }
    report(Field::Note, note.as_deref().and_then(wrong_note));
    problems
}

fn wrong_achievement(code: &str) -> Option<&'static str> {
    Achievement::lookup(code).is_none().then_some("This is not a status that a goal can have.")
}

fn wrong_value(text: Option<&str>) -> Option<&'static str> {
    let Some(text) = text else { return Some("A target keeps a value. Change it, or leave it as it is.") };
    if !is_decimal(text) || text.parse::<Decimal>().is_err() {
        return Some("Write a number with digits and a point, such as 7.0.");
    }
    (text.bytes().filter(u8::is_ascii_digit).count() > DIGITS).then_some("Write a number of 18 digits at most.")
}

/// True for a FHIR `decimal` without exponent, which is also a JSON number: `7`, `7.10`, `-0.5`; not `07`, `.5`, `7.`.
fn is_decimal(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').map_or((unsigned, None), |(whole, rest)| (whole, Some(rest)));
    digits(whole) && (whole == "0" || !whole.starts_with('0')) && fraction.is_none_or(digits)
}

fn wrong_date(text: &str) -> Option<&'static str> {
    let date = matches!(FhirDate::parse(text), Some(FhirDate::Year(_) | FhirDate::Month(..) | FhirDate::Day(_)));
    // Signs and blanks that a lenient reader lets pass are no part of a FHIR date.
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
        && text.starts_with(|c: char| c.is_ascii_digit());
    (!date || !plain).then_some("Write a date as year, year-month or year-month-day, such as 2027-03-31.")
}

fn wrong_note(text: &str) -> Option<&'static str> {
    if text.chars().count() > NOTE_LENGTH {
        return Some("A note may have 4,000 characters at most.");
    }
    let control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    text.contains(control).then_some("The note contains characters that are no text.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_a_number_that_json_can_carry() {
        for text in ["7", "7.0", "7.10", "0", "0.5", "-1.25", "130"] {
            assert_eq!(wrong_value(Some(text)), None, "{text}");
        }
        for text in ["", "07", ".5", "7.", "7,5", "1e3", "+7", "NaN", "7 %", "--1", "٧", "1.2.3", "1234567890123456789"]
        {
            assert!(wrong_value(Some(text)).is_some(), "{text}");
        }
    }

    #[test]
    fn a_due_date_is_a_fhir_date() {
        for text in ["2027", "2027-03", "2027-03-31"] {
            assert_eq!(wrong_date(text), None, "{text}");
        }
        for text in [
            "31.03.2027",
            "2027-02-30",
            "2027-13",
            "2027-3-1",
            "2027-03-31T10:00:00Z",
            "+027-03",
            "soon",
            "20270331",
            "2027-+1",
        ] {
            assert!(wrong_date(text).is_some(), "{text}");
        }
    }

    #[test]
    fn a_note_is_text_of_4000_characters_at_most() {
        assert_eq!(wrong_note(&"ä".repeat(4_000)), None);
        assert!(wrong_note(&"ä".repeat(4_001)).is_some());
        assert_eq!(wrong_note("two\nlines\tand a tab"), None);
        assert!(wrong_note("a bell\u{7}").is_some());
    }
}
