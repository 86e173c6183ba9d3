//! What operators see and do.

use access::Clock;
use care_plan_service::relay::{Figures, Retention, figures, forget};
use jiff::SignedDuration;
use shared_plan::ports::Outbox;

use crate::world::{Answer, START, World, events, seat_of};

#[tokio::test]
async fn the_figures_say_how_much_waits_for_how_long_and_what_is_dead() {
    let world = World::new(events(2, 3), |event| if seat_of(event).0 == 0 { Answer::Refuse } else { Answer::Take });
    let now = START + SignedDuration::from_secs(90);
    let before = figures(&*world.outbox, now).await.expect("asked");
    assert_eq!(before, Figures { waiting: 6, oldest: SignedDuration::from_secs(90), dead: 0 });
    world.run_until_settled().await;
    let after = figures(&*world.outbox, now).await.expect("asked");
    assert_eq!(after, Figures { waiting: 2, oldest: SignedDuration::from_secs(89), dead: 1 });
    let lines = after.lines();
    for line in ["accord_outbox_waiting 2", "accord_outbox_oldest_seconds 89", "accord_outbox_dead 1"] {
        assert!(lines.lines().any(|found| found == line), "{lines}");
    }
    assert!(lines.lines().all(|line| line.starts_with("# ") || line.split(' ').count() == 2));
}

#[tokio::test]
async fn an_empty_outbox_has_no_oldest_event() {
    let world = World::new(Vec::new(), |_| Answer::Take);
    let none = Figures { waiting: 0, oldest: SignedDuration::ZERO, dead: 0 };
    assert_eq!(figures(&*world.outbox, START).await.expect("asked"), none);
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
