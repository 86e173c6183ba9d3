//! The page about sharing: what is shown to the person, and what to everybody else.

use std::sync::Arc;

use access::{ConsentId, Purpose, Role};
use app::desk::Answer;
use app::desk::sharing::{
    Former, GivenBy, HowEnded, InForce, LastingAccess, SHARING, SharedPurpose, SharedSource, SharingAnswer,
    SharingSheet, SourceState,
};
use app::pages::sharing_document;
use jiff::Timestamp;

use crate::support::{Desk, draw, picture};

fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn in_force(access: LastingAccess) -> InForce {
    InForce {
        id: ConsentId::from_random([1; 16]),
        given: at("2026-11-01T12:00:00Z"),
        until: Some(at("2027-01-01T00:00:00Z")),
        by: GivenBy::You,
        access,
    }
}

/// Three sources: one that is shared with the care team, one that is not connected, one that never gives lasting access.
fn sheet(desk: &Desk, decides: bool, access: LastingAccess) -> SharingSheet {
    let states = [SourceState::Connected, SourceState::NotConnected, SourceState::NeverLasting];
    let shared = |(place, state): (usize, SourceState)| SharedSource {
        source: desk.sources[place].source.clone(),
        state,
        reads_itself: place == 1,
        purposes: Purpose::ALL
            .map(|purpose| SharedPurpose {
                purpose,
                now: (place == 0 && purpose == Purpose::CareTeam).then(|| in_force(access)),
                former: match (place, purpose) {
                    (0, Purpose::LabelledItems) => vec![Former {
                        given: at("2026-10-01T12:00:00Z"),
                        ended: at("2026-10-09T12:00:00Z"),
                        how: HowEnded::TakenBack,
                    }],
                    _ => Vec::new(),
                },
            })
            .to_vec(),
    };
    SharingSheet { decides, sources: states.into_iter().enumerate().map(shared).collect() }
}

async fn drawn(decides: bool, access: LastingAccess, answer: Option<Answer>) -> String {
    drawn_over(str::to_owned, decides, access, answer).await
}

async fn drawn_over(say: fn(&str) -> String, decides: bool, access: LastingAccess, answer: Option<Answer>) -> String {
    let mut desk = Desk::over(picture(say));
    desk.viewer.role = if decides { Role::Patient } else { Role::Clinician };
    let desk = Arc::new(desk);
    let sheet = sheet(&desk, decides, access);
    draw(Some(desk), move || sharing_document(sheet.clone(), answer.clone())).await.html
}

fn told(answer: &SharingAnswer, typed: &[(&str, &str)]) -> Option<Answer> {
    let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    Some(Answer {
        function: SHARING.to_owned(),
        said: serde_json::to_string(answer).ok(),
        typed: typed.iter().map(own).collect(),
    })
}

#[tokio::test]
async fn the_person_sees_what_is_shared_since_when_until_when_and_can_take_it_back() {
    let html = drawn(true, LastingAccess::There, None).await;
    for words in [
        "What you share, and with whom",
        "What sharing means",
        "In their list of people they see your name, birth date and sex.",
        "what was kept from there is erased here",
        "Since 1 November 2026, until and including 31 December 2026, by you.",
        "Take it back",
        "Shared from 1 October 2026, taken back or renewed on 9 October 2026.",
        "by a registration of its own, without your sign-in. Taking back what you share does not end that",
        "This record is not connected, so there is nothing to share yet.",
        "This record can only be opened from its own system",
    ] {
        assert!(html.contains(words), "{words}: {html}");
    }
    let consent = ConsentId::from_random([1; 16]);
    assert!(html.contains("/sharing/revoke\"") && html.contains(&format!("value=\"{consent}\"")), "{html}");
    assert!(!html.contains("Share with the care team"), "what is shared already is not offered again");
    assert!(!html.contains("Allow carrying sensitive entries") && !html.contains("while you are away"), "{html}");
}

#[tokio::test]
async fn everybody_else_sees_what_may_be_relied_on_and_no_form() {
    let html = drawn(false, LastingAccess::There, None).await;
    assert!(html.contains("What this person shares") && html.contains("until and including 31-Dec-2026"), "{html}");
    assert!(!html.contains("/sharing/give") && !html.contains("/sharing/revoke"), "{html}");
    assert!(
        html.contains("That is not the person&#x27;s to give here")
            || html.contains("That is not the person's to give here"),
        "{html}"
    );
}

#[tokio::test]
async fn an_access_that_the_source_has_ended_is_never_shown_as_shared() {
    let html = drawn(true, LastingAccess::Ended, None).await;
    assert!(html.contains("Agreed, but nothing is read") && !html.contains("chip--good"), "{html}");
    assert!(html.contains("Share with the care team") && html.contains("Take it back"), "{html}");
}

#[tokio::test]
async fn a_refused_end_date_stays_in_its_own_form() {
    let typed = [("source", "valley-ehr"), ("purpose", "care-team"), ("until", "2020-01-01")];
    let html = drawn(true, LastingAccess::Ended, told(&SharingAnswer::BadDate, &typed)).await;
    assert!(html.contains("the end date must be a day from today on"), "{html}");
    assert_eq!(html.matches("value=\"2020-01-01\"").count(), 1, "{html}");
    assert_eq!(html.matches("aria-invalid=\"true\"").count(), 1, "{html}");
}

#[tokio::test]
async fn each_answer_of_the_page_is_said_in_a_status() {
    let name = || "Valley Primary Care".to_owned();
    for answer in [
        SharingAnswer::Given { source_name: name(), purpose: Purpose::CareTeam },
        SharingAnswer::TakenBack { source_name: name(), purpose: Purpose::CareTeam, reads_itself: true },
        SharingAnswer::WasOver,
        SharingAnswer::NoLastingAccess { source_name: name() },
        SharingAnswer::NotThePerson { source_name: name() },
        SharingAnswer::ConnectFirst { source_name: name() },
        SharingAnswer::NobodyDecides,
    ] {
        let html = drawn(true, LastingAccess::There, told(&answer, &[])).await;
        let said = app::words::Words::English.sharing_answer(&answer).replace('"', "&quot;");
        let plain = html.contains(&said) || html.contains(&said.replace("&quot;", "\""));
        assert!(plain && html.contains("role=\"status\""), "{said}: {html}");
    }
}

#[tokio::test]
async fn a_name_or_a_date_that_is_markup_stays_text() {
    const HOSTILE: &str = "\"><script>alert(1)</script><img src=x onerror=1>";
    let answer = SharingAnswer::BadDate;
    let typed = [("source", "valley-ehr"), ("purpose", "care-team"), ("until", HOSTILE)];
    let html = drawn_over(|_| HOSTILE.to_owned(), true, LastingAccess::Ended, told(&answer, &typed)).await;
    assert!(html.contains("&lt;img src=x"), "{html}");
    let given = SharingAnswer::Given { source_name: HOSTILE.to_owned(), purpose: Purpose::CareTeam };
    let said = drawn_over(|_| HOSTILE.to_owned(), false, LastingAccess::There, told(&given, &[])).await;
    let leave = draw(None, || app::pages::leave_document(HOSTILE.to_owned(), "/l/x/sharing/sign-in".to_owned())).await;
    for html in [html, said, leave.html] {
        assert!(!html.contains("<script>alert") && !html.contains("<img src=x"), "{html}");
    }
}
