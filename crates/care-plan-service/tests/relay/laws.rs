//! One law a test.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use access::Clock;
use care_plan_service::relay::{PublishError, Publisher, Relay, Together, Turn, dead_letters, replay};
use jiff::SignedDuration;
use shared_plan::Event;
use shared_plan::ports::Outbox;

use crate::world::outbox::{Call, Trouble};
use crate::world::{Answer, FakeOutbox, Moved, Recorder, Resting, START, World, event, events, seat_of, settings};

/// Seats of a document in the order in which they were taken, each the first time.
fn first_times(taken: &[(u8, u8)], document: u8) -> Vec<u8> {
    let mut seats = Vec::new();
    for (_, seat) in taken.iter().filter(|(of, _)| *of == document) {
        if !seats.contains(seat) {
            seats.push(*seat);
        }
    }
    seats
}

#[tokio::test]
async fn every_event_is_handed_on_once_and_those_of_a_document_in_their_order() {
    let world = World::new(events(7, 5), |_| Answer::Take);
    world.run_until_settled().await;
    assert_eq!(world.taken().len(), 35);
    for document in 0..7 {
        assert_eq!(first_times(&world.taken(), document), [0, 1, 2, 3, 4]);
    }
    assert_eq!(world.relay.counts().handed_on, 35);
}

#[tokio::test]
async fn an_event_of_which_the_outbox_did_not_hear_is_told_again_with_its_id_before_the_next() {
    for trouble in [Trouble::Before, Trouble::After] {
        let world = World::new(events(1, 2), |_| Answer::Take);
        let mut first = true;
        world.outbox.fails(move |call| (call == Call::HandedOn && std::mem::take(&mut first)).then_some(trouble));
        assert_eq!(world.relay.turn().await.expect("claimed"), Turn { unmarked: 1, ..Turn::default() });
        world.run_until_settled().await;
        let expected: &[(u8, u8)] =
            if trouble == Trouble::Before { &[(0, 0), (0, 0), (0, 1)] } else { &[(0, 0), (0, 1)] };
        assert_eq!(world.taken(), expected, "{trouble:?}");
    }
}

#[tokio::test]
async fn an_event_whose_acknowledgement_was_lost_is_told_again_with_its_id() {
    let mut first = true;
    let world =
        World::new(events(1, 2), move |_| if std::mem::take(&mut first) { Answer::TakeUnheard } else { Answer::Take });
    world.run_until_settled().await;
    assert_eq!(world.taken(), [(0, 0), (0, 0), (0, 1)]);
}

#[tokio::test]
async fn what_a_dead_relay_had_claimed_is_anybodys_when_its_lease_is_over() {
    let world = World::new(events(2, 1), |_| Answer::Hang);
    let mut turn = Box::pin(world.relay.turn());
    assert!(futures::poll!(&mut turn).is_pending(), "claimed, and on its way");
    drop(turn);
    world.recorder.answers(|_| Answer::Take);
    assert_eq!(world.relay.turn().await.expect("asked"), Turn::default(), "nobody else gets them meanwhile");
    world.clock.by(settings().lease);
    assert_eq!(world.relay.turn().await.expect("asked").handed_on, 2);
}

#[tokio::test]
async fn nothing_is_published_after_its_lease() {
    let clock = Moved::new();
    let (outbox, moved) = (FakeOutbox::with(events(3, 1)), Arc::clone(&clock));
    let recorder = Recorder::new(move |_| {
        moved.by(settings().lease);
        Answer::Take
    });
    let one_by_one = care_plan_service::relay::RelaySettings { side_by_side: 1, ..settings() };
    let relay = Relay::new(outbox, recorder.clone(), clock.clone(), Resting::on(&clock), one_by_one);
    let turn = relay.turn().await.expect("claimed");
    assert_eq!((turn.handed_on, turn.late, recorder.asked().len()), (1, 2, 1));
}

#[tokio::test]
async fn an_event_was_told_after_its_document_had_come_to_be_in_doubt() {
    let clock = Moved::new();
    let (outbox, doubted) = (FakeOutbox::with(events(3, 1)), event(2, 0).document);
    let recorder = Recorder::new({
        let (outbox, doubted) = (outbox.clone(), doubted.clone());
        // While the first is on its way, the record of another one's person is taken out.
        move |event| {
            if seat_of(event).0 == 0 {
                outbox.doubts(&[&doubted]);
            }
            Answer::Take
        }
    });
    let one_by_one = care_plan_service::relay::RelaySettings { side_by_side: 1, ..settings() };
    let relay = Relay::new(outbox.clone(), recorder.clone(), clock.clone(), Resting::on(&clock), one_by_one);
    let turn = relay.turn().await.expect("claimed");
    assert_eq!(turn, Turn { handed_on: 2, withheld: 1, ..Turn::default() });
    assert_eq!(recorder.taken().iter().map(seat_of).collect::<Vec<_>>(), [(0, 0), (1, 0)]);
    clock.by(settings().lease);
    assert_eq!(relay.turn().await.expect("claimed"), Turn::default(), "it waits for the answer");
    outbox.doubts(&[]);
    assert_eq!(relay.turn().await.expect("claimed").handed_on, 1);
}

