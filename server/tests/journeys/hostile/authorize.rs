//! Lies on the way back from the authorization server.

use sandbox::Hostility;
use sandbox::hostile::{AuthorizeWay as Way, Step};

use super::stage::{BAD_GATEWAY, BAD_REQUEST, FORBIDDEN, Outcome, Stage};

fn outcome(way: Way) -> Outcome {
    match way {
        Way::StateDropped | Way::StateChanged | Way::StateTwice | Way::LastAnswerAgain | Way::Fragment => BAD_REQUEST,
        Way::IssOfAnotherEhr | Way::CallbackOfAnotherEhr => BAD_REQUEST,
        Way::CodeTwice | Way::CodeDropped => BAD_REQUEST,
        // An error ends it, whatever stands beside it.
        Way::CodeAndError | Way::AccessDenied | Way::HostileDescription => FORBIDDEN,
        // The token endpoint does not know such a code, or not for this verifier.
        Way::CodeHuge
        | Way::CodeWithLineBreaks
        | Way::CodeOfAnotherClient
        | Way::CodeOfAnotherPerson
        | Way::CodeOfTheLastLaunch => BAD_GATEWAY,
        // Servers before RFC 9207 send none.
        Way::IssDropped => Outcome::Opens,
        Way::MoreParameters => Outcome::Opens,
    }
}

#[tokio::test]
async fn a_hostile_answer_opens_nothing_that_was_not_asked_for() {
    let mut stage = Stage::set().await;
    for way in Way::ALL {
        let lie = Hostility::Authorize(*way);
        match way {
            Way::CodeOfTheLastLaunch | Way::LastAnswerAgain => stage.launch_after_another(lie, outcome(*way)).await,
            _ => stage.launch(lie, outcome(*way)).await,
        }
    }
    stage.close("authorize", Step::Authorize.ways().count());
}
