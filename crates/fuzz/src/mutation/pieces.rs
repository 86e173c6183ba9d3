//! Changes of the pieces that a format is made of: pairs of a query, words of a list, parts of a token.

use rand::Rng;

use super::{BETWEEN_PARTS, Mutation};

const SEPARATORS: [&str; 10] = ["&", ";", " ", ",", ".", "/", "=", "\n", "?", BETWEEN_PARTS];

impl Mutation {
    pub(super) fn change_pieces(&mut self, input: &mut Vec<u8>, other: &[u8]) {
        let Ok(text) = std::str::from_utf8(input) else { return self.change_bytes(input, other) };
        let there: Vec<&str> = SEPARATORS.into_iter().filter(|separator| text.contains(separator)).collect();
        let Some(separator) = self.one_of(&there).copied() else { return self.change_bytes(input, other) };
        let mut pieces: Vec<String> = text.split(separator).map(str::to_owned).collect();
        let at = self.rng.random_range(0..pieces.len());
        let to = self.rng.random_range(0..pieces.len());
        match self.rng.random_range(0..8) {
            0 => drop(pieces.remove(at)),
            1 => pieces.insert(to, pieces[at].clone()),
            2 => pieces.swap(at, to),
            3 => pieces[at].clear(),
            4 => self.word().clone_into(&mut pieces[at]),
            5 => {
                let word = self.word();
                pieces[at].push_str(word);
            }
            6 => {
                let theirs = String::from_utf8_lossy(other);
                let theirs: Vec<&str> = theirs.split(separator).collect();
                if let Some(piece) = self.one_of(&theirs) {
                    pieces.insert(to, (*piece).to_owned());
                }
            }
            _ => pieces[at] = self.escaped(&pieces[at]),
        }
        *input = pieces.join(separator).into_bytes();
    }

    /// The same in percent form, or in letters of the other case.
    fn escaped(&mut self, text: &str) -> String {
        if self.one_in(3) {
            return text
                .chars()
                .map(
                    |letter| {
                        if letter.is_lowercase() { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() }
                    },
                )
                .collect();
        }
        text.bytes().map(|byte| format!("%{byte:02X}")).collect()
    }
}
