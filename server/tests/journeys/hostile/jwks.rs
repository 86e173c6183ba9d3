//! Lies about the public keys.

use axum::http::StatusCode;
use sandbox::Hostility;
use sandbox::hostile::{JwksWay as Way, Step};

use super::stage::{BAD_GATEWAY, LIAR, Outcome, Stage};

fn outcome(way: Way) -> Outcome {
    match way {
        Way::Empty
        | Way::Html
        | Way::Status500
        | Way::NotFound
        | Way::SwappedAfterFirstFetch
        | Way::DuplicateKid
        | Way::ForEncryption
        | Way::SharedSecret
        | Way::OtherKey
        | Way::NotAList
        | Way::Huge
        | Way::Endless
        | Way::Redirect => BAD_GATEWAY,
        // The EHR's own trouble; what we need of the key is right.
        Way::PrivateMembers => Outcome::Opens,
        Way::WrongContentType | Way::StrangeNeighbours => Outcome::Opens,
    }
}

#[tokio::test]
async fn hostile_keys_verify_nothing() {
    let mut stage = Stage::set().await;
    for way in Way::ALL {
        // Keys are kept for an hour: each lie needs an Accord that has not asked yet.
        stage.renew().await;
        let lie = Hostility::Jwks(*way);
        if *way == Way::SwappedAfterFirstFetch {
            stage.lie(Some(lie));
            let first = stage.open(LIAR, 1).await;
            stage.expect(lie, first.status == StatusCode::OK, "the launch before the swap opens");
            stage.begin(lie, outcome(*way));
            let second = stage.open(LIAR, 0).await;
            stage.judge(lie, outcome(*way), &second).await;
            stage.end(lie, &second).await;
        } else {
            stage.launch(lie, outcome(*way)).await;
        }
    }
    stage.close("jwks", Step::Jwks.ways().count());
}
