//! Separators inside a value, and their escapes `\,` `\|` `\$` (R4 search.html#escaping).

/// Cuts at each separator that is not escaped; the pieces keep their escapes.
pub(super) fn split(text: &str, separator: char) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut escaped) = (0, false);
    for (at, character) in text.char_indices() {
        if character == separator && !escaped {
            pieces.push(&text[start..at]);
            start = at + separator.len_utf8();
        }
        escaped = character == '\\' && !escaped;
    }
    pieces.push(&text[start..]);
    pieces
}

/// Takes the escapes out.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        plain.push(if character == '\\' { characters.next().unwrap_or('\\') } else { character });
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escaped_separator_does_not_cut() {
        assert_eq!(split(r"a,b\,c,", ','), ["a", r"b\,c", ""]);
        assert_eq!(split(r"a\\,b", ','), [r"a\\", "b"]);
        assert_eq!(plain(r"b\,c\\"), r"b,c\");
    }
}
