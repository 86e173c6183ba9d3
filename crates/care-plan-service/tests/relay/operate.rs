//! What operators see and do.

use access::Clock;
use care_plan_service::relay::{Figures, Retention, figures, forget};
use jiff::SignedDuration;
use shared_plan::ports::Outbox;

use crate::world::{Answer, START, World, event, events, seat_of};

#[tokio::test]
async fn the_figures_say_how_much_waits_for_how_long_and_what_is_dead() {
    let world = World::new(events(2, 3), |event| if seat_of(event).0 == 0 { Answer::Refuse } else { Answer::Take });
    let now = START + SignedDuration::from_secs(90);
    let before = figures(&*world.outbox, now).await.expect("asked");
    assert_eq!(before, Figures { waiting: 6, oldest: SignedDuration::from_secs(90), ..Figures::default() });
    world.run_until_settled().await;
    let after = figures(&*world.outbox, now).await.expect("asked");
    assert_eq!(after, Figures { held_back: 2, dead: 1, ..Figures::default() });
    let lines = after.lines();
    for line in [
        "accord_outbox_waiting 0",
        "accord_outbox_oldest_seconds 0",
        "accord_outbox_in_doubt 0",
        "accord_outbox_held_back 2",
        "accord_outbox_dead 1",
    ] {
        assert!(lines.lines().any(|found| found == line), "{lines}");
    }
    assert!(lines.lines().all(|line| line.starts_with("# ") || line.split(' ').count() == 2));
}

#[tokio::test]
async fn events_in_doubt_looked_for_good_as_if_the_broker_were_away() {
    let world = World::new(events(2, 2), |_| Answer::Take);
    world.outbox.doubts(&[&event(0, 0).document]);
    let (day, now) = (SignedDuration::from_hours(24), START + SignedDuration::from_hours(24));
    let before = Figures { waiting: 2, oldest: day, in_doubt: 2, ..Figures::default() };
    assert_eq!(figures(&*world.outbox, now).await.expect("asked"), before);
    while world.relay.turn().await.expect("claimed").handed_on > 0 {}
    let after = Figures { in_doubt: 2, ..Figures::default() };
    assert_eq!(figures(&*world.outbox, now).await.expect("asked"), after, "nobody has to look at the broker");
}

#[tokio::test]
async fn an_empty_outbox_has_no_oldest_event() {
    let world = World::new(Vec::new(), |_| Answer::Take);
    assert_eq!(figures(&*world.outbox, START).await.expect("asked"), Figures::default());
}

#[tokio::test]
async fn what_was_handed_on_stays_for_a_day_whoever_asks_for_less() {
    let world = World::new(events(1, 2), |_| Answer::Take);
    world.run_until_settled().await;
    let retention = Retention::at_least(SignedDuration::from_secs(1));
    let handed_on = world.clock.now();
    let day = SignedDuration::from_hours(24);
    assert_eq!(forget(&*world.outbox, retention, handed_on + day).await.expect("asked"), 0);
    assert_eq!(
        forget(&*world.outbox, retention, handed_on + day + SignedDuration::from_secs(1)).await.expect("asked"),
        2
    );
    assert_eq!(world.outbox.replay(START).await.expect("asked"), 0);
}
