//! Text: names, addresses and descriptions, by their beginning (R4 search.html#string).

use serde_json::Value;

/// How a text search compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// Begins with, whatever the case and the accents.
    Begins,
    /// Contains, whatever the case and the accents (`:contains`).
    Contains,
    /// Is, to the letter (`:exact`).
    Exact,
}

/// True where the element, or a part of a name or address, compares.
pub(super) fn matches(element: &Value, wanted: &str, how: How) -> bool {
    match element {
        Value::String(text) => match how {
            How::Begins => begins(text, wanted),
            How::Contains => fold(text).contains(&fold(wanted)),
            How::Exact => text == wanted,
        },
        Value::Array(members) => members.iter().any(|member| matches(member, wanted, how)),
        Value::Object(members) => {
            let parts = members.iter().filter(|(name, _)| PARTS.contains(&name.as_str()));
            parts.into_iter().any(|(_, part)| matches(part, wanted, how))
        }
        _ => false,
    }
}

/// The parts of HumanName and Address that a search looks at; `use` and `period` are none.
const PARTS: &[&str] =
    &["text", "family", "given", "prefix", "suffix", "line", "city", "district", "state", "postalCode", "country"];

/// True where the text begins so, whatever the case and the accents.
pub(super) fn begins(text: &str, wanted: &str) -> bool {
    fold(text).starts_with(&fold(wanted))
}

/// Lower case without the accents of European names.
pub(crate) fn fold(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).map(without_accent).collect()
}

fn without_accent(character: char) -> char {
    match character {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        'ť' | 'ţ' | 'ț' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ž' | 'ż' => 'z',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_name_is_found_by_the_beginning_of_any_part() {
        let name = json!([{"use": "official", "family": "Sjögren", "given": ["Ada", "May"]}]);
        for wanted in ["sjo", "SJÖGREN", "may", "Ad"] {
            assert!(matches(&name, wanted, How::Begins), "{wanted}");
        }
        assert!(!matches(&name, "gren", How::Begins));
        assert!(!matches(&name, "official", How::Begins));
        assert!(matches(&name, "gren", How::Contains));
        assert!(matches(&name, "Sjögren", How::Exact) && !matches(&name, "sjögren", How::Exact));
    }
}
