//! Whether two doses in words mean the same.
//!
//! Amount and frequency are read where the words are the usual ones of a prescription; where they are not, words are
//! compared after leaving out what says nothing ("take", "by mouth"). A dose that only says less does not differ.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

/// How two doses differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::rules) enum Difference {
    /// In what is taken on a day.
    Amount,
    /// In words that we cannot read as numbers.
    Words,
}

/// How often in a week, by the words for it, the longest first.
const TIMES: &[(&str, u32)] = &[
    ("every other day", 350),
    ("four times", 2800),
    ("4 times", 2800),
    ("every 6 hours", 2800),
    ("every 4 hours", 4200),
    ("q6h", 2800),
    ("q4h", 4200),
    ("qid", 2800),
    ("three times", 2100),
    ("3 times", 2100),
    ("every 8 hours", 2100),
    ("q8h", 2100),
    ("tid", 2100),
    ("twice", 1400),
    ("two times", 1400),
    ("2 times", 1400),
    ("every 12 hours", 1400),
    ("q12h", 1400),
    ("bid", 1400),
    ("once a week", 100),
    ("once weekly", 100),
    ("every week", 100),
    ("weekly", 100),
    ("once a day", 700),
    ("once daily", 700),
    ("once per day", 700),
    ("once", 700),
    ("every day", 700),
    ("every morning", 700),
    ("every evening", 700),
    ("every night", 700),
    ("every 24 hours", 700),
    ("daily", 700),
    ("per day", 700),
    ("a day", 700),
    ("nightly", 700),
    ("bedtime", 700),
    ("in the morning", 700),
    ("at night", 700),
    ("qd", 700),
];
/// Words that say nothing about the dose.
const EMPTY: [&str; 22] = [
    "take", "taking", "by", "mouth", "po", "oral", "orally", "route", "the", "a", "an", "of", "for", "with", "in",
    "at", "per", "each", "dose", "please", "use", "to",
];
/// Units of a dose, each with the one that stands for it.
const UNITS: &[(&str, &str)] = &[
    ("tablet", "piece"),
    ("tablets", "piece"),
    ("tab", "piece"),
    ("tabs", "piece"),
    ("capsule", "piece"),
    ("capsules", "piece"),
    ("cap", "piece"),
    ("caps", "piece"),
    ("pill", "piece"),
    ("pills", "piece"),
    ("mg", "mg"),
    ("mcg", "mcg"),
    ("ug", "mcg"),
    ("g", "g"),
    ("ml", "ml"),
    ("unit", "unit"),
    ("units", "unit"),
    ("puff", "puff"),
    ("puffs", "puff"),
    ("drop", "drop"),
    ("drops", "drop"),
    ("patch", "patch"),
    ("spray", "spray"),
    ("sprays", "spray"),
];
const NUMBERS: [(&str, &str); 8] = [
    ("half", "0.5"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("1/2", "0.5"),
];

/// A dose as far as it can be read.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::rules) struct Sig {
    words: BTreeSet<String>,
    amount: Option<(Decimal, &'static str)>,
    /// Hundredths of a time in a week.
    weekly: Option<u32>,
}

/// How two doses differ; `None` where they do not, or nobody can tell.
pub(in crate::rules) fn difference(one: &Sig, other: &Sig) -> Option<Difference> {
    let same_unit = match (&one.amount, &other.amount) {
        (Some((own, unit)), Some((theirs, other_unit))) if unit == other_unit => Some((*own, *theirs)),
        _ => None,
    };
    match (one.weekly, other.weekly, same_unit) {
        (Some(own), Some(theirs), Some((amount, other_amount))) => {
            (amount * Decimal::from(own) != other_amount * Decimal::from(theirs)).then_some(Difference::Amount)
        }
        (Some(own), Some(theirs), None) => (own != theirs).then_some(Difference::Amount),
        (_, _, Some((amount, other_amount))) if amount != other_amount => Some(Difference::Amount),
        // One says how often and the other does not, or both say it in words of their own.
        _ => {
            let told = one.words.is_subset(&other.words) || other.words.is_subset(&one.words);
            let both = one.weekly.is_none() && other.weekly.is_none() && same_unit.is_none();
            (both && !told).then_some(Difference::Words)
        }
    }
}

/// Reads a dose. It costs much: [`super::doses`] does it once for each text.
pub(in crate::rules) fn read(text: &str) -> Sig {
    super::work::count();
    let lower = text.to_lowercase();
    let tokens = tokens(&lower);
    let plain = tokens.join(" ");
    let frequencies: Vec<u32> = frequencies(&plain);
    let amounts: Vec<(Decimal, &'static str)> = amounts(&tokens);
    // "One in the morning and two at night" is more than one amount: only its words can be compared.
    let clear = amounts.len() <= 1 && frequencies.len() <= 1;
    let words = tokens.iter().filter(|word| !EMPTY.contains(&word.as_str())).map(|word| {
        UNITS.iter().find(|(unit, _)| unit == word).map_or_else(|| word.clone(), |(_, one)| (*one).to_owned())
    });
    Sig {
        words: words.collect(),
        amount: amounts.first().copied().filter(|_| clear),
        weekly: frequencies.first().copied().filter(|_| clear),
    }
}

/// Words and numbers, numbers in digits and apart from their unit.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    for word in text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '/')) {
        let word = word.trim_matches(|c| matches!(c, '.' | '/'));
        if let Some((_, number)) = NUMBERS.iter().find(|(name, _)| *name == word) {
            tokens.push((*number).to_owned());
            continue;
        }
        let end = word.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(word.len());
        let (number, rest) = word.split_at(end);
        let parts = if number.is_empty() || rest.is_empty() { vec![word] } else { vec![number, rest] };
        tokens.extend(parts.into_iter().filter(|part| !part.is_empty()).map(str::to_owned));
    }
    tokens
}

