//! Lies about who the user is.

use sandbox::Hostility;
use sandbox::hostile::{IdTokenWay as Way, Step};

use super::stage::{BAD_GATEWAY, Outcome, Stage};

fn outcome(way: Way) -> Outcome {
    match way {
        Way::AlgNone
        | Way::Hs256WithPublicKey
        | Way::OtherKey
        | Way::UnknownKid
        | Way::KidPath
        | Way::KeyInHeader
        | Way::CriticalHeader
        | Way::PayloadChanged
        | Way::SignatureEmpty
        | Way::TwoSignatures
        | Way::Garbage => BAD_GATEWAY,
        Way::WrongIssuer
        | Way::NoIssuer
        | Way::WrongAudience
        | Way::NoAudience
        | Way::AzpOfAnother
        | Way::TwoAudiencesNoAzp
        | Way::Expired
        | Way::NoExpiry
        | Way::FromTheFuture
        | Way::NonceWrong
        | Way::NonceOfAnotherLaunch
        | Way::TokenOfAnotherLaunch
        | Way::SubEmpty
        | Way::SubMissing
        | Way::SubTooLong => BAD_GATEWAY,
        // One key needs no name (C2), and SMART asks no server to repeat the nonce.
        Way::NoKid | Way::NonceMissing | Way::Huge => Outcome::Opens,
        // Who the user is stays open; the grant is good (C3).
        Way::FhirUserElsewhere | Way::FhirUserScript | Way::FhirUserDevice | Way::FhirUserMissing | Way::NameScript => {
            Outcome::Opens
        }
    }
}

#[tokio::test]
async fn a_hostile_identity_is_believed_by_nobody() {
    let mut stage = Stage::set().await;
    for way in Way::ALL {
        let lie = Hostility::IdToken(*way);
        match way {
            Way::NonceOfAnotherLaunch | Way::TokenOfAnotherLaunch => {
                stage.launch_after_another(lie, outcome(*way)).await;
            }
            _ => stage.launch(lie, outcome(*way)).await,
        }
    }
    stage.close("id-token", Step::IdToken.ways().count());
}
