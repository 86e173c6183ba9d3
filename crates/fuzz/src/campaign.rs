//! Inputs for one target, one after the other, by a seed.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rand::SeedableRng;
use rand::rngs::StdRng;

use crate::Target;
use crate::mutation::Mutation;

/// So many inputs are kept for further changes; a target whose answers never repeat must not fill the memory.
const KEPT: usize = 2_000;

/// One run of a target: the corpus as it is, then changed inputs without end.
pub struct Campaign {
    target: &'static Target,
    mutation: Mutation,
    pool: Vec<Vec<u8>>,
    answers: HashSet<String>,
    tries: u64,
    corpus: usize,
}

/// An input that made a reader panic, or broke its law.
#[derive(Debug)]
pub struct Finding {
    /// The input.
    pub input: Vec<u8>,
    /// What the panic said.
    pub said: String,
    /// How many inputs were tried before it.
    pub after: u64,
}

impl Campaign {
    /// Begins with a corpus. The same corpus and seed make the same inputs.
    pub fn new(target: &'static Target, corpus: Vec<Vec<u8>>, seed: u64) -> Self {
        let mutation = Mutation::new(StdRng::seed_from_u64(seed), target.words);
        let corpus_size = corpus.len();
        Self { target, mutation, pool: corpus, answers: HashSet::new(), tries: 0, corpus: corpus_size }
    }

    /// Inputs tried until now.
    pub fn tries(&self) -> u64 {
        self.tries
    }

    /// In how many ways the target has answered.
    pub fn answers(&self) -> usize {
        self.answers.len()
    }

    /// Makes the next input: first those of the corpus, then changed ones.
    pub fn next_input(&mut self) -> Vec<u8> {
        let unchanged = usize::try_from(self.tries).ok().filter(|at| *at < self.corpus);
        match unchanged {
            Some(at) => self.pool[at].clone(),
            None => self.mutation.input(&self.pool),
        }
    }

    /// Tries an input, and keeps it where the target answered it in a new way.
    pub fn attempt(&mut self, input: Vec<u8>) -> Result<(), Finding> {
        let tried = self.tries;
        self.tries += 1;
        match answer(self.target, &input) {
            Ok(answer) => {
                let is_new = self.answers.len() < KEPT && self.answers.insert(answer);
                if is_new && tried >= self.corpus as u64 {
                    self.pool.push(input);
                }
                Ok(())
            }
            Err(said) => Err(Finding { input, said, after: tried }),
        }
    }
}

/// What a target says about an input, or what its panic said.
pub(crate) fn answer(target: &Target, input: &[u8]) -> Result<String, String> {
    catch_unwind(AssertUnwindSafe(|| (target.check)(input))).map_err(|payload| {
        let text = payload.downcast_ref::<String>().map(String::as_str);
        text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("a panic without words").to_owned()
    })
}