#[tokio::test]
async fn an_event_of_which_it_cannot_be_asked_whose_it_is_waits() {
    let world = World::new(events(1, 1), |_| Answer::Take);
    let mut first = true;
    world.outbox.fails(move |call| (call == Call::LookAgain && std::mem::take(&mut first)).then_some(Trouble::Before));
    assert_eq!(world.relay.turn().await.expect("claimed"), Turn { withheld: 1, ..Turn::default() });
    world.run_until_settled().await;
    assert_eq!(world.taken(), [(0, 0)]);
}

#[tokio::test(start_paused = true)]
async fn a_publisher_that_never_answers_holds_up_nothing_but_its_event() {
    let world = World::new(events(3, 1), |event| if seat_of(event).0 == 0 { Answer::Hang } else { Answer::Take });
    let turn = world.relay.turn().await.expect("claimed");
    assert_eq!(turn, Turn { handed_on: 2, failed: 1, ..Turn::default() });
}

#[tokio::test]
async fn a_refused_event_holds_back_its_own_document_only() {
    let world = World::new(events(3, 4), |event| if seat_of(event) == (1, 1) { Answer::Refuse } else { Answer::Take });
    world.run_until_settled().await;
    let per_document: Vec<Vec<u8>> = (0..3).map(|document| first_times(&world.taken(), document)).collect();
    assert_eq!(per_document, [vec![0, 1, 2, 3], vec![0], vec![0, 1, 2, 3]]);
}

#[tokio::test]
async fn a_dead_letter_is_seen_with_its_reason_and_told_again_in_order_when_what_refused_it_is_mended() {
    let world = World::new(events(1, 3), |event| if seat_of(event).1 == 1 { Answer::Refuse } else { Answer::Take });
    world.run_until_settled().await;
    let letters = dead_letters(&*world.outbox, 10).await.expect("asked");
    let [letter] = &letters[..] else { panic!("{letters:?}") };
    assert_eq!((seat_of(&letter.outgoing.event), letter.outgoing.failures), ((0, 1), settings().retries.tries));
    assert_eq!(letter.why, PublishError::Refused("too long".into()).to_string());
    assert_eq!(world.relay.counts().dead, 1);

    world.recorder.answers(|_| Answer::Take);
    assert_eq!(replay(&*world.outbox, START).await.expect("asked"), 2, "the first and the dead one; the third waits");
    world.run_until_settled().await;
    assert_eq!(world.taken(), [(0, 0), (0, 0), (0, 1), (0, 2)]);
    assert_eq!(dead_letters(&*world.outbox, 10).await.expect("asked").len(), 0);
}

#[tokio::test]
async fn pauses_between_the_tries_of_an_event_grow() {
    let clock = Moved::new();
    let (outbox, tries) = (FakeOutbox::with(events(1, 1)), Arc::new(std::sync::Mutex::new(Vec::new())));
    let recorder = Recorder::new({
        let (clock, tries) = (clock.clone(), tries.clone());
        move |_| {
            let mut tries = tries.lock().expect("nobody panicked");
            tries.push(clock.now().duration_since(START).as_secs());
            if tries.len() < 5 { Answer::Away } else { Answer::Take }
        }
    });
    let relay = Relay::new(outbox.clone(), recorder, clock.clone(), Resting::on(&clock), settings());
    relay.run(outbox.settled()).await;
    assert_eq!(*tries.lock().expect("nobody panicked"), [0, 1, 3, 7, 15]);
}

#[tokio::test]
async fn an_outage_of_a_day_claims_nothing_and_counts_no_failure() {
    let world = World::new(events(2, 2), |_| Answer::Take);
    world.recorder.ready.store(false, Ordering::Relaxed);
    let day_over = async {
        while world.clock.now() < START + SignedDuration::from_hours(24) {
            tokio::task::yield_now().await;
        }
    };
    world.relay.run(day_over).await;
    assert_eq!((world.outbox.claims(), world.recorder.asked().len()), (0, 0));
    world.recorder.ready.store(true, Ordering::Relaxed);
    world.run_until_settled().await;
    assert_eq!(world.taken(), [(0, 0), (1, 0), (0, 1), (1, 1)]);
    assert_eq!(world.relay.counts().failed, 0);
}

