//! What people have typed, so that it can stand in a sentence of ours.

/// Characters of a name in a sentence.
pub(super) const NAME: usize = 80;
/// Characters of a text in a sentence: who wants all of it reads the plan.
pub(super) const TEXT: usize = 300;
/// Characters before the place where two long texts begin to differ.
const BEFORE: usize = 40;

/// A text on one line, of at most so many characters, that leaves the sentence around it in its order.
pub(super) fn legible(text: &str, at_most: usize) -> String {
    isolated(shortened(&on_one_line(text), at_most))
}

/// Two texts that differ, so that what is shown of them differs too.
pub(super) fn legible_pair(one: &str, other: &str) -> (String, String) {
    let (one, other) = (on_one_line(one), on_one_line(other));
    let is_long = |text: &str| text.chars().count() > TEXT;
    let same = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    if !is_long(&one) && !is_long(&other) || same <= BEFORE {
        return (isolated(shortened(&one, TEXT)), isolated(shortened(&other, TEXT)));
    }
    let from_there = |text: &str| {
        let rest: String = text.chars().skip(same - BEFORE).collect();
        // From a word on, where there is one.
        let rest =
            rest.split_once(' ').filter(|(word, _)| word.chars().count() < BEFORE).map_or(&*rest, |(_, rest)| rest);
        isolated(format!("…{}", shortened(rest, TEXT)))
    };
    (from_there(&one), from_there(&other))
}

/// The same as a sentence: with a full stop, where it has no end of its own.
pub(super) fn ended(text: String) -> String {
    let last = text.trim_end_matches(POP).chars().next_back();
    let has_end = last.is_some_and(|last| matches!(last, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '۔' | '।'));
    if has_end { text } else { text + "." }
}

fn on_one_line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().filter(|c| !c.is_control()).collect()
}

fn shortened(text: &str, at_most: usize) -> String {
    if text.chars().count() <= at_most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(at_most).collect();
    // At the end of a word, unless it is one word.
    let at_word = cut.rfind(' ').filter(|at| cut[..*at].chars().count() * 3 > at_most * 2);
    let cut = at_word.map_or(&*cut, |at| &cut[..at]);
    // What joins or colours the next sign says nothing without it.
    format!("{}…", cut.trim_end_matches(['\u{200d}', '\u{fe0f}', ' ', ',', ';', ':']))
}

/// First strong isolate, and its end (Unicode UAX 9).
const PUSH: char = '\u{2068}';
const POP: char = '\u{2069}';

/// Text that is written from right to left, or says how text is to run, keeps that to itself.
fn isolated(text: String) -> String {
    if !text.chars().any(turns) {
        return text;
    }
    let inner: String = text.chars().filter(|c| !matches!(c, '\u{2066}'..='\u{2069}')).collect();
    format!("{PUSH}{inner}{POP}")
}

fn turns(c: char) -> bool {
    matches!(c,
        '\u{0590}'..='\u{08ff}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_turns_the_line_around_keeps_that_to_itself() {
        assert_eq!(legible("Ana", NAME), "Ana");
        assert_eq!(legible("سارة", NAME), "\u{2068}سارة\u{2069}");
        assert_eq!(legible("x\u{202e}y\u{2069}z", NAME), "\u{2068}x\u{202e}yz\u{2069}");
        assert_eq!(legible(" a\n\tb\u{0} ", NAME), "a b");
    }

    #[test]
    fn a_long_text_is_cut_at_a_word_and_never_within_a_character() {
        let long = "häufig ".repeat(40);
        let cut = legible(&long, NAME);
        assert!(cut.ends_with("häufig…") && cut.chars().count() <= NAME + 1, "{cut}");
        let family = "👩‍👩‍👧‍👦".repeat(40);
        let cut = legible(&family, NAME);
        assert!(!cut.trim_end_matches('…').ends_with('\u{200d}'), "{cut}");
    }

    #[test]
    fn two_long_texts_are_shown_from_where_they_differ() {
        let one = format!("{} with milk", "the same words again ".repeat(40));
        let other = format!("{} with water", "the same words again ".repeat(40));
        let (one, other) = legible_pair(&one, &other);
        assert!(one.starts_with('…') && one.ends_with("with milk") && other.ends_with("with water"), "{one} {other}");
    }

    #[test]
    fn a_sentence_ends_once() {
        assert_eq!(ended("Walk".to_owned()), "Walk.");
        assert_eq!(ended("Walk!".to_owned()), "Walk!");
        assert_eq!(ended("(Walk.)".to_owned()), "(Walk.).");
        assert_eq!(ended("\u{2068}أمش؟\u{2069}".to_owned()), "\u{2068}أمش؟\u{2069}");
    }
}
