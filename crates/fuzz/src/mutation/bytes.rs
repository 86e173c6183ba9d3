//! Changes that know nothing of the format.

use rand::Rng;

use super::Mutation;

/// Bytes that are no UTF-8, or that readers of text stumble over.
const ODD: [&[u8]; 14] = [
    b"\xff",
    b"\xc0\xaf",
    b"\xe2\x28\xa1",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"\x80",
    b"\0",
    b"\r\n",
    b"\x1b[0m",
    b"\xef\xbb\xbf",
    "\u{202e}".as_bytes(),
    "\u{2028}".as_bytes(),
    "e\u{301}\u{301}\u{301}".as_bytes(),
    "İß".as_bytes(),
];
const OPENING: [&str; 6] = ["[", "{\"a\":", "(", "<a>", "%", "[{\"extension\":"];

impl Mutation {
    pub(super) fn change_bytes(&mut self, input: &mut Vec<u8>, other: &[u8]) {
        match self.rng.random_range(0..10) {
            0 if !input.is_empty() => {
                let at = self.rng.random_range(0..input.len());
                input[at] ^= 1 << self.rng.random_range(0..8);
            }
            1 if !input.is_empty() => {
                let at = self.rng.random_range(0..input.len());
                input[at] = self.rng.random();
            }
            2 => drop(input.drain(self.range(input.len()))),
            3 => {
                let again = input[self.range(input.len())].to_vec();
                let times = if self.one_in(6) { self.rng.random_range(2..300) } else { 1 };
                self.insert(input, &again.repeat(times));
            }
            4 => {
                let word = self.word();
                self.insert(input, word.as_bytes());
            }
            5 => {
                let range = self.range(input.len());
                let word = if self.one_in(3) { self.number() } else { self.word() };
                input.splice(range, word.bytes());
            }
            6 => {
                let piece = other[self.range(other.len())].to_vec();
                self.insert(input, &piece);
            }
            7 => input.truncate(self.place(input.len())),
            8 => {
                let odd = ODD[self.rng.random_range(0..ODD.len())];
                self.insert(input, odd);
            }
            _ if self.one_in(4) => {
                let opening = OPENING[self.rng.random_range(0..OPENING.len())];
                let deep = opening.repeat(self.rng.random_range(100..4_000));
                self.insert(input, deep.as_bytes());
            }
            _ => self.change_number(input),
        }
    }

    fn insert(&mut self, input: &mut Vec<u8>, bytes: &[u8]) {
        let at = self.place(input.len());
        input.splice(at..at, bytes.iter().copied());
    }

    /// Puts a number at the edge into the place of a number that stands there.
    fn change_number(&mut self, input: &mut Vec<u8>) {
        let begin = self.place(input.len());
        let Some(first) = input[begin..].iter().position(u8::is_ascii_digit).map(|at| begin + at) else { return };
        let digits = input[first..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let number = self.number();
        input.splice(first..first + digits, number.bytes());
    }
}