/// The frequencies that the words name; a phrase within another counts once, and so does one said twice.
fn frequencies(text: &str) -> Vec<u32> {
    let mut rest = format!(" {text} ");
    let mut found = Vec::new();
    for (phrase, weekly) in TIMES {
        let phrase = tokens(phrase).join(" ");
        let phrase = format!(" {phrase} ");
        if rest.contains(&phrase) {
            rest = rest.replace(&phrase, " ");
            found.push(*weekly);
        }
    }
    // "Twice daily", "three times a day", "once daily at bedtime": the day is what the count is for.
    if found.len() > 1 {
        found.retain(|weekly| *weekly != 700);
    }
    found.dedup();
    found
}

fn amounts(tokens: &[String]) -> Vec<(Decimal, &'static str)> {
    let mut amounts: Vec<(Decimal, &'static str)> = tokens
        .windows(2)
        .filter_map(|pair| {
            let unit = UNITS.iter().find(|(unit, _)| *unit == pair[1])?.1;
            Some((pair[0].parse().ok()?, unit))
        })
        .collect();
    amounts.dedup();
    amounts
}

#[cfg(test)]
mod tests {
    use super::{Difference, read};

    fn difference(one: &str, other: &str) -> Option<Difference> {
        super::difference(&read(one), &read(other))
    }

    #[test]
    fn the_same_dose_in_other_words_is_the_same() {
        for (one, other) in [
            ("1 tablet daily", "Take one tablet by mouth every day"),
            ("Take 1 tablet twice daily", "one tab BID"),
            ("500 mg, twice a day", "500mg every 12 hours"),
            ("2 tablets once daily", "1 tablet twice a day"),
            ("10 mg at bedtime", "10 mg once daily at bedtime"),
            ("1 puff as needed", "as needed"),
            ("once a day", "1 tablet once a day"),
            ("One in the morning and two at night", "one in the morning and two at night"),
        ] {
            assert_eq!(difference(one, other), None, "{one} / {other}");
            assert_eq!(difference(other, one), None, "{one} / {other}");
        }
    }

    #[test]
    fn another_amount_or_another_count_differs() {
        for (one, other) in [
            ("1 tablet daily", "2 tablets daily"),
            ("1 tablet daily", "1 tablet twice a day"),
            ("5 mg nightly", "10 mg nightly"),
            ("every day", "every other day"),
            ("once a week", "once a day"),
        ] {
            assert_eq!(difference(one, other), Some(Difference::Amount), "{one} / {other}");
            assert_eq!(difference(other, one), Some(Difference::Amount), "{one} / {other}");
        }
    }

    #[test]
    fn words_that_are_no_numbers_differ_as_words() {
        assert_eq!(difference("before meals", "as directed by the clinic"), Some(Difference::Words));
        assert_eq!(difference("as directed", "as directed by the clinic"), None, "less is no other");
    }
}
