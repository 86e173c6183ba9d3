//! Stages of a condition, as far as they can be compared.

/// A stage: what it is a stage of a scale of, its number, and the letter where it has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::rules) struct Stage {
    scale: &'static str,
    number: u8,
    letter: Option<char>,
}

/// Reads a stage, such as "Stage 3b", "CKD G3bA2", "IIIA" or "NYHA class II"; `None` where it cannot be told.
pub(in crate::rules) fn read(text: &str) -> Option<Stage> {
    let text = text.to_lowercase();
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let scales = ["class", "grade", "stage"];
    let named = words.iter().position(|word| scales.contains(word));
    let scale = named.map_or("stage", |at| scales.into_iter().find(|scale| *scale == words[at]).unwrap_or("stage"));
    match named.and_then(|at| words.get(at + 1)).or(if words.len() == 1 { words.first() } else { None }) {
        Some(word) => value(word, scale),
        // "CKD G3b": the filtration category of KDIGO says what it is.
        None => words.iter().find(|word| word.starts_with('g')).and_then(|word| value(word, scale)),
    }
}

fn value(word: &str, scale: &'static str) -> Option<Stage> {
    // KDIGO writes the filtration category as G3b, with the albuminuria category behind it.
    let kidney = word.strip_prefix('g').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let word = kidney.map_or(word, |rest| {
        rest.find('a')
            .filter(|at| rest[at + 1..].starts_with(|c: char| c.is_ascii_digit()))
            .map_or(rest, |at| &rest[..at])
    });
    let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    let (number, rest) = if end > 0 { (word[..end].parse().ok()?, &word[end..]) } else { roman(word)? };
    let mut letters = rest.chars();
    let letter = letters.next();
    let fits = letters.next().is_none() && letter.is_none_or(|letter| matches!(letter, 'a'..='d'));
    fits.then_some(Stage { scale, number, letter })
}

fn roman(word: &str) -> Option<(u8, &str)> {
    let end = word.find(|c: char| !matches!(c, 'i' | 'v')).unwrap_or(word.len());
    let number = match &word[..end] {
        "i" => 1,
        "ii" => 2,
        "iii" => 3,
        "iv" => 4,
        "v" => 5,
        _ => return None,
    };
    Some((number, &word[end..]))
}

impl Stage {
    /// True where both are on one scale and cannot both hold: 3 and 3b can, 3a and 3b cannot.
    pub(in crate::rules) fn contradicts(&self, other: &Self) -> bool {
        let letters = matches!((self.letter, other.letter), (Some(own), Some(theirs)) if own != theirs);
        self.scale == other.scale && (self.number != other.number || letters)
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    fn differ(one: &str, other: &str) -> bool {
        match (read(one), read(other)) {
            (Some(one), Some(other)) => one.contradicts(&other),
            _ => false,
        }
    }

    #[test]
    fn stages_are_read_however_they_are_written() {
        for one in ["Stage 3b", "stage IIIb", "CKD stage 3B (disorder)", "G3b", "CKD G3bA2", "3b", "IIIB"] {
            assert!(!differ(one, "Stage 3b"), "{one}: {:?}", read(one));
            assert!(differ(one, "Stage 4"), "{one}: {:?}", read(one));
            assert!(differ(one, "Stage 3a"), "{one}: {:?}", read(one));
            assert!(!differ(one, "Stage 3"), "{one}: a stage without its letter holds both");
        }
    }

    #[test]
    fn what_is_no_stage_or_on_another_scale_says_nothing() {
        for other in ["NYHA class II", "T2 N0 M0", "early", "", "unknown", "moderate 4 of 10"] {
            assert!(!differ("Stage 4", other), "{other}: {:?}", read(other));
        }
    }
}
