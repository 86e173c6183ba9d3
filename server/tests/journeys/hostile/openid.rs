//! Lies of the issuer about itself.

use sandbox::Hostility;
use sandbox::hostile::{OpenidWay as Way, Step};

use super::stage::{BAD_GATEWAY, Outcome, Stage};

fn outcome(way: Way) -> Outcome {
    match way {
        Way::OtherIssuer
        | Way::NoIssuer
        | Way::ForeignJwksUri
        | Way::JwksOfAnotherEhr
        | Way::NoJwksUri
        | Way::Html
        | Way::Status500
        | Way::Huge
        | Way::Endless
        | Way::Redirect => BAD_GATEWAY,
        // The SMART configuration names the keys as well.
        Way::NotFound => Outcome::Opens,
        // What it offers is not what we take.
        Way::OffersNone => Outcome::Opens,
    }
}

#[tokio::test]
async fn a_hostile_issuer_vouches_for_nobody() {
    let mut stage = Stage::set().await;
    for way in Way::ALL {
        // Keys are kept for an hour: each lie needs an Accord that has not asked yet.
        stage.renew().await;
        stage.launch(Hostility::OpenidConfiguration(*way), outcome(*way)).await;
    }
    stage.close("openid-configuration", Step::OpenidConfiguration.ways().count());
}
