//! Everything fails at random, by seed; then all is mended. Whatever happened, the laws hold.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use care_plan_service::relay::{Relay, replay};
use jiff::SignedDuration;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use crate::world::outbox::{Call, Trouble};
use crate::world::{Answer, START, World, events, seat_of, settings};

/// One life of an outbox with two relays that are killed at any point: 40 troubled turns, then quiet.
async fn live(seed: u64) -> Result<(), String> {
    let dice = Arc::new(Mutex::new(StdRng::seed_from_u64(seed)));
    let roll = {
        let dice = dice.clone();
        move |sides: u32| dice.lock().expect("nobody panicked").random_range(0..sides)
    };
    let (documents, each) = (1 + roll(5) as u8, 1 + roll(5) as u8);
    let answers = roll.clone();
    let world = World::new(events(documents, each), move |event| match answers(8) {
        0 => Answer::TakeUnheard,
        1 => Answer::Away,
        2 => Answer::Hang,
        // One document is poisoned.
        3..6 if seat_of(event).0 == 0 => Answer::Refuse,
        _ => Answer::Take,
    });
    let troubles = roll.clone();
    world.outbox.fails(move |call| match (troubles(10), call) {
        (0, _) => Some(Trouble::Before),
        (1, Call::HandedOn | Call::Failed) => Some(Trouble::After),
        (2, Call::Claim) => Some(Trouble::After),
        _ => None,
    });
    let other = Relay::new(
        world.outbox.clone(),
        world.recorder.clone(),
        world.clock.clone(),
        world.resting.clone(),
        settings(),
    );
    for _ in 0..40 {
        let relay = if roll(2) == 0 { &world.relay } else { &other };
        let mut turn = Box::pin(relay.turn());
        // Killed after some steps; what hangs is killed with it.
        for _ in 0..=roll(6) {
            if futures::poll!(&mut turn).is_ready() {
                break;
            }
        }
        drop(turn);
        world.clock.by(SignedDuration::from_secs(i64::from(roll(40))));
    }
    world.outbox.fails(|_| None);
    world.recorder.answers(|_| Answer::Take);
    // The dead are told again, and so is everything else: consumers know it by its id.
    if roll(2) == 0 {
        replay(&*world.outbox, START).await.map_err(|error| error.to_string())?;
    }
    world.clock.by(settings().lease);
    world.run_until_settled().await;
    let held_back = replay(&*world.outbox, START).await.map_err(|error| error.to_string())?;
    world.run_until_settled().await;
    judge(&world.taken(), documents, each).map_err(|why| format!("seed {seed}: {why} (replayed {held_back})"))
}

/// An idempotent consumer counts each event once and sees those of a document in their order.
fn judge(taken: &[(u8, u8)], documents: u8, each: u8) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    let mut last = BTreeMap::new();
    for (document, seat) in taken.iter().copied().filter(|event| seen.insert(*event)) {
        let expected = last.get(&document).map_or(0, |before: &u8| before + 1);
        if seat != expected {
            return Err(format!("of document {document} came {seat} where {expected} was next"));
        }
        last.insert(document, seat);
    }
    let wanted = usize::from(documents) * usize::from(each);
    if seen.len() == wanted { Ok(()) } else { Err(format!("{} of {wanted} events came", seen.len())) }
}

#[tokio::test]
async fn whatever_fails_each_event_counts_once_and_documents_keep_their_order() {
    let faults: Vec<String> = {
        let mut faults = Vec::new();
        for seed in 0..300 {
            faults.extend(live(seed).await.err());
        }
        faults
    };
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn the_judge_sees_what_is_lost_and_what_is_out_of_order() {
    assert_eq!(judge(&[(0, 0), (0, 0), (0, 1)], 1, 2), Ok(()));
    assert!(judge(&[(0, 0)], 1, 2).is_err());
    assert!(judge(&[(0, 1), (0, 0)], 1, 2).is_err());
}
