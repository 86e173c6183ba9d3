//! Lies when an access token has ended and a new one is asked for.

use axum::http::StatusCode;
use care_plan::snapshot::{Reason, Status};
use fhir::SourceId;
use sandbox::Hostility;
use sandbox::hostile::{RefreshWay as Way, Step};

use super::stage::{LIAR, Outcome, Stage};
use crate::support::browser::Page;

/// What must become of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum After {
    /// The grant is gone, and the user is asked to sign in again (T7).
    SignInAgain,
    /// The source is named as failed; nothing is shown as empty that could not be asked.
    Failed,
    /// It is read again, and the next time the lie comes out and the user is asked to sign in.
    ReadsOnceMore,
    /// It is read again.
    ReadsOn,
    /// Nothing of it is shown any more: the token opens another record.
    ShowsNothing,
}

fn after(way: Way) -> After {
    match way {
        Way::InvalidGrant | Way::OtherPatient | Way::OtherPatientWithToken => After::SignInAgain,
        Way::Status500
        | Way::Html
        | Way::Truncated
        | Way::Huge
        | Way::Redirect
        | Way::TypeMac
        | Way::Never
        | Way::AccessTokenWithLineBreaks => After::Failed,
        Way::NewTokenNotStored | Way::OldTokenAgain | Way::NoNewToken => After::ReadsOnceMore,
        Way::ScopeWider => After::ReadsOn,
        Way::TokenOfAnotherPerson => After::ShowsNothing,
    }
}

async fn read_again(stage: &Stage, plan: &Page) -> Page {
    stage.world.sandbox.ehr(LIAR).expire_tokens();
    stage.browser.post(&plan.url, &plan.at("api/retry_source"), &[("source", LIAR)]).await;
    stage.world.settled(plan).await;
    stage.browser.get(&plan.at("plan?show=all")).await
}

fn status(stage: &Stage, plan: &Page) -> Option<Status> {
    Some(stage.world.snapshot(plan)?.record(&SourceId::new(LIAR))?.status())
}

fn signed_out(status: &Option<Status>) -> bool {
    matches!(status, Some(Status::Failed(Reason::SignInExpired) | Status::Partial(Reason::SignInExpired)))
}

fn reads(status: &Option<Status>) -> bool {
    matches!(status, Some(Status::Complete | Status::Partial(_))) && !signed_out(status)
}

#[tokio::test]
async fn a_hostile_refresh_brings_nobody_elses_record_and_ends_calmly() {
    let mut stage = Stage::set().await;
    for way in Way::ALL {
        let lie = Hostility::Refresh(*way);
        let after = after(*way);
        if *way == Way::Never {
            stage.lose_patience().await;
        }
        stage.begin(lie, Outcome::Opens);
        let plan = stage.open(LIAR, 0).await;
        stage.world.settled(&plan).await;
        stage.expect(lie, reads(&status(&stage, &plan)), "the honest launch is read");
        stage.lie(Some(lie));
        let mut page = read_again(&stage, &plan).await;
        let mut found = status(&stage, &plan);
        if after == After::ReadsOnceMore {
            stage.expect(lie, reads(&found), &format!("{found:?} after the first refresh"));
            page = read_again(&stage, &plan).await;
            found = status(&stage, &plan);
        }
        let as_designed = match after {
            After::SignInAgain | After::ReadsOnceMore => signed_out(&found),
            After::Failed => matches!(found, Some(Status::Failed(_))),
            After::ReadsOn => reads(&found),
            After::ShowsNothing => !matches!(found, Some(Status::Complete)),
        };
        stage.expect(lie, as_designed, &format!("{found:?} instead of {after:?}"));
        stage.expect(lie, page.status == StatusCode::OK, &format!("status {}", page.status));
        for other in ["BRANDT", "another-client"] {
            stage.expect(lie, !page.text.contains(other), &format!("{other} is shown"));
        }
        stage.end(lie, &page).await;
        if *way == Way::Never {
            stage.renew().await;
        }
    }
    stage.close("refresh", Step::Refresh.ways().count());
}