#[tokio::test]
async fn an_event_that_was_on_its_way_when_the_broker_went_is_no_dead_letter_however_long_it_is_away() {
    let mut left = 50;
    let world = World::new(events(1, 1), move |_| {
        left -= 1;
        if left > 0 { Answer::Away } else { Answer::Take }
    });
    world.run_until_settled().await;
    assert_eq!((world.taken(), world.relay.counts().dead), (vec![(0, 0)], 0));
}

#[tokio::test]
async fn a_store_that_cannot_be_asked_is_asked_less_and_less_often_until_it_answers() {
    let world = World::new(events(1, 1), |_| Answer::Take);
    let mut left = 4;
    world.outbox.fails(move |call| {
        left -= i32::from(call == Call::Claim);
        (left >= 0 && call == Call::Claim).then_some(Trouble::Before)
    });
    world.run_until_settled().await;
    let rests: Vec<i64> =
        world.resting.rests.lock().expect("nobody panicked").iter().map(|rest| rest.as_secs()).collect();
    assert_eq!(rests, [1, 2, 4, 8]);
    assert_eq!(world.taken(), [(0, 0)]);
}

#[tokio::test]
async fn two_relays_on_one_outbox_tell_nothing_twice() {
    let world = World::new(events(6, 6), |_| Answer::Take);
    let second = Relay::new(
        world.outbox.clone(),
        world.recorder.clone(),
        world.clock.clone(),
        world.resting.clone(),
        settings(),
    );
    let stop = tokio::sync::Notify::new();
    let first = async {
        world.run_until_settled().await;
        stop.notify_one();
    };
    tokio::join!(first, second.run(stop.notified()));
    assert_eq!(world.taken().len(), 36);
    for document in 0..6 {
        assert_eq!(first_times(&world.taken(), document), [0, 1, 2, 3, 4, 5]);
    }
}

#[tokio::test]
async fn the_turn_under_way_is_ended_before_the_relay_stops() {
    let world = World::new(events(3, 1), |_| Answer::Take);
    world.relay.run(std::future::ready(())).await;
    assert_eq!(world.taken().len(), 3);
    assert_eq!(world.outbox.backlog().await.expect("asked").waiting, 0);
}

#[tokio::test]
async fn of_several_ways_on_all_get_an_event_that_one_of_them_takes_only_later() {
    let mut first = true;
    let clock = Moved::new();
    let outbox = FakeOutbox::with(vec![event(0, 0)]);
    let ways = [
        Recorder::new(|_| Answer::Take),
        Recorder::new(move |_| if std::mem::take(&mut first) { Answer::Away } else { Answer::Take }),
    ];
    let together = Together(ways.iter().map(|way| way.clone() as _).collect());
    let relay = Relay::new(outbox.clone(), Arc::new(together), clock.clone(), Resting::on(&clock), settings());
    relay.run(outbox.settled()).await;
    let ids = |way: &Recorder| way.taken().iter().map(|event: &Event| event.id).collect::<Vec<_>>();
    assert_eq!(ids(&ways[0]), vec![event(0, 0).id; 2], "told twice, with one id");
    assert_eq!(ids(&ways[1]), [event(0, 0).id]);
    ways[1].ready.store(false, Ordering::Relaxed);
    replay(&*outbox, START).await.expect("asked");
    assert_eq!(relay.turn().await.expect("not asked"), Turn::default(), "one is away: nobody gets it");
}

#[tokio::test]
async fn a_way_on_that_refuses_an_event_does_not_keep_the_others_from_it() {
    let together = |answers: [Answer; 3]| {
        let ways = answers.map(|answer| Recorder::new(move |_| answer));
        (Together(ways.iter().map(|way| way.clone() as _).collect()), ways)
    };
    let (refused, ways) = together([Answer::Refuse, Answer::Take, Answer::Take]);
    assert!(matches!(refused.publish(&event(0, 0)).await, Err(PublishError::Refused(_))));
    assert_eq!(ways.each_ref().map(|way| way.taken().len()), [0, 1, 1]);
    for answers in [[Answer::Refuse, Answer::Away, Answer::Take], [Answer::Away, Answer::Refuse, Answer::Take]] {
        let (away, _) = together(answers);
        let answer = away.publish(&event(0, 0)).await;
        assert!(matches!(answer, Err(PublishError::Unavailable(_))), "while one is away, nothing is given up");
    }
}

#[tokio::test]
async fn a_document_with_much_to_tell_leaves_the_others_their_turn() {
    let mut all = events(1, 100);
    all.push(event(9, 0));
    let world = World::new(all, |_| Answer::Take);
    world.relay.turn().await.expect("claimed");
    let mut per_document = HashMap::<u8, usize>::new();
    for (document, _) in world.taken() {
        *per_document.entry(document).or_default() += 1;
    }
    assert_eq!(per_document, HashMap::from([(0, 1), (9, 1)]));
}
