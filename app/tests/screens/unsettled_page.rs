//! Shared plans of which nobody knows whose they are: the notice and the page.

use std::sync::Arc;

use app::desk::Answer;
use app::pages::{PlanQuery, WhoseSheet, board_fragment, plan_document, sources_document, whose_document};
use app::unsettled::{Answered, Candidate, Unsettled, UnsettledItem, WHOSE_IS_IT, Written};
use jiff::Timestamp;
use shared_plan::ports::Kind;

use crate::support::{Desk, draw, picture};

fn written(by: &str, at: &str, source: Option<&str>) -> Written {
    let at: Timestamp = at.parse().expect("a time");
    Written { by: by.to_owned(), at, source_name: source.map(str::to_owned) }
}

fn item() -> UnsettledItem {
    UnsettledItem {
        name: "plan-1".to_owned(),
        question: 3,
        kind: Kind::Plan,
        title: Some("Dialysis <b>prepared".to_owned()),
        begun: written("Henrik Solberg", "2026-11-20T10:00:00Z", Some("Nephrology Associates")),
        changed: Some(written("A program", "2026-11-21T09:00:00Z", None)),
        candidates: vec![Candidate { name: "record-0".to_owned(), source_name: "Nephrology Associates".to_owned() }],
    }
}

async fn page(sheet: WhoseSheet) -> String {
    let desk = Arc::new(Desk::over(picture(str::to_owned)));
    draw(Some(desk), move || whose_document(sheet.clone())).await.html.replace("<!>", "")
}

async fn plan(unsettled: Unsettled) -> String {
    let desk = Arc::new(Desk { unsettled, ..Desk::over(picture(str::to_owned)) });
    draw(Some(desk), || plan_document(PlanQuery::default())).await.html.replace("<!>", "")
}

#[tokio::test]
async fn each_entry_says_what_it_is_who_wrote_it_when_and_at_which_record_and_no_answer_is_chosen() {
    let html = page(WhoseSheet { items: vec![item()], answer: None }).await;
    for words in [
        "Shared plan: Dialysis &lt;b&gt;prepared",
        "Begun by Henrik Solberg",
        "at the record of Nephrology Associates",
        "Last changed by A program",
        "without a record being open",
        "It belongs to the person of this plan",
        "It belongs to the record of Nephrology Associates that was taken out",
        "Not known yet: it stays hidden",
        "name=\"question\" value=\"3\"",
    ] {
        assert!(html.contains(words), "{words}: {html}");
    }
    assert!(!html.contains(" checked"), "nothing is chosen for the user");
}

#[tokio::test]
async fn an_entry_whose_other_record_has_come_back_says_so() {
    let html = page(WhoseSheet { items: vec![UnsettledItem { candidates: Vec::new(), ..item() }], answer: None }).await;
    assert!(html.contains("belongs to this person again") && !html.contains("value=\"record-0\""), "{html}");
}

#[tokio::test]
async fn what_came_of_an_answer_is_told_above_what_still_waits() {
    let told = async |answered: Answered| {
        let said = serde_json::to_string(&answered).ok();
        let answer = Answer { function: WHOSE_IS_IT.to_owned(), said, typed: Vec::new() };
        page(WhoseSheet { items: Vec::new(), answer: Some(answer) }).await
    };
    let kept = told(Answered::Kept { stays: true }).await;
    assert!(kept.contains("is shown here again") && kept.contains("Nothing waits"), "{kept}");
    let before = told(Answered::Before).await;
    assert!(before.contains("told--bad") && before.contains("Nothing was changed by your answer"), "{before}");
}

#[tokio::test]
async fn a_plan_that_is_not_shown_is_no_hidden_gap() {
    let one = plan(Unsettled { here: 1, may_settle: true, ..Unsettled::default() }).await;
    assert!(one.contains("1 entry of the shared plan is not shown") && one.contains("/whose\""), "{one}");
    let two = plan(Unsettled { here: 2, ..Unsettled::default() }).await;
    assert!(two.contains("2 entries of the shared plan are not shown"), "{two}");
    assert!(two.contains("can say it") && !two.contains("/whose\""), "who may not answer has no way there: {two}");
    let elsewhere = plan(Unsettled { elsewhere: 1, may_settle: true, ..Unsettled::default() }).await;
    assert!(
        elsewhere.contains("may be this person's") || elsewhere.contains("may be this person&#39;s"),
        "{elsewhere}"
    );
    assert!(!elsewhere.contains("/whose\""), "it is answered where it was taken out: {elsewhere}");
    let unknown = plan(Unsettled { unknown: true, ..Unsettled::default() }).await;
    assert!(unknown.contains("It could not be asked whether"), "{unknown}");
    assert!(!plan(Unsettled::default()).await.contains("Whose is this?"));
    // It comes to an open page together with the board that has lost what waits.
    let unsettled = Unsettled { here: 1, may_settle: true, ..Unsettled::default() };
    let desk = Arc::new(Desk { unsettled, ..Desk::over(picture(str::to_owned)) });
    let fragment = board_fragment(desk, PlanQuery::default()).await;
    assert!(fragment.contains("id=\"unsettled\"") && fragment.contains("1 entry of the shared plan"), "{fragment}");
    let unsettled = Unsettled { here: 1, may_settle: true, ..Unsettled::default() };
    let desk = Arc::new(Desk { unsettled, ..Desk::over(picture(str::to_owned)) });
    let sources = draw(Some(desk), || sources_document(None)).await.html;
    assert!(sources.contains("1 entry of the shared plan is not shown"), "{sources}");
}
