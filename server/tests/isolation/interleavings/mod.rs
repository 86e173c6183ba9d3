//! Interleaved operations of many tabs: whatever is done in whatever order, no answer shows another launch's person.
//!
//! Steps come in blocks, each in a world of its own and the same for the same seed, so that a run can be taken up at any
//! block. `cargo test` does 2,000; `cargo xtask torture --part interleavings` does 100,000.

mod play;
mod step;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use futures::stream::{self, StreamExt};
use play::{Play, Tally};
use step::{Deed, Step};
use tokio::runtime::Handle;

/// Steps of one block.
const BLOCK: usize = 500;
/// Blocks that are played at a time.
const LANES: usize = 2;
/// How often the progress of a long run is told.
const TELL_EVERY: Duration = Duration::from_secs(5);
/// Runs that a failed block is given to become shorter.
const SHRINKING: usize = 100;

/// What to run, from the environment: `cargo xtask torture` sets it.
struct Wish {
    operations: usize,
    seed: u64,
    from: u64,
}

impl Wish {
    fn read() -> Self {
        let number = |name: &str| {
            let text = std::env::var(format!("ACCORD_TORTURE_{name}")).ok()?;
            Some(text.parse::<u64>().unwrap_or_else(|_| panic!("ACCORD_TORTURE_{name} is a number, not {text}")))
        };
        let operations = number("OPERATIONS").map_or(2_000, |count| usize::try_from(count).expect("a count"));
        Self { operations, seed: number("SEED").unwrap_or(1), from: number("FROM").unwrap_or(0) }
    }
}

/// Plays the steps in a new world; `Err` says what went wrong at which step.
async fn run(steps: &[Step]) -> Result<Tally, (usize, String)> {
    let mut play = Play::begin().await;
    for (number, step) in steps.iter().enumerate() {
        play.step(*step).await.map_err(|wrong| (number, wrong))?;
    }
    play.end().map_err(|wrong| (steps.len(), wrong))
}

/// Leaves out every step without which the block still goes wrong.
async fn shrink(mut steps: Vec<Step>) -> (Vec<Step>, String) {
    let mut wrong = String::new();
    let mut runs = 0;
    let mut size = steps.len().div_ceil(2).max(1);
    while size > 0 && runs < SHRINKING {
        let mut at = 0;
        while at < steps.len() && runs < SHRINKING {
            let mut fewer = steps.clone();
            fewer.drain(at..(at + size).min(fewer.len()));
            runs += 1;
            match run(&fewer).await {
                Err((_, why)) => (steps, wrong) = (fewer, why),
                Ok(_) => at += size,
            }
        }
        size /= 2;
    }
    (steps, wrong)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p11_no_answer_shows_the_person_of_another_launch_in_whatever_order_things_are_done() {
    let wish = Wish::read();
    let blocks = u64::try_from(wish.operations.div_ceil(BLOCK)).expect("a count");
    let (start, mut told) = (Instant::now(), Instant::now());
    let mut tally = Tally::default();
    let played = stream::iter(wish.from..blocks).map(|number| {
        let steps = step::block(wish.seed, number, BLOCK);
        // Each on a thread of its own: the compiler cannot see through all that a block holds that it may go from thread to
        // thread.
        let runtime = Handle::current();
        let played = tokio::task::spawn_blocking(move || runtime.block_on(run(&steps)));
        async move { (number, played.await.expect("a block panics never")) }
    });
    let mut played = std::pin::pin!(played.buffered(LANES));
    while let Some((number, played)) = played.next().await {
        match played {
            Ok(of_block) => tally.add(of_block),
            Err((at, wrong)) => fail(wish.seed, number, at, &wrong).await,
        }
        if told.elapsed() > TELL_EVERY || number + 1 == blocks {
            told = Instant::now();
            let done = (number + 1 - wish.from) * BLOCK as u64;
            eprintln!(
                "interleavings: seed {}, block {} of {blocks}: {done} operations, {} answers, {:.0} operations a second; go on by --from {}",
                wish.seed,
                number + 1,
                tally.answers,
                done as f64 / start.elapsed().as_secs_f64(),
                number + 1
            );
        }
    }
    tally.tell();
    // One block alone may have little of something.
    if wish.from == 0 {
        tally.is_of_use();
    }
}

/// Tells which block went wrong, and the fewest steps that still do.
async fn fail(seed: u64, number: u64, at: usize, wrong: &str) {
    eprintln!("seed {seed}, block {number}, step {at}: {wrong}\nlooking for fewer steps …");
    let steps = step::block(seed, number, BLOCK);
    let (fewer, still) = shrink(steps[..BLOCK.min(at + 1)].to_vec()).await;
    let fewer: Vec<String> = fewer.iter().map(ToString::to_string).collect();
    panic!(
        "seed {seed}, block {number}, step {at}: {wrong}\n{} steps are enough ({still}):\n{}",
        fewer.len(),
        fewer.join("\n")
    );
}

/// Counts of deeds.
pub type Deeds = BTreeMap<Deed, usize>;
