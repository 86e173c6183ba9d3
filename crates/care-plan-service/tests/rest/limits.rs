//! How often.

use std::sync::atomic::Ordering;

use access::rate::Action;
use jiff::SignedDuration;
use serde_json::json;

use crate::world::{Ask, World};

#[tokio::test]
async fn who_asks_too_often_is_told_when_to_come_back_and_others_go_on() {
    let world = World::guarded().await;
    let [busy, calm] = ["busy", "calm"].map(|subject| world.token("valley", subject, "doctor", json!({})));
    for _ in 0..Action::Call.limit().at_once {
        world.send(Ask::get("").by(&busy)).await.must(200);
    }
    let refused = world.send(Ask::get("").by(&busy)).await.refused(429, "TOO_MANY_REQUESTS");
    assert_eq!(refused.header("retry-after"), "1");
    // Another token of the same user is the same user.
    let again = world.token("valley", "busy", "doctor", json!({ "name": "Somebody else" }));
    world.send(Ask::get("").by(&again)).await.refused(429, "TOO_MANY_REQUESTS");
    world.send(Ask::get("").by(&calm)).await.must(200);
    world.clock.by(SignedDuration::from_secs(1));
    world.send(Ask::get("").by(&busy)).await.must(200);
}

#[tokio::test]
async fn a_flood_of_bad_tokens_is_turned_away_and_hardly_written_down() {
    let world = World::guarded().await;
    let mut claims = world.issuer.claims();
    claims["aud"] = json!("another");
    let bad = world.issuer.sign(&claims);
    let answers = async |many: usize| {
        let mut statuses = Vec::new();
        for _ in 0..many {
            statuses.push(world.send(Ask::get("").by(&bad)).await.status);
        }
        statuses
    };
    let doctor = world.doctor("valley");
    world.send(Ask::get("").by(&doctor)).await.must(200);
    world.log.events.lock().unwrap().clear();
    let at_once = Action::RefusedToken.limit().at_once as usize;
    let statuses = answers(at_once + 100).await;
    assert!(statuses[..at_once].iter().all(|status| *status == 401), "{statuses:?}");
    assert!(statuses[at_once..].iter().all(|status| *status == 429), "{statuses:?}");
    // One event for all of a minute, and one that says that it was too often.
    assert_eq!(world.log.events.lock().unwrap().len(), 2);
    // Whoever is at work at the same address goes on; who begins there waits.
    world.send(Ask::get("").by(&doctor)).await.must(200);
    let beginner = world.token("valley", "doctor-2", "doctor", json!({}));
    world.send(Ask::get("").by(&beginner)).await.refused(429, "TOO_MANY_REQUESTS");
    world.clock.by(SignedDuration::from_secs(2));
    world.send(Ask::get("").by(&beginner)).await.must(200);
}

#[tokio::test]
async fn requests_without_a_token_are_counted_too_and_leave_no_event() {
    let world = World::guarded().await;
    for _ in 0..Action::RefusedToken.limit().at_once {
        let got = world.send(Ask::get("")).await.refused(401, "UNAUTHENTICATED");
        assert_eq!(got.header("www-authenticate"), "Bearer");
    }
    let got = world.send(Ask::get("")).await.refused(429, "TOO_MANY_REQUESTS");
    assert_eq!(got.header("retry-after"), "3");
    assert!(world.log.events.lock().unwrap().is_empty(), "a stranger is nobody's");
}

#[tokio::test]
async fn a_signature_was_looked_at_for_an_address_that_had_to_be_turned_away() {
    let world = World::guarded().await;
    for _ in 0..Action::RefusedToken.limit().at_once {
        world.send(Ask::get("")).await.refused(401, "UNAUTHENTICATED");
    }
    let forged = world.issuer.sign_by(8, &world.issuer.claims());
    world.send(Ask::get("").by(&forged)).await.refused(429, "TOO_MANY_REQUESTS");
    assert_eq!(world.issuer.times_asked(), 0, "no key was needed");
}

#[tokio::test]
async fn a_token_that_has_ended_opens_the_door_to_a_busy_address_no_more() {
    let world = World::guarded().await;
    let doctor = world.doctor("valley");
    world.send(Ask::get("").by(&doctor)).await.must(200);
    world.clock.by(SignedDuration::from_hours(1));
    let mut statuses = Vec::new();
    for _ in 0..=Action::RefusedToken.limit().at_once {
        statuses.push(world.send(Ask::get("").by(&doctor)).await.status);
    }
    assert_eq!(statuses.pop(), Some(429), "it has ended: the address is turned away like any other");
    assert!(statuses.iter().all(|status| *status == 401), "{statuses:?}");
}

#[tokio::test]
async fn without_keys_an_address_asked_without_end() {
    let world = World::guarded().await;
    *world.issuer.down.lock().unwrap() = true;
    let token = world.doctor("valley");
    for _ in 0..Action::RefusedToken.limit().at_once {
        world.send(Ask::get("").by(&token)).await.refused(503, "UNAVAILABLE");
    }
    world.send(Ask::get("").by(&token)).await.refused(429, "TOO_MANY_REQUESTS");
    *world.issuer.down.lock().unwrap() = false;
    world.clock.by(SignedDuration::from_mins(1));
    world.send(Ask::get("").by(&token)).await.must(200);
}

#[tokio::test]
async fn whom_a_caller_reaches_was_looked_up_before_they_were_told_that_they_call_too_often() {
    let world = World::guarded().await;
    let token = world.token("valley", "busy", "doctor", json!({ "patient": "valley-ehr/p1" }));
    let at_once = Action::Call.limit().at_once;
    for _ in 0..at_once {
        world.send(Ask::get("").by(&token)).await.must(200);
    }
    world.send(Ask::get("").by(&token)).await.refused(429, "TOO_MANY_REQUESTS");
    assert_eq!(world.links.0.load(Ordering::Relaxed), at_once as usize);
}
