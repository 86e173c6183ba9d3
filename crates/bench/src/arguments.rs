//! The command line of `bench`, which `cargo xtask bench` hands on.

use std::path::PathBuf;

use anyhow::{Result, bail};
use lexopt::prelude::{Long, Short, Value, ValueExt};

use crate::heap::Mapping;
use crate::serving::Served;

/// What `--help` says.
pub const HELP: &str = "\
cargo xtask bench [--quick] [--row N] [--rounds N] [--seed S]

  --quick       a run of seconds, to see that it works: its figures mean nothing
  --row N       only one row: 1 time to the whole plan, 2 requests, 3 processor time, 4 bundle to plan items,
                5 growth, 6 first load
  --rounds N    turns of Accord and its partner, 5 where it is not given
  --seed S      another invented person";

/// What one run is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// A run of seconds.
    pub quick: bool,
    /// The only row; all where it is not given.
    pub row: Option<u8>,
    /// Turns.
    pub rounds: usize,
    /// Seed of people and delays.
    pub seed: u64,
}

/// What the program is started as.
#[derive(Debug)]
pub enum Role {
    /// Measures, and prints the table.
    Bench(Wish),
    /// Serves the sources: a child.
    Sources(Served),
    /// Maps one file and tells its memory: a child.
    Heap(PathBuf, Mapping),
    /// Only says how it is used.
    Help,
}

/// Reads the command line.
///
/// # Errors
/// Where it has a word that is not known.
pub fn read(mut words: lexopt::Parser) -> Result<Role> {
    let mut wish = Wish { quick: false, row: None, rounds: 0, seed: 20_261_121 };
    let mut served = Served { sources: 1, resources: 100, strict: false, seed: wish.seed };
    let (mut role, mut mapping) = (None::<String>, Mapping::Plain);
    let mut path = None::<PathBuf>;
    while let Some(word) = words.next()? {
        match word {
            Long("quick") => wish.quick = true,
            Long("row") => wish.row = Some(words.value()?.parse()?),
            Long("rounds") => wish.rounds = words.value()?.parse()?,
            Long("seed") => {
                wish.seed = words.value()?.parse()?;
                served.seed = wish.seed;
            }
            Long("sources") => served.sources = words.value()?.parse()?,
            Long("resources") => served.resources = words.value()?.parse()?,
            Long("strict") => served.strict = true,
            Long("plan") => mapping = Mapping::Plan,
            Long("read") => mapping = Mapping::Read,
            Long("help") | Short('h') => return Ok(Role::Help),
            Value(word) if role.is_none() => role = Some(word.string()?),
            Value(word) if path.is_none() => path = Some(word.into()),
            other => return Err(other.unexpected().into()),
        }
    }
    if wish.row.is_some_and(|row| !(1..=6).contains(&row)) {
        bail!("--row takes 1 to 6");
    }
    if wish.rounds == 0 {
        wish.rounds = if wish.quick { 1 } else { 5 };
    }
    match (role.as_deref(), path) {
        (None, None) => Ok(Role::Bench(wish)),
        (Some("sources"), None) => Ok(Role::Sources(served)),
        (Some("heap"), Some(path)) => Ok(Role::Heap(path, mapping)),
        _ => bail!("{HELP}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(words: &[&str]) -> Option<Wish> {
        match read(lexopt::Parser::from_args(words)) {
            Ok(Role::Bench(wish)) => Some(wish),
            _ => None,
        }
    }

    #[test]
    fn a_quick_run_has_one_round_unless_more_are_wished_for() {
        assert_eq!(wish(&[]).map(|wish| (wish.quick, wish.row, wish.rounds)), Some((false, None, 5)));
        assert_eq!(
            wish(&["--quick", "--row", "3"]).map(|wish| (wish.quick, wish.row, wish.rounds)),
            Some((true, Some(3), 1))
        );
        assert_eq!(wish(&["--quick", "--rounds", "3"]).map(|wish| wish.rounds), Some(3));
    }

    #[test]
    fn a_wrong_word_is_refused() {
        for words in [&["--row", "7"][..], &["--fast"], &["heap"], &["sources", "x"], &["dance"]] {
            assert!(read(lexopt::Parser::from_args(words)).is_err(), "{words:?}");
        }
    }
}
