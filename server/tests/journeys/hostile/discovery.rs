//! Lies about where to sign in.

use sandbox::Hostility;
use sandbox::hostile::{DiscoveryWay as Way, Step};

use super::stage::{BAD_GATEWAY, BAD_REQUEST, Outcome, Stage};

fn outcome(way: Way) -> Outcome {
    match way {
        // Without a document the CapabilityStatement is asked, which the EHR tells honestly (D6).
        Way::NotJson | Way::NotFound => Outcome::Opens,
        Way::WrongContentType | Way::RelativeEndpoints | Way::NoChallengeMethods | Way::UnknownFields => Outcome::Opens,
        // Only offered, and then not used.
        Way::ForeignRevocationEndpoint => Outcome::Opens,
        Way::Status500 | Way::NotAnObject | Way::Empty | Way::Bottomless | Way::Truncated => BAD_GATEWAY,
        Way::NoTokenEndpoint
        | Way::NoAuthorizationEndpoint
        | Way::NoCapabilities
        | Way::NoIssuer
        | Way::NoJwksUri
        | Way::TokenEndpointNumber => BAD_GATEWAY,
        Way::ForeignTokenEndpoint
        | Way::TokenEndpointOfAnotherEhr
        | Way::TokenEndpointWithUserInfo
        | Way::HttpEndpoint
        | Way::ForeignAuthorizationEndpoint
        | Way::ScriptAuthorizationEndpoint
        | Way::ForeignJwksUri
        | Way::TokenEndpointTwice => BAD_GATEWAY,
        Way::NoS256 | Way::EndlessBody | Way::TenMegabytes | Way::Redirect => BAD_GATEWAY,
        // The answer names its real issuer, which is not the one that was announced.
        Way::IssuerOfAnotherEhr => BAD_REQUEST,
    }
}

#[tokio::test]
async fn a_hostile_discovery_leads_nowhere_or_to_the_right_place() {
    let mut stage = Stage::set().await;
    for way in Way::ALL {
        // What an EHR offers is kept for an hour: each lie needs an Accord that has not asked yet.
        stage.renew().await;
        stage.launch(Hostility::Discovery(*way), outcome(*way)).await;
    }
    stage.close("discovery", Step::Discovery.ways().count());
}
