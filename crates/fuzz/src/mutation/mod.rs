//! Inputs made out of other inputs: by bytes, by the pieces that a format is made of, and by the nodes of JSON.

mod bytes;
mod json;
mod pieces;

use rand::Rng;
use rand::rngs::StdRng;

/// A line of this separates the parts of an input.
pub const BETWEEN_PARTS: &str = "\n---\n";
/// No input grows longer.
const LONGEST: usize = 64 * 1024;

/// Numbers at the edges of what readers take.
const NUMBERS: [&str; 14] = [
    "0",
    "-1",
    "-0",
    "1e999",
    "-1e999",
    "0.1e-9999",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775809",
    "18446744073709551616",
    "253402300800",
    "1.7976931348623157e308",
    "00",
    "123456789012345678901234567890123456789012345678901234567890",
];

/// Makes inputs.
pub struct Mutation {
    rng: StdRng,
    words: &'static [&'static str],
}

impl Mutation {
    /// Takes its randomness, and the words that mean something in the format.
    pub fn new(rng: StdRng, words: &'static [&'static str]) -> Self {
        Self { rng, words }
    }

    /// Makes an input out of one or two of the pool.
    pub fn input(&mut self, pool: &[Vec<u8>]) -> Vec<u8> {
        let mut input = self.one_of(pool).cloned().unwrap_or_default();
        let other = self.one_of(pool).cloned().unwrap_or_default();
        // Mostly a change or two, so that most of the input stays what a reader accepts; sometimes many.
        let changes = if self.one_in(8) { self.rng.random_range(3..20) } else { self.rng.random_range(1..3) };
        for _ in 0..changes {
            match self.rng.random_range(0..10) {
                0..=3 => self.change_json(&mut input, &other),
                4..=6 => self.change_pieces(&mut input, &other),
                _ => self.change_bytes(&mut input, &other),
            }
            input.truncate(LONGEST);
        }
        input
    }

    fn one_in(&mut self, many: u32) -> bool {
        self.rng.random_range(0..many) == 0
    }

    fn one_of<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        if list.is_empty() { None } else { list.get(self.rng.random_range(0..list.len())) }
    }

    fn word(&mut self) -> &'static str {
        let words = self.words;
        self.one_of(words).copied().unwrap_or_default()
    }

    fn number(&mut self) -> &'static str {
        NUMBERS[self.rng.random_range(0..NUMBERS.len())]
    }

    /// A place in a list of this length, its end included.
    fn place(&mut self, length: usize) -> usize {
        self.rng.random_range(0..=length)
    }

    /// Begin and end of some of a list of this length; mostly few.
    fn range(&mut self, length: usize) -> std::ops::Range<usize> {
        let begin = self.place(length);
        let most = if self.one_in(4) { length } else { length.min(begin + 8) };
        begin..self.rng.random_range(begin..=most.max(begin))
    }
}
