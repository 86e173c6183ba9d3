//! Names as far as spelling matters not.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The words of a name without case, accents and punctuation: "Müller-Lüdenscheidt" gives `muller` and `ludenscheidt`.
pub(in crate::rules) fn folded_words(name: &str) -> Vec<String> {
    let plain: String = name.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase).collect();
    let words = plain.split(|letter: char| !letter.is_alphanumeric() && letter != '\'' && letter != '\u{2019}');
    let bare = |word: &str| -> String {
        let letters = word.chars().filter(|letter| letter.is_alphanumeric());
        letters.flat_map(|letter| if letter == 'ß' { vec!['s', 's'] } else { vec![letter] }).collect()
    };
    words.map(bare).filter(|word| !word.is_empty()).collect()
}

/// True where two family names may be one: they share a word, as after a marriage, or differ only in spaces, hyphens,
/// accents or the spelling of umlauts.
pub(in crate::rules) fn may_be_one(one: &str, other: &str) -> bool {
    let alike = |fold: fn(&str) -> Vec<String>| {
        let (one, other) = (fold(one), fold(other));
        one.concat() == other.concat() || one.iter().any(|word| word.chars().count() > 2 && other.contains(word))
    };
    alike(folded_words) || spelled_out(one).iter().any(|one| spelled_out(other).contains(one))
}

/// The whole name in one word, as it is and with umlauts written out: "Müller" and "Mueller" are one name.
fn spelled_out(name: &str) -> [String; 2] {
    let written = |letter: char| -> &'static str {
        match letter {
            'ä' | 'æ' => "ae",
            'ö' | 'ø' => "oe",
            'ü' => "ue",
            'å' => "aa",
            _ => "",
        }
    };
    let lower: String = name.nfc().flat_map(char::to_lowercase).collect();
    let out: String = lower
        .chars()
        .flat_map(|letter| {
            let written = written(letter);
            if written.is_empty() { letter.to_string() } else { written.to_owned() }.chars().collect::<Vec<_>>()
        })
        .collect();
    [folded_words(name).concat(), folded_words(&out).concat()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_name_is_the_same_however_it_is_spelled() {
        for (one, other) in [
            ("Müller", "MULLER"),
            ("Müller", "Mueller"),
            ("O'Brien", "OBrien"),
            ("Smith-Jones", "Smith Jones"),
            ("Smith", "Smith-Jones"),
            ("Weiß", "Weiss"),
            ("van der Berg", "Vanderberg"),
            ("Søren", "Soeren"),
        ] {
            assert!(may_be_one(one, other) && may_be_one(other, one), "{one} and {other}");
        }
        for (one, other) in [("Noelle", "Nolan"), ("de Vries", "de Jong"), ("Li", "Lu"), ("Smith", "Smythe")] {
            assert!(!may_be_one(one, other) && !may_be_one(other, one), "{one} and {other}");
        }
    }
}
