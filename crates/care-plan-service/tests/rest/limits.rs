//! How often.

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
    let at_once = Action::RefusedToken.limit().at_once as usize;
    let statuses = answers(at_once + 100).await;
    assert!(statuses[..at_once].iter().all(|status| *status == 401), "{statuses:?}");
    assert!(statuses[at_once..].iter().all(|status| *status == 429), "{statuses:?}");
    // One event for each that was answered, and one for all that were not.
    assert_eq!(world.log.events.lock().unwrap().len(), at_once + 1);
    // Who has a good token is let in from the same address.
    world.send(Ask::get("").by(&world.doctor("valley"))).await.must(200);
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
