//! Lies of the token endpoint.

use sandbox::Hostility;
use sandbox::hostile::{Step, TokenWay as Way};

use super::stage::{BAD_GATEWAY, Outcome, Stage};

fn outcome(way: Way) -> Outcome {
    match way {
        Way::Status500
        | Way::Html
        | Way::Truncated
        | Way::Twice
        | Way::Bottomless
        | Way::EightMegabytes
        | Way::Endless
        | Way::Redirect
        | Way::ErrorWith200
        | Way::Never
        | Way::Refused => BAD_GATEWAY,
        // No id is guessed, and none becomes part of an address.
        Way::PatientTwice
        | Way::PatientMissing
        | Way::PatientEmpty
        | Way::PatientNumber
        | Way::PatientPath
        | Way::PatientQuery => BAD_GATEWAY,
        Way::TypeMac | Way::TypeMissing => BAD_GATEWAY,
        Way::AccessTokenMissing
        | Way::AccessTokenEmpty
        | Way::AccessTokenNumber
        | Way::AccessTokenWithLineBreaks
        | Way::AnotherClient => BAD_GATEWAY,
        // The EHR alone knows whom it has open. Its token opens another record than it says, so nothing is shown.
        Way::OtherPatient | Way::TokenOfAnotherPerson => Outcome::OpensBlind,
        Way::TypeOddlySpelled | Way::DropByDrop | Way::UnknownFields => Outcome::Opens,
        Way::ExpiresNegative | Way::ExpiresHuge | Way::ExpiresText | Way::ExpiresWord | Way::ExpiresMissing => {
            Outcome::Opens
        }
        Way::ScopeWider | Way::ScopeNarrower | Way::ScopeMissing | Way::ScopeList => Outcome::Opens,
        // Nothing is granted, so nothing is asked for, the person's name neither.
        Way::ScopeEmpty => Outcome::OpensBlind,
        Way::BannerText | Way::IdTokenMissing => Outcome::Opens,
    }
}

#[tokio::test]
async fn a_hostile_token_answer_opens_nobody_elses_record() {
    let mut stage = Stage::set().await;
    for way in Way::ALL {
        if *way == Way::Never {
            stage.lose_patience().await;
        }
        stage.launch(Hostility::Token(*way), outcome(*way)).await;
        if *way == Way::Never {
            stage.renew().await;
        }
    }
    stage.close("token", Step::Token.ways().count());
}
